"""Values of an entry as a page shows them: by type, with names looked up at once, persons masked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _

from luoshi.apps.organization.models import Body
from luoshi.apps.register import models
from luoshi.apps.register.queries.destruction import numbers_of_destroyed
from luoshi.core.calendar.periods import Period
from luoshi.core.errors import Phrase
from luoshi.core.expression import evaluate
from luoshi.core.mechanism.declaration import Mechanism
from luoshi.core.register.acting import Setting
from luoshi.core.register.entry import Entry
from luoshi.core.register.fields import Field, FieldType
from luoshi.core.register.packing import unpack
from luoshi.core.register.person import Person
from luoshi.core.register.values import Value
from luoshi.core.register.view import View

_TWO_PLACES = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Shown:
    """A value on a page.

    Attributes:
        words: what it says; empty where nothing was given.
        hidden: whether it is personal and masked.
        rows: of a field of rows: each row's words, by column.
        files: of a field of files.
        entry: of a link.
    """

    field: Field
    words: str = ""
    hidden: bool = False
    rows: tuple[tuple[str, ...], ...] = ()
    files: tuple[models.EntryFile, ...] = ()
    entry: models.Entry | None = None

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.words or self.rows or self.files or self.entry)


class Names:
    """The names of what values refer to, bodies and linked entries, looked up once for many entries."""

    def __init__(self, fields: Iterable[Field], entries: Sequence[models.Entry]) -> None:
        bodies: set[Any] = set()
        links: set[Any] = set()
        named = {FieldType.BODY: bodies, FieldType.LINK: links}
        known = list(fields)
        for row in entries:
            for type_, value in _values(known, row.values):
                if type_ in named:
                    named[type_].add(value)
        self.bodies = dict(Body.objects.filter(pk__in=bodies).values_list("pk", "name")) if bodies else {}
        self.links = models.Entry.objects.in_bulk(links) if links else {}
        self._destroyed = numbers_of_destroyed(key for key in links if key not in self.links)

    def body(self, key: str) -> str:
        """The name of a body."""
        return self.bodies.get(int(key), "") if key.isdigit() else ""

    def gone(self, key: str) -> str:
        """What is known of a linked entry that has been destroyed: its number."""
        number = self._destroyed.get(int(key)) if key.isdigit() else None
        return "" if number is None else _("%(number)s（已销毁）") % {"number": number or key}


def _values(fields: Iterable[Field], values: Mapping[str, Any]) -> Iterator[tuple[FieldType, Any]]:
    """The values of fields and of the columns of rows, each with its type."""
    for field in fields:
        value = values.get(field.key)
        if field.type is FieldType.ROWS:
            for line in value or ():
                yield from _values(field.columns, line)
        elif value is not None:
            yield field.type, value


def cells(row: models.Entry, fields: Sequence[Field], names: Names, language: str) -> list[str]:
    """The words of some fields of an entry, for a row of a list; what is personal is masked."""
    values = unpack({field.key: field for field in fields}, row.values)
    return [in_words(field, values.get(field.key), names, language) for field in fields]


def shown(
    mechanism: Mechanism, row: models.Entry, entry: Entry, setting: Setting, today: date, language: str
) -> list[Shown]:
    """All fields of an entry that hold something, in the order of the declaration."""
    fields = mechanism.register.fields
    names = Names(fields, [row])
    files: dict[str, list[models.EntryFile]] = {}
    for one in row.files.order_by("pk"):
        files.setdefault(one.field, []).append(one)
    occasion = setting.occasion(today)
    view = View(setting.register, entry, occasion, setting.world)
    found = []
    for field in fields:
        if field.formula is not None:
            found.append(Shown(field, computed(field, evaluate(field.formula, view, occasion))))
            continue
        value = entry.values.get(field.key)
        found.append(_one(field, value, names, files.get(field.key, []), language))
    return [one for one in found if not one.empty]


def grouped(mechanism: Mechanism, values: Sequence[Shown]) -> list[tuple[Phrase | None, list[Shown]]]:
    """Values by the sections of the form; what belongs to none comes last, without a heading of its own."""
    left = {one.field.key: one for one in values}
    found: list[tuple[Phrase | None, list[Shown]]] = []
    for step in mechanism.views.steps:
        inside = [left.pop(key) for key in step.fields if key in left]
        if inside:
            found.append((step.label, inside))
    if left:
        found.append((None, list(left.values())))
    return found


def _one(
    field: Field, value: Value | None, names: Names, files: list[models.EntryFile], language: str
) -> Shown:
    if field.type.holds_files:
        wanted = value if isinstance(value, tuple) else (value,)
        return Shown(field, files=tuple(one for one in files if one.token in wanted))
    if field.type is FieldType.LINK and value is not None:
        found = names.links.get(int(str(value)))
        return Shown(field, "" if found is not None else names.gone(str(value)), entry=found)
    if field.type is FieldType.ROWS and isinstance(value, tuple):
        return Shown(
            field, rows=tuple(_row(field, one, names, language) for one in value if isinstance(one, Mapping))
        )
    hidden = value is not None and (field.personal or field.sensitive)
    return Shown(field, in_words(field, value, names, language), hidden)


def _row(field: Field, row: Mapping[str, Value], names: Names, language: str) -> tuple[str, ...]:
    return tuple(in_words(column, row.get(column.key), names, language) for column in field.columns)


def in_words(field: Field, value: Value | None, names: Names, language: str) -> str:
    """A value in the words of a language; what is personal is masked, what was not given is empty."""
    if value is None:
        return ""
    if isinstance(value, Person):
        return value.masked
    if field.personal or field.sensitive:
        return _("（个人信息，已隐去）")
    if field.type in (FieldType.CHOICE, FieldType.CHOICES):
        keys = value if isinstance(value, tuple) else (value,)
        separator = ", " if language.startswith("en") else "、"
        return separator.join(one.label.said(language) for one in field.offered() if one.key in keys)
    if field.type is FieldType.YES_NO:
        return {"yes": _("是"), "no": _("否"), "unknown": _("不详")}.get(str(value), "")
    if field.type is FieldType.BODY:
        return names.body(str(value))
    if field.type is FieldType.PERIOD:
        return Period.parse(str(value)).label(language)
    if isinstance(value, Decimal):
        return with_unit(value, field)
    if isinstance(value, date):
        return value.isoformat()
    return str(len(value)) if isinstance(value, tuple) else str(value)


def with_unit(value: Decimal, field: Field) -> str:
    """A number with separators and its unit."""
    number = f"{value:,f}" if field.type is FieldType.MONEY else f"{value.normalize():,f}"
    return f"{number} {field.unit}".strip()


def computed(field: Field, value: object) -> str:
    """What a formula gave, rounded to two places; empty where it gave nothing."""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, Decimal):
        return with_unit(value.quantize(_TWO_PLACES, ROUND_HALF_UP), field)
    return value.isoformat() if isinstance(value, date) else (value if isinstance(value, str) else "")
