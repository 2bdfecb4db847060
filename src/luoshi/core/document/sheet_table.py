"""From the cells of a sheet to a table: the used range, merged cells, several lines in a cell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from luoshi.core.document.errors import DamagedDocument, TooLarge
from luoshi.core.document.limits import Limits
from luoshi.core.document.model import CellPlace, Piece, RawCell, RawTable, Run, Style
from luoshi.core.errors import Phrase

_QUOTE = 40

Area = tuple[int, int, int, int]
"""First row, first column, last row, last column, all from 1 and inclusive."""


@dataclass(slots=True)
class Sheet:
    """What a sheet shows, cell by cell (row and column from 1). Cells that show nothing are left out."""

    name: str
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    styles: dict[tuple[int, int], Style] = field(default_factory=dict)
    merged: set[Area] = field(default_factory=set)


def to_table(sheet: Sheet, *, room: int, file: str, limits: Limits) -> tuple[RawTable | None, list[str]]:
    """The used range of a sheet as a table.

    Args:
        sheet: its cells.
        room: how many cells the document may still have.
        file: name of the document, for errors.
        limits: `cells` is named in the error.

    Returns:
        The table (None for a sheet that shows nothing), and quotations of texts that merged cells cover.

    Raises:
        TooLarge: the used range has more than `room` cells.
        DamagedDocument: merged cells overlap.
    """
    if not sheet.texts:
        return None, []
    top, bottom = min(row for row, _ in sheet.texts), max(row for row, _ in sheet.texts)
    left, right = min(column for _, column in sheet.texts), max(column for _, column in sheet.texts)
    rows, columns = bottom - top + 1, right - left + 1
    if rows * columns > room:
        raise too_many_cells(file, limits)
    spans, covered = _merged(sheet, (top, left, bottom, right), file)
    cells: list[RawCell] = []
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            if (row, column) in covered:
                continue
            pieces = _pieces(sheet, row, column)
            row_span, column_span = spans.get((row, column), (1, 1))
            cells.append(RawCell(row - top, column - left, pieces, row_span, column_span))
    hidden = [sheet.texts[place][:_QUOTE] for place in sorted(covered & sheet.texts.keys())]
    return RawTable(rows, columns, tuple(cells)), hidden


def too_many_cells(file: str, limits: Limits) -> TooLarge:
    """The error for a workbook with more than `limits.cells`."""
    what, size = Phrase("单元格数", "a number of cells"), f">{limits.cells}"
    return TooLarge(file=file, what=what, size=size, limit=limits.cells, setting="LUOSHI_LIMIT_CELLS")


def _merged(
    sheet: Sheet, used: Area, file: str
) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    """The spans of merged cells, by their first place, and the places that they cover."""
    top, left, bottom, right = used
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for first_row, first_column, last_row, last_column in sorted(sheet.merged):
        if not (top <= first_row <= bottom and left <= first_column <= right):
            continue
        places = _places((first_row, first_column, min(last_row, bottom), min(last_column, right)))
        first = (first_row, first_column)
        for place in places:
            if place in covered or place in spans:
                raise _overlap(sheet.name, file)
            if place != first:
                covered.add(place)
        spans[first] = (min(last_row, bottom) - first_row + 1, min(last_column, right) - first_column + 1)
    return spans, covered


def _places(area: Area) -> Iterable[tuple[int, int]]:
    first_row, first_column, last_row, last_column = area
    for row in range(first_row, last_row + 1):
        for column in range(first_column, last_column + 1):
            yield row, column


def _overlap(name: str, file: str) -> DamagedDocument:
    where = Phrase(f"工作表“{name}”的合并单元格相互重叠", f"merged cells of the sheet “{name}” overlap")
    return DamagedDocument(file=file, where=where)


def _pieces(sheet: Sheet, row: int, column: int) -> tuple[Piece, ...]:
    text = sheet.texts.get((row, column))
    if text is None:
        return ()
    style = sheet.styles.get((row, column), Style())
    pieces, offset = [], 0
    for line in text.split("\n"):
        if line.strip():
            place = CellPlace(sheet.name, row, column, offset)
            pieces.append(Piece(line, (Run(len(line), place),), style))
        offset += len(line) + 1
    return tuple(pieces)
