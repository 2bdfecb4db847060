"""Working days with the shifted holidays of the mainland, and what is not yet known about them.

The State Council publishes each year's holidays and the weekends worked in exchange (放假调休) in the autumn
before; the package `chinesecalendar` carries them. A region may have its own days off and on (a national
region's anniversary, a snow day). Every answer names the years it depends on whose schedule is not known:
such years are counted by weekends only.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate

from chinese_calendar import Holiday, holidays, workdays  # type: ignore[import-untyped]

from luoshi.core.errors import LuoshiError, Phrase

FIRST_YEAR, LAST_YEAR = 1990, 2199
"""The years that can be counted; a year beyond them is a slip of the keyboard."""

PUBLISHED = frozenset(range(min(holidays).year, max(holidays).year + 1))
"""The years whose schedule the package carries, from 2004 on; no year between is missing."""

NEW_YEAR_REACH = (12, 29)
"""From this day on the next year's schedule may move days: it did for 2007, 2008, 2012, 2019, 2023, 2024."""

_NAMES = {holiday.value: holiday.chinese for holiday in Holiday}
_DAY = timedelta(days=1)
_HERE = {True: Phrase("本地区上班", "worked here"), False: Phrase("本地区放假", "off here")}


class DayOutOfRange(LuoshiError):
    """A date that no calendar of this kind can answer for."""

    code = "day-out-of-range"
    zh = "{year}年超出可推算的范围({first}年至{last}年);请检查日期是否填错。"
    en = "The year {year} is outside what can be counted ({first} to {last}); check the date."


@dataclass(frozen=True, slots=True)
class Override:
    """A day that a region sets otherwise than the national schedule, with the reason for it."""

    day: date
    working: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Answer:
    missing: tuple[int, ...]
    """Years without a known schedule that the answer depends on, in order."""

    @property
    def certain(self) -> bool:
        """Whether every schedule that the answer depends on is known."""
        return not self.missing

    @property
    def doubt(self) -> Phrase | None:
        """The sentence to show beside the answer, or None when it is certain."""
        return doubt(self.missing) if self.missing else None


@dataclass(frozen=True, slots=True)
class DayKind(_Answer):
    """Whether a day is worked, and why."""

    working: bool
    why: Phrase


@dataclass(frozen=True, slots=True)
class DayFound(_Answer):
    """A date that was looked for."""

    day: date


@dataclass(frozen=True, slots=True)
class DayCount(_Answer):
    """A number of working days."""

    days: int


def doubt(years: Iterable[int]) -> Phrase:
    """The sentence that a date depends on schedules nobody knows yet.

    Example:
        >>> print(doubt([2031]).en)
        The schedule of holidays for 2031 is not known; only weekends were left out.
    """
    listed = sorted(set(years))
    zh, en = "、".join(map(str, listed)), ", ".join(map(str, listed))
    return Phrase(
        f"{zh}年放假调休安排未知,只扣除了周末。",
        f"The schedule of holidays for {en} is not known; only weekends were left out.",
    )


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The working days of one region.

    Counting follows the rule that the day of the event is not counted (民法典 art. 201) and that a last day
    on a holiday rolls on to the next working day (art. 203); both articles as gathered, not yet verified.

    Attributes:
        overrides: days that the region sets otherwise, one entry a day.
        confirmed: years whose whole schedule the office has entered as overrides, because it was published
            after the package was released.

    Example:
        >>> calendar = WorkCalendar()
        >>> calendar.add_working_days(date(2026, 2, 13), 3).day    # Saturday 14 February is worked
        datetime.date(2026, 2, 25)
        >>> calendar.roll_on(date(2026, 10, 1)).day
        datetime.date(2026, 10, 8)
        >>> calendar.roll_on(date(2031, 10, 1)).missing
        (2031,)
    """

    overrides: tuple[Override, ...] = ()
    confirmed: frozenset[int] = frozenset()
    _by_day: dict[date, Override] = field(init=False, repr=False, compare=False)
    _by_year: dict[int, tuple[tuple[date, bool], ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_day = {override.day: override for override in self.overrides}
        if len(by_day) != len(self.overrides):
            raise ValueError("a day has two overrides")
        by_year: dict[int, tuple[tuple[date, bool], ...]] = {}
        for day in sorted(by_day):
            by_year[day.year] = (*by_year.get(day.year, ()), (day, by_day[day].working))
        object.__setattr__(self, "_by_day", by_day)
        object.__setattr__(self, "_by_year", by_year)

    def explain(self, day: date) -> DayKind:
        """Whether a day is worked, why, and whether that is certain.

        Example:
            >>> WorkCalendar().explain(date(2026, 2, 14)).why.zh
            '春节调休上班'
        """
        missing = self._missing(day, day)
        override = self._by_day.get(day)
        if override is not None:
            word = _HERE[override.working]
            zh, en = (f":{override.reason}", f": {override.reason}") if override.reason else ("", "")
            return DayKind(missing, override.working, Phrase(word.zh + zh, word.en + en))
        return DayKind(missing, self.is_working_day(day), _national_reason(day))

    def is_working_day(self, day: date) -> bool:
        """Whether a day is worked; `explain` also says whether that is certain."""
        table = self._table(day.year)
        index = _day_of_year(day)
        return table[index] > table[index - 1]

    def add_working_days(self, start: date, n: int) -> DayFound:
        """The `n`-th working day after `start`; before it when `n` is negative; `start` itself for 0.

        Args:
            start: the day of the event, not counted whether it is worked or not.
            n: working days.

        Raises:
            DayOutOfRange: the day lies beyond the years that can be counted.
        """
        if n == 0:
            return DayFound((), start)
        year, table = start.year, self._table(start.year)
        if n > 0:
            rank = table[_day_of_year(start)] + n
            while rank > table[-1]:
                rank -= table[-1]
                year, table = year + 1, self._table(year + 1)
        else:
            rank = table[_day_of_year(start) - 1] + 1 + n
            while rank < 1:
                year, table = year - 1, self._table(year - 1)
                rank += table[-1]
        day = date(year, 1, 1) + (bisect_left(table, rank) - 1) * _DAY
        counted = (start + _DAY, day) if n > 0 else (day, start - _DAY)
        return DayFound(self._missing(*counted), day)

    def working_days_between(self, start: date, end: date) -> DayCount:
        """The working days after `start` up to and with `end`; negative when `end` comes first.

        Example:
            >>> WorkCalendar().working_days_between(date(2026, 9, 30), date(2026, 10, 10)).days
            3
        """
        if end < start:
            back = self.working_days_between(end, start)
            return DayCount(back.missing, -back.days)
        days = self._table(end.year)[_day_of_year(end)] - self._table(start.year)[_day_of_year(start)]
        days += sum(self._table(year)[-1] for year in range(start.year, end.year))
        return DayCount(self._missing(start + _DAY, end) if start < end else (), days)

    def roll_on(self, day: date) -> DayFound:
        """The day itself when it is worked, else the next working day."""
        found = day if self.is_working_day(day) else self.add_working_days(day, 1).day
        return DayFound(self._missing(day, found), found)

    def previous_working_day(self, day: date) -> DayFound:
        """The last working day before `day`."""
        return self.add_working_days(day, -1)

    def knows(self, year: int) -> bool:
        """Whether the schedule of a year is published or was entered by the office."""
        return year in PUBLISHED or year in self.confirmed

    def _table(self, year: int) -> tuple[int, ...]:
        return _table(year, self._by_year.get(year, ()))

    def _missing(self, first: date, last: date) -> tuple[int, ...]:
        """The years without a known schedule that could change a day from `first` to `last`."""
        years = []
        for year in range(first.year, last.year + 2):
            if self.knows(year):
                continue
            start = max(first, date(year - 1, *NEW_YEAR_REACH))
            end = min(last, date(year, 12, 31))
            if start <= end and (end - start).days + 1 > self._overridden(start, end):
                years.append(year)
        return tuple(years)

    def _overridden(self, start: date, end: date) -> int:
        return sum(start <= day <= end for day in self._by_day)


@lru_cache(maxsize=1024)
def _table(year: int, changes: tuple[tuple[date, bool], ...]) -> tuple[int, ...]:
    """How many of the first 0, 1, 2 … days of a year are worked: counting becomes one subtraction."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DayOutOfRange(year=year, first=FIRST_YEAR, last=LAST_YEAR)
    changed = dict(changes)
    first = date(year, 1, 1)
    days = (first + n * _DAY for n in range(_day_of_year(date(year, 12, 31))))
    return tuple(accumulate((changed.get(day, _nationally_worked(day)) for day in days), initial=0))


def _nationally_worked(day: date) -> bool:
    return day in workdays or (day.isoweekday() <= 5 and day not in holidays)


def _national_reason(day: date) -> Phrase:
    if day in workdays:
        name = workdays[day]
        return Phrase(f"{_NAMES[name]}调休上班", f"worked in exchange for {name}")
    if day in holidays:
        name = holidays[day]
        return Phrase(f"{_NAMES[name]}放假", f"off for {name}")
    return Phrase("工作日", "weekday") if day.isoweekday() <= 5 else Phrase("周末", "weekend")


def _day_of_year(day: date) -> int:
    return day.timetuple().tm_yday
