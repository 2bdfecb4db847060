"""More time: asked before the due date, approved in two steps; otherwise the original date counts.

Practice of follow-up offices: an extension is applied for before the due date with reason, progress and new
date, is reviewed twice, and one that was not applied for in time does not count. The states are in
`luoshi.core.work.machines.EXTENSION`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from luoshi.core.calendar.working_days import WorkCalendar
from luoshi.core.errors import LuoshiError

ExtensionState = Literal["asked", "endorsed", "granted", "refused", "withdrawn"]
EXTENSION_STATES: tuple[ExtensionState, ...] = get_args(ExtensionState)
PENDING: frozenset[ExtensionState] = frozenset({"asked", "endorsed"})


class ExtensionTooLate(LuoshiError):
    """A request for more time on or after the due date."""

    code = "work-extension-too-late"
    zh = "延期须在到期日{due}之前申请;现在仍以原期限为准,请尽快报送。"
    en = "More time has to be asked for before the due date {due}; that date counts, so report soon."


class ExtensionNotLonger(LuoshiError):
    """A new date that gives no more time."""

    code = "work-extension-not-longer"
    zh = "新的期限{asked}不晚于现在的期限{due};请填写更晚的日期。"
    en = "The new date {asked} is not after the present one, {due}; give a later date."


class ExtensionOnDayOff(LuoshiError):
    """A new date on which nobody works."""

    code = "work-extension-on-day-off"
    zh = "新的期限{asked}不是工作日;请改为{next}。"
    en = "The new date {asked} is a day off; make it {next}."


class ExtensionPending(LuoshiError):
    """A second request for more time while the first is being looked at."""

    code = "work-extension-pending"
    zh = "{since}的延期申请还在审批;请等结果,或先撤回。"
    en = "The request for more time of {since} is still being looked at; wait for it or withdraw it."


class ExtensionsUsedUp(LuoshiError):
    """More extensions than the plan allows."""

    code = "work-extensions-used-up"
    zh = "最多可延期{most}次,已用完;请与统筹办公室商量调整任务。"
    en = "Only {most} extensions are allowed and all are used; talk to the office about changing the task."


class ExtensionWithoutReason(LuoshiError):
    """A request for more time that does not say why."""

    code = "work-extension-without-reason"
    zh = "没有写明延期理由;请补充理由和目前进展。"
    en = "No reason is given for more time; add it, with the progress so far."


@dataclass(frozen=True, slots=True)
class Extension:
    """A request for more time.

    Attributes:
        number: 1, 2, 3 … within the occurrence, in the order asked.
        asked: the day it was asked for.
        new_due: the date it asks for.
        state: of its machine.
        reason: why more time is needed.
    """

    number: int
    asked: date
    new_due: date
    state: ExtensionState = "asked"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DueNow:
    """The date that counts.

    Attributes:
        day: the last day.
        original: what it was before any extension.
        granted: how many extensions it rests on.
        pending: the extension that is being looked at, if any; it changes nothing yet.
    """

    day: date
    original: date
    granted: int = 0
    pending: Extension | None = None


def due_now(original: date, extensions: Iterable[Extension]) -> DueNow:
    """The date that counts: only what was asked in time and granted in both steps moves it.

    An extension granted after the old date has passed still counts when it was asked for in time.

    Example:
        >>> asked = Extension(1, date(2026, 9, 20), date(2026, 10, 15), "granted", "雨季")
        >>> due_now(date(2026, 9, 30), [asked]).day
        datetime.date(2026, 10, 15)
        >>> due_now(date(2026, 9, 20), [asked]).day    # asked on the last day: too late
        datetime.date(2026, 9, 20)
    """
    day, granted, pending = original, 0, None
    for extension in sorted(extensions, key=lambda one: one.number):
        if extension.asked >= day or extension.new_due <= day:
            continue
        if extension.state == "granted":
            day, granted = extension.new_due, granted + 1
        elif extension.state in PENDING:
            pending = extension
    return DueNow(day, original, granted, pending)


def against_asking(
    extension: Extension,
    *,
    original: date,
    before: Sequence[Extension],
    calendar: WorkCalendar,
    most: int | None = None,
) -> tuple[LuoshiError, ...]:
    """Everything that speaks against asking for more time; nothing when it may be asked.

    Args:
        extension: about to be asked for.
        original: due date before any extension.
        before: extensions of the same occurrence so far.
        calendar: of the region.
        most: how many extensions may be granted, or None for any number.

    Returns:
        One error a reason, not raised.
    """
    now = due_now(original, before)
    found: list[LuoshiError] = []
    if extension.asked >= now.day:
        found.append(ExtensionTooLate(due=now.day))
    if extension.new_due <= now.day:
        found.append(ExtensionNotLonger(asked=extension.new_due, due=now.day))
    elif not calendar.is_working_day(extension.new_due):
        following = calendar.roll_on(extension.new_due).day
        found.append(ExtensionOnDayOff(asked=extension.new_due, next=following))
    if now.pending is not None:
        found.append(ExtensionPending(since=now.pending.asked))
    if most is not None and now.granted >= most:
        found.append(ExtensionsUsedUp(most=most))
    if not extension.reason.strip():
        found.append(ExtensionWithoutReason())
    return tuple(found)
