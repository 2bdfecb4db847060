"""How entries of registers are lived in the demo: told in days before the present, taken by the rules.

What is told names bodies, days and papers; `Lives` turns them into keys, dates and kept files, and lets each
step be taken by whoever does so in the district.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.contrib.auth.models import User

from luoshi.apps.demo.people import People
from luoshi.apps.organization.models import Body
from luoshi.apps.register.models import Entry
from luoshi.apps.register.operations.keeping_files import keep_file
from luoshi.apps.register.operations.taking import begin, take_step
from luoshi.core.register.procedure import Actor

# What a paper of the demo holds: nothing but that it is one.
CONTENT = b"%PDF-1.4\n% made up for the demo\n"


@dataclass(frozen=True, slots=True)
class Named:
    """A body, by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class Ago:
    """A day, by how many days it lies before the present."""

    days: int


@dataclass(frozen=True, slots=True)
class Paper:
    """A file, by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class Told:
    """A step: how many days ago it was taken, its key, what it gave, and as what.

    Attributes:
        deputy: whether the second person of the office took it.
    """

    ago: int
    step: str
    given: Mapping[str, object] = field(default_factory=dict)
    actor: Actor = Actor.HANDLER
    reason: str = ""
    deputy: bool = False


class Lives:
    """Lives entries up to a moment."""

    def __init__(self, people: People, bodies: Mapping[str, Body], at: datetime) -> None:
        self.people, self.bodies, self.at = people, bodies, at

    def live(self, mechanism: str, body: str, first: Told, *following: Told) -> Entry:
        """An entry from its first step on."""
        keeper, by, at = self.bodies[body], self._who(first, self.bodies[body]), self._moment(first)
        entry = begin(
            mechanism=mechanism,
            body=keeper,
            transition=first.step,
            given=self._given(mechanism, keeper, first, by),
            actor=first.actor,
            by=by,
            at=at,
            reason=first.reason,
        )
        return self.go_on(entry, *following)

    def go_on(self, entry: Entry, *following: Told) -> Entry:
        """An entry that is there already, taken further."""
        entry.refresh_from_db()
        for one in following:
            signs = one.actor is Actor.RECEIVER and entry.pending is not None
            body = entry.pending if signs and entry.pending is not None else entry.holder
            by = self._who(one, body)
            entry = take_step(
                entry=entry,
                transition=one.step,
                given=self._given(entry.mechanism, body, one, by),
                seen=entry.revision,
                actor=one.actor,
                by=by,
                at=self._moment(one),
                body=body,
                reason=one.reason,
            )
        return entry

    def day(self, ago: int) -> str:
        """A day as an entry keeps it."""
        return (self.at - timedelta(days=ago)).date().isoformat()

    def _moment(self, one: Told) -> datetime:
        return self.at - timedelta(days=one.ago)

    def _who(self, one: Told, body: Body) -> User | None:
        if one.actor is Actor.OUTSIDE:
            return None
        if one.actor is Actor.OFFICE:
            return self.people.deputy if one.deputy else self.people.office
        if one.actor is Actor.HEAD:
            return self.people.heads[body.name]
        return self.people.liaisons[body.name]

    def _given(self, mechanism: str, body: Body, one: Told, by: User | None) -> dict[str, object]:
        at = self._moment(one)

        def kept(key: str, paper: Paper) -> str:
            return keep_file(
                region=body.region_id,
                mechanism=mechanism,
                field=key,
                name=paper.name,
                content=CONTENT,
                by=by,
                at=at,
            ).token

        found: dict[str, object] = {}
        for key, value in one.given.items():
            match value:
                case Named(name):
                    found[key] = str(self.bodies[name].pk)
                case Ago(days):
                    found[key] = self.day(days)
                case Paper():
                    found[key] = kept(key, value)
                case [Paper(), *_]:
                    found[key] = [kept(key, paper) for paper in value if isinstance(paper, Paper)]
                case _:
                    found[key] = value
        return found
