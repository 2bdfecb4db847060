"""What one entry adds to an indicator.

An entry adds to at most one cell: a body and a month. Sums of contributions are all that an indicator needs:
a change of an entry changes two cells and nothing else, the one it leaves and the one it comes to.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from luoshi.core.expression import Expression, Occasion
from luoshi.core.expression.evaluating import evaluate
from luoshi.core.expression.values import Reference
from luoshi.core.indicator.declaration import Indicator, Measure
from luoshi.core.register.acting import Setting
from luoshi.core.register.entry import Entry
from luoshi.core.register.view import View

ZERO, ONE = Decimal(0), Decimal(1)


@dataclass(frozen=True, slots=True)
class Contribution:
    """What an entry adds.

    Attributes:
        body: for which body it counts.
        day: by which it belongs to a period; None in a standing indicator.
        top: to the numerator, or to the sum.
        base: to the denominator.
        unclear: whether it counts below the line only because nothing certain was said above it.
    """

    body: str
    day: date | None
    top: Decimal
    base: Decimal
    unclear: bool = False


def contribution(indicator: Indicator, entry: Entry, setting: Setting, today: date) -> Contribution | None:
    """What an entry adds to an indicator; None where it adds nothing.

    Args:
        today: only what happened by itself depends on it, and that stands in the entry; see `advance`.
    """
    occasion = setting.occasion(today)
    view = View(setting.register, entry, occasion, setting.world)
    if entry.began is None or not _true(indicator.where, view, occasion):
        return None
    day = entry.began if indicator.on is None else evaluate(indicator.on, view, occasion)
    body = _body(indicator, entry, view)
    parts = _parts(indicator, entry, view, occasion, setting)
    if parts is None or not body or (not indicator.standing and not isinstance(day, date)):
        return None
    top, base, unclear = parts
    kept = None if indicator.standing or not isinstance(day, date) else day
    return Contribution(body, kept, top, base, unclear)


def _body(indicator: Indicator, entry: Entry, view: View) -> str:
    if not indicator.covers:
        return entry.body
    named = view.value(indicator.covers)
    return named.key if isinstance(named, Reference) else ""


def _true(condition: Expression | None, view: View, occasion: Occasion) -> bool:
    return condition is None or evaluate(condition, view, occasion) is True


def _parts(
    indicator: Indicator, entry: Entry, view: View, occasion: Occasion, setting: Setting
) -> tuple[Decimal, Decimal, bool] | None:
    """Numerator, denominator, and whether it is unclear."""
    match indicator.measure:
        case Measure.COUNT | Measure.COVERAGE:
            return ONE, ZERO, False
        case Measure.SUM:
            value = _number(indicator.value, view, occasion)
            return None if value is None else (value, ZERO, False)
        case Measure.MEAN | Measure.MEDIAN:
            value = _number(indicator.value, view, occasion)
            return None if value is None else (value, ONE, False)
        case Measure.RATIO:
            value = _number(indicator.value, view, occasion)
            base = _number(indicator.base, view, occasion)
            return None if value is None or base is None else (value, base, False)
        case Measure.SHARE:
            good = evaluate(indicator.of, view, occasion) if indicator.of is not None else False
            return (ONE if good is True else ZERO), ONE, not isinstance(good, bool)
        case Measure.DURATION:
            days = _days(indicator, view, occasion, setting)
            return None if days is None else (Decimal(days), ONE, False)
        case Measure.WITHIN:
            clock = entry.clock(indicator.limit)
            if clock is None or clock.outcome not in ("kept", "overrun"):
                return None
            return (ONE if clock.outcome == "kept" else ZERO), ONE, False


def _number(expression: Expression | None, view: View, occasion: Occasion) -> Decimal | None:
    value = None if expression is None else evaluate(expression, view, occasion)
    return value if isinstance(value, Decimal) else None


def _days(indicator: Indicator, view: View, occasion: Occasion, setting: Setting) -> int | None:
    ends = [
        None if one is None else evaluate(one, view, occasion) for one in (indicator.start, indicator.end)
    ]
    start, end = ends
    if not isinstance(start, date) or not isinstance(end, date) or end < start:
        return None
    if indicator.working_days:
        return setting.calendar.working_days_between(start, end).days
    return (end - start).days
