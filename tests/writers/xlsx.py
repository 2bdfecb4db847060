"""Workbooks for tests: described as rows of values, or put together from snippets of SpreadsheetML."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter

from tests.writers.docx import pack

Value = str | int | float | bool | date | None

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def workbook(
    rows: Sequence[Sequence[Value]], *, merged: Sequence[str] = (), formats: dict[str, str] | None = None
) -> bytes:
    """A workbook with one sheet, as xlsxwriter makes it.

    Args:
        rows: values from A1 on; None leaves a cell out.
        merged: areas such as `A1:C1`, whose first cell keeps its value.
        formats: number formats by cell, such as `{"B2": "0%"}`.
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("任务分解表")
    for area in merged:
        sheet.merge_range(area, "")
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            if value is None:
                continue
            place = f"{chr(ord('A') + column)}{row + 1}"
            code = (formats or {}).get(place, "yyyy/m/d" if isinstance(value, date) else "")
            style = book.add_format({"num_format": code}) if code else None
            if isinstance(value, date):
                sheet.write_datetime(row, column, value, style)
            else:
                sheet.write(row, column, value, style)
    book.close()
    return buffer.getvalue()


def sheet(rows: str, *, merged: Sequence[str] = ()) -> str:
    """A sheet of `row` elements."""
    areas = "".join(f'<mergeCell ref="{area}"/>' for area in merged)
    merges = f"<mergeCells>{areas}</mergeCells>" if merged else ""
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData>{merges}</worksheet>'


def inline(place: str, text: str) -> str:
    """A cell that holds its text itself."""
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def files(
    sheets: dict[str, str],
    *,
    strings: str = "",
    styles: str = "",
    states: dict[str, str] | None = None,
    date1904: bool = False,
) -> dict[str, str]:
    """The parts of a workbook, by name; `strings` and `styles` are the insides of the parts called so."""
    listed, relations, parts = "", "", {}
    for index, (name, content) in enumerate(sheets.items(), 1):
        state = f' state="{(states or {})[name]}"' if name in (states or {}) else ""
        listed += f'<sheet name={quoteattr(name)} sheetId="{index}" r:id="s{index}"{state}/>'
        relations += _relation(f"s{index}", "worksheet", f"worksheets/sheet{index}.xml")
        parts[f"xl/worksheets/sheet{index}.xml"] = content
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{_MAIN}">{strings}</sst>'
    parts["xl/styles.xml"] = f'<styleSheet xmlns="{_MAIN}">{styles}</styleSheet>'
    relations += _relation("t", "sharedStrings", "sharedStrings.xml") + _relation(
        "f", "styles", "/xl/styles.xml"
    )
    properties = '<workbookPr date1904="1"/>' if date1904 else ""
    names = f'xmlns="{_MAIN}" xmlns:r="{_REL}"'
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": _relations(_relation("r", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f"<workbook {names}>{properties}<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _relations(relations),
        **parts,
    }


def raw(sheets: dict[str, str], **more: object) -> bytes:
    """Such a workbook as a file."""
    return pack(files(sheets, **more))  # type: ignore[arg-type]


def _relation(identifier: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{identifier}" Type="{_REL}/{kind}" Target="{target}"/>'


def _relations(inner: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'
