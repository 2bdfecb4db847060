"""Glyphs become lines with the spaces that a reader sees."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.document.page_lines import line, rows, segments
from luoshi.core.document.page_model import Glyph, Line
from tests.writers.pages import glyphs, sheet


def lines(drawn: list[Glyph]) -> list[Line]:
    page = sheet(drawn)
    return [line(segments(row), page) for row in rows(drawn)]


def texts(drawn: list[Glyph]) -> list[str]:
    return [found.text for found in lines(drawn)]


def test_lines_stand_from_top_to_bottom_and_left_to_right() -> None:
    drawn = glyphs("第二行", 72, 140) + glyphs("云溪区", 120, 100) + glyphs("澄江市", 72, 100)
    assert texts(drawn) == ["澄江市云溪区", "第二行"]


def test_a_small_wobble_of_the_baseline_makes_no_new_line() -> None:
    drawn = glyphs("区司", 72, 100) + glyphs("法局", 104, 101.5)
    assert texts(drawn) == ["区司法局"]


def test_the_edges_are_those_of_the_characters() -> None:
    (found,) = lines(glyphs("区a局", 72, 100))
    assert found.edges == (72, 88, 96, 112)
    assert (found.left, found.right, found.baseline) == (72, 112, 100)


def test_indentation_by_spaces_is_place_not_text() -> None:
    (found,) = lines(glyphs("　　为推进", 72, 100))
    assert found.text == "为推进"
    assert found.left == 104


def test_spaces_that_are_drawn_are_kept() -> None:
    assert texts(glyphs("领 域 plan 2025", 72, 100)) == ["领 域 plan 2025"]


def test_odd_spaces_become_plain_ones() -> None:
    assert texts(glyphs("文\u00a0号", 72, 100)) == ["文 号"]


def test_a_space_glyph_without_room_between_han_characters_is_dropped() -> None:
    drawn = [*glyphs("领", 72, 100), Glyph(" ", 88, 92, 100, 16), *glyphs("域讲法律", 88, 100)]
    assert texts(drawn) == ["领域讲法律"]


@pytest.mark.parametrize(
    ("before", "gap", "after", "read"),
    [
        ("rule", 5, "of", "rule of"),
        ("rule", 1, "s", "rules"),
        ("到", 4, "2025", "到2025"),
        ("推进法治", 5, "云溪建设", "推进法治 云溪建设"),
        ("推进法治，", 8, "云溪建设", "推进法治，云溪建设"),
        ("电话", 80, "地址", "电话 地址"),
    ],
)
def test_a_gap_reads_as_a_space_when_it_is_wide_for_its_neighbours(
    before: str, gap: float, after: str, read: str
) -> None:
    first = glyphs(before, 72, 100)
    assert texts(first + glyphs(after, first[-1].right + gap, 100)) == [read]


def test_letters_spread_over_the_width_are_one_word() -> None:
    assert texts(glyphs("区司法局", 72, 100, gap=11)) == ["区司法局"]


def test_characters_drawn_twice_are_bold_not_doubled() -> None:
    (found,) = lines(glyphs("个个叠词", 72, 100) + glyphs("个个叠词", 72.4, 100))
    assert found.text == "个个叠词"
    assert found.bold


def test_marks_set_narrow_keep_their_order() -> None:
    # The space is drawn before the quotation mark whose empty half lies over it.
    drawn = [*glyphs("开展", 72, 100), Glyph(" ", 104, 108, 100, 16), Glyph("“", 100, 116, 100, 16)]
    assert texts(drawn) == ["开展 “"]


def test_superscripts_stand_in_their_line_and_read_as_such() -> None:
    drawn = glyphs("到2025年", 72, 100) + glyphs("1", 136, 94.5, 9) + glyphs("底", 140.5, 100)
    assert texts(drawn) == ["到2025年¹底"]


def test_a_subscript_is_a_plain_character_of_its_line() -> None:
    drawn = glyphs("CO", 72, 100) + glyphs("2", 88, 103, 9) + glyphs("排放", 92.5, 100)
    assert texts(drawn) == ["CO2排放"]


def test_small_print_above_a_line_is_a_line_of_its_own() -> None:
    assert texts(glyphs("luo", 74, 90, 7) + glyphs("落实", 72, 100)) == ["luo", "落实"]


def test_segments_part_at_gaps_that_may_be_gutters() -> None:
    row = rows(glyphs("左栏到此为止", 72, 100) + glyphs("右栏由此开始", 200, 100))[0]
    parts = ["".join(glyph.text for glyph in part.glyphs) for part in segments(row)]
    assert parts == ["左栏到此为止", "右栏由此开始"]


def test_a_known_gutter_parts_a_row_at_a_smaller_gap() -> None:
    row = rows(glyphs("左栏到此为止", 72, 100) + glyphs("右栏由此开始", 184, 100))[0]
    assert len(segments(row)) == 1
    assert len(segments(row, [176])) == 2
    assert len(segments(row, [120])) == 1


@given(
    st.lists(
        st.builds(
            lambda text, left, wide: Glyph(text, left, left + wide, 100, 16),
            st.sampled_from("区a “。"),
            st.floats(0, 500),
            st.floats(0, 200),
        ),
        max_size=30,
    ),
    st.lists(st.floats(0, 500), max_size=3),
)
def test_segments_hold_all_glyphs_and_none_is_blank(drawn: list[Glyph], gutters: list[float]) -> None:
    for row in rows(drawn):
        parts = segments(row, gutters)
        assert [glyph for part in parts for glyph in part.glyphs] == row.glyphs
        assert all(any(not glyph.text.isspace() for glyph in part.glyphs) for part in parts)
