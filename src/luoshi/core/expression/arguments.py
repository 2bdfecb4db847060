"""What the arguments of functions have in common: who reads them, and which kinds they may have."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from luoshi.core.errors import Phrase
from luoshi.core.expression.errors import Problem
from luoshi.core.expression.kinds import (
    Body,
    Choice,
    Choices,
    Date,
    Files,
    Kind,
    Link,
    Money,
    Number,
    Period,
    Person,
    Plain,
    Rows,
    Text,
    Truth,
    said,
)
from luoshi.core.expression.names import Place
from luoshi.core.expression.nodes import Node


class Reader(Protocol):
    """What reads the arguments."""

    def node(self, syntax: ast.expr, place: Place) -> Node:
        """An argument that is an expression."""

    def key(self, syntax: ast.expr, what: Phrase, allowed: Iterable[str]) -> str:
        """An argument that is a quoted key."""

    def fail(self, syntax: ast.expr, problem: Problem) -> Exception:
        """The error at an argument."""


Arguments = Sequence[ast.expr]


@dataclass(frozen=True, slots=True)
class Function:
    """How a function is written, how many arguments it takes, and what reads them."""

    usage: str
    least: int
    most: int
    read: Callable[[Reader, Arguments, Place], Node]


ReadCall = Callable[[Reader, Arguments, Place], Node]
"""What makes a node of a call."""

_SHOWN: dict[type, Kind] = {
    Date: Date(),
    Period: Period(),
    Text: Text(),
    Truth: Truth(),
    Number: Number(),
    Money: Money(),
    Choice: Choice({}),
    Choices: Choices({}),
    Files: Files(),
    Rows: Rows({}),
    Body: Body(),
    Person: Person(),
    Link: Link(""),
}
NUMERIC = (Number, Plain)
"""What a plain number may be."""


def one_of(reader: Reader, argument: ast.expr, place: Place, allowed: tuple[type, ...]) -> Node:
    """An argument whose kind is one of those that are allowed; it is told at the argument when it is not."""
    node = reader.node(argument, place)
    if not isinstance(node.kind, allowed):
        wanted = [said(_SHOWN[kind]) for kind in allowed if kind in _SHOWN]
        raise reader.fail(
            argument,
            Problem(
                f"此处应为{'或'.join(one.zh for one in wanted)},而不是{said(node.kind).zh}。",
                f"this has to be {' or '.join(one.en for one in wanted)}, not {said(node.kind).en}.",
            ),
        )
    return node
