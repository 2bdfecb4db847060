"""Days in every form that documents print."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.document.document_date import find_dates, only_date


@pytest.mark.parametrize(
    "printed",
    ["2022年12月29日", "2022-12-29", "2022/12/29", "2022.12.29", "2022 年 12 月 29 日",
     "二〇二二年十二月二十九日", "二○二二年十二月二十九日", "二零二二年十二月廿九日", "2022－12－29"],
)  # fmt: skip
def test_every_form_reads_alike(printed: str) -> None:
    [(day, span)] = find_dates(f"于{printed}印发")
    assert day == "2022-12-29"
    assert span.of(f"于{printed}印发") == printed


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_chinese_digits_agree_with_arabic_ones(day: date) -> None:
    digits = "〇一二三四五六七八九"

    def small(number: int) -> str:
        tens, ones = divmod(number, 10)
        return (digits[tens] if tens > 1 else "") + ("十" if tens else "") + (digits[ones] if ones else "")

    printed = "".join(digits[int(d)] for d in str(day.year)) + f"年{small(day.month)}月{small(day.day)}日"
    assert [found for found, _ in find_dates(printed)] == [day.isoformat()]


@pytest.mark.parametrize(
    "text", ["2022年13月1日", "2022年2月30日", "2022年12月", "12月29日", "2022", "1-2-3"]
)
def test_what_the_calendar_lacks_is_left_out(text: str) -> None:
    assert list(find_dates(text)) == []


def test_only_a_date() -> None:
    assert only_date("　2022年12月29日 \xa0") is not None
    assert only_date("2022年12月29日印发") is None
