"""The canonical text of an expression: what is the same is written the same."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from luoshi.core.expression.kinds import written
from luoshi.core.expression.nodes import (
    Absent,
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

_OR, _AND, _NOT, _COMPARISON, _SUM, _PRODUCT, _SIGN, _ATOM = range(8)
"""How tightly each way of writing binds."""


def unparse(expression: Expression) -> str:
    """The canonical text; reading it gives the same expression.

    Example:
        >>> from luoshi.core.expression.kinds import Number, Scheme
        >>> from luoshi.core.expression.parsing import parse
        >>> unparse(parse("(a)+( 1*b ) >2", Scheme("sample", {"a": Number(), "b": Number()})))
        'a + 1 * b > 2'
    """
    return _write(expression.node, _OR, in_row=False)


def _write(node: Node, binding: int, *, in_row: bool) -> str:
    text, own = _plain(node, in_row)
    return text if own >= binding else f"({text})"


def _plain(node: Node, in_row: bool) -> tuple[str, int]:
    """The text of a node, and how tightly it binds."""

    def inner(part: Node, binding: int = _OR) -> str:
        return _write(part, binding, in_row=in_row)

    match node:
        case Both(parts):
            return " and ".join(inner(part, _NOT) for part in parts), _AND
        case Either(parts):
            return " or ".join(inner(part, _AND) for part in parts), _OR
        case Not(part):
            return f"not {inner(part, _NOT)}", _NOT
        case Comparison(operator, left, right):
            return f"{inner(left, _SUM)} {operator} {inner(right, _SUM)}", _COMPARISON
        case Among(value, listed):
            options = ", ".join(map(inner, listed)) + ("," if len(listed) == 1 else "")
            return f"{inner(value, _SUM)} in ({options})", _COMPARISON
        case Inside(value, option, _, True):
            return f"{_quoted(option)} in {inner(value, _SUM)}", _COMPARISON
        case Arithmetic(operator, left, right):
            own = _SUM if operator in "+-" else _PRODUCT
            return f"{inner(left, own)} {operator} {inner(right, own + 1)}", own
        case Negative(part):
            return f"-{inner(part, _SIGN)}", _SIGN
        case Constant(value):
            text = _constant(value)
            return text, _SIGN if text.startswith("-") else _ATOM
        case _:
            return _named(node, in_row), _ATOM


def _named(node: Node, in_row: bool) -> str:
    match node:
        case Field(key, _, whose):
            before = {"row": "", "entry": "entry." if in_row else "", "this": "this."}[whose]
            return before + written(key)
        case Own(name, _, whose):
            return f"this.{name}" if whose == "this" and name != "this" else name
        case Given(name):
            return name
        case Through(link, what):
            attribute = written(what.key) if isinstance(what, Field) else what.name
            return f"linked({_write(link, _OR, in_row=in_row)}).{attribute}"
        case Inside(value, option):
            return f"inside({_write(value, _OR, in_row=in_row)}, {_quoted(option)})"
        case Call(function, arguments):
            return f"{function}({', '.join(_write(one, _OR, in_row=in_row) for one in arguments)})"
        case Taken(function, key) | Limited(function, key):
            return f"{function}({_quoted(key)})"
        case OverRows(function, rows, column, condition):
            over = _write(rows, _ATOM, in_row=in_row) + (f".{written(column)}" if column else "")
            tail = "" if condition is None else f", {_write(condition, _OR, in_row=True)}"
            return f"{function}({over}{tail})"
        case OverOthers(function, mechanism, condition):
            return f"{function}({_quoted(mechanism)}, {_write(condition, _OR, in_row=False)})"
        case _:
            raise AssertionError(f"not written here: {node}")


def _constant(value: Decimal | str | date | bool | Absent) -> str:
    match value:
        case Absent():
            return value.value
        case bool():
            return "yes" if value else "no"
        case Decimal():
            return format(value, "f")
        case date():
            return f"date({_quoted(value.isoformat())})"
        case _:
            return _quoted(value)


def _quoted(words: str) -> str:
    """Words in quotation marks; words with both marks are refused when they are read."""
    mark = "'" if '"' in words else '"'
    return f"{mark}{words}{mark}"
