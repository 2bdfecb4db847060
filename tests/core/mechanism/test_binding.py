"""Words of declarations in the texts of tasks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.mechanism.binding import Found, aimed, excerpts, offered, sentence
from luoshi.core.mechanism.catalogue import load
from luoshi.core.mechanism.declaration import Mechanism
from luoshi.mechanisms import declarations

TEXT = "加强阵地建设。 每个镇至少有1个普法学 法大讲堂；每个社区不少于1个法治文化宣传栏(长廊)。"


@pytest.fixture(scope="module")
def venues() -> Mechanism:
    """The mechanism of venues as it is declared."""
    return load(declarations()).latest("culture-venues")


def test_words_are_found_across_blanks_and_named_with_their_place(venues: Mechanism) -> None:
    offer = offered(venues, TEXT)
    assert offer is not None
    assert [one.word for one in offer.found] == ["普法学法大讲堂", "法治文化宣传栏"]
    first = offer.found[0]
    assert TEXT[first.start : first.end] == "普法学 法大讲堂"
    assert offer.certain


def test_one_word_alone_is_not_certain_but_the_name_is(venues: Mechanism) -> None:
    one = offered(venues, "建设普法学法大讲堂。")
    name = offered(replace(venues, serves=("法治文化阵地",)), "加强法治文化阵地建设。")
    assert one is not None
    assert not one.certain
    assert name is not None
    assert name.certain
    assert offered(venues, "发放补贴。") is None


@pytest.mark.parametrize(
    ("of", "quote", "unit", "indicator", "certain"),
    [
        ("普法学法大讲堂", "至少有1个", "个", "halls-covered", True),
        ("法治文化宣传栏(长廊)", "至少有1个", "个", "boards-covered", True),
        ("法治文化主题公园", "至少有1个", "个", "parks", True),
        ("普法学法大讲堂", "至少有1场", "场", None, False),
        ("", "至少有1个大讲堂", "个", "halls-covered", False),
        ("图书室", "至少有1个", "个", None, False),
    ],
)
def test_a_target_finds_the_indicator_that_its_words_and_unit_ask_for(
    venues: Mechanism, of: str, quote: str, unit: str, indicator: str | None, certain: bool
) -> None:
    found = aimed(venues, of=of, quote=quote, unit=unit)
    assert (found.indicator if found else None) == indicator
    assert (found is not None and found.certain) is certain


def test_words_of_one_sentence_share_it() -> None:
    text = "甲乙丙。丁戊己。"
    found = [Found("丁", 4, 5), Found("己", 6, 7), Found("甲", 0, 1)]
    assert [text[a:b] for a, b in excerpts(text, found)] == ["甲乙丙。", "丁戊己。"]


@given(st.text(alphabet="甲乙。；\n ", min_size=1, max_size=40), st.data())
def test_a_sentence_holds_its_place_and_ends_once(text: str, data: st.DataObject) -> None:
    places = [at for at, letter in enumerate(text) if letter in "甲乙"]
    if not places:
        return
    start = data.draw(st.sampled_from(places))
    first, last = sentence(text, start, start + 1)
    assert first <= start < last
    inside = text[first : last - 1]
    assert not set(inside) & set("。；\n")
