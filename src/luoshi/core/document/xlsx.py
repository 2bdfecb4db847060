"""Workbooks (xlsx): every sheet that can be seen becomes a table.

The sheets are read here and not by calamine, because a plan needs what a cell shows ("95%", "2022年12月29日")
and calamine gives what it stores; and because calamine inflates the container and lays out the used range
without the bounds that a stranger's file calls for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from luoshi.core.document import xls
from luoshi.core.document.container import open_container
from luoshi.core.document.errors import TooLarge
from luoshi.core.document.limits import Limits
from luoshi.core.document.model import Extract, RawTable, Style
from luoshi.core.document.ooxml import Package, R, S, means_on, number
from luoshi.core.document.sheet_table import Area, Sheet, to_table, too_many_cells
from luoshi.core.document.xlsx_formats import BUILT_IN, shown
from luoshi.core.document.xlsx_text import plain, string_of
from luoshi.core.errors import Phrase

_ROW = f"{S}row"
_MERGE = f"{S}mergeCell"
_VALUE = f"{S}v"
_INLINE = f"{S}is"
_FORMULA = f"{S}f"
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
# The name of a sheet, the number of a row from 1, and its texts by column, from 1; no empty ones.
SheetRow = tuple[str, int, dict[int, str]]
# A cell or an area of cells. Sample: "B12", "$A$1:C3"
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})(?::\$?([A-Za-z]{1,3})\$?(\d{1,7}))?")
_ALIGN = {
    "left": "left",
    "center": "center",
    "centerContinuous": "center",
    "right": "right",
    "justify": "left",
}
_MOST_NOTES = 1_000


def read(data: bytes, *, file: str, limits: Limits) -> Extract:
    """What a reader of a workbook sees in its sheets.

    Numbers, dates and truth values become the text that their cells show; formulas count with the value that
    the file keeps. Rows and columns that a filter or a person has hidden are part of the document and stay.

    Args:
        data: the whole file, xlsx or xls.
        file: its name, for error messages.
        limits: `bytes` and `seconds` are the caller's, the others are kept here.

    Returns:
        One table a sheet, cut to its used range. Notes: `hidden-sheet` (left out), `hidden-rows` (read),
        `hidden-cell` (text that a merged cell covers was left out), `cell-error` and `formula-without-value`
        (read as empty).

    Raises:
        EncryptedDocument, DamagedDocument, SuspiciousContent, TooLarge.
    """
    if data.startswith(xls.COMPOUND_FILE):
        return xls.read(data, file=file, limits=limits)
    package = Package(open_container(data, file=file, limits=limits))
    return _Workbook(package, file, limits).read()


def read_rows(data: bytes, *, file: str, limits: Limits) -> Iterator[SheetRow]:
    """The texts of every sheet, hidden ones too, one row after the other; none is kept.

    As `read`, for sheets with more rows than a document has: merged cells count with their first cell only,
    and of `limits` those for cells and characters do not hold, because nothing is added up.

    Raises:
        EncryptedDocument, DamagedDocument, SuspiciousContent, TooLarge.
    """
    package = Package(open_container(data, file=file, limits=limits))
    yield from _Workbook(package, file, limits).rows()


@dataclass(slots=True)
class _Looks:
    """The number format and the style of each cell format of the workbook."""

    codes: list[str] = field(default_factory=list)
    styles: list[Style] = field(default_factory=list)

    def code(self, index: int) -> str:
        return self.codes[index] if index < len(self.codes) else ""


class _Workbook:
    def __init__(self, package: Package, file: str, limits: Limits) -> None:
        self._package, self._file, self._limits = package, file, limits
        self._main = package.main_part("xl/workbook.xml")
        self._strings: list[str] = []
        self._looks = _Looks()
        self._from_1904 = False
        self._cells = self._characters = 0
        self._notes: list[tuple[str, str]] = []

    def read(self) -> Extract:
        tables: list[RawTable] = []
        for name, part, visible in self._sheets():
            if visible:
                tables.extend(self._table(name, part))
            else:
                self._note("hidden-sheet", name)
        return Extract("xlsx", tuple(tables), self._package.properties(), tuple(self._notes))

    def rows(self) -> Iterator[SheetRow]:
        for name, part, _ in self._sheets():
            row = 0
            if not part:
                continue
            for element in self._package.stream(part, (_ROW,), under=(f"{S}sheetData",)):
                row = number(element.get("r"), row + 1, least=1, most=_LAST_ROW)
                texts = {column: text for column, _, text in self._cells_of(name, element)}
                if texts:
                    yield name, row, texts

    def _sheets(self) -> Iterator[tuple[str, str, bool]]:
        """The sheets in order: name, part, whether it can be seen; charts are none."""
        root = self._package.xml(self._main)
        properties = root.find(f"{S}workbookPr")
        self._from_1904 = properties is not None and means_on(properties.get("date1904", "0"))
        self._read_styles()
        self._read_strings()
        parts = {relation.id: relation for relation in self._package.relations(self._main)}
        for element in root.iter(f"{S}sheet"):
            name, visible = element.get("name", ""), element.get("state", "visible") == "visible"
            relation = parts.get(element.get(f"{R}id", ""))
            if relation is None and visible:
                raise self._package.damaged(f"缺少工作表“{name}”", f"the sheet “{name}” is missing")
            if not visible or (relation is not None and relation.kind == "worksheet"):
                yield name, relation.target if relation is not None else "", visible

    def _table(self, name: str, part: str) -> list[RawTable]:
        sheet = self._sheet(name, part)
        room = self._limits.cells - self._cells
        table, hidden = to_table(sheet, room=room, file=self._file, limits=self._limits)
        for quote in hidden:
            self._note("hidden-cell", quote)
        if table is None:
            return []
        self._cells += table.rows * table.columns
        return [table]

    # --- what all sheets share ------------------------------------------------------------------------

    def _read_strings(self) -> None:
        part = self._package.related(self._main, "sharedStrings")
        if not part:
            return
        for element in self._package.stream(part, (f"{S}si",), under=(f"{S}sst",)):
            self._strings.append(string_of(element))

    def _read_styles(self) -> None:
        part = self._package.related(self._main, "styles")
        if not part:
            return
        root = self._package.xml(part)
        codes = dict(BUILT_IN)
        for element in root.iterfind(f"{S}numFmts/{S}numFmt"):
            codes[number(element.get("numFmtId"))] = element.get("formatCode", "")
        fonts = [_font(element) for element in root.iterfind(f"{S}fonts/{S}font")]
        for element in root.iterfind(f"{S}cellXfs/{S}xf"):
            self._looks.codes.append(codes.get(number(element.get("numFmtId")), ""))
            font = number(element.get("fontId"))
            bold, size = fonts[font] if font < len(fonts) else (False, 0.0)
            alignment = element.find(f"{S}alignment")
            align = _ALIGN.get(alignment.get("horizontal", ""), "") if alignment is not None else ""
            self._looks.styles.append(Style(align, 0, bold, size))

    # --- one sheet ------------------------------------------------------------------------------------

    def _sheet(self, name: str, part: str) -> Sheet:
        sheet = Sheet(name)
        row = hidden = 0
        under = (f"{S}sheetData", f"{S}mergeCells")
        for element in self._package.stream(part, (_ROW, _MERGE), under=under):
            if element.tag == _MERGE:
                area = _area(element.get("ref", ""))
                if area is not None and area[:2] != area[2:]:
                    sheet.merged.add(area)
                continue
            row = number(element.get("r"), row + 1, least=1, most=_LAST_ROW)
            hidden += means_on(element.get("hidden", "0"))
            self._row(sheet, row, element)
        if hidden:
            self._note("hidden-rows", f"{name}: {hidden}")
        return sheet

    def _row(self, sheet: Sheet, row: int, element: etree._Element) -> None:
        for column, cell, text in self._cells_of(sheet.name, element):
            sheet.texts[row, column] = text
            look = number(cell.get("s"))
            if look < len(self._looks.styles):
                sheet.styles[row, column] = self._looks.styles[look]
            self._count(len(text), len(sheet.texts))

    def _cells_of(self, sheet: str, element: etree._Element) -> Iterator[tuple[int, etree._Element, str]]:
        """The cells of a row that hold a text."""
        column = 0
        for cell in element:
            area = _area(cell.get("r", ""))
            column = area[1] if area else column + 1
            if column > _LAST_COLUMN:
                return
            text = self._text(cell, sheet)
            if text.strip():
                yield column, cell, text

    def _text(self, cell: etree._Element, sheet: str) -> str:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            inline = cell.find(_INLINE)
            return string_of(inline) if inline is not None else ""
        value = cell.findtext(_VALUE)
        if not value:
            if cell.find(_FORMULA) is not None and kind != "str":
                self._note("formula-without-value", f"{sheet}!{cell.get('r', '')}")
            return ""
        match kind:
            case "s":
                index = number(value, -1, least=-1, most=len(self._strings))
                if not 0 <= index < len(self._strings):
                    raise self._package.damaged(
                        "共享字符串表不完整", "the table of shared strings is not whole"
                    )
                return self._strings[index]
            case "b":
                return "TRUE" if value.strip() == "1" else "FALSE"
            case "e":
                self._note("cell-error", f"{sheet}!{cell.get('r', '')} {value[:20]}")
                return ""
            case "n":
                return self._number(value, number(cell.get("s")))
            case _:
                return plain(value)

    def _number(self, value: str, look: int) -> str:
        try:
            stored = float(value)
        except ValueError:
            return plain(value)
        if not abs(stored) < 1e300:  # also infinite, and not a number
            return plain(value)
        return shown(stored, self._looks.code(look), from_1904=self._from_1904)

    # --- notes and bounds -----------------------------------------------------------------------------

    def _note(self, code: str, quote: str) -> None:
        if len(self._notes) < _MOST_NOTES:
            self._notes.append((code, quote))

    def _count(self, characters: int, cells: int) -> None:
        self._characters += characters
        if self._cells + cells > self._limits.cells:
            raise too_many_cells(self._file, self._limits)
        if self._characters > self._limits.characters:
            limit = self._limits.characters
            what = Phrase("字数", "a number of characters")
            raise TooLarge(
                file=self._file, what=what, size=f">{limit}", limit=limit, setting="LUOSHI_LIMIT_CHARACTERS"
            )


def _font(element: etree._Element) -> tuple[bool, float]:
    bold, size = element.find(f"{S}b"), element.find(f"{S}sz")
    try:
        points = float(size.get("val", "0")) if size is not None else 0.0
    except ValueError:
        points = 0.0
    return bold is not None and means_on(bold.get("val", "1")), points if 0 <= points <= 409 else 0.0


def _area(reference: str) -> Area | None:
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    column, row, last_column, last_row = match.groups()
    first = (min(max(int(row), 1), _LAST_ROW), min(_column(column), _LAST_COLUMN))
    last = (min(int(last_row), _LAST_ROW), min(_column(last_column), _LAST_COLUMN)) if last_row else first
    return (*first, max(last[0], first[0]), max(last[1], first[1]))


def _column(letters: str) -> int:
    value = 0
    for letter in letters.upper():
        value = value * 26 + ord(letter) - ord("A") + 1
    return value
