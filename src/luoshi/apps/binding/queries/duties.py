"""Which bodies a duty asks, when, and whether an entry is the fact that a request asks for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from luoshi.apps.binding.models import Binding
from luoshi.apps.work.models import Assignment, Occurrence
from luoshi.core.calendar.periods import Period
from luoshi.core.calendar.recurrences import Recurrence
from luoshi.core.mechanism.declaration import Duty
from luoshi.core.register.declaration import Register
from luoshi.core.register.entry import Entry
from luoshi.core.register.fields import FieldType

Days = tuple[date, date]


def suffix(binding: int) -> str:
    """What the keys of the requests of a duty end with: no rule of the plan makes such keys."""
    return f"+{binding}"


def asked(duty: Duty, assignments: Sequence[Assignment]) -> list[Assignment]:
    """The bodies of a task that a duty is for; where it names none of them, its first lead."""
    named = [
        one
        for one in assignments
        if duty.who.admits(kind=one.body.kind, line=one.body.line, name=one.body.name)
    ]
    return named or [one for one in assignments if one.rank == 0]


def days_of(entry: Entry, register: Register) -> Days | None:
    """The days that an entry is about: those of the period that it names, or the day on which it began."""
    for field in register.fields:
        value = entry.values.get(field.key)
        if field.type is FieldType.PERIOD and isinstance(value, str):
            period = Period.parse(value)
            return period.start, period.end
    return None if entry.began is None else (entry.began, entry.began)


def is_asked_by(binding: Binding, occurrence: Occurrence, days: Days) -> bool:
    """Whether a request asks for the fact that an entry of these days is."""
    period = Period.parse(occurrence.period)
    if days[1] < period.start or period.end < days[0]:
        return False
    if not binding.same_as:
        return occurrence.key.endswith(suffix(binding.pk))
    return is_plans_own(binding.same_as, occurrence)


def is_plans_own(recurrence: str, occurrence: Occurrence) -> bool:
    """Whether the plan asks for something because of one of its own recurring duties."""
    on = occurrence.scheduled
    return "+" not in occurrence.key and bool(Recurrence.parse(recurrence).occurrences(on, on))
