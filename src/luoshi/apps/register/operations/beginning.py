"""Begins many entries of one mechanism at once: what `begin` does for one, with few statements for all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import models as database
from django.db import transaction
from django.utils.timezone import localdate

from luoshi.apps.audit.operations import record_all
from luoshi.apps.organization.models import Body
from luoshi.apps.organization.queries.calendar import calendar_of
from luoshi.apps.register import models
from luoshi.apps.register.declared import catalogue
from luoshi.apps.register.operations.numbering import next_numbers
from luoshi.apps.register.operations.refusals import BodyUnknown
from luoshi.apps.register.operations.storing import (
    clock_values,
    computed_values,
    prepare,
    step_rows,
    value_rows,
)
from luoshi.apps.register.operations.taking import act_of, begin, check_keeper, detail_of
from luoshi.apps.register.operations.watching import tell_of_many
from luoshi.apps.register.queries.loading import StoredWorld
from luoshi.core.errors import LuoshiError
from luoshi.core.expression.nodes import Node
from luoshi.core.register.acting import Setting
from luoshi.core.register.advancing import advance
from luoshi.core.register.declaration import Register
from luoshi.core.register.entry import Entry
from luoshi.core.register.fields import FieldType
from luoshi.core.register.procedure import Actor
from luoshi.core.register.workflow import take

Given = Mapping[str, object]
# Rows that go to the database in one statement.
_BATCH = 500


class _Watched(StoredWorld):
    """A world that knows whether anybody has looked around in it."""

    asked = False

    def entry(self, mechanism: str, key: str) -> tuple[Register, Entry] | None:
        """As it stands in the database."""
        self.asked = True
        return super().entry(mechanism, key)

    def entries(self, mechanism: str, condition: Node) -> Iterable[tuple[Register, Entry]]:
        """As they stand in the database."""
        self.asked = True
        return super().entries(mechanism, condition)


@dataclass
class _Beginning:
    """What all entries of one call have in common, and those that are not written yet, by their place."""

    register: Register
    body: Body
    transition: str
    actor: Actor
    by: User | None
    at: datetime
    setting: Setting
    world: _Watched
    names: dict[str, str]
    waiting: dict[int, Entry] = field(default_factory=dict)


@transaction.atomic
def begin_many(
    *,
    mechanism: str,
    body: Body,
    transition: str,
    given: Sequence[Given],
    actor: Actor,
    by: User | None,
    at: datetime,
) -> list[models.Entry | LuoshiError]:
    """Begin an entry for each of `given`, as `begin` would one after the other; one transaction.

    An entry whose rules look at other entries, or that names entries or files, is begun by itself, after all
    before it: what one changes the next one sees.

    Returns:
        At the place of each its entry, or why there is none; the others are begun all the same.

    Raises:
        NotForBody: the body does not keep such entries.
    """
    on = localdate(at)
    declared = catalogue().on(mechanism, on)
    check_keeper(declared, body)
    world = _Watched(body.region_id, on)
    setting = Setting(declared.register, calendar_of(body.region_id), world)
    names = _names(declared.register, given, body.region_id)
    job = _Beginning(declared.register, body, transition, actor, by, at, setting, world, names)
    alone = _goes_alone(declared.register, transition)
    found: dict[int, models.Entry | LuoshiError] = {}
    for place, values in enumerate(given):
        world.asked, single = False, alone(values)
        try:
            if not single:
                job.waiting[place] = _begun(job, values)
        except LuoshiError as error:
            found[place] = error
        if single or world.asked:
            job.waiting.pop(place, None)
            found |= _written(job)
            found[place] = _singly(job, mechanism, values)
    found |= _written(job)
    return [found[place] for place in range(len(given))]


def _goes_alone(register: Register, transition: str) -> Any:
    """Which values have to be written before others are looked at."""
    step = register.transition[transition]
    fields = (register.field[key] for key in step.asks if key in register.field)
    lone = {one.key for one in fields if one.type is FieldType.LINK or one.type.holds_files}
    opens = step.opens is not None
    return lambda values: opens or any(values.get(key) for key in lone)


def _names(register: Register, given: Sequence[Given], region: str) -> dict[str, str]:
    """The bodies of the region that the values name, by key."""
    keys = [one.key for one in register.fields if one.type is FieldType.BODY]
    wanted = {str(values.get(key, "")) for values in given for key in keys}
    rows = Body.objects.filter(region=region, pk__in=[int(one) for one in wanted if one.isdigit()])
    return {str(key): name for key, name in rows.values_list("pk", "name")}


def _begun(job: _Beginning, values: Given) -> Entry:
    """The entry in memory, after its first step and what follows of itself."""
    key = str(job.body.pk)
    fresh = Entry("", job.register.key, job.register.version, key, key)
    act = act_of(job.transition, job.actor, job.by, job.body, job.at, values, "")
    entry = take(fresh, act, job.setting)
    for one in job.register.fields:
        value = entry.values.get(one.key)
        if one.type is FieldType.BODY and value is not None and not _is_known(job, str(value)):
            raise BodyUnknown(field=one.label)
    return advance(entry, job.setting, today=localdate(job.at), at=job.at)


def _is_known(job: _Beginning, key: str) -> bool:
    """Whether the region has a body; a step may have set one that was not given."""
    if key not in job.names and key.isdigit():
        rows = Body.objects.filter(region=job.body.region_id, pk=int(key))
        job.names.update({str(found): name for found, name in rows.values_list("pk", "name")})
    return key in job.names


def _singly(job: _Beginning, mechanism: str, values: Given) -> models.Entry | LuoshiError:
    try:
        return begin(
            mechanism=mechanism,
            body=job.body,
            transition=job.transition,
            given=values,
            actor=job.actor,
            by=job.by,
            at=job.at,
        )
    except LuoshiError as error:
        return error


def _written(job: _Beginning) -> dict[int, models.Entry | LuoshiError]:
    """Write what waits: entries, what belongs to them, the record, and what others count of them."""
    places, entries = list(job.waiting), list(job.waiting.values())
    job.waiting.clear()
    if not places:
        return {}
    on = localdate(job.at)
    rows = []
    for entry, number in zip(entries, next_numbers(job.register, job.body, on, len(entries)), strict=True):
        row = models.Entry(
            region_id=job.body.region_id,
            mechanism=job.register.key,
            version=job.register.version,
            body=job.body,
            holder=job.body,
            began=on,
            number=number,
        )
        prepare(row, entry, job.setting, job.at, job.names)
        rows.append(row)
    models.Entry.objects.bulk_create(rows, batch_size=_BATCH)
    begun = [(row, replace(entry, key=str(row.pk))) for row, entry in zip(rows, entries, strict=True)]
    models.Step.objects.bulk_create(
        (one for row, entry in begun for one in step_rows(row, None, entry, sorted(entry.values))),
        batch_size=_BATCH,
    )
    models.Clock.objects.bulk_create(
        (one for row, entry in begun for one in _clocks(row, entry, job.setting)), batch_size=_BATCH
    )
    models.Value.objects.bulk_create(
        (one for row, entry in begun for one in _values(row, entry, job.setting)), batch_size=_BATCH
    )
    about: list[tuple[database.Model, dict[str, Any]]] = [
        (row, detail_of(row, entry)) for row, entry in begun
    ]
    record_all(
        type="register.entry.begun",
        region=job.body.region_id,
        by=job.by,
        at=job.at,
        for_body=job.body,
        about=about,
    )
    tell_of_many(begun, job.setting, job.at)
    return dict(zip(places, rows, strict=True))


def _clocks(row: models.Entry, entry: Entry, setting: Setting) -> Iterator[models.Clock]:
    for one in entry.clocks:
        yield models.Clock(entry=row, limit=one.limit, **clock_values(one, setting))


def _values(row: models.Entry, entry: Entry, setting: Setting) -> Iterator[models.Value]:
    for key, value in entry.values.items():
        if setting.register.field[key].indexed:
            yield from value_rows(row, setting.register.field[key], value)
    for declared, computed in computed_values(entry, setting):
        yield from value_rows(row, declared, computed)
