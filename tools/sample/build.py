"""Write the sample plan in every format from `src/luoshi/samples/yunxi.txt`.

    python -m tools.sample.build            # writes yunxi.docx, .pdf, .ofd and .html beside the text

The same text gives the same bytes, so a rebuild shows in version control only when the content changed.
"""

from __future__ import annotations

import sys

from tools.sample.content import SAMPLES, SOURCE, Block, read_blocks
from tools.sample.docx import build_docx
from tools.sample.html import build_html
from tools.sample.ofd import build_ofd
from tools.sample.pdf import build_pdf

BUILDERS = {"docx": build_docx, "html": build_html, "pdf": build_pdf, "ofd": build_ofd}


def sample_blocks() -> list[Block]:
    """The blocks of the sample plan."""
    return read_blocks(SOURCE.read_text(encoding="utf-8"))


def main() -> int:
    """Command line; returns the exit code."""
    blocks = sample_blocks()
    for suffix, build in BUILDERS.items():
        target = SAMPLES / f"yunxi.{suffix}"
        target.write_bytes(build(blocks))
        print(f"{target.name}: {target.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
