"""The order in which the rows of a page are read: columns are found and read one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from luoshi.core.document.page_lines import Row, line, segments
from luoshi.core.document.page_model import Line, Page

# A gutter between columns is at least this wide, in font sizes.
_GUTTER = 0.9
# Lines that end less than this many font sizes before a known gutter fill the column left of it.
_NEAR_GUTTER = 3.0
# Columns run side by side over at least this many rows.
_LEAST_ROWS = 4
# This share of the left column's lines must reach its right edge (within 1.5 font sizes): text that fills a
# column does, labels and short entries of a form do not.
_FULL_SHARE = 0.5
# Over this many rows a smaller share will do, if the right column is full.
_MANY_ROWS, _SOME_SHARE = 10, 0.2
# A column holds at least this many characters a line; one column is at most this much wider than the other.
_LEAST_WIDTH, _MOST_UNEQUAL = 6.0, 2.5


@dataclass(frozen=True, slots=True)
class Column:
    """Lines that stand under one another. `index` is 0 where the page has one column, else from 1."""

    lines: tuple[Line, ...]
    index: int


def columns(rows: list[Row], page: Page, known: Sequence[float] = ()) -> tuple[list[Column], list[float]]:
    """The rows of a page, or of the part of it between two tables, as columns in reading order.

    Args:
        rows: from top to bottom.
        page: on which they stand.
        known: gutters of other pages; where they run on, a few lines suffice for columns.

    Returns:
        The columns, and the middles of the gutters between them.
    """
    reading = _Reading(page, known)
    reading.read([segments(row, known) for row in rows], 0)
    return reading.found, reading.gutters


@dataclass(slots=True)
class _Reading:
    """Columns and gutters of a page, as they are found."""

    page: Page
    known: Sequence[float]
    found: list[Column] = field(default_factory=list)
    gutters: list[float] = field(default_factory=list)

    def read(self, rows: list[list[Row]], index: int) -> None:
        """Take rows that stand in the column `index`, which may hold columns itself."""
        waiting: list[list[Row]] = []
        at = 0
        while at < len(rows):
            band = _band(rows, at, at - len(waiting), self.known)
            if band is None:
                waiting.append(rows[at])
                at += 1
                continue
            start, end, gutter = band
            del waiting[len(waiting) - (at - start) :]
            self._take(waiting, index)
            waiting = []
            self.gutters.append(gutter)
            for side, left in enumerate((True, False)):
                part = [[seg for seg in row if (seg.left < gutter) == left] for row in rows[start:end]]
                self.read([row for row in part if row], index * 2 + side + 1)
            at = end
        if index == 0 and _fills_column(waiting, self.known):
            index = 1
        self._take(waiting, index)

    def _take(self, rows: list[list[Row]], index: int) -> None:
        if rows:
            self.found.append(Column(tuple(line(row, self.page) for row in rows), index))


def _fills_column(rows: list[list[Row]], known: Sequence[float]) -> bool:
    """Whether rows with nothing beside them end a left column: they reach to a known gutter."""
    if not rows:
        return False
    right = max(row[-1].right for row in rows)
    return any(right < gutter < right + _NEAR_GUTTER * rows[0][0].size for gutter in known)


def _band(
    rows: list[list[Row]], at: int, first: int, known: Sequence[float]
) -> tuple[int, int, float] | None:
    """The rows around `at`, from `first` on, in two columns: start, end and middle of the gutter."""
    for before, after in _gaps(rows, at):
        low, high = before.right, after.left
        start = end = at
        for direction in (1, -1):
            index = at
            while first <= index < len(rows):
                free = _free(rows[index], low, high)
                if free is None:
                    break
                low, high = free
                index += direction
            if direction == 1:
                end = index
            else:
                start = index + 1
        gutter = (low + high) / 2
        if _are_columns(rows[start:end], gutter, known):
            return start, end, gutter
    return None


def _gaps(rows: list[list[Row]], at: int) -> list[tuple[Row, Row]]:
    """Segments with a gap between them that may be part of a gutter.

    They stand in one row, or in two rows if the lines of the columns are not level.
    """
    pairs = list(pairwise(rows[at]))
    if at + 1 < len(rows):
        row, below = rows[at], rows[at + 1]
        if row[-1].right < below[0].left:
            pairs.append((row[-1], below[0]))
        elif below[-1].right < row[0].left:
            pairs.append((below[-1], row[0]))
    return pairs


def _free(row: list[Row], low: float, high: float) -> tuple[float, float] | None:
    """The part of `low` to `high` that no segment of the row touches, if it is wide enough for a gutter."""
    for segment in row:
        if segment.right <= low or segment.left >= high:
            continue
        if segment.left < low and segment.right > high:
            return None
        # A line of one column may reach a little into what the first row left free: the larger part is left.
        if segment.left - low > high - segment.right:
            high = segment.left
        else:
            low = segment.right
    return (low, high) if high - low >= _GUTTER * row[0].size else None


def _are_columns(rows: list[list[Row]], gutter: float, known: Sequence[float]) -> bool:
    left_rows = [row for row in rows if row[0].left < gutter]
    right_rows = [row for row in rows if row[-1].left > gutter]
    beside = _side_by_side(left_rows, right_rows)
    if not beside:
        return False
    size = median(seg.size for row in rows for seg in row)
    if any(abs(gutter - other) < size for other in known):
        return True
    if beside < _LEAST_ROWS:
        return False
    left = [max(seg.right for seg in row if seg.left < gutter) for row in left_rows]
    right = [row[-1].right for row in right_rows]
    left_width = max(left) - min(row[0].left for row in left_rows)
    right_width = max(right) - gutter
    shares = [
        sum(1 for edge in edges if max(edges) - edge <= 1.5 * size) / len(edges) for edges in (left, right)
    ]
    long = beside >= _MANY_ROWS and max(shares) >= _FULL_SHARE and shares[0] >= _SOME_SHARE
    return (
        (shares[0] >= _FULL_SHARE or long)
        and min(left_width, right_width) >= _LEAST_WIDTH * size
        and max(left_width, right_width) <= _MOST_UNEQUAL * min(left_width, right_width)
    )


def _side_by_side(left: list[list[Row]], right: list[list[Row]]) -> int:
    """How many lines of the one side have the other side beside them."""
    if not left or not right:
        return 0
    top = max(left[0][0].baseline, right[0][0].baseline)
    bottom = min(left[-1][0].baseline, right[-1][0].baseline)
    slack = left[0][0].size
    beside = [
        sum(1 for row in side if top - slack <= row[0].baseline <= bottom + slack) for side in (left, right)
    ]
    return min(beside)
