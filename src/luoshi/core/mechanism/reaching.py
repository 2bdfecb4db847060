"""Whether the number of an indicator reaches the target that a plan sets."""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import Decimal

from luoshi.core.indicator.declaration import Indicator, Measure
from luoshi.core.indicator.figure import Figure

_COMPARED: dict[str, Callable[[Decimal, Decimal], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    "=": operator.eq,
    ">": operator.gt,
    "<": operator.lt,
}
_HUNDRED = Decimal(100)
_SHARES = frozenset({Measure.SHARE, Measure.COVERAGE, Measure.WITHIN})


def reaches(indicator: Indicator, figure: Figure, comparator: str, value: Decimal, unit: str) -> bool | None:
    """Whether a figure reaches a target; None where there is no number, or the two cannot be compared.

    "At least one for each town" is reached when every body of the roster has as many as the indicator asks
    for, which must be at least what the target asks for. A share is kept from 0 to 1, a target in percent.

    Args:
        comparator: `>=`, `<=`, `=`, `>` or `<`.
        value: as the plan writes it: 95 for 95 %.
        unit: of the target.
    """
    if figure.value is None:
        return None
    percent = unit == "%"
    if indicator.measure is Measure.COVERAGE and not percent:
        fits = comparator in (">=", "=") and value <= indicator.at_least
        return figure.value == 1 if fits else None
    if (indicator.measure in _SHARES) is not percent:
        return None
    number = figure.value * _HUNDRED if percent else figure.value
    return _COMPARED[comparator](number, value)
