"""Clocks of an entry: whatever happens, days are counted once, and an outcome is settled once."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.calendar.limits import Limit
from luoshi.core.calendar.working_days import WorkCalendar
from luoshi.core.errors import Phrase
from luoshi.core.register.entry import Clock
from luoshi.core.register.fields import Source
from luoshi.core.register.procedure import TimeLimit

CALENDAR = WorkCalendar()
START = date(2026, 3, 2)
LIMIT = TimeLimit(
    "review",
    Phrase("审查", "Review"),
    Limit(10, "day", "示例办法第3条", date(2020, 1, 1), verified=True, rolls_on=False),
    Source("示例办法", "3"),
)
days = st.integers(0, 40).map(lambda n: START + timedelta(days=n))


@given(days)
def test_a_stopped_clock_is_kept_until_its_last_day(on: date) -> None:
    stopped = Clock("review", START).stop(on, LIMIT, CALENDAR)
    assert stopped.outcome == ("kept" if on <= START + timedelta(days=10) else "overrun")


@given(days, days, days)
def test_a_pause_moves_the_end_by_its_days(first: date, second: date, on: date) -> None:
    first, second = sorted((first, second))
    clock = Clock("review", START).pause(first).resume(second)
    due = clock.due(LIMIT, CALENDAR).day
    assert due is not None
    away = (second - first).days
    if START < first <= START + timedelta(days=10):
        assert due == START + timedelta(days=10 + away)
    assert clock.outcome == "running"
    assert clock.stop(on, LIMIT, CALENDAR).outcome == ("kept" if on <= due else "overrun")


@given(days, days)
def test_what_has_ended_changes_no_more(first: date, second: date) -> None:
    ended = Clock("review", START).stop(first, LIMIT, CALENDAR)
    for again in (
        ended.stop(second, LIMIT, CALENDAR),
        ended.drop(second),
        ended.pause(second),
        ended.resume(second),
    ):
        assert again == ended


@given(days)
def test_what_was_dropped_is_neither_kept_nor_overrun(on: date) -> None:
    assert Clock("review", START).drop(on).outcome == "dropped"
