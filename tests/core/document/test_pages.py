"""Whole pages: footnotes, tables beside text, turned pages, limits, and that nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.document.errors import TooLarge
from luoshi.core.document.limits import Limits
from luoshi.core.document.model import Piece
from luoshi.core.document.page_model import Glyph, Page
from luoshi.core.document.pages import lay_out
from tests.writers.pages import boxes, glyphs, grid, paragraph, read, sheet

LONG = (
    "把任务讲清楚、责任分到位、结果看得见，推动法治云溪、法治政府、法治社会建设同步向前，让群众遇事有地方问。"
)


def test_nothing_is_nothing() -> None:
    assert read(sheet([])) == []
    assert lay_out([], file="页面", limits=Limits()) == ()


def test_footnotes_wait_for_the_end_of_the_paragraph() -> None:
    drawn = paragraph(LONG * 4, 80, 100, room=27)
    first = [glyph for glyph in drawn if glyph.baseline < 230]
    second = [glyph._replace(baseline=glyph.baseline - 130) for glyph in drawn if glyph.baseline > 230]
    first += glyphs("①数据来自区统计局。", 80, 700, 10)
    found = read(sheet(first), sheet(second + paragraph(LONG, 80, 400, room=27), number=2))
    assert found == [LONG * 4, "①数据来自区统计局。", LONG]


def test_a_table_in_one_of_two_columns_stands_between_its_lines() -> None:
    left = "".join(f"左{index}" + "务" * 12 for index in range(6))
    right = "".join(f"右{index % 10}" + "务" * 12 for index in range(14))
    drawn: list[Glyph] = []
    for index in range(3):
        drawn += glyphs(left[index * 14 : index * 14 + 14], 60, 100 + index * 24)
        drawn += glyphs(left[42 + index * 14 : 56 + index * 14], 60, 340 + index * 24)
    for index in range(14):
        drawn += glyphs(right[index * 14 : index * 14 + 14], 320, 100 + index * 24)
    drawn += glyphs("甲", 70, 220) + glyphs("乙", 180, 220)
    found = read(sheet(drawn, grid((60, 170, 284), (195, 240, 285))))
    before, table, after = found[0], found[1], "".join(str(text) for text in found[2:])
    assert before == left[:42]
    assert table == [["甲", "乙"], ["", ""]]
    assert after == left[42:] + right


def test_a_turned_page_has_boxes_as_it_is_displayed() -> None:
    upright = sheet(glyphs("区司法局", 100, 200))
    turned = Page(1, 842, 595, upright.glyphs, [], turn=1)
    (piece,) = lay_out([turned], file="页面", limits=Limits())
    assert isinstance(piece, Piece)
    # Text that reads downwards: what was 200 from the top is now so far from the right edge.
    assert {box for _, _, box in boxes(piece)} == {(595 - 200 - 1.92, 100, 595 - 200 + 14.08, 164)}


def test_too_many_cells() -> None:
    page = sheet(glyphs("甲", 90, 120, 12), grid((80, 200, 300), (100, 130, 160)))
    with pytest.raises(TooLarge) as caught:
        lay_out([page], file="表.pdf", limits=Limits(cells=3))
    assert "表.pdf" in caught.value.message()


def test_a_habit_of_spaces_at_line_ends_means_nothing() -> None:
    drawn: list[Glyph] = []
    for index in range(8):
        drawn += glyphs("务" * 27 + " ", 80, 100 + index * 28)
    assert read(sheet(drawn)) == ["务" * 27 * 8]


WORDS = st.text(st.sampled_from("推进法治社会建设区司局、，。（）“”123abc"), min_size=1, max_size=90)


@given(st.lists(WORDS, min_size=1, max_size=12), st.integers(8, 30), st.sampled_from([0.0, 2.0]))
def test_every_character_is_read_once_and_in_order(texts: list[str], room: int, indent: float) -> None:
    drawn: list[Glyph] = []
    y = 100.0
    for text in texts:
        drawn += paragraph(text, 72, y, room=room, indent=indent)
        y = drawn[-1].baseline + 40
    tall = Page(1, 595, y + 200, drawn, [])
    pieces = lay_out([tall], file="页面", limits=Limits())
    flat = "".join(piece.text for piece in pieces if isinstance(piece, Piece))
    # Page numbers and word gaps aside, nothing is lost, nothing doubled.
    bare = "".join(texts)
    if not any(text.isascii() for text in texts):
        assert flat.replace(" ", "") == bare
    for piece in pieces:
        assert isinstance(piece, Piece)
        assert sum(run.length for run in piece.runs) == len(piece.text)
        for run in piece.runs:
            assert len(run.edges) == run.length + 1
            assert list(run.edges) == sorted(run.edges)


@given(
    st.lists(
        st.builds(
            Glyph,
            st.sampled_from("区司法局1a 　“。"),
            st.floats(-50, 700),
            st.floats(-50, 700),
            st.floats(-50, 900),
            st.sampled_from([0.5, 9.0, 16.0, 300.0]),
        ),
        max_size=60,
    )
)
def test_any_scatter_of_glyphs_can_be_read(drawn: list[Glyph]) -> None:
    fixed = [glyph._replace(right=max(glyph.left, glyph.right)) for glyph in drawn]
    for piece in lay_out([sheet(fixed), sheet(fixed, number=2)], file="页面", limits=Limits()):
        assert isinstance(piece, Piece)
        assert sum(run.length for run in piece.runs) == len(piece.text)
