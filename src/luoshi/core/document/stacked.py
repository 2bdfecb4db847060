"""Tables of which a copy has kept no border: cells one below the other, or rows parted by blanks.

Only a header of known words begins such a table. Stacked cells need a column of running numbers, for nothing
else tells where their rows begin; rows parted by blanks need as many cells as the header.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from luoshi.core.document.labels import is_header
from luoshi.core.document.model import Piece, RawCell, RawTable
from luoshi.core.document.piped_stream import Row, cut

# The header of the column of running numbers. Sample: 序 号
_NUMBER_HEAD = re.compile(r"\s*[序编編]\s*[号號]\s*$")
# A cell of a row whose cells blanks part. Sample: 区司法局
_CELL = re.compile(r"[^\s　]+")
# The first cell of such a row, if it is no longer than a header can be. Sample: 序号
_FIRST_CELL = re.compile(r"\s*+([^\s　]{1,16}+)(?![^\s　])")
# Blanks that are wider than those inside a cell.
_WIDE = re.compile(r"(?:\s{2,}|　+|\t)\s*")
# The fewest columns of a table without borders, and the longest line that can be its header, in characters.
_FEWEST, _LONGEST_HEAD = 3, 80
# More headers one below the other are no header.
_WIDEST = 20
# What the first header of a table can begin with; most lines are ruled out by it alone.
HEAD_BEGINS = frozenset(
    ' \t\u3000"序编編类類领領备備进進成联聯目重主工具年改创創'
    "整实實项項任问問落推预預考指措举舉标標清第牵牽责責"
)


def may_head(line: str) -> bool:
    """Whether a line that begins with one of `HEAD_BEGINS` may begin the header of such a table."""
    if not 1 < len(line) <= _LONGEST_HEAD:
        return False
    first = _FIRST_CELL.match(line)
    return first is not None and is_header(first.group(1))


# --- cells one below the other ------------------------------------------------------------------------


def stack_region(lines: Sequence[str | None], at: int) -> int:
    """Where the table ends whose header stands in the lines from `at` on; `at` if there is none."""
    if _NUMBER_HEAD.match(lines[at] or "") is None:
        return at
    width = row = place = 0
    end = at
    for index in range(at, len(lines)):
        words = (lines[index] or "").strip()
        if not words:
            continue
        if row == 0 and is_header(words):
            width += 1
            if width > _WIDEST:
                break
            continue
        # A row takes as many cells as there are headers, and begins with the next number.
        if (words == str(row + 1)) != (place == 0):
            break
        row, place = row + (place == 0), (place + 1) % max(width, 1)
        if place == 0:
            end = index + 1
    return end if _FEWEST <= width <= _WIDEST and place == 0 else at


def read_stack(pieces: list[Piece]) -> list[Piece | RawTable]:
    """The table whose cells these lines are; empty if it is none."""
    width = next(i for i, piece in enumerate(pieces) if piece.text.strip() == "1")
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
