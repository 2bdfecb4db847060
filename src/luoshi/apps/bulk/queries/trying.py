"""Which steps can be taken of many entries at once, and of which of them one can."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils.timezone import localdate

from luoshi.apps.organization.queries.calendar import calendar_of
from luoshi.apps.register.models import Entry
from luoshi.apps.register.queries.acting import acting_body, actor_for, actors
from luoshi.apps.register.queries.loading import StoredWorld, loaded, register_of
from luoshi.core.errors import LuoshiError, Phrase
from luoshi.core.mechanism.declaration import Mechanism
from luoshi.core.register.acting import ACTORS, Act, Setting
from luoshi.core.register.advancing import advance
from luoshi.core.register.fields import Field, FieldType
from luoshi.core.register.procedure import Actor, Transition
from luoshi.core.register.refusals import StepNotHere, StepNotYours, ValueNotAsked
from luoshi.core.register.workflow import take

# Of which nobody gives the same for many entries: what is about a person, a file, another entry, rows.
_OWN = (FieldType.PERSON, FieldType.FILE, FieldType.FILES, FieldType.LINK, FieldType.ROWS)
_PEOPLE = (Actor.HANDLER, Actor.HEAD, Actor.RECEIVER, Actor.OFFICE)


def shared_fields(mechanism: Mechanism, step: Transition) -> list[Field]:
    """What a step asks that can be the same for many entries."""
    return [one for one in _asked(mechanism, step) if not _is_own(one)]


def _asked(mechanism: Mechanism, step: Transition) -> list[Field]:
    fields = (mechanism.register.field[key] for key in step.asks)
    return [one for one in fields if one.type is not FieldType.COMPUTED]


def _is_own(field: Field) -> bool:
    return field.type in _OWN or field.personal or field.sensitive


def for_many(mechanism: Mechanism) -> list[Transition]:
    """The steps that need nothing of each entry by itself."""
    return [
        step
        for step in mechanism.register.transitions
        if step.origins
        and step.vote is None
        and set(step.who) & set(_PEOPLE)
        and _needs_nothing(mechanism, step)
    ]


def _needs_nothing(mechanism: Mechanism, step: Transition) -> bool:
    own = (one for one in _asked(mechanism, step) if _is_own(one))
    return not any(one.required is True or one.key in step.needs for one in own)


def given_for_many(mechanism: Mechanism, step: Transition, values: Mapping[str, Any]) -> dict[str, Any]:
    """What a step is given for many; what was left empty is not said, and stays in each entry as it is.

    Raises:
        ValueNotAsked: something is no field of the step, or one that every entry has by itself.
    """
    shared = {one.key for one in shared_fields(mechanism, step)}
    for key in values:
        if key not in shared:
            field = mechanism.register.field.get(key)
            raise ValueNotAsked(step=step.label, field=key if field is None else field.label)
    return {key: value for key, value in values.items() if value not in ("", None, [])}


def prepared(rows: QuerySet[Entry]) -> list[Entry]:
    """Entries with all that trying a step of them looks at."""
    return list(rows.select_related("body", "holder", "pending").prefetch_related("steps", "clocks"))


def counted(mechanism: Mechanism, entries: Iterable[Entry], user: User) -> list[tuple[Transition, int]]:
    """The steps that the person can try of at least one of the entries, and of how many by their state."""
    numbers: Counter[str] = Counter()
    steps = for_many(mechanism)
    for entry in entries:
        mine = actors(user, entry)
        for step in steps:
            handing = step.takes_over or step.gives_back
            if entry.state in step.origins and mine & set(step.who) and bool(entry.pending_id) == handing:
                numbers[step.key] += 1
    return [(step, numbers[step.key]) for step in steps if numbers[step.key]]


@dataclass(frozen=True, slots=True)
class Trial:
    """What would become of an entry; `error` where the step is refused."""

    entry: Entry
    actor: Actor | None
    error: LuoshiError | None = None


def tried(
    entries: Sequence[Entry],
    step: str,
    given: Mapping[str, Any],
    reason: str,
    *,
    user: User,
    at: datetime,
) -> list[Trial]:
    """What taking the step of each entry would give; nothing is written."""
    settings: dict[tuple[str, int], Setting] = {}
    found = []
    for entry in entries:
        key = (entry.region_id, entry.version)
        if key not in settings:
            world = StoredWorld(entry.region_id, localdate(at))
            settings[key] = Setting(register_of(entry), calendar_of(entry.region_id), world)
        found.append(_tried(entry, step, given, reason, settings[key], user, at))
    return found


def _tried(
    entry: Entry,
    key: str,
    given: Mapping[str, Any],
    reason: str,
    setting: Setting,
    user: User,
    at: datetime,
) -> Trial:
    step, on = setting.register.transition.get(key), localdate(at)
    state = setting.register.state.get(entry.state)
    if step is None:
        return Trial(entry, None, StepNotHere(step=key, state=state.label if state else entry.state))
    actor = actor_for(step, actors(user, entry))
    try:
        before = advance(loaded(entry), setting, today=on, at=at)
        body = str(acting_body(entry, actor).pk) if actor else ""
        by = actor or next(iter(step.who))
        act = Act(key, by, at, on, str(user.pk), user.get_full_name(), body, given, reason)
        take(before, act, setting)
    except LuoshiError as error:
        return Trial(entry, actor, error)
    if actor is None:
        who = Phrase(
            "、".join(ACTORS[one].zh for one in step.who), " or ".join(ACTORS[one].en for one in step.who)
        )
        return Trial(entry, None, StepNotYours(step=step.label, who=who))
    return Trial(entry, actor)
