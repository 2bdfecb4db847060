"""Workbooks of reports for the tests: as they are handed out, changed cell by cell as people do."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from xlsxwriter import Workbook

from luoshi.apps.interface.returned import Fault
from luoshi.apps.work.queries.sheet import COLUMNS, SHEET, Row, cells_of, open_requests, requests_of, write
from luoshi.apps.work.queries.sheet_check import read_rows
from luoshi.core.document import xlsx
from luoshi.core.document.limits import Limits
from tests.apps.work.factories import morning

Cells = list[dict[str, str]]
TODAY = morning(2026, 3, 18).date()


def handed_out(body: int) -> bytes:
    """The workbook of a body."""
    return write(requests_of(open_requests([body]), on=TODAY))


def read(content: bytes) -> tuple[list[Row], list[Fault]]:
    """The rows of a workbook, read here and not in a child process."""
    return read_rows(xlsx.read(content, file="填报.xlsx", limits=Limits()))


def cells(body: int) -> Cells:
    """The cells of the workbook of a body."""
    return [cells_of(request) for request in requests_of(open_requests([body]), on=TODAY)]


def filled_in(body: int, change: Callable[[Cells], object], sheet: str = SHEET.zh) -> bytes:
    """The workbook of a body after `change` of its rows, as a spreadsheet program would save it."""
    rows = cells(body)
    change(rows)
    buffer = BytesIO()
    book = Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    page = book.add_worksheet(sheet)
    for index, column in enumerate(COLUMNS):
        page.write_string(0, index, column.words.zh)
        for number, row in enumerate(rows, start=1):
            page.write_string(number, index, row[column.key])
    book.close()
    return buffer.getvalue()
