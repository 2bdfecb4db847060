"""The sample plan as a page of a government site: metadata table above, the text below."""

from __future__ import annotations

from html import escape

from tools.sample.content import Block, Grid, Line, title_of

PAGE = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="ArticleTitle" content="{title}">
<meta name="PubDate" content="2023-03-20 10:15">
<title>{title}</title>
<style>
body {{ max-width: 48rem; margin: 2rem auto; line-height: 1.8; }}
table {{ border-collapse: collapse; margin-bottom: 1rem; }}
td {{ border: 1px solid; padding: 0 .5rem; }}
.title {{ text-align: center; font-size: 1.5rem; }}
.signature {{ text-align: right; }}
.chapter {{ font-weight: bold; }}
</style>
</head>
<body>
<div class="article">
{body}
</div>
</body>
</html>
"""


def build_html(blocks: list[Block]) -> bytes:
    """The bytes of a page, UTF-8, with these blocks."""
    body = "\n".join(_grid(block) if isinstance(block, Grid) else _line(block) for block in blocks)
    return PAGE.format(title=escape(title_of(blocks)), body=body).encode()


def _line(line: Line) -> str:
    return f'<p class="{line.kind}">{escape(line.text, quote=False)}</p>'


def _grid(grid: Grid) -> str:
    rows = ("".join(f"<td>{escape(cell, quote=False)}</td>" for cell in row) for row in grid.rows)
    return "<table>\n" + "\n".join(f"<tr>{row}</tr>" for row in rows) + "\n</table>"
