"""A long document in passages, so that a page can show it piece by piece.

A passage ends at the end of a paragraph or of a table row, never inside one; it knows the blocks it holds, so
drawing it needs nothing of the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from luoshi.core.document.model import Block, Cell, Document, Paragraph, Table
from luoshi.core.source import Span

# Characters after which a passage ends with the block at hand: about three screens of text.
LENGTH = 3_000


@dataclass(frozen=True, slots=True)
class Passage:
    """The characters of `span` and the blocks in them."""

    span: Span
    blocks: tuple[Block, ...]


def passages(document: Document, length: int = LENGTH) -> tuple[Passage, ...]:
    """The clean text of `document` in passages of about `length` characters, without a gap."""
    return tuple(_gather(len(document.text), _pieces(document.blocks, length), length))


def _gather(end_of_text: int, blocks: Iterable[Block], length: int) -> Iterator[Passage]:
    held: list[Block] = []
    start = 0
    for block in blocks:
        # Cut before a block that would make the passage too long: the cut lies where that block starts.
        if held and block.span.end - start > length:
            yield Passage(Span(start, block.span.start), tuple(held))
            held, start = [], block.span.start
        held.append(block)
    if held or end_of_text > start:
        yield Passage(Span(start, end_of_text), tuple(held))


def _pieces(blocks: Iterable[Block], length: int) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Paragraph) or len(block.span) <= length:
            yield block
        else:
            yield from _rows(block, length)


def _rows(table: Table, length: int) -> Iterator[Table]:
    """A long table in shorter ones, cut only between rows that no merged cell joins."""
    held: list[Cell] = []
    first_row = reach = 0
    start = table.span.start
    for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.column)):
        begins_row = bool(held) and cell.row > held[-1].row
        if begins_row and cell.row >= reach and cell.span.end - start > length:
            yield _table(held, Span(start, cell.span.start), first_row, cell.row, table.columns)
            held, first_row, start = [], cell.row, cell.span.start
        held.append(cell)
        reach = max(reach, cell.row + cell.row_span)
    yield _table(held, Span(start, table.span.end), first_row, table.rows, table.columns)


def _table(cells: list[Cell], span: Span, first: int, after: int, columns: int) -> Table:
    moved = tuple(Cell(c.span, c.row - first, c.column, c.row_span, c.column_span) for c in cells)
    return Table(span, after - first, columns, moved)
