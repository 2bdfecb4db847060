"""The words of an entry that anybody who sees it may search by: nothing that is personal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

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
"""The name of a body by its key; empty for none."""


def name_of(key: str) -> str:
    """The name of a body."""
    rows = Body.objects.filter(pk=key) if key.isdigit() else Body.objects.none()
    return rows.values_list("name", flat=True).first() or ""


def wording_of(row: Entry, register: Register, names: Names = name_of) -> Wording:
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
