"""From text to a checked expression. Everything that can be wrong with it is told here, and nowhere later."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from decimal import Decimal

from luoshi.core.errors import Phrase
from luoshi.core.expression.errors import ExpressionWrong, Problem, unknown
from luoshi.core.expression.fitting import check_words, compared, expected, numeric, reckoned
from luoshi.core.expression.functions import read_call, read_day, ticked
from luoshi.core.expression.kinds import Choices, Kind, Link, Nothing, Plain, Rows, Scheme, Truth, Words, said
from luoshi.core.expression.names import Place, member
from luoshi.core.expression.nodes import (
    Among,
    Arithmetic,
    Both,
    Comparison,
    Constant,
    Either,
    Expression,
    Negative,
    Node,
    Not,
    Through,
)
from luoshi.core.expression.syntax import ARITHMETIC, COMPARISONS, Syntax

MOST_LETTERS = 200
"""Letters of quoted words."""

# A number as people write it, never as programs do. Samples: 0, 30, 0.95
NUMBER = re.compile(r"\d{1,15}(?:\.\d{1,8})?", re.ASCII)


def parse(text: str, scheme: Scheme, kind: Kind | None = None, *, asking: Scheme | None = None) -> Expression:
    """The expression that a text says.

    Args:
        text: one expression.
        scheme: what it may name.
        kind: what its value has to be; None for anything.
        asking: the scheme of the entry that `this` names, where the expression is about another one.

    Raises:
        ExpressionWrong: it cannot be read, or does not fit the scheme or the kind.

    Example:
        >>> from luoshi.core.expression.kinds import Number, Scheme
        >>> cases = Scheme("cases", {"members-due": Number("人"), "present": Number("人")})
        >>> parse("present * 3 >= members_due * 2", cases, Truth()).kind
        Truth()
        >>> try:
        ...     parse("presnt > 2", cases)
        ... except ExpressionWrong as wrong:
        ...     print(wrong.message("en"))
        Expression “presnt > 2”, character 1: there is no field “presnt”; did you mean “present”?
    """
    reader = _Reader(Syntax(text))
    node = reader.node(reader.syntax.body, Place(scheme, this=asking))
    if kind is not None:
        try:
            expected(node, kind)
        except Problem as problem:
            raise reader.syntax.wrong(problem) from None
    if isinstance(node.kind, Rows):
        raise reader.syntax.wrong(
            Problem(
                "明细不是一个值;请用 count、sum、any。", "rows are no single value; use count, sum or any."
            )
        )
    return Expression(node, text)


class _Reader:
    """Reads the nodes of one expression; errors are told at the innermost node that is wrong."""

    def __init__(self, syntax: Syntax) -> None:
        self.syntax = syntax

    def fail(self, syntax: ast.expr, problem: Problem) -> ExpressionWrong:
        """The error at a node."""
        return self.syntax.wrong(problem, syntax)

    def node(self, syntax: ast.expr, place: Place) -> Node:
        """The checked node of a syntax node."""
        try:
            return self._node(syntax, place)
        except Problem as problem:
            raise self.fail(syntax, problem) from None

    def key(self, syntax: ast.expr, what: Phrase, allowed: Iterable[str]) -> str:
        """A quoted key, one of those that are allowed."""
        allowed = tuple(allowed)
        if not isinstance(syntax, ast.Constant) or not isinstance(syntax.value, str):
            raise self.fail(
                syntax, Problem(f"此处应为引号中的{what.zh}。", f"this has to be a quoted {what.en}.")
            )
        if syntax.value not in allowed:
            raise self.fail(syntax, unknown(what, syntax.value, allowed))
        return syntax.value

    def _node(self, syntax: ast.expr, place: Place) -> Node:
        match syntax:
            case ast.Constant():
                return self._constant(syntax)
            case ast.Name():
                return place.name(syntax.id)
            case ast.BoolOp():
                return self._logic(syntax, place)
            case ast.UnaryOp():
                return self._sign(syntax, place)
            case ast.Compare():
                return self._compare(syntax, place)
            case ast.BinOp():
                return self._arithmetic(syntax, place)
            case ast.Attribute():
                return self._attribute(syntax, place)
            case ast.Call(func=ast.Name(id="date"), keywords=[]):
                return read_day(syntax.args)
            case ast.Call(func=ast.Name(id="linked")):
                raise Problem("请写 linked(字段).字段 或 .state。", "write linked(field).field or .state.")
            case ast.Call():
                return read_call(self, syntax, place)
            case ast.Tuple() | ast.List():
                raise Problem("列表只能写在 in 之后。", "a list can only stand after in.")
            case _:
                raise Problem("表达式中不能这样写。", "expressions do not know this.")

    def _constant(self, syntax: ast.Constant) -> Constant:
        value, written = syntax.value, self.syntax.segment(syntax)
        if isinstance(value, bool) or value is None:
            raise Problem("请写 yes、no、unknown 或 missing。", "write yes, no, unknown or missing.")
        if isinstance(value, str):
            if len(value) > MOST_LETTERS or ('"' in value and "'" in value):
                raise Problem(
                    f"引号中最多{MOST_LETTERS}个字,且不能同时有两种引号。",
                    f"quoted words have at most {MOST_LETTERS} letters, and one kind of quotation marks.",
                )
            return Constant(value, Words())
        if not NUMBER.fullmatch(written):
            raise Problem(
                "数请写成 30 或 0.95(最多15位整数、8位小数)。",
                "write a number like 30 or 0.95 (at most 15 digits before and 8 after the point).",
            )
        return Constant(Decimal(written), Plain())

    def _logic(self, syntax: ast.BoolOp, place: Place) -> Node:
        parts = [self._truth(value, place) for value in syntax.values]
        if isinstance(syntax.op, ast.And):
            return Both(
                tuple(flat for part in parts for flat in (part.parts if isinstance(part, Both) else [part]))
            )
        return Either(
            tuple(flat for part in parts for flat in (part.parts if isinstance(part, Either) else [part]))
        )

    def _truth(self, syntax: ast.expr, place: Place) -> Node:
        node = self.node(syntax, place)
        if not isinstance(node.kind, Truth):
            raise self.fail(
                syntax,
                Problem(
                    f"此处应为条件,而不是{said(node.kind).zh}。",
                    f"this has to be a condition, not {said(node.kind).en}.",
                ),
            )
        return node

    def _sign(self, syntax: ast.UnaryOp, place: Place) -> Node:
        if isinstance(syntax.op, ast.Not):
            return Not(self._truth(syntax.operand, place))
        if isinstance(syntax.op, ast.Invert):
            raise Problem("否定请写 not。", "write not.")
        part = self.node(syntax.operand, place)
        numeric(part.kind)
        if isinstance(syntax.op, ast.UAdd):
            return part
        if isinstance(part, Constant) and isinstance(part.value, Decimal):
            return Constant(-part.value, part.kind)
        return Negative(part, part.kind)

    def _compare(self, syntax: ast.Compare, place: Place) -> Node:
        parts: list[Node] = []
        for left, operator, right in zip(
            (syntax.left, *syntax.comparators), syntax.ops, syntax.comparators, strict=False
        ):
            if isinstance(operator, ast.In | ast.NotIn):
                found = self._among(left, right, place)
                parts.append(Not(found) if isinstance(operator, ast.NotIn) else found)
            else:
                parts.append(self._comparison(left, operator, right, place))
        return parts[0] if len(parts) == 1 else Both(tuple(parts))

    def _comparison(self, left: ast.expr, operator: ast.cmpop, right: ast.expr, place: Place) -> Comparison:
        if type(operator) not in COMPARISONS:
            raise Problem("比较请用 == 或 !=。", "compare with == or !=.")
        sign = COMPARISONS[type(operator)]
        first, second = self.node(left, place), self.node(right, place)
        self._check_words(left, first, second.kind)
        self._check_words(right, second, first.kind)
        compared(sign, first, second)
        return Comparison(sign, first, second)

    def _check_words(self, syntax: ast.expr, node: Node, other: Kind) -> None:
        """Tells a wrong option, state or period where it stands."""
        if (
            isinstance(node.kind, Words)
            and isinstance(syntax, ast.Constant)
            and not isinstance(other, Choices)
        ):
            try:
                check_words(node, other)
            except Problem as problem:
                raise self.fail(syntax, problem) from None

    def _among(self, left: ast.expr, right: ast.expr, place: Place) -> Node:
        value = self.node(left, place)
        if not isinstance(right, ast.Tuple | ast.List):
            several = self.node(right, place)
            if (
                isinstance(several.kind, Choices)
                and isinstance(value, Constant)
                and isinstance(value.value, str)
            ):
                return ticked(value.value, several)
            raise self.fail(
                right,
                Problem(
                    'in 之后应为列表,如 ("a", "b"),或多选字段。',
                    'after in stands a list like ("a", "b"), or a field of several choices.',
                ),
            )
        if not right.elts:
            raise self.fail(right, Problem("列表是空的。", "the list is empty."))
        listed = []
        for one in right.elts:
            option = self.node(one, place)
            if not isinstance(option, Constant) or isinstance(option.kind, Nothing | Truth):
                raise self.fail(
                    one,
                    Problem(
                        "列表中只能写数、日期或引号中的文字。", "a list holds numbers, days or quoted words."
                    ),
                )
            self._check_words(one, option, value.kind)
            try:
                compared("==", value, option)
            except Problem as problem:
                raise self.fail(one, problem) from None
            listed.append(option)
        return Among(value, tuple(listed))

    def _arithmetic(self, syntax: ast.BinOp, place: Place) -> Node:
        if type(syntax.op) not in ARITHMETIC:
            raise Problem("只能用 + - * / 计算。", "one reckons with + - * / only.")
        sign = ARITHMETIC[type(syntax.op)]
        left, right = self.node(syntax.left, place), self.node(syntax.right, place)
        return Arithmetic(sign, left, right, reckoned(sign, left, right))

    def _attribute(self, syntax: ast.Attribute, place: Place) -> Node:
        base, name = syntax.value, syntax.attr
        if isinstance(base, ast.Name) and (base.id == "entry" or base.id == "this"):
            return place.member("entry" if base.id == "entry" else "this", name)
        if isinstance(base, ast.Call) and isinstance(base.func, ast.Name) and base.func.id == "linked":
            return self._through(base, name, place)
        node = self.node(base, place)
        if isinstance(node.kind, Link):
            raise Problem("请写 linked(字段).字段。", "write linked(field).field.")
        if isinstance(node.kind, Rows):
            raise Problem(
                "明细的列请写 sum(明细.列)、any(明细, 条件)。",
                "of a column of rows, write sum(rows.column) or any(rows, condition).",
            )
        raise Problem(f"{said(node.kind).zh}没有“.{name}”。", f"{said(node.kind).en} has no “.{name}”.")

    def _through(self, call: ast.Call, name: str, place: Place) -> Node:
        if len(call.args) != 1 or call.keywords:
            raise Problem("请写 linked(字段)。", "write linked(field).")
        link = self.node(call.args[0], place)
        if not isinstance(link.kind, Link):
            raise self.fail(
                call.args[0],
                Problem(
                    f"此处应为关联条目,而不是{said(link.kind).zh}。",
                    f"this has to be a linked entry, not {said(link.kind).en}.",
                ),
            )
        others = place.entry.others
        if link.kind.to not in others:
            raise self.fail(call.args[0], unknown(Phrase("系统", "mechanism"), link.kind.to, others))
        return Through(link, member(others[link.kind.to], name, "entry"), link.kind.to)
