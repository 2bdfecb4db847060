"""Figures in words."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from django import template
from django.utils.translation import gettext as _

from luoshi.core.indicator.declaration import Indicator, Measure
from luoshi.core.indicator.figure import Figure

register = template.Library()

_HUNDRED, _ONE, _TWO = Decimal(100), Decimal("0.1"), Decimal("0.01")
_SHARES = frozenset({Measure.SHARE, Measure.COVERAGE, Measure.WITHIN})


@register.filter
def figure_words(figure: Figure, indicator: Indicator) -> str:
    """A figure with its unit, or the word for why there is none.

    A share is a percentage with one place; other numbers have two at most.
    """
    if figure.value is None:
        return _("不适用") if figure.standing == "not-applicable" else _("暂无数据")
    return number_words(figure.value, indicator)


@register.filter
def number_words(value: Decimal, indicator: Indicator) -> str:
    """A number of an indicator with its unit."""
    if indicator.measure in _SHARES or indicator.unit == "%":
        return f"{(value * _HUNDRED).quantize(_ONE, ROUND_HALF_UP).normalize():f}%"
    return f"{value.quantize(_TWO, ROUND_HALF_UP).normalize():,f} {indicator.unit}".strip()


@register.filter
def fraction_words(figure: Figure, indicator: Indicator) -> str:
    """Numerator and denominator of a share, for example 3/4; empty for other numbers."""
    if indicator.measure not in _SHARES or figure.value is None:
        return ""
    return f"{figure.totals.top.normalize():f}/{figure.totals.base.normalize():f}"
