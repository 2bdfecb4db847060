"""The named functions of expressions: what each takes and what comes out. There are no others."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from datetime import date
from typing import Literal

from luoshi.core.errors import Phrase
from luoshi.core.expression.aggregates import folded, over_others, over_rows
from luoshi.core.expression.arguments import NUMERIC, Arguments, Function, ReadCall, Reader, one_of
from luoshi.core.expression.errors import Problem, unknown
from luoshi.core.expression.fitting import check_option, joined
from luoshi.core.expression.kinds import (
    Body,
    Choice,
    Choices,
    Date,
    Kind,
    Link,
    Number,
    Period,
    Person,
    Text,
    Truth,
)
from luoshi.core.expression.names import Place
from luoshi.core.expression.nodes import Call, Constant, Inside, Limited, Node, Taken

UNITS = ("day", "working_day", "month", "year")
"""What `after` counts in."""


def read_call(reader: Reader, syntax: ast.Call, place: Place) -> Node:
    """The node of a call.

    Raises:
        Problem: there is no such function, or it is called otherwise.
    """
    if not isinstance(syntax.func, ast.Name):
        raise Problem("只能调用规定的函数。", "only named functions can be called.")
    name = syntax.func.id
    if name not in FUNCTIONS:
        raise unknown(Phrase("函数", "function"), name, (*FUNCTIONS, "date", "linked"))
    function = FUNCTIONS[name]
    plain = not syntax.keywords and not any(isinstance(one, ast.Starred) for one in syntax.args)
    if not plain or not function.least <= len(syntax.args) <= function.most:
        raise Problem(f"请写成 {function.usage}。", f"write it like {function.usage}.")
    return function.read(reader, syntax.args, place)


def read_day(arguments: Arguments) -> Constant:
    """A day that is written out: `date("2025-12-31")`.

    Raises:
        Problem: it is no day.
    """
    if len(arguments) == 1 and isinstance(arguments[0], ast.Constant):
        said_day = arguments[0].value
        try:
            if isinstance(said_day, str) and len(said_day) == 10:
                return Constant(date.fromisoformat(said_day), Date())
        except ValueError:
            pass
    raise Problem('日期请写成 date("2025-12-31")。', 'write a day like date("2025-12-31").')


def _values(name: str, kinds: Sequence[tuple[type, ...]], result: Kind) -> ReadCall:
    """A function whose arguments have to be of certain kinds."""

    def read(reader: Reader, arguments: Arguments, place: Place) -> Node:
        nodes = tuple(
            one_of(reader, one, place, allowed) for one, allowed in zip(arguments, kinds, strict=True)
        )
        return Call(name, nodes, result)

    return read


def _about(name: Literal["is_missing", "given"]) -> ReadCall:
    def read(reader: Reader, arguments: Arguments, place: Place) -> Node:
        return Call(name, (reader.node(arguments[0], place),), Truth())

    return read


def _after(reader: Reader, arguments: Arguments, place: Place) -> Node:
    start = one_of(reader, arguments[0], place, (Date,))
    amount = one_of(reader, arguments[1], place, NUMERIC)
    unit = reader.key(arguments[2], Phrase("单位", "unit"), UNITS)
    return Call("after", (start, amount, Constant(unit, Text())), Date())


def _same(reader: Reader, arguments: Arguments, place: Place) -> Node:
    nodes = tuple(one_of(reader, one, place, (Person, Body, Link)) for one in arguments)
    joined(nodes[0], nodes[1])
    return Call("same", nodes, Truth())


def _if_else(reader: Reader, arguments: Arguments, place: Place) -> Node:
    condition = one_of(reader, arguments[0], place, (Truth,))
    first, second = (reader.node(one, place) for one in arguments[1:])
    return Call("if_else", (condition, first, second), joined(first, second))


def _inside(reader: Reader, arguments: Arguments, place: Place) -> Node:
    value = one_of(reader, arguments[0], place, (Choice,))
    assert isinstance(value.kind, Choice)  # noqa: S101 (asked for in the line above)
    option = reader.key(arguments[1], Phrase("选项", "option"), value.kind.options)
    return Inside(value, option, value.kind.inside(option))


def ticked(option: str, value: Node) -> Inside:
    """Whether one option itself is among several choices: `"x" in choices`."""
    assert isinstance(value.kind, Choices)  # noqa: S101 (the caller has looked)
    check_option(option, value.kind)
    return Inside(value, option, frozenset({option}), exactly=True)


def _taken(
    name: Literal["taken", "times", "first_time", "last_time"],
) -> ReadCall:
    kinds: dict[str, Kind] = {"taken": Truth(), "times": Number("次")}
    kind = kinds.get(name, Date())

    def read(reader: Reader, arguments: Arguments, place: Place) -> Node:
        return Taken(
            name, reader.key(arguments[0], Phrase("步骤", "transition"), place.entry.transitions), kind
        )

    return read


def _limited(name: Literal["within", "overdue", "running"]) -> ReadCall:
    def read(reader: Reader, arguments: Arguments, place: Place) -> Node:
        return Limited(name, reader.key(arguments[0], Phrase("时限", "limit"), place.entry.limits))

    return read


FUNCTIONS: dict[str, Function] = {
    "days": Function("days(from, to)", 2, 2, _values("days", ((Date,), (Date,)), Number("日"))),
    "working_days": Function(
        "working_days(from, to)", 2, 2, _values("working_days", ((Date,), (Date,)), Number("工作日"))
    ),
    "after": Function('after(day, number, "day")', 3, 3, _after),
    "year": Function("year(day)", 1, 1, _values("year", ((Date, Period),), Number("年"))),
    "quarter": Function("quarter(day)", 1, 1, _values("quarter", ((Date,),), Number())),
    "first_day": Function("first_day(period)", 1, 1, _values("first_day", ((Period,),), Date())),
    "last_day": Function("last_day(period)", 1, 1, _values("last_day", ((Period,),), Date())),
    "length": Function("length(text)", 1, 1, _values("length", ((Text,),), Number("字"))),
    "is_missing": Function("is_missing(value)", 1, 1, _about("is_missing")),
    "given": Function("given(value)", 1, 1, _about("given")),
    "is_unknown": Function("is_unknown(yes_or_no)", 1, 1, _values("is_unknown", ((Truth,),), Truth())),
    "same": Function("same(a, b)", 2, 2, _same),
    "if_else": Function("if_else(condition, then, otherwise)", 3, 3, _if_else),
    "inside": Function('inside(choice, "option")', 2, 2, _inside),
    "count": Function("count(rows) / count(rows, condition)", 1, 2, over_rows("count")),
    "any": Function("any(rows, condition)", 2, 2, over_rows("any")),
    "all": Function("all(rows, condition)", 2, 2, over_rows("all")),
    "sum": Function("sum(rows.column) / sum(rows.column, condition)", 1, 2, folded("sum")),
    "min": Function("min(rows.column) / min(a, b)", 1, 6, folded("min")),
    "max": Function("max(rows.column) / max(a, b)", 1, 6, folded("max")),
    "taken": Function('taken("transition")', 1, 1, _taken("taken")),
    "times": Function('times("transition")', 1, 1, _taken("times")),
    "first_time": Function('first_time("transition")', 1, 1, _taken("first_time")),
    "last_time": Function('last_time("transition")', 1, 1, _taken("last_time")),
    "within": Function('within("limit")', 1, 1, _limited("within")),
    "overdue": Function('overdue("limit")', 1, 1, _limited("overdue")),
    "running": Function('running("limit")', 1, 1, _limited("running")),
    "exists": Function('exists("mechanism", condition)', 2, 2, over_others("exists")),
    "entries": Function('entries("mechanism", condition)', 2, 2, over_others("entries")),
}
"""Every function, by name; `date` and `linked` are part of the grammar."""
