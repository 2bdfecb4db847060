"""Writes an entry of `luoshi.core.register` into its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q

from luoshi.apps.organization.models import Body
from luoshi.apps.register import models
from luoshi.apps.register.operations.refusals import BodyUnknown, FileUnknown, LinkUnknown
from luoshi.apps.register.queries.titles import title_of
from luoshi.core.expression import holds
from luoshi.core.register.acting import Setting
from luoshi.core.register.entry import Clock, Entry, Step
from luoshi.core.register.fields import Field, FieldType
from luoshi.core.register.packing import pack
from luoshi.core.register.procedure import Actor
from luoshi.core.register.values import Value
from luoshi.core.register.view import View

_MOST_TEXT = 200


def store(row: models.Entry, before: Entry | None, entry: Entry, setting: Setting, at: datetime) -> None:
    """Bring the rows of an entry up to what it is.

    Args:
        row: the entry, locked, or not saved yet.
        before: as it was; None for a new one.
        entry: as it is.
    """
    register = setting.register
    changed = entry.values if before is None else _changed(before, entry)
    if before is not None:
        row.revision += 1
    prepare(row, entry, setting, at)
    row.save()
    models.Step.objects.bulk_create(step_rows(row, before, entry, sorted(changed)))
    _store_clocks(row, entry, setting)
    for key in changed:
        field = register.field[key]
        value = entry.values.get(key)
        if field.indexed:
            _store_value(row, field, value)
        if field.type is FieldType.LINK:
            _store_link(row, field, value)
        if field.type.holds_files:
            _store_files(row, field, value)
        if field.type is FieldType.BODY and value is not None:
            _check_body(row, field, value)
    for field, value in computed_values(entry, setting):
        _store_value(row, field, value)


def prepare(
    row: models.Entry,
    entry: Entry,
    setting: Setting,
    at: datetime,
    names: Mapping[str, str] | None = None,
) -> None:
    """Write into the row, not saved yet, how the entry stands.

    Args:
        names: of bodies by key, where they were looked up for many entries at once.
    """
    register = setting.register
    row.holder_id, row.state = int(entry.holder), entry.state
    row.pending_id = int(entry.pending) if entry.pending else None
    row.values = pack(entry.values)
    row.changed_at = at
    last = entry.steps[-1]
    row.ended = last.on if register.state[entry.state].final else None
    row.next_due = _next_due(entry, setting)
    row.title = title_of(row, register, entry, names)
    row.public = _is_public(entry, setting)


def _next_due(entry: Entry, setting: Setting) -> date | None:
    """The last day of the limit that ends first; times that only have to pass do not count."""
    limits, final = setting.register.limit, setting.register.state[entry.state].final
    days = [
        clock.due(limits[clock.limit], setting.calendar).day
        for clock in entry.clocks
        if clock.limit in limits
        and not limits[clock.limit].minimum
        and (clock.outcome == "running" or (clock.outcome == "overrun" and clock.ended is None and not final))
    ]
    return min((day for day in days if day is not None), default=None)


def _changed(before: Entry, entry: Entry) -> set[str]:
    keys = {*before.values, *entry.values}
    return {key for key in keys if before.values.get(key) != entry.values.get(key)}


def _is_public(entry: Entry, setting: Setting) -> bool:
    publication = setting.register.publication
    if publication is None:
        return False
    occasion = setting.occasion(entry.steps[-1].on)
    return holds(publication.when, View(setting.register, entry, occasion, setting.world), occasion)


def step_rows(row: models.Entry, before: Entry | None, entry: Entry, fields: list[str]) -> list[models.Step]:
    """The steps that have come since, not saved yet; `fields` were written by them."""
    known = 0 if before is None else len(before.steps)
    return [
        models.Step(
            entry=row,
            transition=step.transition,
            origin=step.origin,
            target=step.target,
            actor=step.by.value,
            by_id=int(step.person) if step.person else None,
            body_id=int(step.body) if step.body else None,
            at=step.at,
            on=step.on,
            reason=step.reason,
            fields=_seen_by(step, fields),
            revision=row.revision,
        )
        for step in entry.steps[known:]
    ]


def _seen_by(step: Step, fields: list[str]) -> list[str]:
    """The system writes nothing."""
    return [] if step.by is Actor.SYSTEM else fields


def _store_clocks(row: models.Entry, entry: Entry, setting: Setting) -> None:
    """One row a clock, in the order in which they began; what has not changed is left alone."""
    known = list(row.clocks.order_by("pk")) if row.pk else []
    for place, clock in enumerate(entry.clocks):
        values = clock_values(clock, setting)
        if place >= len(known):
            models.Clock.objects.create(entry=row, limit=clock.limit, **values)
            continue
        if any(getattr(known[place], key) != value for key, value in values.items()):
            models.Clock.objects.filter(pk=known[place].pk).update(**values)


def clock_values(clock: Clock, setting: Setting) -> dict[str, Any]:
    """What the row of a clock holds."""
    limit = setting.register.limit.get(clock.limit)
    due = None if limit is None else clock.due(limit, setting.calendar).day
    return {
        "started": clock.started,
        "due": due,
        "extended": clock.extended,
        "times": clock.times,
        "pauses": [
            [one.first.isoformat(), one.last.isoformat() if one.last else None] for one in clock.pauses
        ],
        "ended": clock.ended,
        "outcome": clock.outcome,
    }


def _store_value(row: models.Entry, field: Field, value: Value | None) -> None:
    models.Value.objects.filter(entry=row, field=field.key).delete()
    models.Value.objects.bulk_create(value_rows(row, field, value))


def value_rows(row: models.Entry, field: Field, value: Value | None) -> list[models.Value]:
    """The rows of an indexed value, not saved yet; none where there is no value."""
    common: dict[str, Any] = {
        "entry": row,
        "region_id": row.region_id,
        "mechanism": row.mechanism,
        "field": field.key,
        "began": row.began,
    }
    found = []
    for one in value if isinstance(value, tuple) else (value,):
        if isinstance(one, Decimal):
            found.append(models.Value(**common, number=one))
        elif isinstance(one, str):
            found.append(models.Value(**common, text=one[:_MOST_TEXT]))
        elif isinstance(one, date):
            found.append(models.Value(**common, day=one))
    return found


def computed_values(entry: Entry, setting: Setting) -> Iterator[tuple[Field, Value | None]]:
    """Computed values that lists are narrowed by."""
    wanted = [one for one in setting.register.fields if one.indexed and one.formula is not None]
    if not wanted:
        return
    occasion = setting.occasion(entry.steps[-1].on)
    view = View(setting.register, entry, occasion, setting.world)
    for field in wanted:
        value = view.value(field.key)
        yield field, value if isinstance(value, Decimal | date | str) else None


def _store_link(row: models.Entry, field: Field, value: Value | None) -> None:
    models.Link.objects.filter(entry=row, field=field.key).delete()
    if value is None:
        return
    target = models.Entry.objects.filter(
        region=row.region_id, mechanism=field.to, pk=int(str(value)) if str(value).isdigit() else 0
    ).first()
    if target is None:
        raise LinkUnknown(field=field.label)
    models.Link.objects.create(entry=row, field=field.key, target=target)


def _store_files(row: models.Entry, field: Field, value: Value | None) -> None:
    """Files that were uploaded for this field of this mechanism become the entry's; none of another's."""
    tokens = (value if isinstance(value, tuple) else (value,)) if value is not None else ()
    rows = models.EntryFile.objects.filter(
        region=row.region_id, mechanism=row.mechanism, field=field.key, token__in=tokens
    )
    # Locked, so that nobody sweeps one up in between.
    usable = rows.filter(Q(entry=None) | Q(entry=row)).select_for_update(of=("self",)).order_by("pk")
    found = list(usable.values_list("pk", flat=True))
    if len(found) != len(set(tokens)):
        raise FileUnknown(field=field.label)
    models.EntryFile.objects.filter(pk__in=found, entry=None).update(entry=row)


def _check_body(row: models.Entry, field: Field, value: Value) -> None:
    if not Body.objects.filter(
        region=row.region_id, pk=int(str(value)) if str(value).isdigit() else 0
    ).exists():
        raise BodyUnknown(field=field.label)
