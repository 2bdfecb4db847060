"""The text in a grid becomes a table, and a table that goes on over the page is put together again."""

from __future__ import annotations

import re
from dataclasses import dataclass

from luoshi.core.document.joining import SENTENCE_END
from luoshi.core.document.model import Piece, RawCell, RawTable
from luoshi.core.document.page_flow import cell_paragraphs, join, piece
from luoshi.core.document.page_lines import line, rows, segments
from luoshi.core.document.page_model import Glyph, Line, Page
from luoshi.core.document.page_tables import Grid

# The caption over the rest of a table. Samples: 续表, （续上表）, 附表1（续）
CONTINUED = re.compile(r"[（(]?续上?表\d*[)）]?|.{0,30}[（(]续表?[)）]")

# Column edges of two pages agree within this many points.
_SAME_EDGE = 4.0
# Inner margin of cells (points) where the text of a column does not show it.
_PADDING = 6.0
# A line that leaves free less than this (font sizes) may be parted from the next one by its width alone.
_NEARLY_FULL = 2.2
# A repeated header has at most this many rows.
_MOST_HEADER_ROWS = 4


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table, or the part of it on one page, with the edges of its columns in points."""

    page: Page
    top: float
    bottom: float
    xs: tuple[float, ...]
    rows: int
    cells: tuple[RawCell, ...]

    def raw(self) -> RawTable:
        """The table without its geometry."""
        ordered = sorted(self.cells, key=lambda cell: (cell.row, cell.column))
        return RawTable(self.rows, len(self.xs) - 1, tuple(ordered))


def page_table(grid: Grid, glyphs: list[Glyph], page: Page) -> PageTable:
    """The table in `grid`, filled with those of `glyphs` that lie in it."""
    lines: list[list[Line]] = []
    for inside in grid.sort(glyphs):
        lines.append([line(segments(row), page) for row in rows(inside)])
    paddings = _paddings(grid, lines)
    cells = []
    for cell, texts in zip(grid.cells, lines, strict=True):
        before, behind = paddings[cell.column], paddings[cell.column + cell.column_span - 1]
        left = grid.xs[cell.column] + before
        right = grid.xs[cell.column + cell.column_span] - behind
        paragraphs = cell_paragraphs(texts, left, right)
        if paragraphs:
            last = paragraphs[-1].lines[-1]
            # The row may go on over the page: a full line does not end the text of its cell for sure.
            paragraphs[-1].doubtful = right - last.right < _NEARLY_FULL * last.size
        pieces = tuple([piece(paragraph) for paragraph in paragraphs])
        cells.append(RawCell(cell.row, cell.column, pieces, cell.row_span, cell.column_span))
    return PageTable(page, grid.ys[0], grid.ys[-1], grid.xs, len(grid.ys) - 1, tuple(cells))


def _paddings(grid: Grid, lines: list[list[Line]]) -> list[float]:
    """Inner margin of each column: the least space that its text leaves at either side."""
    least = [_PADDING] * (len(grid.xs) - 1)
    for cell, texts in zip(grid.cells, lines, strict=True):
        left, right = grid.xs[cell.column], grid.xs[cell.column + cell.column_span]
        for text in texts:
            space = max(min(text.left - left, right - text.right), 0.0)
            for column in (cell.column, cell.column + cell.column_span - 1):
                least[column] = min(least[column], space)
    return least


# --- tables over several pages ------------------------------------------------------------------------


def goes_on(first: PageTable, second: PageTable) -> bool:
    """Whether the table at the top of a page is the rest of the one at the end of the page before."""
    if second.page.number != first.page.number + 1:
        return False
    if abs(first.xs[0] - second.xs[0]) > _SAME_EDGE or abs(first.xs[-1] - second.xs[-1]) > _SAME_EDGE:
        return False
    few, many = sorted((first.xs, second.xs), key=len)
    return all(min(abs(x - other) for other in many) <= _SAME_EDGE for x in few)


def joined(first: PageTable, second: PageTable) -> PageTable:
    """Both parts as one table; a repeated header is left out, a row cut by the page is made whole."""
    xs = max(first.xs, second.xs, key=len)
    upper, lower = _on_edges(first, xs), _on_edges(second, xs)
    skip = _repeated_header(upper, lower)
    rest = [cell for cell in lower.cells if cell.row >= skip]
    cells = list(upper.cells)
    shift = upper.rows - skip
    if _is_cut_row(upper, rest, skip):
        cells, rest = _sew(cells, rest, skip)
        shift -= 1
    rest = [_moved(cell, shift) for cell in rest]
    cells, rest = _stretch(cells, rest, upper.rows)
    return PageTable(second.page, first.top, second.bottom, xs, lower.rows + shift, (*cells, *rest))


def _on_edges(table: PageTable, xs: tuple[float, ...]) -> PageTable:
    """The same table with its columns counted along `xs`, which has all of its edges and maybe more."""
    if len(xs) == len(table.xs):
        return table
    index = [min(range(len(xs)), key=lambda i, x=x: abs(xs[i] - x)) for x in table.xs]  # type: ignore[misc]
    cells = [
        RawCell(
            cell.row,
            index[cell.column],
            cell.pieces,
            cell.row_span,
            index[cell.column + cell.column_span] - index[cell.column],
        )
        for cell in table.cells
    ]
    return PageTable(table.page, table.top, table.bottom, xs, table.rows, tuple(cells))


def _moved(cell: RawCell, rows_down: int) -> RawCell:
    return RawCell(cell.row + rows_down, cell.column, cell.pieces, cell.row_span, cell.column_span)


def text_of(cell: RawCell) -> str:
    """All text of a cell, without white space."""
    return "".join("".join(piece.text.split()) for piece in cell.pieces)


def _repeated_header(first: PageTable, second: PageTable) -> int:
    """How many rows at the start of both tables are the same."""
    rows_ = (_looks(first), _looks(second))
    for count in range(min(_MOST_HEADER_ROWS, first.rows, second.rows), 0, -1):
        upper, lower = ([look for look in looks if look[0] < count] for looks in rows_)
        closed = all(row + span <= count for row, _, span, _, _ in upper)
        if closed and upper == lower and any(text for *_, text in upper):
            return count
    return 0


def _looks(table: PageTable) -> list[tuple[int, int, int, int, str]]:
    return sorted(
        (cell.row, cell.column, cell.row_span, cell.column_span, text_of(cell)) for cell in table.cells
    )


def _is_cut_row(upper: PageTable, rest: list[RawCell], row: int) -> bool:
    """Whether the first row of `rest` is the end of the last row of `upper`.

    It is when its own number is missing and some cell goes on with words that the page has cut off.
    """
    last = {cell.column: cell for cell in upper.cells if cell.row + cell.row_span == upper.rows}
    first = {cell.column: cell for cell in rest if cell.row == row}
    if not first or last.keys() != first.keys() or text_of(first[min(first)]):
        return False
    filled = [column for column, cell in first.items() if text_of(cell)]
    if not filled or any(not text_of(last[column]) for column in filled):
        return False
    return any(_is_cut(last[column].pieces[-1]) for column in filled)


def _is_cut(last: Piece) -> bool:
    return last.wrapped and not SENTENCE_END.search(last.text)


def _sew(cells: list[RawCell], rest: list[RawCell], row: int) -> tuple[list[RawCell], list[RawCell]]:
    """Put the texts of the first row of `rest` behind those of the last row of `cells`."""
    more = {cell.column: cell for cell in rest if cell.row == row}
    bottom = max(cell.row + cell.row_span for cell in cells)
    sewn = []
    for cell in cells:
        end = more.get(cell.column) if cell.row + cell.row_span == bottom else None
        if end is None:
            sewn.append(cell)
            continue
        pieces = cell.pieces + end.pieces
        if cell.pieces and end.pieces and _is_cut(cell.pieces[-1]):
            pieces = (*cell.pieces[:-1], join(cell.pieces[-1], end.pieces[0]), *end.pieces[1:])
        span = cell.row_span + end.row_span - 1
        sewn.append(RawCell(cell.row, cell.column, pieces, span, cell.column_span))
    return sewn, [cell for cell in rest if cell.row != row]


def _stretch(cells: list[RawCell], rest: list[RawCell], border: int) -> tuple[list[RawCell], list[RawCell]]:
    """Make a merged cell whole that the page has cut: its lower part is empty."""
    lower = {cell.column: cell for cell in rest if cell.row == border and not text_of(cell)}
    stretched = []
    gone = set()
    for cell in cells:
        end = lower.get(cell.column)
        at_border = cell.row + cell.row_span == border
        if end is not None and at_border and _is_cut_merger(cell, end):
            gone.add(cell.column)
            span = cell.row_span + end.row_span
            stretched.append(RawCell(cell.row, cell.column, cell.pieces, span, cell.column_span))
        else:
            stretched.append(cell)
    return stretched, [cell for cell in rest if cell.row != border or cell.column not in gone]


def _is_cut_merger(cell: RawCell, end: RawCell) -> bool:
    return (cell.row_span > 1 or end.row_span > 1) and cell.column_span == end.column_span
