"""The outer shape of an expression: one line of Python's own syntax, small, without what only confuses.

Nothing is executed: Python's parser makes a tree, of which `parsing` knows a few kinds of nodes.
"""

from __future__ import annotations

import ast
from typing import Literal

from luoshi.core.expression.errors import ExpressionWrong, Problem

LONGEST = 1000
"""Characters of an expression."""

DEEPEST = 20
"""Levels of its tree."""

MOST_NODES = 250
"""Nodes of its tree."""

_FULL_WIDTH = {"“": '"', "”": '"', "‘": "'", "’": "'"} | {
    chr(ord(half) + 0xFEE0): half for half in "(),:;=<>+-*/.!"
}
"""What Chinese input methods write for the signs of expressions."""

COMPARISONS: dict[type[ast.cmpop], Literal["==", "!=", "<", "<=", ">", ">="]] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}
"""Comparisons, as expressions write them."""

ARITHMETIC: dict[type[ast.operator], Literal["+", "-", "*", "/"]] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
}
"""Arithmetic, as expressions write it."""

_BLANK = str.maketrans("\t\r\n\u3000", "    ")


class Syntax:
    """The text of an expression with its tree, and the places of the tree's nodes in the text."""

    def __init__(self, text: str) -> None:
        self.text = text
        flat = text.translate(_BLANK)
        self._source = flat.strip()
        self._bytes = self._source.encode(errors="replace")
        self._before = len(flat) - len(flat.lstrip())
        self.body = self._parsed()
        self._check_size()

    def wrong(self, problem: Problem, node: ast.expr | None = None) -> ExpressionWrong:
        """The error at a node."""
        index = 0 if node is None else len(self._bytes[: node.col_offset].decode())
        return self._at(index, problem)

    def segment(self, node: ast.expr) -> str:
        """The text of a node, as it was written."""
        return self._bytes[node.col_offset : node.end_col_offset].decode()

    def _at(self, index: int, problem: Problem) -> ExpressionWrong:
        shown = self.text if len(self.text) <= 120 else f"{self.text[:119]}…"
        return ExpressionWrong(expression=shown, at=self._before + index + 1, problem=problem.words)

    def _parsed(self) -> ast.expr:
        if not self._source:
            raise self._at(0, Problem("表达式是空的。", "the expression is empty."))
        if len(self.text) > LONGEST:
            raise self._at(0, Problem(f"超过{LONGEST}个字符。", f"it is longer than {LONGEST} characters."))
        self._check_characters()
        try:
            return ast.parse(self._source, mode="eval").body
        except SyntaxError as error:
            index = max(0, min((error.offset or 1) - 1, len(self._source)))
            raise self._at(
                index,
                Problem(
                    "写法有误,请检查括号、引号和运算符。",
                    "this cannot be read; check brackets, quotes and operators.",
                ),
            ) from None
        except (ValueError, RecursionError, MemoryError):
            raise self._at(0, _too_deep()) from None

    def _check_characters(self) -> None:
        """Refuse what is not ASCII outside quotation marks, and what Python would read in its own way."""
        quote = ""
        for index, sign in enumerate(self._source):
            if sign == "\\" or not (sign.isprintable()):
                raise self._at(
                    index,
                    Problem(
                        "不能使用反斜杠或控制字符。", "backslashes and control characters cannot be used."
                    ),
                )
            if quote:
                quote = "" if sign == quote else quote
            elif sign in "\"'":
                quote = sign
            elif sign in _FULL_WIDTH:
                half = _FULL_WIDTH[sign]
                raise self._at(
                    index,
                    Problem(
                        f"请把全角“{sign}”改为半角 {half}", f"write {half} in place of the full-width {sign}"
                    ),
                )
            elif sign == "#" or not sign.isascii():
                raise self._at(
                    index,
                    Problem(f"“{sign}”只能写在引号中。", f"“{sign}” can only stand in quotation marks."),
                )

    def _check_size(self) -> None:
        count, level, deep = 0, [self.body], 0
        while level:
            count, deep = count + len(level), deep + 1
            if count > MOST_NODES or deep > DEEPEST:
                raise self.wrong(_too_deep())
            level = [
                child for node in level for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)
            ]


def _too_deep() -> Problem:
    return Problem(
        f"表达式过于复杂(最多{DEEPEST}层、{MOST_NODES}个成分);请拆成几个计算字段。",
        f"it is too large (at most {DEEPEST} levels and {MOST_NODES} parts); split it into computed fields.",
    )
