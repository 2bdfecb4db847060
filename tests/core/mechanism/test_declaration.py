"""When what a mechanism asks for again and again is due."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi import mechanisms
from luoshi.core.calendar.recurrences import Recurrence
from luoshi.core.errors import Phrase
from luoshi.core.mechanism.catalogue import load
from luoshi.core.mechanism.declaration import Duty
from luoshi.core.mechanism.errors import DeclarationWrong
from luoshi.core.register.declaration import WhichBodies

FILE = "data-centre-reports.yaml"


def text() -> str:
    return mechanisms.declarations()[FILE]


def test_a_half_year_is_due_after_it_is_over() -> None:
    (duty,) = load({FILE: text()}).latest("data-centre-reports").duties
    found = Recurrence.parse(duty.recurrence).occurrences(date(2026, 1, 1), date(2026, 12, 31))
    days = [duty.last_day(one.period, one.scheduled) for one in found]
    assert days == [date(2026, 7, 15), date(2027, 1, 15)]


@pytest.mark.parametrize("recurrence", ["monthly:28", "yearly:12-04"])
def test_a_day_that_is_named_cannot_be_counted_from_the_end(recurrence: str) -> None:
    wrong = text().replace("recurrence: half-yearly", f'recurrence: "{recurrence}"')
    with pytest.raises(DeclarationWrong) as refused:
        load({FILE: wrong})
    assert "due-after" in refused.value.message("en")
    load({FILE: wrong.replace("    due-after: 15\n", "")})


@given(
    value=st.sampled_from(("yearly", "yearly:Q1", "half-yearly", "quarterly", "monthly", "weekly")),
    after=st.integers(1, 60),
    start=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
)
def test_nothing_is_due_before_its_period_is_over(value: str, after: int, start: date) -> None:
    duty = Duty("a", Phrase("甲", "a"), value, WhichBodies(), due_after=after)
    for one in Recurrence.parse(value).occurrences(start, start.replace(year=start.year + 2)):
        day = duty.last_day(one.period, one.scheduled)
        assert day > one.period.end
        assert (day - one.period.end).days == after
