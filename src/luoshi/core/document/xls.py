"""Workbooks of before 2007 (xls), read by calamine, which gives the values but not how they are shown."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta

import python_calamine as calamine

from luoshi.core.document.errors import DamagedDocument, EncryptedDocument, SuspiciousContent, TooLarge
from luoshi.core.document.limits import Limits
from luoshi.core.document.model import Extract, RawTable
from luoshi.core.document.sheet_table import Sheet, to_table, too_many_cells
from luoshi.core.document.xlsx_formats import shown
from luoshi.core.errors import Phrase

COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MACROS = "_VBA_PROJECT".encode("utf-16-le")

Value = str | float | bool | date | datetime | time | timedelta | None


def read(data: bytes, *, file: str, limits: Limits) -> Extract:
    """What the sheets of an old workbook hold.

    Args:
        data: the whole file.
        file: its name, for error messages.
        limits: `cells` and `characters` are kept here.

    Returns:
        One table a sheet that can be seen. Notes: `hidden-sheet`, `hidden-cell` as in xlsx, and
        `number-format-unknown` for the first number with a fraction: 0.95 may have been shown as 95%.

    Raises:
        EncryptedDocument, DamagedDocument, SuspiciousContent, TooLarge.
    """
    if _ENCRYPTED in data:
        raise EncryptedDocument(file=file)
    if _MACROS in data:
        raise SuspiciousContent(file=file, what=Phrase("宏", "macros"))
    tables: list[RawTable] = []
    notes: list[tuple[str, str]] = []
    cells = 0
    for sheet in _sheets(data, file, limits, notes):
        table, hidden = to_table(sheet, room=limits.cells - cells, file=file, limits=limits)
        notes.extend(("hidden-cell", quote) for quote in hidden)
        if table is not None:
            cells += table.rows * table.columns
            tables.append(table)
    return Extract("xls", tuple(tables), {}, tuple(notes))


def _sheets(data: bytes, file: str, limits: Limits, notes: list[tuple[str, str]]) -> list[Sheet]:
    try:
        workbook = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        found = []
        for about in workbook.sheets_metadata:
            if about.visible != calamine.SheetVisibleEnum.Visible:
                notes.append(("hidden-sheet", about.name))
            elif about.typ == calamine.SheetTypeEnum.WorkSheet:
                found.append(_sheet(workbook.get_sheet_by_name(about.name), file, limits, notes))
    except calamine.PasswordError:
        raise EncryptedDocument(file=file) from None
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise _damaged(file) from error
    except BaseException as error:
        # Rust code that gives up ("panics") arrives as an exception beside `Exception`.
        if type(error).__name__ != "PanicException":
            raise
        raise _damaged(file) from None
    return found


def _sheet(source: calamine.CalamineSheet, file: str, limits: Limits, notes: list[tuple[str, str]]) -> Sheet:
    sheet = Sheet(source.name)
    if source.start is None or source.end is None:
        return sheet
    top, left = source.start
    if (source.end[0] - top + 1) * (source.end[1] - left + 1) > limits.cells:
        raise too_many_cells(file, limits)
    characters, fraction = 0, ""
    for row, values in enumerate(source.to_python(skip_empty_area=True), top + 1):
        for column, value in enumerate(values, left + 1):
            text = _text(value)
            if not text.strip():
                continue
            sheet.texts[row, column] = text
            characters += len(text)
            if not fraction and isinstance(value, float) and "." in text:
                fraction = text
    if fraction and all(code != "number-format-unknown" for code, _ in notes):
        notes.append(("number-format-unknown", fraction))
    if characters > limits.characters:
        what, limit = Phrase("字数", "a number of characters"), limits.characters
        raise TooLarge(file=file, what=what, size=f">{limit}", limit=limit, setting="characters")
    for (first_row, first_column), (last_row, last_column) in source.merged_cell_ranges or ():
        sheet.merged.add((first_row + 1, first_column + 1, last_row + 1, last_column + 1))
    return sheet


def _text(value: Value) -> str:
    """A value as it was most likely shown.

    Example:
        >>> _text(3.0), _text(date(2022, 12, 29)), _text(time(9, 30)), _text(True)
        ('3', '2022年12月29日', '9:30', 'TRUE')
    """
    match value:
        case None:
            return ""
        case bool():
            return str(value).upper()
        case int() | float():
            return shown(value, "") if abs(value) < 1e300 else str(value)
        case datetime():
            return f"{_text(value.date())}{value.hour}:{value.minute:02d}"
        case date():
            return f"{value.year}年{value.month}月{value.day}日"
        case time():
            return f"{value.hour}:{value.minute:02d}"
        case timedelta():
            minutes = int(value.total_seconds()) // 60
            return f"{minutes // 60}:{minutes % 60:02d}"
        case _:
            return value.replace("\r\n", "\n").replace("\r", "\n")


def _damaged(file: str) -> DamagedDocument:
    return DamagedDocument(file=file, where=Phrase("工作簿结构不完整", "the workbook is not whole"))
