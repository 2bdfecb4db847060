"""The sample plan as a Word document that looks like an official one (GB/T 9704)."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from tools.sample.content import Block, Grid, Line, title_of

# The day the notice was issued: a build must not carry the day it ran.
ISSUED = datetime(2023, 3, 17, 9, 0, tzinfo=UTC)
# 22 lines of 28.95 pt fill the type area of 225 mm; 29 pt would be a hair too much.
LINE = Pt(28.95)
BODY = Pt(16)
# Width of a table column that holds labels, in millimetres.
LABEL = 26

FONTS = {"title": "方正小标宋简体", "chapter": "黑体"}
ALIGN = {
    "title": WD_ALIGN_PARAGRAPH.CENTER,
    "signature": WD_ALIGN_PARAGRAPH.RIGHT,
    "recipients": WD_ALIGN_PARAGRAPH.LEFT,
}


def build_docx(blocks: list[Block]) -> bytes:
    """The bytes of a docx with these blocks."""
    document = docx.Document()
    _set_page(document)
    _set_properties(document, title_of(blocks))
    for block in blocks:
        if isinstance(block, Grid):
            _add_grid(document, block)
        else:
            _add_line(document, block)
    packed = io.BytesIO()
    document.save(packed)
    return _fix_times(packed.getvalue())


def _set_page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    style = document.styles["Normal"]
    style.font.size = BODY
    style.paragraph_format.line_spacing = LINE
    style.paragraph_format.space_after = Pt(0)
    _set_font(style.element.get_or_add_rPr(), "仿宋_GB2312")


def _set_font(properties: object, name: str) -> None:
    fonts = properties.get_or_add_rFonts()  # type: ignore[attr-defined]
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia"):
        fonts.set(qn(script), name)


def _set_properties(document: Document, title: str) -> None:
    properties = document.core_properties
    properties.title = title
    properties.author = properties.last_modified_by = "云溪区"
    properties.comments = ""
    properties.created = properties.modified = ISSUED
    properties.revision = 1


def _add_line(document: Document, line: Line) -> None:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(line.text)
    if line.kind in FONTS:
        _set_font(run._element.get_or_add_rPr(), FONTS[line.kind])
    if line.kind == "title":
        run.font.size = Pt(22)
    if line.kind in ALIGN:
        paragraph.alignment = ALIGN[line.kind]
    else:
        paragraph.paragraph_format.first_line_indent = BODY * 2


def _add_grid(document: Document, grid: Grid) -> None:
    table = document.add_table(len(grid.rows), len(grid.rows[0]), style="Table Grid")
    table.autofit = False
    # Labels stand in every other column and are short; their values take the rest of the 156 mm.
    widths = (LABEL, 2 * 156 / len(grid.rows[0]) - LABEL) * (len(grid.rows[0]) // 2)
    for row, values in zip(table.rows, grid.rows, strict=True):
        for cell, value, width in zip(row.cells, values, widths, strict=True):
            cell.text = value
            cell.width = Mm(width)
    # Two tables in a row would run into one; an empty line parts them.
    document.add_paragraph()


def _fix_times(packed: bytes) -> bytes:
    """The same container with one fixed time for all of its parts."""
    fixed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(fixed, "w") as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, ISSUED.timetuple()[:6])
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o600 << 16
            new.writestr(part, old.read(name))
    return fixed.getvalue()
