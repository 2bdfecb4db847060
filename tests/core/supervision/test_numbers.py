"""Numbers of orders, and when two matters are the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.supervision.numbers import PrefixUnusable, matter_key, serial


@pytest.mark.parametrize("prefix", ["", "云督〔", "YD", "云督 ", "云" * 13])
def test_only_chinese_words_begin_a_number(prefix: str) -> None:
    with pytest.raises(PrefixUnusable):
        serial(prefix, 2026, 1)


@given(st.integers(2000, 2100), st.integers(1, 99_999))
def test_numbers_have_no_leading_zero(year: int, number: int) -> None:
    assert serial("云督", year, number) == f"云督〔{year}〕{number}号"


@given(st.text(max_size=80))
def test_punctuation_makes_no_other_matter(matter: str) -> None:
    assert matter_key(f"《{matter}》。 ") == matter_key(matter)
    assert matter_key(matter_key(matter)) == matter_key(matter)
