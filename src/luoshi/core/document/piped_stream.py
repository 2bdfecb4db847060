"""Tables whose cells stand on lines of their own, with bars between them and no sign where a row ends.

The header says how many columns there are, running numbers say where rows begin, and a cell that is missing
before a number was merged with the one above it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from luoshi.core.document.labels import is_header
from luoshi.core.document.model import Piece, RawCell, RawTable, Run

Row = list[tuple[Piece, ...]]

_BARS = " \t\u3000|｜│┃║"
# A border between cells. Sample: "领域 |"
_BAR = re.compile(r"[|｜│┃║]")

# The header of the column of running numbers. Sample: 序 号
_NUMBER_HEAD = re.compile(r"^[序编編]\s*[号號]$")
# A header that can stand over several others. Sample: 责任单位 over 牵头部门 and 配合部门
_SHARED_HEAD = re.compile("单位|單位|部门|部門|责任|責任|分工")


def bar_only(line: str) -> bool:
    """Whether a line holds nothing but bars."""
    return not line.strip(_BARS) and bool(line.strip())


def cut(piece: Piece, start: int, end: int) -> tuple[Piece, ...]:
    """Characters `start` to `end` of a piece without the white space around them; nothing if none is left."""
    words = piece.text[start:end]
    start += len(words) - len(words.lstrip())
    end = start + len(words.strip())
    if start >= end:
        return ()
    runs: list[Run] = []
    at = 0
    for run in piece.runs:
        first, last = max(start - at, 0), min(end - at, run.length)
        if first < last:
            runs.append(run.cut(first, last))
        at += run.length
    return (Piece(piece.text[start:end], tuple(runs), piece.style),)


def table_of_stream(pieces: list[Piece]) -> RawTable | None:
    """The table whose cells these lines give one by one; None where its shape stays open."""
    cells = _cells(pieces)
    end = next((i for i, cell in enumerate(cells) if cell and not is_header(_words(cell))), len(cells))
    head = _head(cells[:end])
    body = cells[end:]
    if head is None or not body:
        return None
    numbers = _numbers(body)
    rows = _numbered(head, body, numbers) if numbers else _regular(head, body)
    if rows is None:
        return None
    if len(rows[0]) > head.width:
        head = head.with_gap(numbers[0])
    placed = [
        RawCell(head.height + r, c, row[c] if c < len(row) else ())
        for r, row in enumerate(rows)
        for c in range(head.width)
    ]
    return RawTable(head.height + len(rows), head.width, (*head.cells, *placed))


@dataclass(frozen=True, slots=True)
class _Head:
    """The header of a table: one row of labels, or two where a label stands over several others."""

    width: int
    height: int
    cells: tuple[RawCell, ...]

    def numbers_at(self) -> int | None:
        """The column headed 序号 or the like."""
        columns = [cell.column for cell in self.cells if _NUMBER_HEAD.search(_words(cell.pieces))]
        return columns[0] if columns else None

    def with_gap(self, column: int) -> _Head:
        """The same header over a table in which `column` has no label of its own."""
        moved = [replace(c, column=c.column + (c.column >= column)) for c in self.cells]
        gap = RawCell(0, column, (), self.height)
        return _Head(
            self.width + 1, self.height, tuple(sorted([*moved, gap], key=lambda c: (c.row, c.column)))
        )


def _head(cells: Row) -> _Head | None:
    """The header in the labels and empty cells that begin a table."""
    groups = [(filled, list(group)) for filled, group in groupby(cells, key=bool)]
    if [filled for filled, _ in groups] == [True] and len(cells) > 1:
        return _Head(len(cells), 1, tuple(RawCell(0, c, cell) for c, cell in enumerate(cells)))
    if [filled for filled, _ in groups] != [True, False, True, False]:
        return None
    # Two rows, each filled up with empty cells: 责任单位 stands over 牵头部门 and 配合部门.
    upper, gap, lower, rest = (group for _, group in groups)
    wide = [c for c, cell in enumerate(upper) if _SHARED_HEAD.search(_words(cell))]
    width = len(upper) + len(gap)
    if len(gap) != len(lower) - 1 or width != len(lower) + len(rest) or not wide:
        return None
    over = wide[-1]
    placed = [
        RawCell(0, c + (len(gap) if c > over else 0), cell, *((1, len(lower)) if c == over else (2, 1)))
        for c, cell in enumerate(upper)
    ]
    return _Head(width, 2, (*placed, *(RawCell(1, over + c, cell) for c, cell in enumerate(lower))))


def _words(cell: tuple[Piece, ...]) -> str:
    return "".join(piece.text for piece in cell)


def _cells(pieces: list[Piece]) -> Row:
    """The cells between bars, over line ends; a bar at the very beginning or end is a border."""
    cells: Row = [()]
    for piece in pieces:
        start = 0
        for bar in _BAR.finditer(piece.text):
            cells[-1] += cut(piece, start, bar.start())
            cells.append(())
            start = bar.end()
        cells[-1] += cut(piece, start, len(piece.text))
    if not cells[-1]:
        cells.pop()
    return cells[1:] if cells and not cells[0] else cells


def _numbers(cells: Row) -> list[int]:
    """Where the running numbers of rows stand: each is one more than the one before."""
    found: list[int] = []
    expected: int | None = None
    for index, cell in enumerate(cells):
        words = _words(cell)
        if words.isascii() and words.isdigit() and len(words) < 5 and expected in (None, int(words)):
            found.append(index)
            expected = int(words) + 1
    return found


def _regular(head: _Head, cells: Row) -> list[Row] | None:
    if len(cells) % head.width:
        return None
    return [cells[at : at + head.width] for at in range(0, len(cells), head.width)]


def _numbered(head: _Head, cells: Row, numbers: list[int]) -> list[Row] | None:
    """Rows by their numbers: what follows every number is of its row, others stand before the next."""
    gaps = [after - before for before, after in pairwise([*numbers, len(cells)])]
    column = head.numbers_at()
    before = max([numbers[0], *(gap - min(gaps[:-1]) for gap in gaps[:-1])]) if column is None else column
    after = min(gaps[:-1], default=head.width - before)
    width = before + after
    if width not in (head.width, head.width + (column is None)) or gaps[-1] > after or numbers[0] > before:
        return None
    if any(gap - after > before for gap in gaps[:-1]):
        return None
    rows: list[Row] = []
    for index, number in enumerate(numbers):
        own = cells[numbers[index - 1] + after if index else 0 : number]
        following = cells[number : number + min(after, gaps[index])]
        rows.append([()] * (before - len(own)) + own + following + [()] * (after - len(following)))
    return rows
