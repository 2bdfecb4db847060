"""Workbooks that come back filled in: the texts of each sheet by place, and what is wrong at a place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from luoshi.core.document.model import CellPlace, Extract, RawTable
from luoshi.core.errors import LuoshiError

Grid = dict[int, dict[int, str]]
"""The texts of a sheet by row and column, both from 1; empty cells are absent."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at a place of the workbook, in both languages. `row` 0, empty `column`: all of it."""

    sheet: str
    row: int
    column: str
    zh: str
    en: str

    @classmethod
    def of(cls, error: LuoshiError, sheet: str = "", row: int = 0, column: str = "") -> Fault:
        """A fault with the words of an error."""
        return cls(sheet, row, column, error.message("zh"), error.message("en"))

    def as_json(self) -> dict[str, Any]:
        """For storing."""
        return asdict(self)


def grids(extract: Extract, *, tidy: Callable[[str], str] = str) -> list[tuple[str, Grid]]:
    """Every sheet in order: its name and its texts.

    Args:
        tidy: what is made of the text of a paragraph in a cell; one that comes out empty is left out.
    """
    found = []
    for table in extract.pieces:
        if isinstance(table, RawTable):
            found.append(_grid_of(table, tidy))
    return found


def _grid_of(table: RawTable, tidy: Callable[[str], str]) -> tuple[str, Grid]:
    name, grid = "", Grid()
    for cell in table.cells:
        for piece in cell.pieces:
            place, text = piece.runs[0].place if piece.runs else None, tidy(piece.text)
            if isinstance(place, CellPlace) and text:
                name = place.sheet
                row = grid.setdefault(place.row, {})
                row[place.column] = f"{row[place.column]}\n{text}" if place.column in row else text
    return name, grid


def letter(column: int) -> str:
    """The letters of a column as a spreadsheet counts them.

    Example:
        >>> letter(1), letter(27)
        ('A', 'AA')
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
