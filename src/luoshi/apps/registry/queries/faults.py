"""A workbook sent back: the rows as they were sent, with a column that says what is wrong with each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from luoshi.apps.interface.returned import Fault
from luoshi.apps.registry.queries.workbook import SHEETS, Row, Sheet

HEADINGS = ("工作表", "行", "列", "问题与办法"), ("Sheet", "Row", "Column", "What is wrong and what to do")


def sent_back(rows: dict[str, list[Row]], faults: list[Fault]) -> bytes:
    """The workbook: first a list of all faults, then each sheet that was sent, each row in its place.

    It can be corrected and sent again: what is added here is not read.
    """
    buffer = BytesIO()
    book = Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    wrap = {"text_wrap": True, "valign": "top"}
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1, "bg_color": "#E2EEF2"}),
        "cell": book.add_format({**wrap, "num_format": "@"}),
        "wrong": book.add_format({**wrap, "num_format": "@", "bg_color": "#FAE7E3"}),
        "said": book.add_format({**wrap, "font_color": "#A12C24"}),
    }
    _summary(book, faults, formats)
    for sheet in SHEETS:
        if sheet.key in rows:
            _sheet(book, sheet, rows[sheet.key], faults, formats)
    book.close()
    return buffer.getvalue()


def _summary(book: Any, faults: list[Fault], formats: dict[str, Any]) -> None:
    page = book.add_worksheet(_("问题清单"))
    headings = HEADINGS[1] if _english() else HEADINGS[0]
    _write(page, 0, headings, formats["head"])
    for number, fault in enumerate(faults, start=1):
        row = str(fault.row) if fault.row else ""
        _write(page, number, (fault.sheet, row, fault.column, _said(fault)), formats["cell"])
    for index, width in enumerate((14, 8, 8, 90)):
        page.set_column(index, index, width)
    page.freeze_panes(1, 0)


def _sheet(book: Any, sheet: Sheet, rows: list[Row], faults: list[Fault], formats: dict[str, Any]) -> None:
    name = rows[0].sheet if rows else (sheet.en if _english() else sheet.zh)
    page = book.add_worksheet(name)
    _write(page, 0, [column.heading() for column in sheet.columns], formats["head"])
    last = len(sheet.columns)
    page.write_string(0, last, HEADINGS[_english()][3], formats["head"])
    for index, column in enumerate(sheet.columns):
        page.set_column(index, index, column.width)
    page.set_column(last, last, 70)
    wrong: dict[int, list[Fault]] = defaultdict(list)
    for fault in faults:
        if fault.sheet == name:
            wrong[fault.row].append(fault)
    for row in rows:
        here = wrong[row.number]
        places = {fault.column for fault in here}
        for index, column in enumerate(sheet.columns):
            form = formats["wrong" if row.letters.get(column.key, "-") in places else "cell"]
            page.write_string(row.number - 1, index, row.cells.get(column.key, ""), form)
        if here:
            page.write_string(row.number - 1, last, "\n".join(map(_said, here)), formats["said"])
    page.freeze_panes(1, 0)


def _write(page: Any, row: int, values: Iterable[str], form: Any) -> None:
    for index, value in enumerate(values):
        page.write_string(row, index, value, form)


def _said(fault: Fault) -> str:
    return fault.en if _english() else fault.zh


def _english() -> bool:
    return (get_language() or "").startswith("en")
