"""Lights: how urgent a task is, computed from dates each time and never stored by hand.

A light is a colour, a word and a shape together, so that nobody has to see colours (GB/T 37668, interface
rules). Offices differ in their rules, so the thresholds are settings.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from luoshi.core.calendar.working_days import DayFound, WorkCalendar
from luoshi.core.errors import Phrase


class Light(Enum):
    """A light; the order is from the worst to the best."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"
    GREY = "grey"
    BLUE = "blue"

    @property
    def word(self) -> Phrase:
        """The word that always stands with the colour."""
        return _WORDS[self]

    @property
    def shape(self) -> str:
        """The name of the shape that always stands with the colour."""
        return _SHAPES[self]


_WORDS = {
    Light.RED: Phrase("逾期", "overdue"),
    Light.YELLOW: Phrase("临期", "due soon"),
    Light.GREEN: Phrase("正常", "on track"),
    Light.GREY: Phrase("未计时", "no clock running"),
    Light.BLUE: Phrase("办结", "closed"),
}
_SHAPES = {
    Light.RED: "square",
    Light.YELLOW: "triangle",
    Light.GREEN: "circle",
    Light.GREY: "ring",
    Light.BLUE: "tick",
}


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When green turns yellow: whichever of the two comes first.

    Attributes:
        working_days: this many working days or fewer are left.
        percent: of the working days of the whole span, this share or less is left.
    """

    working_days: int = 3
    percent: int = 20

    def __post_init__(self) -> None:
        if self.working_days < 0 or not 0 <= self.percent <= 100:
            raise ValueError(f"not thresholds: {self.working_days} working days, {self.percent} %")

    def is_near(self, left: int, span: int) -> bool:
        """Whether `left` of `span` working days is little."""
        return left <= self.working_days or left * 100 <= self.percent * span

    def little(self, span: int) -> int:
        """The most working days of `span` that are little."""
        return max(self.working_days, self.percent * span // 100)


@dataclass(frozen=True, slots=True)
class Shown:
    """A light and what it says.

    Attributes:
        light: the colour with its word and shape.
        reason: one sentence for people.
        left: working days left, negative when overdue, None where no clock runs.
        certain: False when a year without a known schedule of holidays is involved.
    """

    light: Light
    reason: Phrase
    left: int | None = None
    certain: bool = True


def show(
    *,
    start: date,
    due: date | None,
    today: date,
    calendar: WorkCalendar,
    closed: date | None = None,
    suspended: bool = False,
    thresholds: Thresholds | None = None,
) -> Shown:
    """The light of a task or an occurrence.

    Args:
        start: when it was issued or opened; the span runs from here.
        due: the last day, after any extension; None without a due period.
        today: passed in, because nothing here reads a clock.
        calendar: of the region.
        closed: the day it was closed, if it was.
        suspended: whether its clock stands still.
        thresholds: of the plan; the default is max(3 working days, 20 % of the span).

    Example:
        >>> shown = show(start=date(2026, 7, 1), due=date(2026, 9, 30), today=date(2026, 9, 28),
        ...              calendar=WorkCalendar())
        >>> shown.light.value, shown.left, shown.reason.en
        ('yellow', 2, '2 working days left.')
    """
    if closed is not None:
        return _closed(closed, due)
    if suspended:
        return Shown(Light.GREY, Phrase("已中止,不计时。", "Suspended; no clock is running."))
    if due is None:
        return Shown(Light.GREY, Phrase("当前没有到期的期次。", "Nothing has a due date now."))
    left = calendar.working_days_between(today, due)
    if today > due:
        late = Phrase(f"已逾期{-left.days}个工作日。", f"Overdue by {_days(-left.days)}.")
        return Shown(Light.RED, late, left.days, left.certain)
    span = calendar.working_days_between(min(start, due), due)
    near = (thresholds or Thresholds()).is_near(left.days, span.days)
    words = Phrase(f"还剩{left.days}个工作日。", f"{_days(left.days).capitalize()} left.")
    return Shown(Light.YELLOW if near else Light.GREEN, words, left.days, left.certain and span.certain)


def warn_from(
    *, start: date, due: date, calendar: WorkCalendar, thresholds: Thresholds | None = None
) -> DayFound:
    """The first day on which `show` is yellow; it may lie before `start` when the whole span is short.

    Example:
        >>> warn_from(start=date(2026, 7, 1), due=date(2026, 9, 30), calendar=WorkCalendar()).day
        datetime.date(2026, 9, 11)
    """
    span = calendar.working_days_between(min(start, due), due)
    little = (thresholds or Thresholds()).little(span.days)
    found = calendar.add_working_days(due + timedelta(days=1), -(little + 1))
    return DayFound(tuple(sorted({*span.missing, *found.missing})), found.day)


def _closed(closed: date, due: date | None) -> Shown:
    if due is not None and closed > due:
        return Shown(
            Light.BLUE, Phrase(f"{closed}办结,晚于期限。", f"Closed on {closed}, after the due date.")
        )
    return Shown(Light.BLUE, Phrase(f"{closed}办结。", f"Closed on {closed}."))


def _days(number: int) -> str:
    return f"{number} working day" + ("" if number == 1 else "s")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many lights of each colour a plan, a chapter or a body has. Tallies of parts add up to the whole.

    Example:
        >>> tally = Tally.of([Light.GREEN, Light.RED]) + Tally.of([Light.GREEN])
        >>> tally.green, tally.total, tally.worst.value
        (2, 3, 'red')
    """

    red: int = 0
    yellow: int = 0
    green: int = 0
    grey: int = 0
    blue: int = 0

    @classmethod
    def of(cls, lights: Iterable[Light]) -> Tally:
        """The tally of some lights."""
        counts = dict.fromkeys(Light, 0)
        for light in lights:
            counts[light] += 1
        return cls(**{light.value: number for light, number in counts.items()})

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(self.count(light) + other.count(light) for light in Light))

    def __sub__(self, other: Tally) -> Tally:
        return Tally(*(self.count(light) - other.count(light) for light in Light))

    def count(self, light: Light) -> int:
        """How many lights have this colour."""
        number: int = getattr(self, light.value)
        return number

    @property
    def total(self) -> int:
        """How many lights there are."""
        return sum(self.count(light) for light in Light)

    @property
    def worst(self) -> Light:
        """The worst light that occurs; grey where there is none at all."""
        return next((light for light in Light if self.count(light)), Light.GREY)
