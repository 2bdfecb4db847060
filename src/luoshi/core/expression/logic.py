"""Three-valued logic and exact arithmetic: what is missing stays missing, and nothing ever fails.

Yes and no are True and False. Missing and unknown are the third value of logic alike (Kleene's strong logic);
what comes out of logic is yes, no or missing.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Context, Decimal
from typing import Any, Final

from luoshi.core.expression.nodes import MISSING
from luoshi.core.expression.values import Value

_EXACT = Context(prec=40, traps=[])
"""Enough digits for every sum of money; what overflows is no number, and so missing."""

_COMPARE: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_RECKON: Final[dict[str, Callable[[Decimal, Decimal], Decimal]]] = {
    "+": _EXACT.add,
    "-": _EXACT.subtract,
    "*": _EXACT.multiply,
    "/": _EXACT.divide,
}
_TYPES = (Decimal, date, str, bool)


def both(parts: Iterable[Value]) -> Value:
    """All hold; no part at all is yes."""
    found: Value = True
    for part in parts:
        if part is False:
            return False
        if part is not True:
            found = MISSING
    return found


def either(parts: Iterable[Value]) -> Value:
    """One holds; no part at all is no."""
    found: Value = False
    for part in parts:
        if part is True:
            return True
        if part is not False:
            found = MISSING
    return found


def negated(part: Value) -> Value:
    """It does not hold."""
    return not part if isinstance(part, bool) else MISSING


def compared(sign: str, left: Value, right: Value) -> Value:
    """Two values beside each other; missing where one of them is.

    Example:
        >>> compared("<", Decimal("0.5"), Decimal(1)), compared("==", MISSING, MISSING)
        (True, <Absent.MISSING: 'missing'>)
    """
    if any(isinstance(left, kind) and isinstance(right, kind) for kind in _TYPES):
        return bool(_COMPARE[sign](left, right))
    return MISSING


def reckoned(sign: str, left: Value, right: Value) -> Value:
    """A sum, difference, product or quotient; missing where a part is, or where one divides by zero.

    Example:
        >>> reckoned("/", Decimal(1), Decimal(0)), reckoned("+", Decimal("0.1"), Decimal("0.2"))
        (<Absent.MISSING: 'missing'>, Decimal('0.3'))
    """
    if not isinstance(left, Decimal) or not isinstance(right, Decimal):
        return MISSING
    found = _RECKON[sign](left, right)
    return found if found.is_finite() else MISSING


def summed(values: Iterable[Value]) -> Value:
    """The sum; zero of nothing, missing where a part is."""
    found: Value = Decimal(0)
    for value in values:
        found = reckoned("+", found, value)
    return found


def extreme(function: str, values: Iterable[Value]) -> Value:
    """The least (`min`) or the largest (`max`); missing of nothing, or where a part is."""
    sign = "<" if function == "min" else ">"
    found: Value = None
    for value in values:
        if not isinstance(value, Decimal | date):
            return MISSING
        if found is None or compared(sign, value, found) is True:
            found = value
    return MISSING if found is None else found
