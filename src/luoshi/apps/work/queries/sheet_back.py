"""A workbook of reports sent back: the rows as they were sent, what is wrong beside each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from io import BytesIO

from xlsxwriter import Workbook

from luoshi.apps.interface.returned import Fault
from luoshi.apps.work.queries.sheet import COLUMNS, SHEET, Row, language, speak
from luoshi.core.errors import Phrase

WRONG = Phrase("问题与办法", "What is wrong and what to do")


def sent_back(rows: Sequence[Row], faults: Sequence[Fault]) -> bytes:
    """The workbook, each row in its place; corrected, it can be sent again: the added column is not read."""
    buffer = BytesIO()
    book = Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    text = {"text_wrap": True, "valign": "top", "num_format": "@"}
    plain, marked = book.add_format(text), book.add_format({**text, "bg_color": "#FAE7E3"})
    said = book.add_format({**text, "font_color": "#A12C24"})
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E2EEF2", "text_wrap": True})
    page = book.add_worksheet(speak(SHEET))
    last = len(COLUMNS)
    for index, column in enumerate(COLUMNS):
        page.set_column(index, index, column.width, None, {"hidden": column.hidden})
        page.write_string(0, index, speak(column.words), head)
    page.set_column(last, last, 70)
    page.write_string(0, last, speak(WRONG), head)
    by_row: dict[int, list[Fault]] = defaultdict(list)
    for fault in faults:
        by_row[fault.row].append(fault)
    for row in rows:
        here = by_row[row.number]
        wrong = {fault.column for fault in here if fault.column}
        for index, column in enumerate(COLUMNS):
            form = marked if row.letters.get(column.key) in wrong else plain
            page.write_string(row.number - 1, index, row.cells.get(column.key, ""), form)
        if here:
            page.write_string(row.number - 1, last, "\n".join(map(fault_words, here)), said)
    page.freeze_panes(1, 5)
    book.close()
    return buffer.getvalue()


def fault_words(fault: Fault) -> str:
    """What is wrong, in the language of the person."""
    return fault.en if language() == "en" else fault.zh
