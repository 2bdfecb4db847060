"""What expressions know about the fields of a declaration."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from luoshi.core.expression.kinds import (
    Body,
    Choice,
    Choices,
    Code,
    Date,
    Files,
    Kind,
    Link,
    Money,
    Number,
    Period,
    Person,
    Place,
    Rows,
    Text,
    Truth,
)
from luoshi.core.register.fields import Field, FieldType, Option

_PLAIN: dict[FieldType, Kind] = {
    FieldType.TEXT: Text(),
    FieldType.LONG_TEXT: Text(),
    FieldType.MONEY: Money(),
    FieldType.DATE: Date(),
    FieldType.PERIOD: Period(),
    FieldType.YES_NO: Truth(),
    FieldType.BODY: Body(),
    FieldType.PERSON: Person(),
    FieldType.PLACE: Place(),
    FieldType.CREDIT_CODE: Code(),
    FieldType.DOCUMENT_NUMBER: Code(),
    FieldType.FILE: Files(),
    FieldType.FILES: Files(),
}


def kind_of(field: Field) -> Kind:
    """The kind of a field that is not computed."""
    match field.type:
        case FieldType.NUMBER:
            return Number(field.unit)
        case FieldType.CHOICE:
            return Choice(_parents(field.options, None))
        case FieldType.CHOICES:
            return Choices(_parents(field.options, None))
        case FieldType.LINK:
            return Link(field.to)
        case FieldType.ROWS:
            return Rows({column.key: kind_of(column) for column in field.columns})
        case _:
            return _PLAIN[field.type]


def _parents(options: Iterable[Option], parent: str | None) -> Mapping[str, str | None]:
    found: dict[str, str | None] = {}
    for option in options:
        found[option.key] = parent
        found.update(_parents(option.options, option.key))
    return found
