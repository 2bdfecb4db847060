"""Calendars: each definite date is an event, and what has no date is said to be missing."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from luoshi.core.plan.export.calendar import Rhythm, first_day, rhythm, to_calendar
from luoshi.core.plan.model import Deadline, Metadata, Plan, Task
from luoshi.core.source import Span
from tests.core.plan.strategies import plans

AT = datetime(2023, 3, 1, 8, 30, tzinfo=UTC)
START = date(2023, 3, 1)


def plan_due(*dues: tuple[str, str]) -> Plan:
    deadlines = tuple(Deadline("时限", Span(0, 2), kind, value, "") for kind, value in dues)
    task = Task(
        "t3", "3", "加强普法", None, None, "3.加强普法。\n每年开展。", Span(0, 2), deadlines=deadlines
    )
    return Plan(Metadata(title="云溪方案", sha256="ab" * 32), "时限", (), (), (task,), ())


def events(plan: Plan, **options: date) -> list[Calendar]:
    calendar = Calendar.from_ical(to_calendar(plan, at=AT, start=START, **options))
    return list(calendar.walk("VEVENT"))


def test_a_date_is_an_all_day_event_of_one_day() -> None:
    (event,) = events(plan_due(("date", "2025-12-31")))
    assert event.decoded("dtstart") == date(2025, 12, 31)
    assert event.decoded("dtend") == date(2026, 1, 1)
    assert str(event["summary"]) == "3 加强普法"
    assert "3.加强普法。\n每年开展。" in str(event["description"])


def test_what_has_no_day_is_counted_in_the_description() -> None:
    plan = plan_due(("standing", "ongoing"), ("vague", "定期"), ("date", "--12-31"), ("recurring", "often"))
    assert events(plan) == []
    printed = Calendar.from_ical(to_calendar(plan, "en", at=AT, start=START))
    assert str(printed["x-wr-caldesc"]).startswith("4 deadlines without a definite day")


@pytest.mark.parametrize(
    ("value", "first", "second"),
    [
        ("yearly", date(2023, 12, 31), date(2024, 12, 31)),
        ("yearly:Q1", date(2023, 3, 31), date(2024, 3, 31)),
        ("yearly:02", date(2024, 2, 29), date(2025, 2, 28)),
        ("yearly:12-04", date(2023, 12, 4), date(2024, 12, 4)),
        ("half-yearly", date(2023, 6, 30), date(2023, 12, 31)),
        ("quarterly", date(2023, 3, 31), date(2023, 6, 30)),
        ("monthly", date(2023, 3, 31), date(2023, 4, 30)),
        ("monthly:28", date(2023, 3, 28), date(2023, 4, 28)),
        ("monthly:30", date(2023, 3, 30), date(2023, 4, 30)),
        ("weekly", date(2023, 3, 3), date(2023, 3, 10)),
    ],
)
def test_a_rhythm_falls_on_these_days(value: str, first: date, second: date) -> None:
    (event,) = events(plan_due(("recurring", value)))
    assert event.decoded("dtstart") == first
    days = rrulestr(event["rrule"].to_ical().decode(), dtstart=datetime.combine(first, time()))
    assert [day.date() for day in days[:2]] == [first, second]


@given(
    st.lists(st.integers(1, 12), unique=True, max_size=4).map(lambda months: tuple(sorted(months))),
    st.integers(0, 31),
    st.dates(date(2020, 1, 1), date(2040, 1, 1)),
)
def test_the_rule_and_the_days_of_a_rhythm_agree(months: tuple[int, ...], day: int, start: date) -> None:
    wanted = Rhythm(months if day else (), day)
    # A yearly duty on the 30th of February has no day at all; no plan can ask for it.
    if wanted.months == (2,) and day > 29:
        wanted = Rhythm((2,), 31)
    expected, reached = [], start
    for _ in range(5):
        reached = first_day(wanted, reached)
        expected.append(reached)
        reached += timedelta(days=1)
    days = rrulestr(wanted.rule(), dtstart=datetime.combine(start, time()))
    assert [found.date() for found in days[:5]] == expected


def test_duties_end_with_the_plan() -> None:
    (event,) = events(plan_due(("recurring", "yearly")), until=date(2024, 6, 30))
    assert b"UNTIL=20240630" in event["rrule"].to_ical()
    assert events(plan_due(("recurring", "yearly")), until=date(2023, 6, 30)) == []


def test_an_unknown_rhythm_is_none() -> None:
    assert rhythm("fortnightly") is None


@given(plans())
def test_any_plan_makes_a_calendar_with_distinct_events(plan: Plan) -> None:
    found = events(plan)
    assert len({str(event["uid"]) for event in found}) == len(found)
    dated = [
        due
        for task in plan.tasks
        for due in task.deadlines
        if due.kind == "recurring" or (due.kind == "date" and not due.value.startswith("-"))
    ]
    assert len(found) == len(dated)
