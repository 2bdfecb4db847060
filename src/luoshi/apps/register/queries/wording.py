"""The words of an entry that anybody who sees it may search by: nothing that is personal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from django.db.models import QuerySet

from luoshi.apps.organization.models import Body
from luoshi.apps.register.models import Entry, Wording
from luoshi.apps.register.queries.personal import is_personal
from luoshi.apps.register.queries.searching import grams, plain
from luoshi.apps.register.queries.titles import said
from luoshi.core.register.declaration import Register
from luoshi.core.register.fields import Field, FieldType
from luoshi.core.register.packing import unpack
from luoshi.core.register.values import Value

# Characters of one entry that can be searched; a table of two thousand long rows goes beyond.
MOST = 100_000
# What says nothing by its words: keys of other things, and answers that half of all entries share.
_UNSAID = (FieldType.FILE, FieldType.FILES, FieldType.LINK, FieldType.YES_NO, FieldType.COMPUTED)

Names = Callable[[str], str]
"""The names of a body by its key, one a line; empty for none."""


def names_of_bodies(bodies: QuerySet[Body]) -> dict[str, str]:
    """All names that bodies bear or have borne, one a line, by their keys: an entry is found by any of them.

    Papers of earlier years name a body as it was called then, and people remember it so. When which name was
    in use does not matter for finding.
    """
    found: dict[str, dict[str, None]] = {}
    rows = bodies.order_by("pk", "aliases__pk")
    for key, *names in rows.values_list("pk", "name", "full_name", "short_name", "aliases__name"):
        found.setdefault(str(key), {}).update(dict.fromkeys(name for name in names if name))
    return {key: "\n".join(names) for key, names in found.items()}


def names_of_body(key: str) -> str:
    """The same of one body."""
    rows = Body.objects.filter(pk=key) if key.isdigit() else Body.objects.none()
    return names_of_bodies(rows).get(key, "")


def wording_of(row: Entry, register: Register, names: Names = names_of_body) -> Wording:
    """What an entry is found by, not saved."""
    text = plain("\n".join(part for part in _parts(row, register, names) if part)[:MOST])
    return Wording(entry=row, text=text, grams=grams(text))


def _parts(row: Entry, register: Register, names: Names) -> Iterator[str]:
    yield from (row.number, row.title, *map(names, dict.fromkeys((str(row.body_id), str(row.holder_id)))))
    values = unpack(register.field, row.values)
    for field in register.fields:
        if field.key in values and not is_personal(field):
            yield from _words(field, values[field.key], names)


def _words(field: Field, value: Value, names: Names) -> Iterator[str]:
    """The words of a value; of rows those of their open columns."""
    if field.type is FieldType.ROWS and isinstance(value, tuple):
        for row in value:
            for column in field.columns:
                if isinstance(row, Mapping) and column.key in row:
                    yield from _words(column, row[column.key], names)
    elif field.type is FieldType.BODY:
        yield names(str(value))
    elif field.type not in _UNSAID:
        yield said(field, value)
