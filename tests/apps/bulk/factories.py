"""A sheet of venues, filled in as a person would."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from luoshi.apps.bulk.models import Upload
from luoshi.apps.bulk.operations.importing import request_upload, run_upload
from luoshi.apps.bulk.queries.books import Filled, book_of
from luoshi.apps.bulk.queries.columns import Layout, layout_of
from luoshi.apps.register.declared import catalogue
from tests.apps.register.factories import AT, Place

KEY = "culture-venues"
VENUE = {
    "name": "法治文化长廊",
    "kind": "法治文化长廊",
    "for-body": "区民政局",
    "address": "云溪路1号",
    "built-on": "2024-05-01",
}


def layout(key: str = KEY, step: str = "register") -> Layout:
    """The sheet of a first step."""
    mechanism = catalogue().latest(key)
    return layout_of(mechanism, mechanism.register.transition[step])


def filled_in(
    rows: Iterable[Mapping[str, str]], of: Layout | None = None, region: str = "990110", **inner: Any
) -> bytes:
    """The template with rows, by the keys of the columns.

    Args:
        inner: of a field of rows: those of the first row.
    """
    filled = [Filled("", dict(one)) for one in rows]
    for key, lines in inner.items():
        filled[0].parts[key.replace("_", "-")] = lines
    with book_of(of or layout(), region, "zh", filled) as file:
        return file.read()


def written(sheets: Mapping[str, list[list[str]]]) -> bytes:
    """A workbook that somebody else made: cells by sheet and row."""
    saved = BytesIO()
    book = Workbook(saved)
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, cells in enumerate(rows):
            sheet.write_row(number, 0, cells)
    book.close()
    return saved.getvalue()


def grid(count: int = 2) -> list[list[str]]:
    """The cells of a sheet of venues: the hidden line, headings, and rows."""
    keys = layout().main_keys()
    rows = [[""] + [VENUE.get(key, "") for key in keys] for _ in range(count)]
    return [[layout().main_mark(), *keys], ["", *keys], *rows]


def sent(place: Place, content: bytes, of: Layout | None = None, **more: Any) -> Upload:
    """A sheet that was sent and checked."""
    common = {"body": place.other, "by": place.stranger, "name": "阵地.xlsx", **more}
    upload = request_upload(layout=of or layout(), content=content, at=AT, **common)
    run_upload(upload.pk, lambda: AT)
    upload.refresh_from_db()
    return upload
