"""An entry as it stands, the steps that led there, and the limits that run or ran."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Literal

from luoshi.core.calendar.limits import LimitDue, Pause, due
from luoshi.core.calendar.working_days import WorkCalendar
from luoshi.core.register.procedure import Actor, TimeLimit
from luoshi.core.register.values import Value

Outcome = Literal["running", "paused", "kept", "overrun", "dropped"]


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened to an entry.

    Attributes:
        origin: the state before; empty at the beginning.
        by: who acted as what; `person` is their key, empty for the system and for people outside.
        body: for which body.
        on: the day in the region's time; `at` is the moment.
        reason: what the person gave as one.
    """

    transition: str
    origin: str
    target: str
    by: Actor
    person: str
    body: str
    at: datetime
    on: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """One limit of one entry, from the day that started it.

    Attributes:
        extended: in the unit of the limit, over all extensions.
        times: how often it was extended.
        pauses: periods that are not counted; the last one is open while it is paused.
        ended: the day on which it was stopped or ran out.
        outcome: `overrun` from the first day after its last, whether it was stopped later or not.
    """

    limit: str
    started: date
    extended: int = 0
    times: int = 0
    pauses: tuple[Pause, ...] = ()
    ended: date | None = None
    outcome: Outcome = "running"

    def due(self, limit: TimeLimit, calendar: WorkCalendar) -> LimitDue:
        """The last day, with what makes it less than certain."""
        return due(limit.rule, self.started, calendar, extended=self.extended, pauses=self.pauses)

    def pause(self, on: date) -> Clock:
        """The clock from a day on that does not count; unchanged where it does not run."""
        if self.outcome != "running":
            return self
        return replace(self, pauses=(*self.pauses, Pause(on)), outcome="paused")

    def resume(self, on: date) -> Clock:
        """The clock that counts again from a day on; unchanged where it is not paused."""
        if self.outcome != "paused":
            return self
        *before, last = self.pauses
        # The day of resuming counts again; a pause of no day leaves no trace.
        closed = () if on <= last.first else (Pause(last.first, date.fromordinal(on.toordinal() - 1)),)
        return replace(self, pauses=(*before, *closed), outcome="running")

    def drop(self, on: date) -> Clock:
        """The clock ended without having been kept or overrun; unchanged where it has ended or run out."""
        if self.outcome not in ("running", "paused"):
            return self
        return replace(self, ended=on, outcome="dropped")

    def stop(self, on: date, limit: TimeLimit, calendar: WorkCalendar) -> Clock:
        """The clock stopped on a day, kept or overrun; unchanged where it had ended."""
        if self.ended is not None:
            return self
        last = self.due(limit, calendar).day
        late = last is not None and on > last
        return replace(self, ended=on, outcome="overrun" if late else "kept")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a register.

    Attributes:
        register: the key of its mechanism; `version` is the version it began under and keeps.
        body: which body it belongs to.
        holder: which body handles it now.
        pending: the body that it was sent to and that has not signed for it; empty for none.
        state: empty before the first step.
        began: the day of the first step; None before.
    """

    key: str
    register: str
    version: int
    body: str
    holder: str
    state: str = ""
    pending: str = ""
    began: date | None = None
    values: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    steps: tuple[Step, ...] = ()
    clocks: tuple[Clock, ...] = ()

    def clock(self, limit: str) -> Clock | None:
        """The latest clock of a limit."""
        return next((one for one in reversed(self.clocks) if one.limit == limit), None)

    def taken(self, transition: str) -> tuple[Step, ...]:
        """The steps of one transition, the first one first."""
        return tuple(one for one in self.steps if one.transition == transition)
