"""The nodes of a checked expression: few, frozen, each with its kind, for every evaluator alike.

Two nodes are equal when they say the same; their kinds follow from the scheme and are not compared.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Literal

from luoshi.core.expression.kinds import Kind, Number, Plain, Text, Truth, Words


class Absent(Enum):
    """Not a value: nothing was said, or somebody said that they do not know."""

    MISSING = "missing"
    UNKNOWN = "unknown"


MISSING, UNKNOWN = Absent.MISSING, Absent.UNKNOWN

Whose = Literal["entry", "row", "this"]
"""Of the entry at hand, of the row at hand, or of the entry that asks about others."""


@dataclass(frozen=True, slots=True)
class Constant:
    """A value written in the expression: a number, words, a day, yes, no, unknown or missing."""

    value: Decimal | str | date | bool | Absent
    kind: Kind


@dataclass(frozen=True, slots=True)
class Field:
    """The value of a field or of a column."""

    key: str
    kind: Kind = field(compare=False, repr=False)
    whose: Whose = "entry"


@dataclass(frozen=True, slots=True)
class Own:
    """What an entry has besides fields (`state`, `begun`, `owner`, `holder`), or itself (`this`)."""

    name: Literal["state", "begun", "owner", "holder", "this"]
    kind: Kind = field(compare=False, repr=False)
    whose: Literal["entry", "this"] = "entry"


@dataclass(frozen=True, slots=True)
class Given:
    """What the occasion brings: `today`, `actor`, `actor_body`."""

    name: Literal["today", "actor", "actor_body"]
    kind: Kind = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Through:
    """A field or an own value of the entry that a link names."""

    link: Node
    what: Field | Own
    mechanism: str

    @property
    def kind(self) -> Kind:
        """The kind of what is read there."""
        return self.what.kind


@dataclass(frozen=True, slots=True)
class Both:
    """All of at least two parts hold."""

    parts: tuple[Node, ...]
    kind: Kind = field(default=Truth(), init=False, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Either:
    """One of at least two parts holds."""

    parts: tuple[Node, ...]
    kind: Kind = field(default=Truth(), init=False, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Not:
    """A part does not hold."""

    part: Node
    kind: Kind = field(default=Truth(), init=False, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two values beside each other."""

    operator: Literal["==", "!=", "<", "<=", ">", ">="]
    left: Node
    right: Node
    kind: Kind = field(default=Truth(), init=False, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Among:
    """A value is one of those that are listed."""

    value: Node
    listed: tuple[Constant, ...]
    kind: Kind = field(default=Truth(), init=False, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Inside:
    """A choice is an option or lies in it; of several choices, one does.

    Attributes:
        keys: the option and all that lie in it.
        exactly: whether the option was asked for itself (`"x" in choices`).
    """

    value: Node
    option: str
    keys: frozenset[str] = field(compare=False, repr=False)
    exactly: bool = False
    kind: Kind = field(default=Truth(), init=False, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """Two numbers, or amounts, and what is made of them."""

    operator: Literal["+", "-", "*", "/"]
    left: Node
    right: Node
    kind: Kind = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Negative:
    """A number or amount with the other sign."""

    part: Node
    kind: Kind = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Call:
    """A named function of values: `days`, `year`, `is_missing`, `same`, `if_else` …"""

    function: str
    arguments: tuple[Node, ...]
    kind: Kind = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Taken:
    """Whether, how often and when a step was taken: `taken`, `times`, `first_time`, `last_time`."""

    function: Literal["taken", "times", "first_time", "last_time"]
    transition: str
    kind: Kind = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Limited:
    """How a limit stands: `within`, `overdue`, `running`."""

    function: Literal["within", "overdue", "running"]
    limit: str
    kind: Kind = field(default=Truth(), init=False, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class OverRows:
    """One value out of the rows for which a condition holds: `count`, `sum`, `min`, `max`, `any`, `all`.

    Attributes:
        rows: rows, or for `count` also files or several choices.
        column: what `sum`, `min` and `max` look at; empty for the others.
        condition: sees the columns of a row; None for every row.
    """

    function: Literal["count", "sum", "min", "max", "any", "all"]
    rows: Node
    column: str
    condition: Node | None
    kind: Kind = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class OverOthers:
    """Whether there are other entries of a mechanism for which a condition holds, or how many.

    Attributes:
        own: whether it is the mechanism of the entry that asks; that entry itself never counts.
    """

    function: Literal["exists", "entries"]
    mechanism: str
    condition: Node
    kind: Kind = field(compare=False, repr=False)
    own: bool = field(default=False, compare=False)


Node = (
    Constant
    | Field
    | Own
    | Given
    | Through
    | Both
    | Either
    | Not
    | Comparison
    | Among
    | Inside
    | Arithmetic
    | Negative
    | Call
    | Taken
    | Limited
    | OverRows
    | OverOthers
)


@dataclass(frozen=True, slots=True)
class Expression:
    """A checked expression.

    Attributes:
        node: what it says.
        text: as it was written.
    """

    node: Node
    text: str = field(compare=False)

    @property
    def kind(self) -> Kind:
        """The kind of its value."""
        kind = self.node.kind
        return Number() if isinstance(kind, Plain) else Text() if isinstance(kind, Words) else kind


def children(node: Node) -> tuple[Node, ...]:
    """The nodes right below a node, in the order in which they are written."""
    match node:
        case Through(link):
            return (link,)
        case Both(parts) | Either(parts):
            return parts
        case Not(part) | Negative(part):
            return (part,)
        case Comparison(_, left, right) | Arithmetic(_, left, right):
            return (left, right)
        case Among(value, listed):
            return (value, *listed)
        case Inside(value):
            return (value,)
        case Call(_, arguments):
            return arguments
        case OverRows(_, rows, _, condition):
            return (rows,) if condition is None else (rows, condition)
        case OverOthers(_, _, condition):
            return (condition,)
        case _:
            return ()
