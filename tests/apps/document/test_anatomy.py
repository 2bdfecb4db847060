"""A document that is packed and unpacked is the same document."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from luoshi.apps.document.anatomy import pack, pack_blocks, unpack, unpack_blocks
from luoshi.core.document.model import (
    Block,
    Cell,
    CellPlace,
    Defect,
    Document,
    FilePlace,
    Origin,
    PagePlace,
    Paragraph,
    ParagraphPlace,
    Run,
    Style,
    Table,
)
from luoshi.core.source import Span

NUMBERS = st.integers(0, 10_000)
POINTS = st.floats(0, 1000, allow_nan=False).map(lambda value: round(value, 2))
SPANS = st.tuples(NUMBERS, NUMBERS).map(lambda pair: Span(min(pair), max(pair)))
PLACES = st.one_of(
    st.builds(FilePlace, NUMBERS),
    st.builds(ParagraphPlace, st.sampled_from(["body", "textbox"]), NUMBERS, st.integers(-1, 50)),
    st.builds(PagePlace, NUMBERS, st.tuples(POINTS, POINTS, POINTS, POINTS)),
    st.builds(CellPlace, st.text(max_size=5), NUMBERS, NUMBERS, NUMBERS),
)
RUNS = st.none() | st.builds(Run, NUMBERS, PLACES, st.lists(POINTS, max_size=4).map(tuple))
STYLES = st.builds(Style, st.sampled_from(["", "center"]), st.integers(0, 6), st.booleans(), POINTS)
CELLS = st.builds(Cell, SPANS, NUMBERS, NUMBERS, st.integers(1, 9), st.integers(1, 9))
BLOCKS: st.SearchStrategy[Block] = st.one_of(
    st.builds(Paragraph, SPANS, STYLES),
    st.builds(Table, SPANS, NUMBERS, NUMBERS, st.lists(CELLS, max_size=4).map(tuple)),
)
DOCUMENTS = st.builds(
    Document,
    name=st.just("方案.docx"),
    format=st.just("docx"),
    sha256=st.just("0" * 64),
    original=st.text(max_size=20),
    text=st.text(max_size=20),
    blocks=st.lists(BLOCKS, max_size=5).map(tuple),
    origin=st.lists(st.tuples(NUMBERS, RUNS), max_size=6).map(
        lambda runs: Origin(tuple(start for start, _ in runs), tuple(run for _, run in runs))
    ),
    defects=st.lists(
        st.builds(Defect, st.sampled_from(["stray-space"]), SPANS, st.text(max_size=5), st.booleans()),
        max_size=3,
    ).map(tuple),
    declared=st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=2),
)


@given(DOCUMENTS)
def test_packing_loses_nothing(document: Document) -> None:
    again = unpack(
        pack(document),
        name=document.name,
        format=document.format,
        sha256=document.sha256,
        original=document.original,
        text=document.text,
    )
    assert again == document


@given(st.lists(BLOCKS, max_size=5))
def test_blocks_come_back(blocks: list[Block]) -> None:
    assert unpack_blocks(pack_blocks(blocks)) == tuple(blocks)
