"""What the form of a step is brought from other entries, so that nobody types it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser, User

from luoshi.apps.register import models
from luoshi.apps.register.declared import catalogue
from luoshi.apps.register.queries.listing import visible
from luoshi.core.errors import Phrase
from luoshi.core.register.fields import Field
from luoshi.core.register.procedure import Bringing, Transition


@dataclass(frozen=True, slots=True)
class Brought:
    """Rows as a form holds them, and what the entries are called that they come from."""

    rows: list[dict[str, Any]]
    source: Phrase


def brought(
    row: models.Entry,
    fields: Mapping[str, Field],
    step: Transition,
    user: User | AnonymousUser,
    most: int,
) -> dict[str, Brought]:
    """By field, what entries say that name this one, as far as `user` may see them; in the order they began.

    Args:
        fields: of the rules that the entry follows.
        most: entries that are looked at.
    """
    return {name: _of(row, fields[name], bringing, user, most) for name, bringing in step.brings.items()}


def _of(
    row: models.Entry, field: Field, bringing: Bringing, user: User | AnonymousUser, most: int
) -> Brought:
    entries = visible(user, bringing.mechanism).filter(links__field=bringing.link, links__target=row)
    needed = {column.key for column in field.columns if column.required is True}
    found = []
    for held in entries.order_by("pk").values_list("values", flat=True)[:most]:
        values = {key: held[name] for key, name in bringing.columns.items() if name in held}
        if needed <= values.keys():
            found.append(values)
    return Brought(found, catalogue().latest(bringing.mechanism).name)
