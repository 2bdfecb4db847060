"""Functions over many: over the rows of an entry, over the entries of a mechanism."""

from __future__ import annotations

import ast
from typing import Literal

from luoshi.core.errors import Phrase
from luoshi.core.expression.arguments import Arguments, ReadCall, Reader, one_of
from luoshi.core.expression.errors import Problem
from luoshi.core.expression.fitting import joined
from luoshi.core.expression.kinds import Choices, Date, Files, Kind, Money, Number, Plain, Rows, Truth, said
from luoshi.core.expression.names import Place
from luoshi.core.expression.nodes import Call, Node, OverOthers, OverRows


def over_others(name: Literal["exists", "entries"]) -> ReadCall:
    """Whether there are entries of a mechanism for which a condition holds, or how many."""

    def read(reader: Reader, arguments: Arguments, place: Place) -> Node:
        others = place.entry.others
        mechanism = reader.key(arguments[0], Phrase("系统", "mechanism"), others)
        inner = place.among(others[mechanism])
        condition = one_of(reader, arguments[1], inner, (Truth,))
        kind = Truth() if name == "exists" else Number()
        return OverOthers(name, mechanism, condition, kind, own=mechanism == place.entry.key)

    return read


def over_rows(name: Literal["count", "any", "all"]) -> ReadCall:
    """How many rows, whether any, whether all."""

    def read(reader: Reader, arguments: Arguments, place: Place) -> Node:
        listed = (Rows, Files, Choices) if name == "count" and len(arguments) == 1 else (Rows,)
        rows = one_of(reader, arguments[0], place, listed)
        condition = _condition(reader, arguments[1:], place, rows)
        return OverRows(name, rows, "", condition, Number() if name == "count" else Truth())

    return read


def _condition(reader: Reader, arguments: Arguments, place: Place, rows: Node) -> Node | None:
    """The condition over a row, where there is one."""
    if not arguments or not isinstance(rows.kind, Rows):
        return None
    return one_of(reader, arguments[0], place.in_row(rows.kind.columns), (Truth,))


def folded(name: Literal["sum", "min", "max"]) -> ReadCall:
    """The sum, the least or the largest of a column."""

    def read(reader: Reader, arguments: Arguments, place: Place) -> Node:
        column = _column(reader, arguments[0], place)
        if column is None:
            return _extreme(name, reader, arguments, place)
        rows, key, kind = column
        allowed = (Number, Money) if name == "sum" else (Number, Money, Date)
        if not isinstance(kind, allowed):
            raise reader.fail(
                arguments[0],
                Problem(f"{name} 不能用于{said(kind).zh}。", f"{name} cannot be taken of {said(kind).en}."),
            )
        return OverRows(name, rows, key, _condition(reader, arguments[1:], place, rows), kind)

    return read


def _column(reader: Reader, argument: ast.expr, place: Place) -> tuple[Node, str, Kind] | None:
    """The rows and the column that `rows.column` names; None for anything else."""
    if not isinstance(argument, ast.Attribute):
        return None
    if isinstance(argument.value, ast.Name) and argument.value.id in ("entry", "this"):
        return None
    if isinstance(argument.value, ast.Call):
        return None
    rows = reader.node(argument.value, place)
    if not isinstance(rows.kind, Rows):
        return None
    key = place.key_of(argument.attr, rows.kind.columns)
    return rows, key, rows.kind.columns[key]


def _extreme(name: str, reader: Reader, arguments: Arguments, place: Place) -> Node:
    """The smallest or largest of some values."""
    if name == "sum" or len(arguments) < 2:
        usage = "sum(rows.column)" if name == "sum" else f"{name}(rows.column) / {name}(a, b)"
        raise Problem(f"请写成 {usage}。", f"write it like {usage}.")
    nodes = tuple(one_of(reader, one, place, (Number, Plain, Money, Date)) for one in arguments)
    first = nodes[0]
    for other in nodes[1:]:
        first = Call(name, (first, other), joined(first, other))
    return first
