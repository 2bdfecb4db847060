"""Workbooks of before 2007 (xls), with their number formats.

olefile takes the workbook out of its compound file, because it ends where a damaged file goes in a circle;
xlrd reads it. calamine would be quicker, but gives no number formats and kills the process on damaged files.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import olefile  # type: ignore[import-untyped]
import xlrd  # type: ignore[import-untyped]

from luoshi.core.document.errors import (
    DamagedDocument,
    DocumentError,
    EncryptedDocument,
    SuspiciousContent,
    TooLarge,
)
from luoshi.core.document.limits import Limits
from luoshi.core.document.model import Extract, RawTable, Style
from luoshi.core.document.sheet_table import Sheet, to_table, too_many_cells
from luoshi.core.document.xlsx_formats import shown
from luoshi.core.errors import Phrase

COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORKBOOKS = ("Workbook", "Book")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MACROS = "_VBA_PROJECT_CUR"
_ALIGN = {1: "left", 2: "center", 3: "right", 5: "left", 6: "center"}
_BOLD_WEIGHT = 700
_MOST_NOTES = 1_000


def read(data: bytes, *, file: str, limits: Limits) -> Extract:
    """What a reader of an old workbook sees in its sheets.

    Args:
        data: the whole file.
        file: its name, for error messages.
        limits: `cells` and `characters` are kept here.

    Returns:
        One table a sheet, cut to its used range. Notes: `hidden-sheet` (left out), `hidden-cell` (text that a
        merged cell covers was left out), `cell-error` (read as empty).

    Raises:
        EncryptedDocument, DamagedDocument, SuspiciousContent, TooLarge.
    """
    tables: list[RawTable] = []
    notes: list[tuple[str, str]] = []
    room, characters = limits.cells, limits.characters
    for source in _sheets(data, file, notes):
        sheet = _sheet(source, file, notes)
        characters -= sum(map(len, sheet.texts.values()))
        if characters < 0:
            what, limit = Phrase("字数", "a number of characters"), limits.characters
            raise TooLarge(
                file=file, what=what, size=f">{limit}", limit=limit, setting="LUOSHI_LIMIT_CHARACTERS"
            )
        if len(sheet.texts) > room:
            raise too_many_cells(file, limits)
        table, hidden = to_table(sheet, room=room, file=file, limits=limits)
        notes.extend(("hidden-cell", quote) for quote in hidden)
        if table is not None:
            room -= table.rows * table.columns
            tables.append(table)
    return Extract("xls", tuple(tables), {}, tuple(notes[:_MOST_NOTES]))


def _workbook(data: bytes, file: str) -> bytes:
    """The stream that holds the workbook."""
    if _ENCRYPTED in data:
        raise EncryptedDocument(file=file)
    with olefile.OleFileIO(io.BytesIO(data)) as compound:
        names = {entry[0] for entry in compound.listdir(streams=True, storages=True)}
        if _MACROS in names:
            raise SuspiciousContent(file=file, what=Phrase("宏", "macros"))
        for name in _WORKBOOKS:
            if name in names:
                return bytes(compound.openstream(name).read())
    raise _damaged(file)


def _sheets(data: bytes, file: str, notes: list[tuple[str, str]]) -> Iterator[Any]:
    """The sheets that can be seen, each loaded when it is asked for."""
    try:
        # What the library has to say on the way goes nowhere: it would print.
        book = xlrd.open_workbook(
            file_contents=_workbook(data, file),
            formatting_info=True,
            on_demand=True,
            ragged_rows=True,
            logfile=io.StringIO(),
        )
        for index in range(book.nsheets):
            source = book.sheet_by_index(index)
            if source.visibility:
                notes.append(("hidden-sheet", source.name))
            else:
                yield source
            book.unload_sheet(index)
    except DocumentError:
        raise
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower():
            raise EncryptedDocument(file=file) from None
        raise _damaged(file) from None
    except Exception as error:
        # A damaged file makes the library stumble in any way that Python knows.
        raise _damaged(file) from error


def _sheet(source: Any, file: str, notes: list[tuple[str, str]]) -> Sheet:
    sheet = Sheet(source.name)
    try:
        for row in range(source.nrows):
            for column in range(source.row_len(row)):
                text = _text(source, row, column, notes)
                if text.strip():
                    place = (row + 1, column + 1)
                    sheet.texts[place] = text.replace("\r\n", "\n").replace("\r", "\n")
                    sheet.styles[place] = _style(source, row, column)
        for first_row, end_row, first_column, end_column in source.merged_cells:
            sheet.merged.add((first_row + 1, first_column + 1, end_row, end_column))
    except (LookupError, ValueError, TypeError, AttributeError):
        raise _damaged(file) from None
    return sheet


def _text(source: Any, row: int, column: int, notes: list[tuple[str, str]]) -> str:
    kind, value = source.cell_type(row, column), source.cell_value(row, column)
    match kind:
        case xlrd.XL_CELL_TEXT:
            return str(value)
        case xlrd.XL_CELL_NUMBER | xlrd.XL_CELL_DATE:
            if not abs(value) < 1e300:  # also infinite, and not a number
                return str(value)
            code = source.book.format_map[_format(source, row, column).format_key].format_str
            return shown(value, code, from_1904=bool(source.book.datemode))
        case xlrd.XL_CELL_BOOLEAN:
            return "TRUE" if value else "FALSE"
        case xlrd.XL_CELL_ERROR:
            name = xlrd.error_text_from_code.get(value, "")
            notes.append(("cell-error", f"{source.name}!{xlrd.cellname(row, column)} {name}"))
    return ""


def _style(source: Any, row: int, column: int) -> Style:
    format = _format(source, row, column)
    font = source.book.font_list[format.font_index]
    align = _ALIGN.get(format.alignment.hor_align, "")
    return Style(align, 0, font.weight >= _BOLD_WEIGHT, min(font.height / 20, 409.0))


def _format(source: Any, row: int, column: int) -> Any:
    return source.book.xf_list[source.cell_xf_index(row, column)]


def _damaged(file: str) -> DamagedDocument:
    return DamagedDocument(file=file, where=Phrase("工作簿结构不完整", "the workbook is not whole"))
