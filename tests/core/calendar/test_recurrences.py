"""Recurrences against dateutil where both can say the same, and the days where months differ."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from dateutil import rrule
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.calendar.periods import last_of_month
from luoshi.core.calendar.recurrences import Recurrence, UnknownRecurrence
from luoshi.core.calendar.working_days import PUBLISHED, WorkCalendar

VALUES = (
    *("yearly", "half-yearly", "quarterly", "monthly", "weekly"),
    *(f"yearly:Q{quarter}" for quarter in range(1, 5)),
    *(f"yearly:{month:02d}" for month in range(1, 13)),
    *(f"yearly:{month:02d}-{day:02d}" for month in (1, 2, 4, 12) for day in (1, 4, 15, 28, 29)),
    *("yearly:12-31", "yearly:04-30"),
    *(f"monthly:{day}" for day in (1, 5, 28, 29, 30, 31)),
)
days = st.dates(date(1995, 1, 1), date(2150, 12, 31))
spans = st.tuples(days, st.integers(0, 1500)).map(lambda span: (span[0], span[0] + timedelta(days=span[1])))


def by_dateutil(value: str, start: date, end: date) -> list[date]:
    """The same days as an RFC 5545 rule gives them."""
    head, _, detail = value.partition(":")
    options: dict[str, object] = {"bymonthday": -1}
    frequency = rrule.MONTHLY
    match head, detail:
        case "weekly", "":
            frequency, options = rrule.WEEKLY, {"byweekday": rrule.FR}
        case "monthly", "":
            pass
        case "monthly", day:
            options = {"bymonthday": list(range(1, int(day) + 1)), "bysetpos": -1}
        case "quarterly", "":
            options["bymonth"] = [3, 6, 9, 12]
        case "half-yearly", "":
            options["bymonth"] = [6, 12]
        case "yearly", "":
            options["bymonth"] = 12
        case "yearly", quarter if quarter.startswith("Q"):
            options["bymonth"] = int(quarter[1]) * 3
        case "yearly", when:
            month, _, day = when.partition("-")
            options["bymonth"] = int(month)
            if day:
                options |= {"bymonthday": list(range(1, int(day) + 1)), "bysetpos": -1}
    found = rrule.rrule(
        frequency, dtstart=datetime.combine(start, datetime.min.time()), until=_noon(end), **options
    )
    return [day.date() for day in found]


def _noon(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time().replace(hour=12))


@given(st.sampled_from(VALUES), spans)
def test_the_same_days_as_dateutil(value: str, span: tuple[date, date]) -> None:
    start, end = span
    # dateutil chooses by position among the days after its start, so it has to begin with a month.
    expected = by_dateutil(value, start.replace(day=1), last_of_month(end.year, end.month))
    ours = Recurrence.parse(value).occurrences(start, end)
    assert [found.scheduled for found in ours] == [day for day in expected if start <= day <= end]


@given(st.sampled_from(VALUES), spans)
def test_an_occurrence_lies_in_its_period_and_its_key_is_its_own(value: str, span: tuple[date, date]) -> None:
    found = Recurrence.parse(value).occurrences(*span)
    assert all(one.period.start <= one.scheduled <= one.period.end for one in found)
    assert all(span[0] <= one.scheduled <= span[1] for one in found)
    assert len({one.key for one in found}) == len(found)
    assert [one.scheduled for one in found] == sorted(one.scheduled for one in found)


@given(st.sampled_from(VALUES), days, st.integers(0, 700), st.integers(0, 700))
def test_cutting_time_loses_nothing(value: str, start: date, first: int, second: int) -> None:
    duty = Recurrence.parse(value)
    middle = start + timedelta(days=first)
    end = middle + timedelta(days=1 + second)
    parts = (*duty.occurrences(start, middle), *duty.occurrences(middle + timedelta(days=1), end))
    assert parts == duty.occurrences(start, end)


@given(st.sampled_from(VALUES), spans)
def test_due_is_never_before_scheduled(value: str, span: tuple[date, date]) -> None:
    calendar = WorkCalendar()
    for one in Recurrence.parse(value).occurrences(*span)[:5]:
        due = one.due(calendar).day
        assert due >= one.scheduled
        assert calendar.is_working_day(due)


@pytest.mark.parametrize(
    ("value", "start", "end", "keys", "scheduled"),
    [
        ("yearly", "2025-06-01", "2026-12-31", ["2025", "2026"], ["2025-12-31", "2026-12-31"]),
        ("yearly:Q1", "2026-01-01", "2026-12-31", ["2026Q1"], ["2026-03-31"]),
        ("yearly:12", "2026-01-01", "2026-12-31", ["2026-12"], ["2026-12-31"]),
        ("yearly:12-04", "2026-12-04", "2026-12-04", ["2026-12-04"], ["2026-12-04"]),
        (
            "yearly:02-29",
            "2027-01-01",
            "2028-12-31",
            ["2027-02-28", "2028-02-29"],
            ["2027-02-28", "2028-02-29"],
        ),
        ("half-yearly", "2026-01-01", "2026-12-31", ["2026H1", "2026H2"], ["2026-06-30", "2026-12-31"]),
        ("quarterly", "2026-03-31", "2026-06-29", ["2026Q1"], ["2026-03-31"]),
        ("monthly", "2026-02-01", "2026-03-31", ["2026-02", "2026-03"], ["2026-02-28", "2026-03-31"]),
        (
            "monthly:31",
            "2026-04-01",
            "2026-05-31",
            ["2026-04-30", "2026-05-31"],
            ["2026-04-30", "2026-05-31"],
        ),
        ("weekly", "2026-12-28", "2027-01-03", ["2026W53"], ["2027-01-01"]),
    ],
)
def test_known_occurrences(value: str, start: str, end: str, keys: list[str], scheduled: list[str]) -> None:
    found = Recurrence.parse(value).occurrences(date.fromisoformat(start), date.fromisoformat(end))
    assert [one.key for one in found] == keys
    assert [one.scheduled.isoformat() for one in found] == scheduled


def test_two_days_of_one_year_are_two_occurrences() -> None:
    year = (date(2026, 1, 1), date(2026, 12, 31))
    constitution, security = (
        Recurrence.parse(f"yearly:{day}").occurrences(*year) for day in ("12-04", "04-15")
    )
    assert constitution[0].period == security[0].period
    assert constitution[0].key != security[0].key


def test_the_scheduled_day_stays_when_the_due_day_rolls_on() -> None:
    (spring,) = Recurrence.parse("yearly:02-18").occurrences(date(2026, 1, 1), date(2026, 12, 31))
    assert spring.scheduled == date(2026, 2, 18)
    assert spring.due(WorkCalendar()).day == date(2026, 2, 24)
    last = max(PUBLISHED)
    (end,) = Recurrence.parse("yearly").occurrences(date(last, 1, 1), date(last, 12, 31))
    assert not end.due(WorkCalendar()).certain, "the next New Year may move the last day of the year"


@pytest.mark.parametrize(
    "value",
    [
        *("", "daily", "ongoing", "YEARLY", "weekly:5", "quarterly:3", "yearly:Q5", "yearly:Q1 "),
        *("yearly:13", "yearly:0", "yearly:02-30", "yearly:04-31", "yearly:12-00"),
        *("monthly:", "monthly:0", "monthly:32", "monthly:２８"),
    ],
)
def test_values_that_name_no_recurrence(value: str) -> None:
    with pytest.raises(UnknownRecurrence):
        Recurrence.parse(value)
