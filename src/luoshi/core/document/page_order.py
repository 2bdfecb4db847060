"""The order in which the rows of a page are read: columns are found and read one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from luoshi.core.document.page_lines import Row, line, segments
from luoshi.core.document.page_model import Line, Page

# A gutter between columns is at least this wide, in font sizes.
_GUTTER = 0.9
# Columns run side by side over at least this many rows.
_LEAST_ROWS = 4
# This share of the left column's lines must reach its right edge (within 1.5 font sizes): text that fills a
# column does, labels and short entries of a form do not.
_FULL_SHARE = 0.5
# A column holds at least this many characters a line; one column is at most this much wider than the other.
_LEAST_WIDTH, _MOST_UNEQUAL = 6.0, 2.5


@dataclass(frozen=True, slots=True)
class Column:
    """Lines that stand under one another. `index` is 0 where the page has one column, else from 1."""

    lines: tuple[Line, ...]
    index: int


def columns(rows: list[Row], page: Page) -> list[Column]:
    """The rows of a page, or of the part of it between two tables, as columns in reading order."""
    return _read([segments(row) for row in rows], page, 0)


def _read(rows: list[list[Row]], page: Page, index: int) -> list[Column]:
    found: list[Column] = []
    waiting: list[list[Row]] = []
    at = 0
    while at < len(rows):
        band = _band(rows, at, at - len(waiting))
        if band is None:
            waiting.append(rows[at])
            at += 1
            continue
        start, end, gutter = band
        del waiting[len(waiting) - (at - start) :]
        if waiting:
            found.append(_column(waiting, page, index))
            waiting = []
        for side, left in enumerate((True, False)):
            part = [[seg for seg in row if (seg.left < gutter) == left] for row in rows[start:end]]
            found += _read([row for row in part if row], page, index * 2 + side + 1)
        at = end
    if waiting:
        found.append(_column(waiting, page, index))
    return found


def _column(rows: list[list[Row]], page: Page, index: int) -> Column:
    return Column(tuple(line(row, page) for row in rows), index)


def _band(rows: list[list[Row]], at: int, first: int) -> tuple[int, int, float] | None:
    """The rows around `at`, from `first` on, in two columns: start, end and middle of the gutter."""
    for before, after in zip(rows[at], rows[at][1:], strict=False):
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
        if _are_columns(rows[start:end], gutter):
            return start, end, gutter
    return None


def _free(row: list[Row], low: float, high: float) -> tuple[float, float] | None:
    """The part of `low` to `high` that no segment of the row touches, if it is wide enough for a gutter."""
    for segment in row:
        if segment.right <= low or segment.left >= high:
            continue
        # A line of one column may reach a little into what the first row left free.
        if segment.left < low and segment.right < high:
            low = segment.right
        elif segment.right > high and segment.left > low:
            high = segment.left
        else:
            return None
    return (low, high) if high - low >= _GUTTER * row[0].size else None


def _are_columns(rows: list[list[Row]], gutter: float) -> bool:
    left = [max(seg.right for seg in row if seg.left < gutter) for row in rows if row[0].left < gutter]
    right = [max(seg.right for seg in row) for row in rows if row[-1].left > gutter]
    both = sum(1 for row in rows if row[0].left < gutter < row[-1].left)
    if both < _LEAST_ROWS:
        return False
    size = median(seg.size for row in rows for seg in row)
    left_edge = min(row[0].left for row in rows)
    left_width = max(left) - left_edge
    right_width = max(right) - gutter
    full = sum(1 for edge in left if max(left) - edge <= 1.5 * size)
    return (
        full >= _FULL_SHARE * len(left)
        and min(left_width, right_width) >= _LEAST_WIDTH * size
        and max(left_width, right_width) <= _MOST_UNEQUAL * min(left_width, right_width)
    )
