"""Figures against targets."""

from __future__ import annotations

from decimal import Decimal

import pytest

from luoshi.core.errors import Phrase
from luoshi.core.indicator.declaration import Indicator, Measure
from luoshi.core.indicator.figure import Figure, Totals
from luoshi.core.mechanism.reaching import reaches

NAME = Phrase("数", "Number")


def _figure(value: str | None) -> Figure:
    if value is None:
        return Figure("missing", None, Totals())
    return Figure("value", Decimal(value), Totals())


@pytest.mark.parametrize(
    ("measure", "unit", "value", "comparator", "wanted", "met"),
    [
        (Measure.COUNT, "个", "1", ">=", "1", True),
        (Measure.COUNT, "个", "0", ">=", "1", False),
        (Measure.COUNT, "个", None, ">=", "1", None),
        (Measure.SHARE, "%", "0.95", ">=", "95", True),
        (Measure.SHARE, "%", "0.9499", ">=", "95", False),
        (Measure.SHARE, "%", "0.05", "<=", "5", True),
        (Measure.SHARE, "件", "0.95", ">=", "1", None),
        (Measure.COUNT, "%", "3", ">=", "1", None),
        (Measure.COVERAGE, "个", "1", ">=", "1", True),
        (Measure.COVERAGE, "个", "0.5", ">=", "1", False),
        (Measure.COVERAGE, "个", "1", ">=", "2", None),
        (Measure.COVERAGE, "个", "1", "<=", "1", None),
        (Measure.COVERAGE, "%", "0.9", ">=", "90", True),
    ],
)
def test_a_target_is_reached_or_not_or_cannot_be_told(
    measure: Measure, unit: str, value: str | None, comparator: str, wanted: str, met: bool | None
) -> None:
    indicator = Indicator("n", NAME, measure, "%")
    assert reaches(indicator, _figure(value), comparator, Decimal(wanted), unit) is met
