"""A year of working days, month by month, as a page shows it."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

from luoshi.core.calendar.working_days import DayKind, WorkCalendar


@dataclass(frozen=True, slots=True)
class ShownDay:
    """A day of the calendar: whether it is worked, why, and by whose word."""

    day: date
    kind: DayKind
    own: bool

    @property
    def key(self) -> str:
        """`own-on`, `own-off`, `shifted` (a weekend worked), `holiday`, `weekend` or `weekday`."""
        if self.own:
            return "own-on" if self.kind.working else "own-off"
        weekend = self.day.isoweekday() > 5
        if self.kind.working:
            return "shifted" if weekend else "weekday"
        return "weekend" if self.kind.why.zh == "周末" else "holiday"


@dataclass(frozen=True, slots=True)
class Month:
    """A month in weeks from Monday to Sunday; None before its first and after its last day."""

    number: int
    weeks: tuple[tuple[ShownDay | None, ...], ...]
    working: int


def year_of(work: WorkCalendar, year: int) -> list[Month]:
    """Every month of a year."""
    own = {override.day for override in work.overrides}
    return [_month(work, year, number, own) for number in range(1, 13)]


def _month(work: WorkCalendar, year: int, number: int, own: set[date]) -> Month:
    weeks = tuple(
        tuple(ShownDay(day, work.explain(day), day in own) if day.month == number else None for day in week)
        for week in calendar.Calendar().monthdatescalendar(year, number)
    )
    working = sum(day is not None and day.kind.working for week in weeks for day in week)
    return Month(number, weeks, working)
