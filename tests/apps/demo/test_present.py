"""Whatever the day, reports of the running quarter are open in the demo."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from luoshi.apps.demo.present import OPEN_SINCE, OPENING_DAYS, opening_days
from luoshi.core.calendar.periods import Period
from luoshi.core.calendar.working_days import WorkCalendar

CALENDAR = WorkCalendar()
DAYS = [
    date(2026, 1, 1),
    date(2026, 2, 17),
    date(2026, 3, 31),
    date(2026, 4, 1),
    date(2026, 5, 20),
    date(2026, 7, 3),
    date(2026, 10, 1),
    date(2026, 11, 27),
]


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_the_reports_of_the_quarter_have_opened_and_are_not_due(today: date) -> None:
    due = CALENDAR.roll_on(Period.containing(today, "quarter").end).day
    days = opening_days(today, CALENDAR)
    opened = CALENDAR.add_working_days(due, -days).day
    assert opened <= today - OPEN_SINCE
    assert today <= due
    # No earlier than it takes.
    assert days == OPENING_DAYS or CALENDAR.add_working_days(due, 1 - days).day > today - OPEN_SINCE
    assert opened > Period.containing(today, "quarter").start - timedelta(days=24)
