"""The values of expressions, and what an entry has to tell to have expressions evaluated over it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from luoshi.core.calendar.working_days import WorkCalendar
from luoshi.core.expression.kinds import (
    Body,
    Choices,
    Date,
    Files,
    Kind,
    Link,
    Money,
    Number,
    Person,
    Plain,
    Rows,
    Truth,
)
from luoshi.core.expression.nodes import MISSING, UNKNOWN, Node


@dataclass(frozen=True, slots=True)
class Reference:
    """A body, person, file or entry that a value names.

    Attributes:
        key: what it is known by here; empty for a person who is known by name alone.
        name: what people call it.
    """

    key: str
    name: str = ""

    def same(self, other: Reference) -> bool:
        """Whether both name the same: by their keys where both have one, else by their names.

        Example:
            >>> Reference("7", "周岚").same(Reference("", "周岚"))
            True
        """
        if self.key and other.key:
            return self.key == other.key
        return bool(self.name) and self.name == other.name


@dataclass(frozen=True, slots=True)
class Clock:
    """How a limit stands.

    Attributes:
        due: its last day; None while it is paused.
        stopped: the day on which what it waited for was done; None while it runs.
    """

    due: date | None
    stopped: date | None = None


@dataclass(frozen=True, slots=True)
class Occasion:
    """When and for whom an expression is evaluated.

    Attributes:
        today: passed in, because nothing here reads a clock.
        calendar: the working days of the region.
        actor: who acts; None where nobody does.
        actor_body: the body that the actor acts for.
    """

    today: date
    calendar: WorkCalendar
    actor: Reference | None = None
    actor_body: Reference | None = None


Row = Mapping[str, object]
Value = object
"""Decimal, date, str, bool, Absent, Reference, tuple of str or Reference, or tuple of Row."""


class Entry(Protocol):
    """An entry as expressions see it. What does not fit the declared kind counts as missing."""

    @property
    def reference(self) -> Reference:
        """What links to it hold."""

    @property
    def state(self) -> str:
        """The key of its state; empty before the first step."""

    @property
    def begun(self) -> date | None:
        """The day on which it began."""

    @property
    def owner(self) -> Reference | None:
        """The body whose entry it is."""

    @property
    def holder(self) -> Reference | None:
        """The body that holds it now."""

    def value(self, field: str) -> Value:
        """The value of a field, computed ones included; MISSING where there is none."""

    def days_of(self, transition: str) -> Sequence[date]:
        """The days on which a step was taken, the first one first."""

    def clock(self, limit: str) -> Clock | None:
        """How a limit stands; None where it has not started."""

    def linked(self, mechanism: str, reference: Reference) -> Entry | None:
        """The entry that a link names."""

    def others(self, mechanism: str, condition: Node) -> Iterable[Entry]:
        """Entries of a mechanism, at least all for which the condition holds; it is checked again, and the
        entry that asks is left out."""


def fitted(value: Value, kind: Kind) -> Value:
    """A value as its kind has it: what does not fit is missing, and a collection without anything is empty.

    Example:
        >>> fitted(3, Number()), fitted("3", Number()), fitted("unknown", Truth()), fitted(None, Files())
        (Decimal('3'), <Absent.MISSING: 'missing'>, <Absent.UNKNOWN: 'unknown'>, ())
    """
    match kind:
        case Number() | Money() | Plain():
            return _number(value)
        case Date():
            return value if isinstance(value, date) and not isinstance(value, datetime) else MISSING
        case Truth():
            return _truth(value)
        case Choices():
            return tuple(one for one in _listed(value) if isinstance(one, str))
        case Rows():
            return tuple(one for one in _listed(value) if isinstance(one, Mapping))
        case Files():
            return _listed(value)
        case Body() | Person() | Link():
            return value if isinstance(value, Reference) else MISSING
        case _:
            return value if isinstance(value, str) and value else MISSING


def _number(value: Value) -> Value:
    if isinstance(value, int) and not isinstance(value, bool):
        value = Decimal(value)
    return value if isinstance(value, Decimal) and value.is_finite() else MISSING


def _truth(value: Value) -> Value:
    if isinstance(value, bool) or value is UNKNOWN:
        return value
    said: dict[str, Value] = {"yes": True, "no": False, "unknown": UNKNOWN}
    return said.get(value, MISSING) if isinstance(value, str) else MISSING


def _listed(value: Value) -> tuple[object, ...]:
    if isinstance(value, tuple | list):
        return tuple(value)
    return (value,) if isinstance(value, Reference) else ()
