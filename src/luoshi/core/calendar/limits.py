"""Statutory time limits: so many days, working days, months or years from an event, and the article on it.

Rules have dates: a limit holds for events from the day it came into force until the day it was replaced. What
nobody has checked against the law's text says so beside every date it gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from luoshi.core.calendar.periods import last_of_month
from luoshi.core.calendar.working_days import WorkCalendar, doubt
from luoshi.core.errors import LuoshiError, Phrase

Unit = Literal["day", "working_day", "month", "year"]
LONGEST = 3660
"""No limit is longer, in its unit: ten years of days."""

_DAY = timedelta(days=1)
_UNITS: dict[Unit, Phrase] = {
    "day": Phrase("日", "days"),
    "working_day": Phrase("个工作日", "working days"),
    "month": Phrase("个月", "months"),
    "year": Phrase("年", "years"),
}
_MONTHS: dict[Unit, int] = {"month": 1, "year": 12}


class ExtensionTooLong(LuoshiError):
    """An extension beyond what the rule allows."""

    code = "limit-extension-too-long"
    zh = "最多可延长{most}{unit},不能延长{asked}{unit}(依据:{source});请缩短延长时间。"
    en = "An extension may be {most} {unit} at most, not {asked} ({source}); ask for less."


class LimitsOverlap(LuoshiError):
    """Two versions of one limit that are in force on the same day."""

    code = "limits-overlap"
    zh = "{day}同时适用两个时限(“{first}”与“{second}”);请改正其施行或失效日期。"
    en = "Two limits are in force on {day} (“{first}” and “{second}”); correct the dates they are in force."


@dataclass(frozen=True, slots=True)
class Limit:
    """How long something may take.

    Attributes:
        amount: in `unit`.
        unit: calendar days (自然日), working days (工作日), months or years.
        source: law and article.
        in_force_from: the first day of events that it governs.
        in_force_to: the last such day, or None while it is in force.
        verified: whether a person has checked the number against the text of the law.
        extension: the most by which it may be extended, in `unit`; 0 where the rule knows none.
        rolls_on: whether a last day that is a day off rolls on to the next working day.
    """

    amount: int
    unit: Unit
    source: str
    in_force_from: date
    in_force_to: date | None = None
    verified: bool = False
    extension: int = 0
    rolls_on: bool = True

    def __post_init__(self) -> None:
        if not 0 < self.amount <= LONGEST or not 0 <= self.extension <= LONGEST:
            raise ValueError(f"not a limit: {self.amount}+{self.extension}")
        if self.in_force_to is not None and self.in_force_to < self.in_force_from:
            raise ValueError(f"in force until {self.in_force_to}, before {self.in_force_from}")

    def governs(self, day: date) -> bool:
        """Whether it is in force for an event on this day."""
        return self.in_force_from <= day and (self.in_force_to is None or day <= self.in_force_to)

    def words(self, language: str = "zh") -> str:
        """The limit in words.

        Example:
            >>> Limit(20, "working_day", "政府信息公开条例第33条", date(2019, 5, 15)).words("en")
            '20 working days'
        """
        unit = _UNITS[self.unit]
        return f"{self.amount} {unit.en}" if language.startswith("en") else f"{self.amount}{unit.zh}"


@dataclass(frozen=True, slots=True)
class Pause:
    """Days that do not count (hearings, appraisal, supplements): `first` to `last`, or still going on."""

    first: date
    last: date | None = None

    def covers(self, day: date) -> bool:
        """Whether a day lies in the pause."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Caution:
    """Something to show beside a date: a stable code and the words."""

    code: str
    words: Phrase


@dataclass(frozen=True, slots=True)
class LimitDue:
    """When a limit ends.

    Attributes:
        day: the last day, or None while a pause goes on.
        counted: the last day before rolling on, or None while a pause goes on.
        cautions: what makes the date less than certain (`year-unknown`, `not-verified`, `not-in-force`,
            `paused`).
    """

    day: date | None
    counted: date | None
    cautions: tuple[Caution, ...] = ()

    @property
    def certain(self) -> bool:
        """Whether there is a date and nothing speaks against it."""
        return self.day is not None and not self.cautions


def due(
    limit: Limit, start: date, calendar: WorkCalendar, *, extended: int = 0, pauses: Sequence[Pause] = ()
) -> LimitDue:
    """When a limit ends that an event started.

    Counting begins on the day after the event; a day that several pauses cover is left out once. An
    extension continues the count, so that only the last day of all may roll on.

    Args:
        limit: the version that governs the event.
        start: the day of the event.
        calendar: of the region.
        extended: by how much the limit was extended, in the limit's unit.
        pauses: periods that are not counted.

    Raises:
        ExtensionTooLong: the rule does not allow so much.

    Example:
        >>> reply = Limit(20, "working_day", "政府信息公开条例第33条", date(2019, 5, 15), extension=20)
        >>> due(reply, date(2026, 2, 9), WorkCalendar()).day
        datetime.date(2026, 3, 13)
    """
    if not 0 <= extended <= limit.extension:
        raise ExtensionTooLong(
            most=limit.extension, asked=extended, unit=_UNITS[limit.unit], source=limit.source
        )
    cautions = _cautions(limit, start)
    counted = _count(limit.unit, limit.amount + extended, start, calendar, pauses)
    if counted is None:
        paused = Caution(
            "paused", Phrase("期限中止,尚未恢复计算。", "The count is paused and has not resumed.")
        )
        return LimitDue(None, None, (*cautions, paused))
    missing: set[int] = set()
    if limit.unit == "working_day":
        missing.update(calendar.working_days_between(start, counted).missing)
    day = counted
    if limit.rolls_on:
        rolled = calendar.roll_on(counted)
        missing.update(rolled.missing)
        day = rolled.day
    if missing:
        cautions = (*cautions, Caution("year-unknown", doubt(missing)))
    return LimitDue(day, counted, cautions)


def in_force(limits: Iterable[Limit], day: date) -> Limit | None:
    """The version of a limit that governs an event on this day, or None where none does.

    Raises:
        LimitsOverlap: two versions claim the day.
    """
    found = [limit for limit in limits if limit.governs(day)]
    if len(found) > 1:
        raise LimitsOverlap(day=day, first=found[0].source, second=found[1].source)
    return found[0] if found else None


def _cautions(limit: Limit, start: date) -> tuple[Caution, ...]:
    found = []
    if not limit.verified:
        words = Phrase(
            f"时限“{limit.words()}”({limit.source})未经核实。",
            f"The limit of {limit.words('en')} ({limit.source}) has not been verified.",
        )
        found.append(Caution("not-verified", words))
    if not limit.governs(start):
        words = Phrase(
            f"{start}时“{limit.source}”的这一时限并不适用。",
            f"This limit ({limit.source}) was not in force on {start}.",
        )
        found.append(Caution("not-in-force", words))
    return tuple(found)


def _count(
    unit: Unit, amount: int, start: date, calendar: WorkCalendar, pauses: Sequence[Pause]
) -> date | None:
    """The day on which so many days have been counted, or None when an open pause comes first."""
    if unit in _MONTHS:
        end = _months_on(start, amount * _MONTHS[unit])
        # What a pause takes away is given back in days.
        return _count("day", (end - start).days, start, calendar, pauses) if pauses else end
    day, left = start, amount
    while left:
        day += _DAY
        covering = [pause for pause in pauses if pause.covers(day)]
        if any(pause.last is None for pause in covering):
            return None
        if covering:
            continue
        left -= unit == "day" or calendar.is_working_day(day)
    return day


def _months_on(start: date, months: int) -> date:
    """The corresponding day so many months later; the last of the month where there is none.

    Source: Civil Code, article 202.
    """
    years, month = divmod(start.month - 1 + months, 12)
    last = last_of_month(start.year + years, month + 1)
    return last.replace(day=min(start.day, last.day))
