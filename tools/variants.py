"""Write src/luoshi/core/plan/variants.py: the traditional forms of the characters that the grammar uses.

Run after the grammar or the lexicon has gained characters: `python tools/variants.py`. Needs the `opencc`
package, which nothing else does; a test uses it to check the table where it is installed.
"""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import opencc

PLAN = Path(__file__).parents[1] / "src/luoshi/core/plan"
TARGET = PLAN / "variants.py"
# Forms that writers mix in and that the converter leaves alone.
EXTRA = {
    "爲": "为",
    "衞": "卫",
    "説": "说",
    "羣": "群",
    "敎": "教",
    "緖": "绪",
    "靑": "青",
    "値": "值",
    "産": "产",
}

HEAD = '''"""Traditional forms of the characters of grammar and lexicon, with their simplified forms.

Written by tools/variants.py from the grammar's own vocabulary; do not edit by hand.
"""

from __future__ import annotations

'''


def main() -> None:
    sources = [p for p in PLAN.glob("*.py") if p != TARGET]
    sources += (PLAN.parent / "document").glob("*.py")
    vocabulary = set(re.findall("[\u4e00-\u9fff]", "".join(p.read_text("utf-8") for p in sources)))
    convert = opencc.OpenCC("t2s").convert
    pairs = dict(EXTRA)
    for code in range(0x4E00, 0xA000):
        char = chr(code)
        simple = convert(char)
        if simple != char and len(simple) == 1 and simple in vocabulary:
            pairs[char] = simple
    old = "".join(sorted(pairs))
    new = "".join(pairs[c] for c in sorted(pairs))
    body = f"_TRADITIONAL = (\n{_lines(old)}\n)\n_SIMPLIFIED = (\n{_lines(new)}\n)\n\n"
    body += "TRADITIONAL: dict[str, str] = dict(zip(_TRADITIONAL, _SIMPLIFIED, strict=True))\n"
    TARGET.write_text(HEAD + body, "utf-8")
    print(f"{TARGET.name}: {len(pairs)} characters")


def _lines(chars: str) -> str:
    return "\n".join(f'    "{line}"' for line in textwrap.wrap(chars, 50))


if __name__ == "__main__":
    main()
