"""What an entry is called: the pattern of its declaration with the values that it holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from luoshi.apps.organization.models import Body
from luoshi.apps.register import models
from luoshi.apps.register.declared import catalogue
from luoshi.core.mechanism.check import named_in
from luoshi.core.register.declaration import Register
from luoshi.core.register.entry import Entry
from luoshi.core.register.fields import Field, FieldType
from luoshi.core.register.person import Person
from luoshi.core.register.values import Value

MOST = 300


def title_of(
    row: models.Entry, register: Register, entry: Entry, names: Mapping[str, str] | None = None
) -> str:
    """The title of an entry, cut to what a list has room for; the name of the mechanism where it is empty.

    Args:
        names: of bodies by key, where they were looked up for many entries at once.
    """
    mechanism = catalogue().version(row.mechanism, row.version)
    pattern = mechanism.views.title
    for key in named_in(pattern):
        pattern = pattern.replace(f"{{{key}}}", said(register.field[key], entry.values.get(key), names))
    return " ".join(pattern.split())[:MOST] or mechanism.name.zh


def said(field: Field, value: Value | None, names: Mapping[str, str] | None = None) -> str:
    """A value in Chinese words, for titles and for search; personal values are masked."""
    if value is None:
        return ""
    if isinstance(value, Person):
        return value.masked
    if field.type in (FieldType.CHOICE, FieldType.CHOICES):
        keys = value if isinstance(value, tuple) else (value,)
        return "、".join(one.label.zh for one in field.offered() if one.key in keys)
    if field.type is FieldType.YES_NO:
        return {"yes": "是", "no": "否", "unknown": "不详"}.get(str(value), "")
    if field.type is FieldType.BODY:
        if names is not None:
            return names.get(str(value), "")
        found = Body.objects.filter(pk=int(str(value))).values_list("name", flat=True).first()
        return found or ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}{field.unit}"
    if isinstance(value, date):
        return value.isoformat()
    return "" if isinstance(value, tuple) else str(value)
