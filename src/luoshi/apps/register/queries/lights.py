"""How urgent a running limit is, from its last day and the time at which people want to be warned."""

from __future__ import annotations

from datetime import date, timedelta

from luoshi.core.register.procedure import TimeLimit
from luoshi.core.work.lights import Light

# Seven days hold five working days: a warning some working days before the end is a little early, never late.
_DAYS = {"working_day": 7 / 5, "month": 30, "year": 365}


def light_of(due: date | None, limit: TimeLimit | None, today: date) -> Light:
    """Red after the last day, yellow while the warning holds, green before, grey where nothing runs.

    A time that has to pass (a public notice) is never late.

    Example:
        >>> light_of(date(2026, 3, 1), None, date(2026, 3, 2))
        <Light.RED: 'red'>
    """
    if due is None or (limit is not None and limit.minimum):
        return Light.GREY
    if due < today:
        return Light.RED
    units = 0 if limit is None else limit.warn
    scale = 1.0 if limit is None else _DAYS.get(limit.rule.unit, 1)
    return Light.YELLOW if due - timedelta(days=round(units * scale)) <= today else Light.GREEN
