"""The sample plan as a pdf with the look of an official document (GB/T 9704), set by typst."""

from __future__ import annotations

from pathlib import Path

import typst

from tools.sample.content import Block, Grid, Line

# Where Debian's fonts-noto-cjk puts its fonts.
FONTS = Path("/usr/share/fonts/opentype/noto")

LOOK = """
#set document(title: {title}, author: "云溪区", date: datetime(year: 2023, month: 3, day: 17))
#set page(paper: "a4", margin: (top: 37mm, bottom: 35mm, left: 28mm, right: 26mm), footer-descent: 7mm,
  footer: context {{
    let number = counter(page).get().first()
    set align(if calc.odd(number) {{ right }} else {{ left }})
    text(14pt)[— #number —]
  }})
#set text(font: "Noto Serif CJK SC", size: 16pt, lang: "zh", region: "cn")
#set par(first-line-indent: (amount: 2em, all: true), justify: true, leading: 12pt, spacing: 12pt)
"""


def build_pdf(blocks: list[Block]) -> bytes:
    """The bytes of a pdf with these blocks."""
    titles = [block.text for block in blocks if isinstance(block, Line) and block.kind == "title"]
    body = [_grid(block) if isinstance(block, Grid) else _line(block) for block in blocks]
    return compile_pdf(LOOK.format(title=quoted(titles[0] if titles else "")) + "\n\n".join(body))


def compile_pdf(source: str) -> bytes:
    """The pdf that a typst source describes; the same source gives the same bytes."""
    result = typst.compile(source.encode(), font_paths=[FONTS], timestamp=1679043600)
    assert isinstance(result, bytes)
    return result


def quoted(text: str) -> str:
    """`text` as a typst string. Spaces are set so that none is lost where a line ends.

    Example:
        >>> quoted('甲 "乙"')
        '"甲\\\\u{a0}\\\\"乙\\\\""'
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace(" ", "\\u{a0}") + '"'


def _line(line: Line) -> str:
    text = f"#{quoted(line.text)}"
    match line.kind:
        case "title":
            return f"#align(center, text(22pt, weight: 700)[{text}])"
        case "chapter":
            return f'#text(font: "Noto Sans CJK SC")[{text}]'
        case "signature":
            return f"#align(right)[{text}]"
        case "recipients":
            return f"#par(first-line-indent: 0pt)[{text}]"
        case _:
            return text


def _grid(grid: Grid) -> str:
    columns = len(grid.rows[0])
    cells = ", ".join(f"[#{quoted(cell)}]" for row in grid.rows for cell in row)
    return (
        "#[#set text(12pt)\n#set par(first-line-indent: 0pt, justify: false)\n"
        f"#table(columns: {columns}, stroke: 0.5pt, {cells})]"
    )
