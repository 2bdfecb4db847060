"""What a name stands for at its place: a word, the occasion, an own value of the entry, a field, a column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from luoshi.core.errors import Phrase
from luoshi.core.expression.errors import Problem, unknown
from luoshi.core.expression.kinds import (
    OCCASION,
    OWN,
    Body,
    Date,
    Kind,
    Link,
    Nothing,
    Person,
    Scheme,
    State,
    Truth,
    written,
)
from luoshi.core.expression.nodes import MISSING, UNKNOWN, Constant, Field, Given, Node, Own

FIELD = Phrase("字段", "field")

_WORDS: dict[str, Constant] = {
    "yes": Constant(True, Truth()),
    "no": Constant(False, Truth()),
    "unknown": Constant(UNKNOWN, Truth()),
    "missing": Constant(MISSING, Nothing()),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where in an expression a name stands.

    Attributes:
        entry: the scheme of the entry at hand.
        row: the columns of the row at hand; None outside conditions over rows.
        this: inside a condition over other entries: the scheme of the entry that asks.
    """

    entry: Scheme
    row: Mapping[str, Kind] | None = None
    this: Scheme | None = None

    def in_row(self, columns: Mapping[str, Kind]) -> Place:
        """The place of a condition over rows.

        Raises:
            Problem: there is already a condition over rows around it.
        """
        if self.row is not None:
            raise Problem(
                "对明细的条件里不能再有对明细的条件。", "a condition over rows cannot hold another one."
            )
        return replace(self, row=columns)

    def among(self, scheme: Scheme) -> Place:
        """The place of a condition over other entries.

        Raises:
            Problem: there is already such a condition, or one over rows, around it.
        """
        if self.row is not None or self.this is not None:
            raise Problem(
                "exists 和 entries 不能写在另一个条件里。",
                "exists and entries cannot stand in another condition.",
            )
        return Place(scheme, this=self.entry)

    def name(self, name: str) -> Node:
        """What a bare name stands for.

        Raises:
            Problem: nothing.
        """
        if name in _WORDS:
            return _WORDS[name]
        match name:
            case "today":
                return Given(name, Date())
            case "actor":
                return Given(name, Person())
            case "actor_body":
                return Given(name, Body())
            case "this":
                asking = self.this or self.entry
                return Own("this", Link(asking.key), "entry" if self.this is None else "this")
            case "entry":
                raise Problem("请写 entry.字段。", "write entry.field.")
        if name in OWN:
            return own(name, self.entry, "entry")
        if self.row is not None:
            return self._column(name, self.row)
        key = self.key_of(name, self.entry.fields)
        return Field(key, self.entry.fields[key])

    def member(self, of: Literal["entry", "this"], name: str) -> Node:
        """What `entry.name` or `this.name` stands for."""
        if of == "this" and self.this is not None:
            return member(self.this, name, "this")
        return member(self.entry, name, "entry")

    def _column(self, name: str, row: Mapping[str, Kind]) -> Node:
        keys = {written(key) for key in row}
        if name not in keys and name in {written(key) for key in self.entry.fields}:
            raise Problem(
                f"“{name}”不是明细的列;条目的字段请写 entry.{name}。",
                f"“{name}” is no column of the rows; for the field of the entry write entry.{name}.",
            )
        key = self.key_of(name, row)
        return Field(key, row[key], "row")

    def key_of(self, name: str, fields: Mapping[str, Kind]) -> str:
        """The key of a field or column that is written with underscores.

        Raises:
            Problem: there is none.
        """
        keys = {written(key): key for key in fields}
        if name not in keys:
            words = (*keys, *OWN, *OCCASION) if fields is self.entry.fields else tuple(keys)
            raise unknown(FIELD, name, words)
        return keys[name]


def member(scheme: Scheme, name: str, whose: Literal["entry", "this"]) -> Field | Own:
    """A field or own value of an entry.

    Raises:
        Problem: there is none of this name.
    """
    if name in OWN:
        return own(name, scheme, whose)
    keys = {written(key): key for key in scheme.fields}
    if name not in keys:
        raise unknown(FIELD, name, (*keys, *OWN))
    return Field(keys[name], scheme.fields[keys[name]], whose)


def own(name: str, scheme: Scheme, whose: Literal["entry", "this"]) -> Own:
    """What an entry has besides fields."""
    match name:
        case "state":
            return Own(name, State(scheme.states), whose)
        case "begun":
            return Own(name, Date(), whose)
        case "owner" | "holder":
            return Own(name, Body(), whose)
        case _:
            raise AssertionError(f"nothing that an entry has: {name}")
