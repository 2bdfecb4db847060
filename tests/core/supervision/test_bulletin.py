"""The text of a bulletin: markers stand for numbers and tables, everything else is words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.supervision.bulletin import COUNTS, FIGURES, TABLES, MarkerUnknown, blocks, draft, marker


def test_the_draft_uses_every_number_and_table() -> None:
    text = draft(period="2026年第一季度", plan="方案")
    read = blocks(text)
    figures = {part[0] for block in read for part in block.parts if isinstance(part, tuple)}
    assert figures == set(FIGURES)
    assert {block.kind for block in read} == {"first", "text", *TABLES}


def test_a_plan_that_names_another_text_has_marks_within_marks() -> None:
    assert "《贯彻〈纲要〉方案》" in draft(period="2026年第一季度", plan="贯彻《纲要》方案")


def test_every_marker_says_what_it_counts() -> None:
    assert list(COUNTS) == [*FIGURES, *TABLES]


@pytest.mark.parametrize("text", ["共{总数}项", "{}{逾期}", "见{分单位表}。"])
def test_other_braces_are_refused(text: str) -> None:
    with pytest.raises(MarkerUnknown):
        blocks(text)


def test_headings_have_two_levels() -> None:
    kinds = [block.kind for block in blocks("一、总体\n（一）报送\n(二)审核\n\n1.不是标题")]
    assert kinds == ["first", "second", "second", "text"]


@given(
    st.lists(
        st.one_of(st.sampled_from(FIGURES), st.text("县区报送，1 ", min_size=1, max_size=8)), max_size=12
    )
)
def test_nothing_of_a_paragraph_is_lost(pieces: list[str]) -> None:
    line = "".join(marker(one) if one in FIGURES else one for one in pieces).strip()  # type: ignore[arg-type]
    found = blocks(line)
    back = "".join(
        part if isinstance(part, str) else marker(part[0]) for block in found for part in block.parts
    )
    assert back == line
