"""When a task is reported on: rules, the days they hold for, and working days become occurrences.

One period of a task asks once. What the document or the office sets goes before the default: a report set
inside a default period takes the place of that period's, under the period's key when it is the only one and
not about a shorter period. Reports set for the same day are one, about the shortest of their periods.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from luoshi.core.calendar.periods import KINDS, Period
from luoshi.core.calendar.recurrences import Recurrence
from luoshi.core.calendar.working_days import WorkCalendar
from luoshi.core.work.burden import MINIMUM_NOTICE, latest_opening
from luoshi.core.work.lights import Thresholds, warn_from


@dataclass(frozen=True, slots=True)
class Rule:
    """A recurrence or one day; `default` gives way to what was set for the task itself."""

    recurrence: str = ""
    day: date | None = None
    default: bool = False

    def __post_init__(self) -> None:
        if bool(self.recurrence) == (self.day is not None):
            raise ValueError("a rule has a recurrence or a day, and not both")


@dataclass(frozen=True, slots=True)
class Terms:
    """How long before its due day a report is asked for, and when it is near; in working days."""

    opening: int = 10
    notice: int = MINIMUM_NOTICE
    thresholds: Thresholds = field(default_factory=Thresholds)


@dataclass(frozen=True, slots=True)
class Slot:
    """One report that the rules ask for: its key, what it is about, and the day the plan asks for."""

    key: str
    period: Period
    scheduled: date


@dataclass(frozen=True, slots=True)
class Clock:
    """The days of an occurrence that move.

    Attributes:
        due: the last day.
        opens_on: the day it is opened.
        warn_from: the first yellow day.
        certain: whether the schedule of every year that they depend on is known.
    """

    due: date
    opens_on: date
    warn_from: date
    certain: bool


@dataclass(frozen=True, slots=True)
class Planned:
    """A slot with its clock."""

    slot: Slot
    clock: Clock


def schedule(
    rules: Iterable[Rule], start: date, end: date, *, terms: Terms, calendar: WorkCalendar
) -> tuple[Planned, ...]:
    """Every occurrence that rules ask for from `start` to `end`, both counted, with its clock; in order.

    Example:
        >>> rules = [Rule("quarterly", default=True), Rule(day=date(2026, 12, 4))]
        >>> span = date(2026, 9, 1), date(2026, 12, 31)
        >>> found = schedule(rules, *span, terms=Terms(), calendar=WorkCalendar())
        >>> [(one.slot.key, str(one.slot.scheduled), str(one.clock.opens_on)) for one in found]
        [('2026Q3', '2026-09-30', '2026-09-16'), ('2026Q4', '2026-12-04', '2026-11-20')]
    """
    return tuple(
        Planned(slot, clock_of(slot.scheduled, terms, calendar)) for slot in slots(rules, start, end)
    )


def slots(rules: Iterable[Rule], start: date, end: date) -> tuple[Slot, ...]:
    """What rules ask for from `start` to `end`, merged; in order.

    What was set for a day before `start` does not count, so `start` has to be the first day of all reports
    for the same rules to give the same slots.

    Example:
        >>> rules = [Rule("yearly"), Rule("quarterly")]
        >>> [one.key for one in slots(rules, date(2026, 7, 1), date(2026, 12, 31))]
        ['2026Q3', '2026Q4']
    """
    default: list[Slot] = []
    own: dict[date, Slot] = {}
    for rule in rules:
        found = _slots_of(rule, start, end)
        if rule.default:
            default += found
            continue
        for slot in found:
            there = own.get(slot.scheduled)
            own[slot.scheduled] = slot if there is None else min(there, slot, key=_fineness)
    placed = {slot: _stands_in(slot, own.values()) for slot in default}
    renamed = {new[0]: slot for slot, new in placed.items() if _takes_over(slot, new)}
    kept = [slot for slot, new in placed.items() if not new]
    for slot in own.values():
        period = renamed.get(slot)
        kept.append(slot if period is None else replace(period, scheduled=slot.scheduled))
    return tuple(sorted(kept, key=lambda one: (one.scheduled, one.key)))


def clock_of(
    scheduled: date,
    terms: Terms,
    calendar: WorkCalendar,
    *,
    due: date | None = None,
    opened: date | None = None,
) -> Clock:
    """The days of an occurrence that move.

    Args:
        scheduled: the day that the plan asks for; on a day off it rolls on.
        terms: of the issue.
        calendar: of the region.
        due: what counts instead, after an extension; it rolls on too.
        opened: the day it was opened, if it was; that day stays.
    """
    last = calendar.roll_on(due or scheduled)
    opening = latest_opening(last.day, calendar, minimum=max(terms.opening, terms.notice))
    opens_on = min(opened or opening.day, last.day)
    near = warn_from(start=opens_on, due=last.day, calendar=calendar, thresholds=terms.thresholds)
    certain = last.certain and near.certain and (opened is not None or opening.certain)
    return Clock(last.day, opens_on, near.day, certain)


def _slots_of(rule: Rule, start: date, end: date) -> list[Slot]:
    if rule.day is not None:
        month = Period.containing(rule.day, "month")
        return [Slot(rule.day.isoformat(), month, rule.day)] if start <= rule.day <= end else []
    found = Recurrence.parse(rule.recurrence).occurrences(start, end)
    return [Slot(one.key, one.period, one.scheduled) for one in found]


def _fineness(slot: Slot) -> tuple[int, str]:
    """Shorter periods first; a key that names a day last, because a period says more."""
    return (KINDS.index(slot.period.kind), "" if slot.key == slot.period.key else slot.key)


def _stands_in(slot: Slot, own: Iterable[Slot]) -> list[Slot]:
    """What was set for a day inside the period of a default slot."""
    return [one for one in own if slot.period.start <= one.scheduled <= slot.period.end]


def _takes_over(slot: Slot, new: list[Slot]) -> bool:
    """Whether the only report set inside a default period is that period's report."""
    if len(new) != 1:
        return False
    named_a_day = new[0].key != new[0].period.key
    return named_a_day or KINDS.index(new[0].period.kind) >= KINDS.index(slot.period.kind)
