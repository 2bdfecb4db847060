"""Passages cover a document without a gap and never cut a paragraph or a table row."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from luoshi.apps.document.passages import Passage, passages
from luoshi.core.document.model import Block, Cell, Document, Origin, Paragraph, Table
from luoshi.core.source import Span


def document(blocks: tuple[Block, ...], length: int) -> Document:
    """A document of `length` characters with these blocks."""
    return Document("方案.txt", "txt", "0" * 64, "", "字" * length, blocks, Origin((), ()))


def paragraphs(lengths: list[int]) -> tuple[tuple[Block, ...], int]:
    """Paragraphs of these lengths, one after the other, and where they end."""
    blocks, at = [], 0
    for length in lengths:
        blocks.append(Paragraph(Span(at, at + length)))
        at += length
    return tuple(blocks), at


@given(st.lists(st.integers(1, 60), max_size=30), st.integers(1, 100))
def test_paragraphs_stay_whole_and_in_order(lengths: list[int], limit: int) -> None:
    blocks, end = paragraphs(lengths)
    found = passages(document(blocks, end), limit)
    assert tuple(block for passage in found for block in passage.blocks) == blocks
    assert [passage.span.start for passage in found] == [0, *(p.span.end for p in found)][: len(found)]
    assert (found[-1].span.end if found else 0) == end
    for passage in found:
        assert len(passage.span) <= limit or len(passage.blocks) == 1


def table(rows: int, width: int, merged: set[int]) -> Table:
    """A table of two columns with rows of 2·`width` characters; rows in `merged` reach into the next one."""
    cells = []
    for row in range(rows):
        start = row * 2 * width
        span = 2 if row in merged and row + 1 < rows else 1
        if row - 1 not in merged:
            cells.append(Cell(Span(start, start + width), row, 0, span, 1))
        cells.append(Cell(Span(start + width, start + 2 * width), row, 1))
    return Table(Span(0, rows * 2 * width), rows, 2, tuple(cells))


@given(st.integers(1, 20), st.integers(1, 20), st.sets(st.integers(0, 19)))
def test_long_tables_are_cut_between_rows_only(rows: int, width: int, merged: set[int]) -> None:
    merged = {row for row in merged if row - 1 not in merged}
    whole = table(rows, width, merged)
    found = passages(document((whole,), rows * 2 * width), 50)
    parts = [block for passage in found for block in passage.blocks if isinstance(block, Table)]
    assert sum(part.rows for part in parts) == rows
    assert [c.span for part in parts for c in part.cells] == [c.span for c in whole.cells]
    for part in parts:
        assert min(cell.row for cell in part.cells) == 0
        assert max(cell.row + cell.row_span for cell in part.cells) <= part.rows


def test_text_without_blocks_is_one_passage() -> None:
    assert passages(document((), 5)) == (Passage(Span(0, 5), ()),)
    assert passages(document((), 0)) == ()
