"""Values of an entry as JSON keeps them, and back, without losing a digit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from luoshi.core.register.fields import Field, FieldType
from luoshi.core.register.person import Person
from luoshi.core.register.values import Value

_TUPLES = (FieldType.CHOICES, FieldType.FILES)


def pack(values: Mapping[str, Value]) -> dict[str, object]:
    """Values as JSON holds them: numbers and days as text, persons as the parts that are given.

    Example:
        >>> pack({"amount": Decimal("1.50"), "met-on": date(2026, 3, 1), "who": Person("李明")})
        {'amount': '1.50', 'met-on': '2026-03-01', 'who': {'name': '李明'}}
    """
    return {key: _packed(value) for key, value in values.items()}


def unpack(fields: Mapping[str, Field], stored: Mapping[str, object]) -> dict[str, Value]:
    """What `pack` made, as values again. A field that the declaration no longer has is left out.

    Example:
        >>> from luoshi.core.errors import Phrase
        >>> amount = Field("amount", FieldType.MONEY, Phrase("金额", "Amount"))
        >>> unpack({"amount": amount}, {"amount": "1.50", "gone": "x"})
        {'amount': Decimal('1.50')}
    """
    return {key: _unpacked(fields[key], value) for key, value in stored.items() if key in fields}


def _packed(value: Value) -> object:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Person):
        parts = {"name": value.name, "phone": value.phone, "identity": value.identity}
        return {key: said for key, said in parts.items() if said}
    if isinstance(value, tuple):
        return [pack(one) if isinstance(one, Mapping) else one for one in value]
    return value


def _unpacked(field: Field, stored: object) -> Value:
    match stored:
        case list() if field.type is FieldType.ROWS:
            columns = {column.key: column for column in field.columns}
            return tuple(unpack(columns, row) for row in stored)
        case list() if field.type in _TUPLES:
            return tuple(str(one) for one in stored)
        case dict() if field.type is FieldType.PERSON:
            return Person(**{key: str(said) for key, said in stored.items()})
        case str() if field.type in (FieldType.NUMBER, FieldType.MONEY):
            return Decimal(stored)
        case str() if field.type is FieldType.DATE:
            return date.fromisoformat(stored)
        case str():
            return stored
    raise TypeError(f"no value of {field.key}: {stored!r}")
