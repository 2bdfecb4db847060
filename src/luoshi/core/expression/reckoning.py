"""What the functions of values give: a value, or missing, and never an error."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from luoshi.core.calendar.periods import Period, UnknownPeriod, last_of_month
from luoshi.core.calendar.working_days import DayOutOfRange
from luoshi.core.expression import logic
from luoshi.core.expression.nodes import MISSING, UNKNOWN
from luoshi.core.expression.values import Occasion, Reference, Value

_FARTHEST = 100_000
"""Days, months or years beyond which `after` gives up; all of history is nearer."""


def _days(_: Occasion, first: Value, last: Value) -> Value:
    """Calendar days from one day to another; negative when the other comes first."""
    if isinstance(first, date) and isinstance(last, date):
        return Decimal((last - first).days)
    return MISSING


def _working_days(occasion: Occasion, first: Value, last: Value) -> Value:
    """Working days after the first day up to and with the last; missing beyond the years that are counted."""
    if not isinstance(first, date) or not isinstance(last, date):
        return MISSING
    try:
        return Decimal(occasion.calendar.working_days_between(first, last).days)
    except DayOutOfRange:
        return MISSING


def _after(occasion: Occasion, start: Value, amount: Value, unit: Value) -> Value:
    """The day so much later, or earlier; the last day of a month that is too short."""
    if not isinstance(start, date) or not isinstance(amount, Decimal):
        return MISSING
    if abs(amount) > _FARTHEST or amount != amount.to_integral_value():
        return MISSING
    number = int(amount)
    try:
        if unit == "working_day":
            return occasion.calendar.add_working_days(start, number).day
        if unit == "day":
            return start + timedelta(days=number)
        return _months_later(start, number * (12 if unit == "year" else 1))
    except (DayOutOfRange, OverflowError, ValueError):
        return MISSING


def _months_later(start: date, months: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = last_of_month(year, month + 1)
    return min(last, last.replace(day=start.day)) if start.day <= last.day else last


def _year(_: Occasion, day: Value) -> Value:
    """The year of a day or of a period."""
    if isinstance(day, str):
        period = _period(day)
        return MISSING if period is None else Decimal(period.year)
    return Decimal(day.year) if isinstance(day, date) else MISSING


def _quarter(_: Occasion, day: Value) -> Value:
    """1 to 4."""
    return Decimal((day.month - 1) // 3 + 1) if isinstance(day, date) else MISSING


def _first_day(_: Occasion, key: Value) -> Value:
    """The first day of a period."""
    period = _period(key)
    return MISSING if period is None else _within_dates(lambda: period.start)


def _last_day(_: Occasion, key: Value) -> Value:
    """The last day of a period."""
    period = _period(key)
    return MISSING if period is None else _within_dates(lambda: period.end)


def _period(key: Value) -> Period | None:
    try:
        return Period.parse(key) if isinstance(key, str) else None
    except (UnknownPeriod, ValueError):
        return None


def _within_dates(day: Callable[[], date]) -> Value:
    try:
        return day()
    except (OverflowError, ValueError):
        return MISSING


def _length(_: Occasion, text: Value) -> Value:
    """How many characters a text has."""
    return Decimal(len(text)) if isinstance(text, str) else MISSING


def _is_missing(_: Occasion, value: Value) -> Value:
    """Nothing was said; a list without anything says nothing."""
    return value is MISSING or value == ()


def _given(_: Occasion, value: Value) -> Value:
    """Something was said, be it unknown."""
    return not (value is MISSING or value == ())


def _is_unknown(_: Occasion, value: Value) -> Value:
    """Somebody said that they do not know."""
    return value is UNKNOWN


def _same(_: Occasion, first: Value, second: Value) -> Value:
    """Whether two references name the same."""
    if isinstance(first, Reference) and isinstance(second, Reference):
        return first.same(second)
    return MISSING


CALLS: dict[str, Callable[..., Value]] = {
    "days": _days,
    "working_days": _working_days,
    "after": _after,
    "year": _year,
    "quarter": _quarter,
    "first_day": _first_day,
    "last_day": _last_day,
    "length": _length,
    "is_missing": _is_missing,
    "given": _given,
    "is_unknown": _is_unknown,
    "same": _same,
    "min": lambda _, *values: logic.extreme("min", values),
    "max": lambda _, *values: logic.extreme("max", values),
}
"""By name; `if_else` is not among them, because it reads only one of its branches."""
