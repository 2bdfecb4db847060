"""How early reports open in the story: whatever the day, visitors find those of the running quarter open."""

from __future__ import annotations

from datetime import date, timedelta

from luoshi.core.calendar.periods import Period
from luoshi.core.calendar.working_days import WorkCalendar

# Reports open long before they are due, so that the middle of a quarter has something to show.
OPENING_DAYS = 40
# So long before the present they have opened at the latest: time for some to be made and for some to be late.
OPEN_SINCE = timedelta(days=7)


def opening_days(today: date, calendar: WorkCalendar) -> int:
    """How many working days before they are due reports open, for those of this quarter to be open by now.

    In the first weeks of a quarter that is earlier than usual, in its first days even before it begins.

    Example:
        >>> opening_days(date(2026, 5, 20), WorkCalendar())
        40
        >>> opening_days(date(2026, 4, 2), WorkCalendar()) > 60
        True
    """
    due = calendar.roll_on(Period.containing(today, "quarter").end).day
    since = today - OPEN_SINCE
    days = OPENING_DAYS
    while calendar.add_working_days(due, -days).day > since:
        days += 1
    return days
