"""A list as a workbook: what is on the page, all pages of it, to take away."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from datetime import datetime
from io import BytesIO
from tempfile import TemporaryFile
from typing import IO

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.timezone import localtime
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

# Text stays text, also when it begins like a formula or an address.
AS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False}
HEAD = {"bold": True, "bottom": 1, "bg_color": "#E2EEF2", "valign": "top"}
CELL = {"text_wrap": True, "valign": "top"}
_LONGEST_TITLE = 31
# Characters that the name of a sheet must not hold.
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_NAME = 60

Column = tuple[object, int]


def wants_sheet(request: HttpRequest) -> bool:
    """Whether the address asks for the list as a workbook."""
    return request.GET.get("format") == "xlsx"


def sheet_response(
    name: str, columns: Sequence[Column], rows: Iterable[Sequence[str | int | None]]
) -> HttpResponse:
    """The rows as a file to download.

    Args:
        name: of the file, without suffix.
        columns: heading and width in characters of each column.
        rows: values in the order of the columns; text stays text, also when it begins like a formula.
    """
    buffer = BytesIO()
    book = Workbook(buffer, {"in_memory": True, **AS_TEXT})
    head = book.add_format(HEAD)
    cell = book.add_format(CELL)
    sheet = book.add_worksheet()
    for index, (heading, width) in enumerate(columns):
        sheet.set_column(index, index, width, cell)
        sheet.write_string(0, index, str(heading), head)
    last = 0
    for last, row in enumerate(rows, start=1):
        for index, value in enumerate(row):
            sheet.write(last, index, value)
    for_paper(sheet)
    sheet.autofilter(0, 0, last, len(columns) - 1)
    book.close()
    response = HttpResponse(buffer.getvalue(), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = content_disposition_header(True, f"{name[:LONGEST_NAME]}.xlsx") or ""
    return response


def moment(at: datetime | None) -> str:
    """Day and time of day as a cell holds them; empty where there is none."""
    return "" if at is None else localtime(at).strftime("%Y-%m-%d %H:%M")


def for_paper(sheet: Worksheet) -> None:
    """Keep the head in view, and print as wide as one page across."""
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)


def sheet_name(title: str, used: Container[str], number: int) -> str:
    """What a sheet may be called: short, without what spreadsheets refuse, and unlike the others.

    Args:
        used: names that there are.
        number: put behind a name that there is.
    """
    name = title.translate(_FORBIDDEN)[:_LONGEST_TITLE].strip() or "1"
    return f"{name[:27]} {number}" if name in used else name


def long_book(fill: Callable[[Workbook], None]) -> IO[bytes]:
    """A workbook that is written row after row, as an open file that is gone once it is closed."""
    target = TemporaryFile()  # noqa: SIM115 (the response closes it)
    book = Workbook(target, {"constant_memory": True, **AS_TEXT})
    fill(book)
    book.close()
    target.seek(0)
    return target
