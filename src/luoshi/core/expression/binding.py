"""A condition about other entries with the values of the entry that asks written into it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from luoshi.core.expression.nodes import (
    MISSING,
    Absent,
    Arithmetic,
    Both,
    Call,
    Comparison,
    Constant,
    Either,
    Field,
    Inside,
    Negative,
    Node,
    Not,
    Own,
)
from luoshi.core.expression.values import Reference, Value

Read = Callable[[Field | Own], Value]


def bound(node: Node, read: Read) -> Node:
    """The node with constants in the place of what is read from the entry that asks.

    Parts that look into rows or at still other entries are left alone: who narrows by them leaves them out.
    """
    match node:
        case Field() | Own() if node.whose == "this":
            return Constant(_plain(read(node)), node.kind)
        case Both(parts) | Either(parts):
            return replace(node, parts=tuple(bound(part, read) for part in parts))
        case Not(part) | Negative(part):
            return replace(node, part=bound(part, read))
        case Comparison(_, left, right) | Arithmetic(_, left, right):
            return replace(node, left=bound(left, read), right=bound(right, read))
        case Inside(value):
            return replace(node, value=bound(value, read))
        case Call(_, arguments):
            return replace(node, arguments=tuple(bound(one, read) for one in arguments))
        case _:
            return node


def _plain(value: Value) -> Decimal | str | date | bool | Absent:
    """A value that can be written; a reference is written as its key."""
    if isinstance(value, Reference):
        return value.key or MISSING
    return value if isinstance(value, Decimal | str | date | bool | Absent) else MISSING
