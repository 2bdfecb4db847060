"""Periods: keys, borders, labels, and that they fill time without gaps."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.calendar.periods import KINDS, Kind, Period, UnknownPeriod, last_of_month

DAY = timedelta(days=1)
days = st.dates(date(1990, 1, 1), date(2199, 12, 31))
kinds = st.sampled_from(KINDS)


@given(days, kinds)
def test_a_period_holds_its_days(day: date, kind: Kind) -> None:
    period = Period.containing(day, kind)
    assert period.start <= day <= period.end
    assert Period.containing(period.start, kind) == Period.containing(period.end, kind) == period
    assert period.days == (period.end - period.start).days + 1


@given(days, kinds)
def test_periods_follow_without_gap(day: date, kind: Kind) -> None:
    period = Period.containing(day, kind)
    assert period.next().start == period.end + DAY
    assert period.previous().end == period.start - DAY
    assert period.next().previous() == period == period.previous().next()
    assert period.previous().key < period.key < period.next().key


@given(days, kinds)
def test_the_key_is_the_period(day: date, kind: Kind) -> None:
    period = Period.containing(day, kind)
    assert Period.parse(period.key) == period


@given(days, st.integers(0, 800), kinds)
def test_between_touches_every_day_once(start: date, length: int, kind: Kind) -> None:
    end = start + length * DAY
    found = Period.between(start, end, kind)
    assert found[0].start <= start
    assert found[-1].end >= end
    assert found[-1].start <= end
    assert all(a.end + DAY == b.start for a, b in pairwise(found))


@given(st.integers(1990, 2199))
def test_a_year_is_made_of_its_parts(year: int) -> None:
    whole = Period("year", year)
    for kind, number in (("month", 12), ("quarter", 4), ("half-year", 2)):
        parts = Period.between(whole.start, whole.end, kind)
        assert len(parts) == number
        assert sum(part.days for part in parts) == whole.days


def test_nothing_between_days_in_the_wrong_order() -> None:
    assert Period.between(date(2026, 2, 1), date(2026, 1, 31), "month") == ()


@pytest.mark.parametrize(
    ("key", "zh", "en", "start", "end"),
    [
        ("2026Q1", "2026年第一季度", "2026 Q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026Q4", "2026年第四季度", "2026 Q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("2026H1", "2026年上半年", "2026 H1", date(2026, 1, 1), date(2026, 6, 30)),
        ("2028-02", "2028年2月", "February 2028", date(2028, 2, 1), date(2028, 2, 29)),
        ("2026", "2026年", "2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026W01", "2026年第1周", "2026 week 1", date(2025, 12, 29), date(2026, 1, 4)),
        ("2026W53", "2026年第53周", "2026 week 53", date(2026, 12, 28), date(2027, 1, 3)),
    ],
)
def test_known_periods(key: str, zh: str, en: str, start: date, end: date) -> None:
    period = Period.parse(key)
    assert (period.label(), period.label("en"), period.start, period.end) == (zh, en, start, end)


@pytest.mark.parametrize(
    "key",
    ["", "2026Q5", "2026Q0", "2026H3", "2026-13", "2026-3", "2025W53", "2026W00", "0000", "２０２６"],
)
def test_words_that_name_no_period(key: str) -> None:
    with pytest.raises(UnknownPeriod) as refused:
        Period.parse(key)
    assert "2026Q1" in refused.value.message("en")


def test_periods_that_no_year_has() -> None:
    with pytest.raises(ValueError, match="not a period"):
        Period("quarter", 2026, 5)
    with pytest.raises(ValueError, match="not a period"):
        Period("week", 2025, 53)


@pytest.mark.parametrize(("year", "last"), [(2000, 29), (2026, 28), (2028, 29), (2100, 28)])
def test_february(year: int, last: int) -> None:
    assert last_of_month(year, 2).day == last
