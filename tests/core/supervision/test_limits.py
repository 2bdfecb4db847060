"""Days of an order: counted in working days, and never less than the notice between two of them."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.calendar.working_days import WorkCalendar
from luoshi.core.supervision.limits import Feedback, LimitsUnusable, limits, next_round
from luoshi.core.work.burden import MINIMUM_NOTICE

CALENDAR = WorkCalendar()


def test_holidays_are_left_out() -> None:
    found = limits(issued=date(2026, 9, 29), sign_days=2, close_days=5, feedback="once", calendar=CALENDAR)
    assert (found.sign_by, found.close_by) == (date(2026, 10, 8), date(2026, 10, 12))


def test_closing_needs_more_time_than_signing() -> None:
    with pytest.raises(LimitsUnusable):
        limits(issued=date(2026, 3, 2), sign_days=5, close_days=7, feedback="once", calendar=CALENDAR)


@given(
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.integers(1, 10),
    st.integers(3, 200),
    st.sampled_from(["once", "monthly", "quarterly"]),
)
def test_rounds_stand_in_order_with_notice_between_them(
    issued: date, sign: int, more: int, feedback: Feedback
) -> None:
    found = limits(
        issued=issued, sign_days=sign, close_days=sign + more, feedback=feedback, calendar=CALENDAR
    )
    assert found.rounds[-1] == CALENDAR.add_working_days(issued, sign + more).day
    days = (issued, *found.rounds)
    for one, other in pairwise(days):
        assert CALENDAR.working_days_between(one, other).days >= MINIMUM_NOTICE
    assert all(CALENDAR.is_working_day(day) for day in found.rounds)
    for day in found.rounds:
        assert next_round(found.rounds, day - timedelta(days=1)) == day
