"""A bulletin as a Word file in the layout of official papers (GB/T 9704-2012), in styles of our own.

A4 with 37, 35, 28 and 26 mm of margin; 22 lines a page are 28.95 points each, because 29 would be a hair more
than the type area and Word would break after 21.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.utils.timezone import localtime
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from luoshi.apps.bulletin.models import Bulletin
from luoshi.apps.bulletin.queries.counting import Row
from luoshi.apps.bulletin.queries.reading import Shown, shown
from luoshi.core.supervision.bulletin import FIGURES, NAMES

LINE = Pt(28.95)
STYLES = {
    # name: East Asian font, size in points, indent of the first line in characters
    "Bulletin Title": ("方正小标宋简体", 22, 0),
    "Bulletin Text": ("仿宋_GB2312", 16, 2),
    "Bulletin First": ("黑体", 16, 2),
    "Bulletin Second": ("楷体_GB2312", 16, 2),
    "Bulletin Cell": ("仿宋_GB2312", 12, 0),
    "Bulletin Page": ("宋体", 14, 0),
}
_STYLE_OF = {"first": "Bulletin First", "second": "Bulletin Second"}


def word_file(bulletin: Bulletin) -> bytes:
    """The bulletin as a Word file."""
    paper = Document()
    _page(paper)
    for name, (font, size, indent) in STYLES.items():
        _style(paper, name, font, size, indent)
    title = paper.add_paragraph(bulletin.title, style="Bulletin Title")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if bulletin.state != Bulletin.State.PUBLISHED:
        paper.add_paragraph("（未经审定，内部讨论稿）", style="Bulletin Text")
    for block in shown(bulletin):
        _add(paper, block)
    day = localtime(bulletin.published_at or bulletin.counted_at)
    for words in (str(bulletin.region), f"{day.year}年{day.month}月{day.day}日"):
        end = paper.add_paragraph(words, style="Bulletin Text")
        end.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        end.paragraph_format.right_indent = Pt(32)
    paper.core_properties.title = bulletin.title
    paper.core_properties.author = ""
    buffer = BytesIO()
    paper.save(buffer)
    return buffer.getvalue()


def _add(paper: Any, block: Shown) -> None:
    if block.kind in {"bodies", "chapters"}:
        _table(paper, "单位" if block.kind == "bodies" else "章节", block.rows)
    elif block.kind == "missing":
        said = [f"{row.name}（{row.numbers['overdue']}项）" for row in block.rows]
        paper.add_paragraph("、".join(said) + "。" if said else "无。", style="Bulletin Text")
    elif block.kind == "practices":
        for one in block.practices:
            paper.add_paragraph(f"{one.body}：{one.words}", style="Bulletin Text")
        if not block.practices:
            paper.add_paragraph("本期未选。", style="Bulletin Text")
    else:
        words = "".join(part.words for part in block.parts)
        paper.add_paragraph(words, style=_STYLE_OF.get(block.kind, "Bulletin Text"))


def _table(paper: Any, first: str, rows: tuple[Row, ...]) -> None:
    table = paper.add_table(rows=1, cols=1 + len(FIGURES), style="Table Grid")
    _repeat(table.rows[0])
    for cell, words in zip(table.rows[0].cells, [first, *(NAMES[one].zh for one in FIGURES)], strict=True):
        _cell(cell, words)
    for row in rows:
        values = [row.name or "—", *(str(row.numbers[figure]) for figure in FIGURES)]
        for cell, words in zip(table.add_row().cells, values, strict=True):
            _cell(cell, words)
    table.autofit = False
    for row in table.rows:
        for index, cell in enumerate(row.cells):
            cell.width = Mm(48) if index == 0 else Mm(18)


def _cell(cell: Any, words: str) -> None:
    cell.paragraphs[0].text = words
    cell.paragraphs[0].style = "Bulletin Cell"


def _repeat(row: Any) -> None:
    """Let a row stand on top of every page."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _page(paper: Any) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(28)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot.add_run("— ")
    _field(foot.add_run(), "PAGE")
    foot.add_run(" —")


def _field(run: Any, name: str) -> None:
    for kind, text in (("begin", ""), ("", name), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)


def _style(paper: Any, name: str, font: str, size: int, indent: int) -> None:
    style = paper.styles.add_style(name, 1)
    style.font.size, style.font.color.rgb = Pt(size), RGBColor(0, 0, 0)
    style.font.name = "Times New Roman"
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    layout = style.paragraph_format
    layout.space_before = layout.space_after = Pt(0)
    layout.first_line_indent = Pt(size * indent)
    if name != "Bulletin Cell":
        layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
