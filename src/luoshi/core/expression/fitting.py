"""Which kinds go together: in comparisons, in sums, in branches, and where a certain kind is expected."""

from __future__ import annotations

from typing import Final

from luoshi.core.calendar.periods import Period as PeriodOfTime
from luoshi.core.calendar.periods import UnknownPeriod
from luoshi.core.errors import Phrase
from luoshi.core.expression.errors import Problem, unknown
from luoshi.core.expression.kinds import (
    Body,
    Choice,
    Choices,
    Code,
    Date,
    Files,
    Kind,
    Link,
    Money,
    Nothing,
    Number,
    Period,
    Person,
    Place,
    Plain,
    Rows,
    State,
    Text,
    Truth,
    Words,
    said,
)
from luoshi.core.expression.nodes import Call, Constant, Node

OPTION: Final = Phrase("选项", "option")
STATE: Final = Phrase("状态", "state")

_SAME_UNITS = {"天": "日", "days": "日"}
_SIMPLE = (Money, Date, Period, Truth, Body, Person, Link, Files, State)


def unit_of(kind: Number) -> str:
    """The unit of a number; of several words for one unit always the same."""
    return _SAME_UNITS.get(kind.unit, kind.unit)


def joined(left: Node, right: Node) -> Kind:
    """The one kind of two nodes that stand for the same thing.

    Raises:
        Problem: they cannot.
    """
    a, b = left.kind, right.kind
    if isinstance(a, Nothing):
        return b
    if isinstance(b, Nothing):
        return a
    if isinstance(a, Words):
        check_words(left, b)
        return b
    if isinstance(b, Words):
        check_words(right, a)
        return a
    found = _numeric(a, b) or _alike(a, b)
    if found is None:
        raise Problem(
            f"{said(a).zh}与{said(b).zh}不能放在一起。", f"{said(a).en} and {said(b).en} do not go together."
        )
    return found


def _numeric(a: Kind, b: Kind) -> Kind | None:
    if isinstance(a, Plain) and isinstance(b, Plain | Number | Money):
        return b
    if isinstance(b, Plain) and isinstance(a, Number | Money):
        return a
    if isinstance(a, Number) and isinstance(b, Number):
        if not a.unit or not b.unit or unit_of(a) == unit_of(b):
            return a if a.unit else b
        raise Problem(
            f"单位不同:{a.unit}与{b.unit}不能放在一起。",
            f"the units differ: {a.unit} and {b.unit} do not go together.",
        )
    return None


def _alike(a: Kind, b: Kind) -> Kind | None:
    if isinstance(a, Text) and isinstance(b, Text):
        return a if type(a) is type(b) else Text()
    if isinstance(a, Choice) and type(a) is type(b):
        return a if a == b else None
    return a if isinstance(a, _SIMPLE) and a == b else None


def check_words(node: Node, kind: Kind) -> None:
    """Refuse quoted words that are wrong for the kind that they meet: an option, a state, a period.

    Raises:
        Problem: they are wrong, or nothing quoted can be right.
    """
    for word in _words(node):
        if isinstance(kind, Choice) and not isinstance(kind, Choices):
            check_option(word, kind)
        elif isinstance(kind, State):
            if word not in kind.states:
                raise unknown(STATE, word, kind.states)
        elif isinstance(kind, Period):
            try:
                PeriodOfTime.parse(word)
            except UnknownPeriod as wrong:
                raise Problem(wrong.message("zh"), wrong.message("en")) from None
        elif isinstance(kind, Truth):
            raise Problem(
                f"是否不能与引号中的文字“{word}”放在一起;直接写名称,或者与不加引号的 yes、no 比较。",
                f"Yes or no does not go together with the quoted word “{word}”; write the name alone, or "
                "compare it with yes or no without quotes.",
            )
        elif not isinstance(kind, Text | Words):
            raise Problem(
                f"{said(kind).zh}不能与引号中的文字“{word}”放在一起。",
                f"{said(kind).en} does not go together with the quoted word “{word}”.",
            )


def check_option(word: str, kind: Choice) -> None:
    """Refuse what is no option of a choice."""
    if word not in kind.options:
        raise unknown(OPTION, word, kind.options)


def _words(node: Node) -> list[str]:
    if isinstance(node, Constant):
        return [node.value] if isinstance(node.value, str) else []
    if isinstance(node, Call) and node.function == "if_else":
        return [word for branch in node.arguments[1:] for word in _words(branch)]
    return []


def compared(operator: str, left: Node, right: Node) -> None:
    """Refuse a comparison that means nothing."""
    for node in (left, right):
        _comparable(node.kind)
    kind = joined(left, right)
    if operator not in ("==", "!=") and not isinstance(kind, Number | Money | Date | Plain):
        raise Problem(
            f"{said(kind).zh}没有大小,只能用 == 或 !=。",
            f"{said(kind).en} has no order; only == and != compare it.",
        )


def _comparable(kind: Kind) -> None:
    if isinstance(kind, Nothing):
        raise Problem("缺失不能比较,请写 is_missing(…)。", "nothing equals missing; write is_missing(…).")
    if isinstance(kind, Body | Person | Link):
        raise Problem(
            f"比较{said(kind).zh}请写 same(a, b)。", f"to compare {said(kind).en}, write same(a, b)."
        )
    if isinstance(kind, Choices):
        raise Problem(
            '多选请写 "选项" in 字段。', "of several choices, ask whether “option” is in the field."
        )
    if isinstance(kind, Rows | Files):
        raise Problem(f"{said(kind).zh}请用 count(…)。", f"of {said(kind).en}, ask for count(…).")


def reckoned(operator: str, left: Node, right: Node) -> Kind:
    """The kind of a sum, difference, product or quotient.

    Raises:
        Problem: there is none.
    """
    a, b = left.kind, right.kind
    for kind in (a, b):
        numeric(kind)
    if operator in "+-":
        return joined(left, right)
    if isinstance(a, Plain) and isinstance(b, Plain):
        return a
    found = _product(a, b) if operator == "*" else _quotient(a, b)
    if found is None:
        zh, en = ("相乘", "multiplied by") if operator == "*" else ("相除", "divided by")
        raise Problem(f"{said(a).zh}与{said(b).zh}不能{zh}。", f"{said(a).en} cannot be {en} {said(b).en}.")
    return found


def numeric(kind: Kind) -> None:
    """Refuse what one cannot reckon with."""
    if not isinstance(kind, Number | Money | Plain):
        raise Problem(f"{said(kind).zh}不能计算。", f"one cannot reckon with {said(kind).en}.")


def _product(a: Kind, b: Kind) -> Kind | None:
    if isinstance(a, Money) or isinstance(b, Money):
        return None if isinstance(a, Money) and isinstance(b, Money) else Money()
    units = [kind.unit for kind in (a, b) if isinstance(kind, Number) and kind.unit]
    return None if len(units) > 1 else Number("".join(units))


def _quotient(a: Kind, b: Kind) -> Kind | None:
    if isinstance(b, Money):
        return Number() if isinstance(a, Money) else None
    if isinstance(a, Money):
        return a
    above, below = (unit_of(kind) if isinstance(kind, Number) else "" for kind in (a, b))
    if above == below:
        return Number()
    return Number(f"{above or '1'}/{below}" if below else above)


def expected(node: Node, kind: Kind) -> None:
    """Refuse an expression whose value is not of the kind that its place asks for."""
    if isinstance(node.kind, Words):
        check_words(node, kind)
        return
    if type(kind) is Text and isinstance(node.kind, Text):
        return
    wanted = Constant("", kind)
    try:
        found = joined(node, wanted)
    except Problem:
        found = None
    if found is None or (isinstance(kind, Place | Code) and type(found) is not type(kind)):
        raise Problem(
            f"此处应为{said(kind).zh},而表达式是{said(node.kind).zh}。",
            f"this has to be {said(kind).en}, but the expression is {said(node.kind).en}.",
        )
