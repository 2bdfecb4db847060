"""Who acts, and what surrounds it: the rules, the working days, and other entries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from luoshi.core.calendar.working_days import WorkCalendar
from luoshi.core.errors import Phrase
from luoshi.core.expression import Expression, Occasion
from luoshi.core.expression.evaluating import evaluate
from luoshi.core.expression.values import Reference
from luoshi.core.register.declaration import Register
from luoshi.core.register.entry import Entry
from luoshi.core.register.procedure import Actor
from luoshi.core.register.view import Alone, View, World

ACTORS: Mapping[Actor, Phrase] = {
    Actor.HANDLER: Phrase("承办人员", "who handles it"),
    Actor.HEAD: Phrase("单位负责人", "the head of the body"),
    Actor.RECEIVER: Phrase("接收单位", "the body that received it"),
    Actor.OFFICE: Phrase("主管办公室", "the office"),
    Actor.OUTSIDE: Phrase("申请人", "who filed it"),
    Actor.SYSTEM: Phrase("系统", "the system"),
}


@dataclass(frozen=True, slots=True)
class Act:
    """Who takes which step, when, and what they give.

    Attributes:
        by: as whom; whether the person may act so for the entry's body is for the caller to know.
        person: their key; empty for the system and for people outside.
        name: what they are called, for recusal by name.
        body: for which body.
        at: the moment; `on` is the day in the region's time.
        given: values by field, as people typed them or as JSON holds them.
    """

    transition: str
    by: Actor
    at: datetime
    on: date
    person: str = ""
    name: str = ""
    body: str = ""
    given: Mapping[str, object] = field(default_factory=dict)
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """What surrounds a step: the rules, the working days of the region, and other entries."""

    register: Register
    calendar: WorkCalendar
    world: World = field(default_factory=Alone)

    def occasion(self, on: date, act: Act | None = None) -> Occasion:
        """The day, and who acts."""
        if act is None or act.by is Actor.SYSTEM:
            return Occasion(on, self.calendar)
        body = Reference(act.body) if act.body else None
        return Occasion(on, self.calendar, Reference(act.person, act.name), body)

    def holds(self, expression: Expression, entry: Entry, occasion: Occasion) -> bool:
        """Whether a condition holds for sure; what is missing does not."""
        return evaluate(expression, View(self.register, entry, occasion, self.world), occasion) is True
