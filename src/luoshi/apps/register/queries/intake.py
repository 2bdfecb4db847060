"""What can be filed from outside, with whom, and what the person who filed reads of it afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from luoshi.apps.organization.models import Body
from luoshi.apps.register.declared import catalogue
from luoshi.apps.register.models import Clock, Entry, Step
from luoshi.apps.register.queries.keepers import keepers_anywhere
from luoshi.apps.register.queries.loading import loaded, setting_of
from luoshi.apps.register.queries.showing import Shown, shown
from luoshi.core.errors import Phrase
from luoshi.core.mechanism.catalogue import NoSuchMechanism
from luoshi.core.mechanism.declaration import Mechanism
from luoshi.core.register.fields import Field, FieldType
from luoshi.core.register.procedure import Actor, TimeLimit, Transition


def open_mechanisms(on: date) -> list[Mechanism]:
    """The mechanisms in force that take entries from outside and that some body here keeps."""
    found = []
    for latest in catalogue():
        try:
            mechanism = catalogue().on(latest.key, on)
        except NoSuchMechanism:
            continue
        if mechanism.register.intake is not None and keepers_anywhere(mechanism).exists():
            found.append(mechanism)
    return found


def takers(mechanism: Mechanism) -> list[Body]:
    """The bodies with which it can be filed, in all regions of the installation."""
    rows = keepers_anywhere(mechanism).select_related("region")
    return list(rows.order_by("region__code", "name", "pk"))


def asked_outside(mechanism: Mechanism, step: Transition) -> tuple[str, ...]:
    """What a step asks of somebody outside: of the first one what the intake names.

    Links to other entries are left out: choosing one would show what others filed.
    """
    intake, fields = mechanism.register.intake, mechanism.register.field
    keys = intake.fields if intake is not None and step.key == intake.start else step.asks
    return tuple(key for key in keys if fields[key].type is not FieldType.LINK)


def given_outside(mechanism: Mechanism) -> list[Field]:
    """Every field that somebody outside can have written, in the order of the declaration."""
    register = mechanism.register
    intake = register.intake
    if intake is None:
        return []
    steps = (register.transition[key] for key in (intake.start, *intake.actions))
    keys = {key for step in steps for key in asked_outside(mechanism, step)}
    return [field for field in register.fields if field.key in keys]


def told_limits(mechanism: Mechanism) -> list[TimeLimit]:
    """The limits that a form tells: how long it takes, and by which article."""
    intake = mechanism.register.intake
    return [] if intake is None else [mechanism.register.limit[key] for key in intake.limits]


@dataclass(frozen=True, slots=True)
class Happened:
    """A step as the person who filed reads it; `mine` when they took it themselves."""

    on: date
    label: Phrase
    state: Phrase
    mine: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Followed:
    """An entry as the person who filed reads it.

    Attributes:
        state: in words for outside.
        tone: of the state.
        clocks: with their limits, those that run first.
        values: of the fields that are shown.
        happened: the latest first.
        actions: what the person can do now.
    """

    state: Phrase
    tone: str
    clocks: list[tuple[Clock, TimeLimit]]
    values: list[Shown]
    happened: list[Happened]
    actions: list[Transition]


def followed(mechanism: Mechanism, row: Entry, today: date, language: str) -> Followed:
    """How an entry stands, for the person who filed it."""
    register = mechanism.register
    intake = register.intake
    state = register.state[row.state]
    shows = () if intake is None else intake.shows
    values = shown(mechanism, row, loaded(row), setting_of(row), today, language)
    return Followed(
        said_outside(mechanism, row.state),
        state.tone,
        _clocks(mechanism, row),
        [one for one in values if one.field.key in shows],
        list(_happened(mechanism, row)),
        actions(mechanism, row, today),
    )


def said_outside(mechanism: Mechanism, key: str) -> Phrase:
    """A state in the words for who filed the entry."""
    state = mechanism.register.state.get(key)
    return Phrase(key, key) if state is None else state.outside or state.label


def actions(mechanism: Mechanism, row: Entry, today: date) -> list[Transition]:
    """The steps that the person can take now; none that was taken before and cannot be taken again."""
    intake = mechanism.register.intake
    if intake is None or row.pending_id is not None:
        return []
    entry, setting = loaded(row), setting_of(row)
    occasion = setting.occasion(today)
    return [
        step
        for step in mechanism.register.from_state(row.state, Actor.OUTSIDE)
        if step.key in intake.actions
        and not (
            list(entry.taken(step.key))
            and not all(setting.holds(guard.when, entry, occasion) for guard in step.guards)
        )
    ]


def _clocks(mechanism: Mechanism, row: Entry) -> list[tuple[Clock, TimeLimit]]:
    """The limits that are told, and those within which the person has to act."""
    intake, register = mechanism.register.intake, mechanism.register
    if intake is None:
        return []
    own = {key for one in intake.actions for key in register.transition[one].stops}
    wanted = {*intake.limits, *own}
    rows = row.clocks.filter(limit__in=wanted).exclude(outcome=Clock.Outcome.DROPPED).order_by("pk")
    found = [(one, register.limit[one.limit]) for one in rows if one.limit in register.limit]
    return sorted(found, key=lambda pair: pair[0].ended is not None)


def _happened(mechanism: Mechanism, row: Entry) -> Iterator[Happened]:
    """What the person did, what they are told, and where it ended; the inner work of the body is its own."""
    register = mechanism.register
    for one in row.steps.order_by("-pk"):
        step = register.transition.get(one.transition)
        if step is not None and _is_told(mechanism, one, step):
            yield Happened(
                one.on,
                step.label,
                said_outside(mechanism, one.target),
                one.actor == Actor.OUTSIDE,
                one.reason if step.told else "",
            )


def _is_told(mechanism: Mechanism, one: Step, step: Transition) -> bool:
    state = mechanism.register.state.get(one.target)
    return (
        not one.origin
        or one.actor == Actor.OUTSIDE
        or step.told
        or (state is not None and (state.final or state.outside is not None) and one.origin != one.target)
    )
