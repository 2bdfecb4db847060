"""Tables of which a copy has kept no border: cells one below the other, or rows parted by blanks.

Only a header of known words begins such a table. Stacked cells need a column of running numbers, for nothing
else tells where their rows begin; rows parted by blanks need as many cells as the header.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from luoshi.core.document.labels import is_header
from luoshi.core.document.model import Piece, RawCell, RawTable
from luoshi.core.document.piped_stream import Row, cut

# The header of the column of running numbers. Sample: 序 号
_NUMBER_HEAD = re.compile(r"\s*[序编編]\s*[号號]\s*$")
# A cell of a row whose cells blanks part. Sample: 区司法局
_CELL = re.compile(r"[^\s　]+")
# Blanks that are wider than those inside a cell.
_WIDE = re.compile(r"(?:\s{2,}|　+|\t)\s*")
# The fewest columns of a table without borders, and the longest line that can be its header, in characters.
_FEWEST, _LONGEST_HEAD = 3, 80


def may_head(line: str) -> bool:
    """Whether a line may begin the header of such a table; quick, for it is asked of every line."""
    if not 1 < len(line) <= _LONGEST_HEAD:
        return False
    first = _CELL.search(line)
    return first is not None and is_header(first.group())


# --- cells one below the other ------------------------------------------------------------------------


def stack_region(lines: Sequence[str | None], at: int) -> int:
    """Where the table ends whose header stands in the lines from `at` on; `at` if there is none."""
    filled = [i for i in range(at, len(lines)) if (lines[i] or "").strip()]
    width = _width_of_stack(lines, filled)
    if width is None:
        return at
    numbers = []
    for slot in range(width, len(filled)):
        if (lines[filled[slot]] or "").strip() == str(len(numbers) + 1):
            numbers.append(slot)
    if not numbers or numbers[0] != width:
        return at
    gaps = {two - one for one, two in pairwise(numbers)}
    if gaps - {width} or numbers[-1] + width > len(filled):
        return at
    return filled[numbers[-1] + width - 1] + 1


def _width_of_stack(lines: Sequence[str | None], filled: list[int]) -> int | None:
    """How many headers stand one below the other, the column of numbers first."""
    width = 0
    for index in filled:
        if not is_header((lines[index] or "").strip()):
            break
        width += 1
    if width < _FEWEST or _NUMBER_HEAD.match(lines[filled[0]] or "") is None:
        return None
    return width


def read_stack(pieces: list[Piece]) -> list[Piece | RawTable]:
    """The table whose cells these lines are; empty if it is none."""
    width = _width_of_stack([piece.text for piece in pieces], list(range(len(pieces)))) or 1
    cells: Row = [cut(piece, 0, len(piece.text)) for piece in pieces]
    return [_table([cells[at : at + width] for at in range(0, len(cells), width)])]


# --- rows parted by blanks ----------------------------------------------------------------------------


def blank_region(lines: Sequence[str | None], at: int) -> int:
    """Where the rows parted by blanks end whose header stands at `at`; `at` if there is none."""
    head = _cells(lines[at] or "")
    if len(head) < _FEWEST or not all(is_header(cell) for cell in _texts(lines[at] or "", head)):
        return at
    end = at + 1
    while end < len(lines) and _row(lines[end] or "", len(head)):
        end += 1
    return end if end - at > 1 else at


def read_blanks(pieces: list[Piece]) -> list[Piece | RawTable]:
    """The table of these rows."""
    width = len(_cells(pieces[0].text))
    rows: list[Row] = [[cut(piece, *cell) for cell in _row(piece.text, width)] for piece in pieces]
    widest = max(map(len, rows))
    # A column of running numbers often has no header.
    return [_table([[()] * (widest - len(row)) + row for row in rows])]


def _cells(line: str) -> list[tuple[int, int]]:
    return [found.span() for found in _CELL.finditer(line)]


def _is_number(line: str, cell: tuple[int, int]) -> bool:
    return line[slice(*cell)].isdecimal()


def _texts(line: str, cells: list[tuple[int, int]]) -> list[str]:
    return [line[start:end] for start, end in cells]


def _row(line: str, width: int) -> list[tuple[int, int]]:
    """The cells of a row: parted by wide blanks if that gives as many as the header has, else by any.

    A running number before them may be one more; a line with any other number of cells is no row.
    """
    bounds = [0]
    for gap in _WIDE.finditer(line.strip()):
        bounds += [gap.start(), gap.end()]
    offset = len(line) - len(line.lstrip())
    bounds.append(len(line.strip()))
    wide = [(bounds[i] + offset, bounds[i + 1] + offset) for i in range(0, len(bounds), 2)]
    for cells in (wide, _cells(line)):
        if len(cells) == width or (len(cells) == width + 1 and _is_number(line, cells[0])):
            return cells
    return []


def _table(rows: list[Row]) -> RawTable:
    width = max(len(row) for row in rows)
    cells = tuple(RawCell(r, c, cell) for r, row in enumerate(rows) for c, cell in enumerate(row))
    return RawTable(len(rows), width, cells)
