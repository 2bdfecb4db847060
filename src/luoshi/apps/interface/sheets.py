"""A list as a workbook: what is on the page, all pages of it, to take away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from xlsxwriter import Workbook

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
    book = Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E2EEF2", "valign": "top"})
    cell = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet()
    for index, (heading, width) in enumerate(columns):
        sheet.set_column(index, index, width, cell)
        sheet.write_string(0, index, str(heading), head)
    last = 0
    for last, row in enumerate(rows, start=1):
        for index, value in enumerate(row):
            sheet.write(last, index, value)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)
    book.close()
    response = HttpResponse(buffer.getvalue(), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = content_disposition_header(True, f"{name[:LONGEST_NAME]}.xlsx") or ""
    return response
