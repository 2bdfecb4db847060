"""Recurring duties: when each occurrence is scheduled, and for which period.

The values are those of the plan's JSON: `yearly`, `yearly:Q1`, `yearly:12`, `yearly:12-04`, `half-yearly`,
`quarterly`, `monthly`, `monthly:28`, `weekly`. The scheduled day of an occurrence never changes; the day it
is due rolls on when it falls on a day off, and may be moved by an extension.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from luoshi.core.calendar.periods import Kind, Period, last_of_month
from luoshi.core.calendar.working_days import DayFound, WorkCalendar
from luoshi.core.errors import LuoshiError

# A recurrence that names its month or day. Samples: "yearly:Q1", "yearly:12", "yearly:12-04", "monthly:28"
NAMED = re.compile(
    r"yearly:Q(?P<quarter>[1-4])"
    r"|yearly:(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?"
    r"|monthly:(?P<monthly>\d{1,2})",
    re.ASCII,
)

_PLAIN: dict[str, Kind] = {
    "yearly": "year",
    "half-yearly": "half-year",
    "quarterly": "quarter",
    "monthly": "month",
    "weekly": "week",
}

FRIDAY = timedelta(days=4)
"""A weekly duty is scheduled on the last ordinary working day of its week."""


class UnknownRecurrence(LuoshiError):
    """A value that names no recurrence."""

    code = "recurrence-unknown"
    zh = (
        "“{value}”不是周期;请写成 yearly、yearly:Q1、yearly:12-04、half-yearly、quarterly、"
        "monthly:28 或 weekly。"
    )
    en = (
        "“{value}” is no recurrence; write yearly, yearly:Q1, yearly:12-04, half-yearly, quarterly,"
        " monthly:28 or weekly."
    )


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time that a recurring duty falls due.

    Attributes:
        key: unique within a task and its recurrences: the period's key, or the day where the value names one.
        scheduled: the day that the plan asks for, whatever kind of day it is.
        period: what the occurrence is about.
    """

    key: str
    scheduled: date
    period: Period

    def due(self, calendar: WorkCalendar) -> DayFound:
        """The scheduled day, or the next working day when it is a day off."""
        return calendar.roll_on(self.scheduled)


@dataclass(frozen=True, slots=True)
class Recurrence:
    """How often a duty falls due.

    The period of an occurrence is the one that the value names: quarter 1 for `yearly:Q1`, the month for
    `yearly:12` and `monthly:28`. A value that names a day of the year belongs to the whole year.

    Attributes:
        value: as in the plan.
        kind: of the periods.
        only: the one period of its kind in each year, or None for every one.
        month: of a duty with a day of its own in the year.
        day: of the month; the last one where the month is shorter.

    Example:
        >>> duty = Recurrence.parse("yearly:12-04")
        >>> [found.key for found in duty.occurrences(date(2025, 1, 1), date(2026, 12, 31))]
        ['2025-12-04', '2026-12-04']
    """

    value: str
    kind: Kind
    only: int | None = None
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, value: str) -> Recurrence:
        """The recurrence with this value.

        Raises:
            UnknownRecurrence: no recurrence has it, or no year has such a day.
        """
        if value in _PLAIN:
            return cls(value, _PLAIN[value])
        found = NAMED.fullmatch(value)
        if found is None:
            raise UnknownRecurrence(value=value)
        if found["quarter"]:
            return cls(value, "quarter", only=int(found["quarter"]))
        # A leap year, because 29 February is a day that some years have.
        month, day = int(found["month"] or 1), int(found["day"] or found["monthly"] or 1)
        if not 1 <= month <= 12 or not 1 <= day <= last_of_month(2000, month).day:
            raise UnknownRecurrence(value=value)
        if found["monthly"]:
            return cls(value, "month", day=day)
        if found["day"]:
            return cls(value, "year", month=month, day=day)
        return cls(value, "month", only=month)

    def scheduled(self, period: Period) -> date:
        """The day within a period of its kind: the named one, else the last; for weeks the Friday."""
        if self.kind == "week":
            return period.start + FRIDAY
        if self.day is None:
            return period.end
        last = last_of_month(period.year, self.month or period.number)
        return last.replace(day=min(self.day, last.day))

    def occurrences(self, start: date, end: date) -> tuple[Occurrence, ...]:
        """Every occurrence scheduled from `start` to `end`, both counted; in order.

        Example:
            >>> [str(o.scheduled) for o in Recurrence.parse("monthly:30").occurrences(
            ...     date(2028, 1, 31), date(2028, 4, 1))]
            ['2028-02-29', '2028-03-30']
        """
        found = []
        for period in Period.between(start, end, self.kind):
            day = self.scheduled(period)
            if start <= day <= end and self.only in {None, period.number}:
                key = period.key if self.day is None else day.isoformat()
                found.append(Occurrence(key, day, period))
        return tuple(found)
