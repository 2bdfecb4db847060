"""Urging (催办) in four rungs, taken one after the other and never twice within a few working days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from luoshi.core.calendar.working_days import WorkCalendar
from luoshi.core.errors import LuoshiError, Phrase
from luoshi.core.work.address import Form

Rung = Literal["reminder", "letter", "notice", "on-site"]
RUNGS: tuple[Rung, ...] = get_args(Rung)
WORDS: dict[Rung, Phrase] = {
    "reminder": Phrase("提醒", "reminder"),
    "letter": Phrase("催办函", "letter"),
    "notice": Phrase("督查催办通知", "notice of supervision"),
    "on-site": Phrase("现场督促协调", "visit on site"),
}
PAUSE = 3
"""Working days between two steps, at the least."""


class UrgingTooEarly(LuoshiError):
    """A step beyond a reminder before anything is overdue."""

    code = "supervision-urging-too-early"
    zh = "期限是{due},尚未逾期,只能提醒;逾期后再用{step}。"
    en = "It is due on {due} and not overdue: only a reminder is possible; use “{step}” after that day."


class UrgingTooOften(LuoshiError):
    """A step that follows the last one too closely."""

    code = "supervision-urging-too-often"
    zh = "{last}刚催办过;两次催办至少间隔{pause}个工作日,请在{earliest}或以后再催。"
    en = "It was urged on {last}; leave {pause} working days between two steps: {earliest} is the first day."


class UrgingOutOfOrder(LuoshiError):
    """A rung that leaves out the one before it, or goes back."""

    code = "supervision-urging-out-of-order"
    zh = "催办应逐级进行,下一步是{next};不能直接用{step}。"
    en = "Urging goes one rung at a time: the next is “{next}”, not “{step}”."


class UrgingBeyondPowers(LuoshiError):
    """A rung that only those may take who may instruct the body."""

    code = "supervision-urging-beyond-powers"
    zh = "{body}是商请办理的单位,不能用{step};请以函件协商。"
    en = "{body} was asked by letter and cannot get a “{step}”; settle it by letter."


@dataclass(frozen=True, slots=True)
class Urged:
    """A step that was taken on a day."""

    rung: Rung
    day: date


def next_rung(taken: Sequence[Urged], form: Form) -> Rung:
    """What comes after the steps taken; the highest one that the form of address allows is repeated.

    A body that was asked by letter is reminded and written to; whoever may not instruct it sends no notice.

    Example:
        >>> next_rung([Urged("reminder", date(2026, 3, 2))], "order")
        'letter'
        >>> next_rung([Urged("letter", date(2026, 3, 2))], "letter")
        'letter'
    """
    highest = RUNGS if form == "order" else RUNGS[:2]
    reached = max((RUNGS.index(one.rung) for one in taken), default=-1)
    return highest[min(reached + 1, len(highest) - 1)]


def against_urging(
    rung: Rung,
    taken: Sequence[Urged],
    *,
    form: Form,
    body: str,
    due: date,
    today: date,
    calendar: WorkCalendar,
) -> tuple[LuoshiError, ...]:
    """Everything that speaks against a step; nothing when it may be taken.

    Args:
        rung: about to be taken.
        taken: the steps so far, in any order.
        form: how the lead is addressed.
        body: its name.
        due: what is waited for.
        today: passed in, because nothing here reads a clock.
        calendar: of the region.
    """
    found: list[LuoshiError] = []
    step = WORDS[rung]
    if form == "letter" and RUNGS.index(rung) > 1:
        found.append(UrgingBeyondPowers(body=body, step=step))
    elif rung != "reminder" and rung != (wanted := next_rung(taken, form)):
        found.append(UrgingOutOfOrder(next=WORDS[wanted], step=step))
    if rung != "reminder" and today <= due:
        found.append(UrgingTooEarly(due=due, step=step))
    last = max((one.day for one in taken), default=None)
    if last is not None and calendar.working_days_between(last, today).days < PAUSE:
        earliest = calendar.add_working_days(last, PAUSE).day
        found.append(UrgingTooOften(last=last, pause=PAUSE, earliest=earliest))
    return tuple(found)
