"""What reporting costs the bodies, and the checks that keep it low.

The rules against formalism in government apps (国办函〔2026〕12号; 整治形式主义为基层减负若干规定, 2024)
forbid repeated and arbitrary form filling. So a request for a report needs a legal basis and a minimum
notice, only one may be open for a task and a period, and the burden itself is counted and shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median

from luoshi.core.calendar.periods import Period
from luoshi.core.calendar.working_days import DayFound, WorkCalendar
from luoshi.core.errors import LuoshiError

MINIMUM_NOTICE = 3
"""Working days between the day a request is opened and the day it is due, at the least."""


class NoticeTooShort(LuoshiError):
    """A request that leaves too little time."""

    code = "work-notice-too-short"
    zh = "只留了{notice}个工作日,至少需要{minimum}个工作日;请把期限定在{earliest}或以后。"
    en = "This leaves {notice} working days of at least {minimum}; set the due date to {earliest} or later."


class RequestAlreadyOpen(LuoshiError):
    """A second request for a task and period while the first is open."""

    code = "work-request-already-open"
    zh = "{period}的这项任务已有未完成的报送要求({opened}发出);请等其完成或取消后再发。"
    en = "This task already has an open request for {period} (of {opened}); wait for it or cancel it first."


class RequestAlreadyAnswered(LuoshiError):
    """A further request for a task and period that was reported already, without a reason."""

    code = "work-request-already-answered"
    zh = "{period}的这项任务已报送过({answered});如确需再次报送,请写明理由,理由会向填报单位显示。"
    en = "This task was reported for {period} already ({answered}); give a reason, which the body will see."


class RequestWithoutBasis(LuoshiError):
    """A request that does not say on what grounds it asks."""

    code = "work-request-without-basis"
    zh = "报送要求没有写明依据;请填写依据的文件或条款。"
    en = "The request states no basis; name the document or article it rests on."


@dataclass(frozen=True, slots=True)
class Request:
    """One report asked of one body.

    Attributes:
        body: identifier of the body asked.
        task: identifier of the task.
        period: key of the period.
        opened: the day it was opened.
        due: the last day to answer.
        asked: fields that the body had to fill in.
        prefilled: fields that stood there already.
        minutes: spent answering, or None while nobody knows.
        answered: the day it was answered, or None.
        cancelled: whether it was taken back.
        basis: document or article it rests on.
        reason: for asking again.
    """

    body: str
    task: str
    period: str
    opened: date
    due: date
    asked: int = 0
    prefilled: int = 0
    minutes: float | None = None
    answered: date | None = None
    cancelled: bool = False
    basis: str = ""
    reason: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it still waits for an answer."""
        return self.answered is None and not self.cancelled


@dataclass(frozen=True, slots=True)
class Burden:
    """What one body was asked in one month.

    Attributes:
        body: identifier.
        month: in which the requests were opened.
        requests: how many.
        asked: fields to fill in.
        prefilled: fields that stood there already.
        minutes: median per request of those that are known, or None when none is; a missing value is not 0.
        known: how many requests the median is of.
    """

    body: str
    month: Period
    requests: int
    asked: int
    prefilled: int
    minutes: float | None
    known: int

    @property
    def prefilled_share(self) -> float | None:
        """Share (0–1) of the fields that stood there already; None when there was no field."""
        fields = self.asked + self.prefilled
        return self.prefilled / fields if fields else None


def burdens(requests: Iterable[Request]) -> tuple[Burden, ...]:
    """The burden of every body and month that has a request, by body and then month.

    A request that was cancelled counts too: somebody was asked.

    Example:
        >>> asked = Request("民政局", "t1", "2026Q1", date(2026, 3, 2), date(2026, 3, 31), 1, 5, 4.0)
        >>> (row,) = burdens([asked])
        >>> row.month.key, row.requests, row.minutes
        ('2026-03', 1, 4.0)
    """
    cells: dict[tuple[str, str], list[Request]] = defaultdict(list)
    for request in requests:
        cells[request.body, Period.containing(request.opened, "month").key].append(request)
    return tuple(_burden(body, month, found) for (body, month), found in sorted(cells.items()))


def _burden(body: str, month: str, found: list[Request]) -> Burden:
    minutes = [request.minutes for request in found if request.minutes is not None]
    return Burden(
        body,
        Period.parse(month),
        len(found),
        sum(request.asked for request in found),
        sum(request.prefilled for request in found),
        median(minutes) if minutes else None,
        len(minutes),
    )


def against_opening(
    request: Request,
    others: Iterable[Request],
    calendar: WorkCalendar,
    *,
    minimum: int = MINIMUM_NOTICE,
) -> tuple[LuoshiError, ...]:
    """Everything that speaks against opening a request; nothing when it may be opened.

    Args:
        request: about to be opened.
        others: requests that there are; those for other bodies, tasks and periods do not matter.
        calendar: of the region.
        minimum: working days of notice.

    Returns:
        One error a reason, not raised: missing basis, short notice, a request that is open or was answered.
    """
    found: list[LuoshiError] = []
    if not request.basis.strip():
        found.append(RequestWithoutBasis())
    notice = calendar.working_days_between(request.opened, request.due).days
    if notice < minimum:
        earliest = earliest_due(request.opened, calendar, minimum=minimum).day
        found.append(NoticeTooShort(notice=max(notice, 0), minimum=minimum, earliest=earliest))
    key = (request.body, request.task, request.period)
    same = [other for other in others if (other.body, other.task, other.period) == key]
    period = Period.parse(request.period).label()
    still_open = min((other.opened for other in same if other.is_open), default=None)
    answered = max((other.answered for other in same if other.answered is not None), default=None)
    if still_open is not None:
        found.append(RequestAlreadyOpen(period=period, opened=still_open))
    elif answered is not None and not request.reason.strip():
        found.append(RequestAlreadyAnswered(period=period, answered=answered))
    return tuple(found)


def earliest_due(opened: date, calendar: WorkCalendar, *, minimum: int = MINIMUM_NOTICE) -> DayFound:
    """The first day that a request opened on this day may be due.

    Example:
        >>> earliest_due(date(2026, 9, 30), WorkCalendar()).day
        datetime.date(2026, 10, 10)
    """
    return calendar.add_working_days(opened, minimum)


def latest_opening(due: date, calendar: WorkCalendar, *, minimum: int = MINIMUM_NOTICE) -> DayFound:
    """The last working day on which a request due on this day may still be opened.

    Example:
        >>> latest_opening(date(2026, 10, 10), WorkCalendar()).day
        datetime.date(2026, 9, 30)
    """
    # On a day off the notice already ends with the working day before it.
    last = due if calendar.is_working_day(due) else calendar.previous_working_day(due).day
    found = calendar.add_working_days(last, -minimum)
    return DayFound(calendar.working_days_between(found.day, due).missing, found.day)
