"""When an order has to be signed for, answered and closed: working days, and periods of feedback."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from luoshi.core.calendar.periods import Kind, Period
from luoshi.core.calendar.working_days import WorkCalendar
from luoshi.core.errors import LuoshiError
from luoshi.core.work.burden import MINIMUM_NOTICE

Feedback = Literal["once", "monthly", "quarterly"]
_PERIODS: dict[Feedback, Kind] = {"monthly": "month", "quarterly": "quarter"}


class LimitsUnusable(LuoshiError):
    """Limits that leave no time to work."""

    code = "supervision-limits-unusable"
    zh = "办结时限为{close}个工作日,签收时限为{sign}个工作日;办结须比签收至少多{least}个工作日。"
    en = "{close} working days to close and {sign} to sign: closing needs at least {least} more than signing."


@dataclass(frozen=True, slots=True)
class Limits:
    """The days of an order.

    Attributes:
        sign_by: the last day to sign.
        rounds: the days on which feedback is due, the last one with the whole result.
        certain: whether every schedule of holidays they depend on is known.
    """

    sign_by: date
    rounds: tuple[date, ...]
    certain: bool

    @property
    def close_by(self) -> date:
        """The last day to answer for the whole matter."""
        return self.rounds[-1]


def limits(
    *, issued: date, sign_days: int, close_days: int, feedback: Feedback, calendar: WorkCalendar
) -> Limits:
    """The days of an order that goes out on this day; the day of issue is not counted.

    A period of feedback ends with the last day of the month or quarter, rolled on to a working day. A period
    that leaves less than the minimum notice, at its beginning or before the last answer, is not asked for.

    Raises:
        LimitsUnusable: nothing is left between signing and closing.

    Example:
        >>> found = limits(issued=date(2026, 3, 2), sign_days=2, close_days=60, feedback="monthly",
        ...                calendar=WorkCalendar())
        >>> [day.isoformat() for day in found.rounds]
        ['2026-03-31', '2026-04-30', '2026-05-28']
    """
    if sign_days < 1 or close_days < sign_days + MINIMUM_NOTICE:
        raise LimitsUnusable(sign=sign_days, close=close_days, least=MINIMUM_NOTICE)
    sign = calendar.add_working_days(issued, sign_days)
    last = calendar.add_working_days(issued, close_days)
    rounds = [last.day]
    if feedback != "once":
        before = issued
        for period in reversed(Period.between(issued, last.day, _PERIODS[feedback])):
            day = calendar.roll_on(period.end).day
            enough = calendar.working_days_between(day, rounds[0]).days >= MINIMUM_NOTICE
            if enough and calendar.working_days_between(before, day).days >= MINIMUM_NOTICE:
                rounds.insert(0, day)
    return Limits(sign.day, tuple(rounds), sign.certain and last.certain)


def next_round(rounds: tuple[date, ...], after: date) -> date:
    """The first day of feedback after a day; the last one when all are over.

    Example:
        >>> next_round((date(2026, 3, 31), date(2026, 4, 30)), date(2026, 3, 31))
        datetime.date(2026, 4, 30)
    """
    return next((day for day in rounds if day > after), rounds[-1])
