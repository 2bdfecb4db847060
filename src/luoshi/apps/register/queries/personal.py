"""What is personal in an entry, who may read it, and its words without a mask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.contrib.auth.models import AnonymousUser, User
from django.utils.timezone import localdate

from luoshi.apps.audit.models import Event
from luoshi.apps.register import models
from luoshi.apps.register.queries.acting import actors
from luoshi.apps.register.queries.showing import Names, in_words
from luoshi.core.mechanism.declaration import Mechanism
from luoshi.core.register.declaration import Register
from luoshi.core.register.fields import Field, FieldType
from luoshi.core.register.packing import unpack
from luoshi.core.register.person import Person
from luoshi.core.register.procedure import Actor
from luoshi.core.register.values import Value


def is_personal(field: Field) -> bool:
    """Whether a field says something about a person, itself or in one of its columns."""
    return field.hidden or any(is_personal(column) for column in field.columns)


def is_sensitive(field: Field) -> bool:
    """Whether a field, or a column of it, holds what the law guards most."""
    return field.sensitive or any(column.sensitive for column in field.columns)


def personal_fields(register: Register) -> list[Field]:
    """The fields of a register that say something about a person."""
    return [field for field in register.fields if is_personal(field)]


def to_destroy(register: Register) -> list[Field]:
    """What goes when its time is over: what is personal, and the papers that somebody outside sent."""
    intake = register.intake
    steps = [] if intake is None else [register.transition[key] for key in (intake.start, *intake.actions)]
    papers = {key for step in steps for key in step.asks if register.field[key].type.holds_files}
    return [field for field in register.fields if is_personal(field) or field.key in papers]


def revealable(mechanism: Mechanism, row: models.Entry, user: User | AnonymousUser) -> list[Field]:
    """The personal fields of an entry that hold something and that somebody may read.

    What is sensitive is read by who handles the entry and by the head of the body that holds it.
    """
    near = bool(actors(user, row) & {Actor.HANDLER, Actor.HEAD})
    return [
        field
        for field in personal_fields(mechanism.register)
        if field.key in row.values and not field.type.holds_files and (near or not is_sensitive(field))
    ]


@dataclass(frozen=True, slots=True)
class Plainly:
    """A field with its words, nothing hidden; `rows` of a field of rows."""

    field: Field
    words: str
    rows: tuple[tuple[str, ...], ...] = ()
    files: tuple[models.EntryFile, ...] = ()


def plainly(row: models.Entry, fields: Iterable[Field], language: str) -> list[Plainly]:
    """The values of some fields of an entry without a mask."""
    wanted = list(fields)
    values = unpack({field.key: field for field in wanted}, row.values)
    names = Names(wanted, [row])
    return [_plain(row, field, values[field.key], names, language) for field in wanted if field.key in values]


def _plain(row: models.Entry, field: Field, value: Value, names: Names, language: str) -> Plainly:
    if field.type.holds_files:
        tokens = value if isinstance(value, tuple) else (value,)
        files = tuple(row.files.filter(token__in=tokens).order_by("pk"))
        return Plainly(field, "", files=files)
    if field.type is FieldType.ROWS and isinstance(value, tuple):
        rows = tuple(
            tuple(_words(column, one.get(column.key), names, language) for column in field.columns)
            for one in value
            if isinstance(one, Mapping)
        )
        return Plainly(field, "", rows)
    return Plainly(field, _words(field, value, names, language))


def _words(field: Field, value: Value | None, names: Names, language: str) -> str:
    if isinstance(value, Person):
        return " · ".join(part for part in (value.name, value.phone, value.identity) if part)
    return in_words(replace(field, personal=False, sensitive=False), value, names, language)


@dataclass(frozen=True, slots=True)
class Look:
    """That somebody looked at the personal data of an entry; `body` is empty for the office of the region."""

    on: date
    body: str
    purpose: str


def looks(row: models.Entry) -> list[Look]:
    """Who looked at the personal data of an entry and why, the latest first; bodies, not persons."""
    events = Event.objects.filter(
        type="register.person.revealed", object_type="register.entry", object_id=str(row.pk)
    )
    return [
        Look(localdate(one.at), one.body_name, str(one.detail.get("purpose", "")))
        for one in events.order_by("-pk")[:100]
    ]
