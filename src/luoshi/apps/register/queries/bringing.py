"""What the form of a step is brought from other entries, so that nobody types it again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.utils.timezone import localdate

from luoshi.apps.register import models
from luoshi.apps.register.declared import catalogue
from luoshi.apps.register.queries.listing import visible
from luoshi.apps.register.queries.loading import loaded, setting_of
from luoshi.core.errors import Phrase
from luoshi.core.expression import evaluate
from luoshi.core.register.fields import Field
from luoshi.core.register.packing import pack
from luoshi.core.register.procedure import Bringing, Transition
from luoshi.core.register.values import Value, ValueUnusable, read
from luoshi.core.register.view import View

# Rows that a form holds at most.
MOST_ROWS = 200


@dataclass(frozen=True, slots=True)
class Brought:
    """Rows as a form holds them, and what the entries are called that they come from."""

    rows: list[dict[str, Any]]
    source: Phrase


def brought(
    row: models.Entry, fields: Mapping[str, Field], step: Transition, user: User | AnonymousUser
) -> dict[str, Brought]:
    """By field, what entries say that name this one, as far as `user` may see them; in the order they began.

    Args:
        fields: of the rules that the entry follows.
    """
    return {name: _of(row, fields[name], bringing, user) for name, bringing in step.brings.items()}


def _of(row: models.Entry, field: Field, bringing: Bringing, user: User | AnonymousUser) -> Brought:
    entries = visible(user, bringing.mechanism).filter(links__field=bringing.link, links__target=row)
    columns = {one.key: one for one in field.columns}
    found = []
    for entry in entries.prefetch_related("steps", "clocks").order_by("pk")[:MOST_ROWS]:
        values = dict(_values(entry, columns, bringing))
        if all(key in values for key, column in columns.items() if column.required is True):
            found.append(pack(values))
    return Brought(found, catalogue().latest(bringing.mechanism).name)


def _values(
    row: models.Entry, columns: Mapping[str, Field], bringing: Bringing
) -> Iterator[tuple[str, Value]]:
    """What an entry says for each column, where it says something that the column takes."""
    entry, setting = loaded(row), setting_of(row)
    occasion = setting.occasion(localdate())
    view = View(setting.register, entry, occasion, setting.world)
    for key, name in bringing.columns.items():
        field = setting.register.field.get(name)
        if field is None:
            continue
        if field.formula is None:
            value = entry.values.get(name)
        else:
            value = _fitting(columns[key], evaluate(field.formula, view, occasion))
        if value is not None:
            yield key, value


def _fitting(column: Field, said: object) -> Value | None:
    """What a formula gave, as the column holds it; None where it does not fit."""
    try:
        return read(column, said if said is None or isinstance(said, str) else str(said))
    except ValueUnusable:
        return None
