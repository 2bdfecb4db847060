"""Rows of an entry as `luoshi.core.register` knows it, and the world in which its expressions look around."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.timezone import localdate

from luoshi.apps.organization.queries.calendar import calendar_of
from luoshi.apps.register import models
from luoshi.apps.register.declared import catalogue
from luoshi.apps.register.queries.conditions import narrowed
from luoshi.apps.register.queries.sides import Surroundings
from luoshi.core.calendar.limits import Pause
from luoshi.core.expression.nodes import Node
from luoshi.core.register.acting import Setting
from luoshi.core.register.declaration import Register
from luoshi.core.register.entry import Clock, Entry, Outcome, Step
from luoshi.core.register.packing import unpack
from luoshi.core.register.procedure import Actor

# Entries that an `exists` looks through at most; the condition has narrowed them in the database before.
MOST_OTHERS = 5_000


def register_of(row: models.Entry) -> Register:
    """The rules that an entry follows: those that were in force on the day it began."""
    return catalogue().version(row.mechanism, row.version).register


def loaded(row: models.Entry) -> Entry:
    """An entry with its steps and clocks; prefetch `steps` and `clocks` for many."""
    register = register_of(row)
    return Entry(
        key=str(row.pk),
        register=row.mechanism,
        version=row.version,
        body=str(row.body_id),
        holder=str(row.holder_id),
        state=row.state,
        pending=str(row.pending_id or ""),
        began=row.began,
        values=unpack(register.field, row.values),
        steps=tuple(map(_step, row.steps.all())),
        clocks=tuple(map(_clock, row.clocks.all())),
    )


def _step(row: models.Step) -> Step:
    return Step(
        transition=row.transition,
        origin=row.origin,
        target=row.target,
        by=Actor(row.actor),
        person=str(row.by_id or ""),
        body=str(row.body_id or ""),
        at=row.at,
        on=row.on,
        reason=row.reason,
    )


def _clock(row: models.Clock) -> Clock:
    outcome: Outcome = row.outcome  # type: ignore[assignment]
    return Clock(
        limit=row.limit,
        started=row.started,
        extended=row.extended,
        times=row.times,
        pauses=tuple(
            Pause(date.fromisoformat(first), date.fromisoformat(last) if last else None)
            for first, last in row.pauses
        ),
        ended=row.ended,
        outcome=outcome,
    )


class StoredWorld:
    """The entries of one region, read when an expression asks for them."""

    def __init__(self, region: str, today: date | None = None) -> None:
        self._region = region
        self._today = today or localdate()
        self._found: dict[str, tuple[Register, Entry] | None] = {}

    def entry(self, mechanism: str, key: str) -> tuple[Register, Entry] | None:
        """An entry with its rules; None where the region has none of the key."""
        if not key.isdigit():
            return None
        if key not in self._found:
            rows = models.Entry.objects.filter(region=self._region, mechanism=mechanism, pk=int(key))
            row = rows.prefetch_related("steps", "clocks").first()
            self._found[key] = None if row is None else (register_of(row), loaded(row))
        return self._found[key]

    def entries(self, mechanism: str, condition: Node) -> Iterable[tuple[Register, Entry]]:
        """At least all entries for which the condition holds, as far as the database can tell."""
        rows = models.Entry.objects.filter(region=self._region, mechanism=mechanism)
        rows = narrowed(rows, condition, surroundings(mechanism, self._today))
        for row in rows.prefetch_related("steps", "clocks").order_by("pk")[:MOST_OTHERS]:
            yield register_of(row), loaded(row)


def surroundings(mechanism: str, today: date) -> Surroundings:
    """What conditions of a mechanism are compiled for."""
    return surroundings_of(catalogue().latest(mechanism).register, today)


def surroundings_of(register: Register, today: date) -> Surroundings:
    """What conditions over entries of one version of the rules are compiled for."""
    formulas = {field.key: field.formula for field in register.fields if field.formula is not None}
    kept = frozenset(field.key for field in register.fields if field.indexed and field.key in formulas)
    return Surroundings(today, formulas, kept)


def setting_of(row: models.Entry) -> Setting:
    """The rules, working days and neighbours of an entry."""
    return Setting(register_of(row), calendar_of(row.region_id), StoredWorld(row.region_id))
