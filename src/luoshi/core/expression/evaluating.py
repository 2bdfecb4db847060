"""The value of an expression over an entry, in memory: what expressions mean. A database has to agree.

Total: a checked expression has a value over every entry, whatever it holds, and nothing is raised.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from luoshi.core.expression import logic
from luoshi.core.expression.kinds import Date
from luoshi.core.expression.nodes import (
    MISSING,
    Among,
    Arithmetic,
    Both,
    Call,
    Comparison,
    Constant,
    Either,
    Expression,
    Field,
    Given,
    Inside,
    Limited,
    Negative,
    Node,
    Not,
    OverOthers,
    OverRows,
    Own,
    Taken,
    Through,
)
from luoshi.core.expression.reckoning import CALLS
from luoshi.core.expression.values import Entry, Occasion, Reference, Row, Value, fitted


def evaluate(expression: Expression, entry: Entry, occasion: Occasion, this: Entry | None = None) -> Value:
    """The value: of the expression's kind, or missing, or for a truth also unknown.

    Args:
        expression: checked against the scheme of the entry.
        entry: what it is about.
        occasion: the day, the calendar, and who acts.
        this: the entry that asks, where the expression was read for one.
    """
    return _value(expression.node, _Scope(entry, occasion, this=this))


def holds(expression: Expression, entry: Entry, occasion: Occasion, this: Entry | None = None) -> bool:
    """Whether the value is yes: neither no, nor missing, nor unknown."""
    return evaluate(expression, entry, occasion, this) is True


@dataclass(frozen=True, slots=True)
class _Scope:
    """What names stand for."""

    entry: Entry
    occasion: Occasion
    row: Row | None = None
    this: Entry | None = None


def _value(node: Node, scope: _Scope) -> Value:
    match node:
        case Constant(value):
            return value
        case Field() | Own():
            return _read(node, scope)
        case Given(name):
            return fitted(getattr(scope.occasion, name), node.kind)
        case Through(link, what, mechanism):
            return _through(_value(link, scope), what, mechanism, scope)
        case Both(parts):
            return logic.both(_value(part, scope) for part in parts)
        case Either(parts):
            return logic.either(_value(part, scope) for part in parts)
        case Not(part):
            return logic.negated(_value(part, scope))
        case Comparison(sign, left, right):
            return logic.compared(sign, _value(left, scope), _value(right, scope))
        case Arithmetic(sign, left, right):
            return logic.reckoned(sign, _value(left, scope), _value(right, scope))
        case Negative(part):
            return logic.reckoned("-", Decimal(0), _value(part, scope))
        case Among(value, listed):
            found = _value(value, scope)
            return logic.either(logic.compared("==", found, option.value) for option in listed)
        case _:
            return _function(node, scope)


def _function(node: Node, scope: _Scope) -> Value:
    match node:
        case Inside(value, _, keys):
            return _inside(_value(value, scope), keys)
        case Call("if_else", (condition, first, second)):
            decided = _value(condition, scope)
            if not isinstance(decided, bool):
                return MISSING
            return _value(first if decided else second, scope)
        case Call(function, arguments):
            return CALLS[function](scope.occasion, *(_value(one, scope) for one in arguments))
        case Taken(function, transition):
            return _taken(function, transition, scope.entry)
        case Limited(function, limit):
            return _limited(function, limit, scope)
        case OverRows():
            return _over_rows(node, scope)
        case OverOthers():
            return _over_others(node, scope)
        case _:
            raise AssertionError(f"no value is known for {node}")


def _read(node: Field | Own, scope: _Scope) -> Value:
    """A value of the row, of the entry at hand, or of the entry that asks."""
    if isinstance(node, Field) and node.whose == "row":
        return fitted((scope.row or {}).get(node.key), node.kind)
    entry = scope.this if node.whose == "this" and scope.this is not None else scope.entry
    return _read_of(node, entry)


def _read_of(node: Field | Own, entry: Entry) -> Value:
    if isinstance(node, Field):
        return fitted(entry.value(node.key), node.kind)
    return fitted(entry.reference if node.name == "this" else getattr(entry, node.name), node.kind)


def _through(link: Value, what: Field | Own, mechanism: str, scope: _Scope) -> Value:
    other = scope.entry.linked(mechanism, link) if isinstance(link, Reference) else None
    return MISSING if other is None else _read_of(what, other)


def _inside(value: Value, keys: frozenset[str]) -> Value:
    if isinstance(value, tuple):
        return any(one in keys for one in value)
    return value in keys if isinstance(value, str) else MISSING


def _taken(function: str, transition: str, entry: Entry) -> Value:
    days = [day for day in entry.days_of(transition) if fitted(day, Date()) is not MISSING]
    if function == "taken":
        return bool(days)
    if function == "times":
        return Decimal(len(days))
    if not days:
        return MISSING
    return min(days) if function == "first_time" else max(days)


def _limited(function: str, limit: str, scope: _Scope) -> Value:
    clock = scope.entry.clock(limit)
    if function == "running":
        return clock is not None and clock.stopped is None
    if clock is None:
        return MISSING
    in_time = clock.due is None or (clock.stopped or scope.occasion.today) <= clock.due
    return in_time if function == "within" else not in_time


def _over_others(node: OverOthers, scope: _Scope) -> Value:
    asked = (
        _value(node.condition, _Scope(other, scope.occasion, this=scope.entry))
        for other in scope.entry.others(node.mechanism, node.condition)
        if not (node.own and other.reference.key and other.reference.key == scope.entry.reference.key)
    )
    return logic.either(asked) if node.function == "exists" else Decimal(sum(one is True for one in asked))


def _over_rows(node: OverRows, scope: _Scope) -> Value:
    rows = _value(node.rows, scope)
    if not isinstance(rows, tuple):
        return MISSING
    if node.function in ("any", "all"):
        fold = logic.either if node.function == "any" else logic.both
        return fold(_asked(node.condition, row, scope) for row in rows)
    kept = [row for row in rows if node.condition is None or _asked(node.condition, row, scope) is True]
    if node.function == "count":
        return Decimal(len(kept))
    values = _column(node, kept)
    return logic.summed(values) if node.function == "sum" else logic.extreme(node.function, values)


def _asked(condition: Node | None, row: object, scope: _Scope) -> Value:
    if condition is None or not isinstance(row, Mapping):
        return MISSING
    return _value(condition, replace(scope, row=row))


def _column(node: OverRows, rows: list[object]) -> Iterator[Value]:
    return (fitted(row.get(node.column), node.kind) for row in rows if isinstance(row, Mapping))
