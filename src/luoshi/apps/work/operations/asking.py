"""Asking for a report beside the rules: with a basis, with notice, and never twice for one period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from luoshi.apps.audit.operations import record
from luoshi.apps.organization.models import Body
from luoshi.apps.organization.queries.calendar import calendar_of
from luoshi.apps.plan.models import Task
from luoshi.apps.work.models import Assignment, Issue, Occurrence
from luoshi.apps.work.operations import refusals
from luoshi.apps.work.operations.timing import AT_WORK, days_of, terms_of
from luoshi.core.calendar.periods import Kind, Period
from luoshi.core.calendar.recurrences import Recurrence
from luoshi.core.calendar.working_days import WorkCalendar
from luoshi.core.errors import Phrase
from luoshi.core.work.burden import Request, against_opening
from luoshi.core.work.schedule import clock_of


@transaction.atomic
def ask(
    *, task: Task, bodies: Iterable[Body], due: date, reason: str, basis: str, by: User, at: datetime
) -> list[Occurrence]:
    """Ask bodies of a task for a report beside the rules.

    The report of the same period that is not open yet is brought forward instead of a second one being asked
    for.

    Raises:
        NotConcerned: a body does not work on the task.
        RequestRefused: too little notice, no basis, or one is open or was answered; it says for whom.
    """
    issue = Issue.objects.select_for_update().get(plan=task.plan_id)
    wanted = {body.pk: body for body in bodies}
    found = Assignment.objects.filter(task=task, body__in=wanted, state__in=AT_WORK).order_by("pk")
    assignments = list(found.select_related("body"))
    missing = [body.name for key, body in wanted.items() if key not in {row.body_id for row in assignments}]
    if missing or not assignments:
        raise refusals.NotConcerned(task=str(task), which="、".join(missing) or "—")
    calendar, today = calendar_of(issue.region_id), localdate(at)
    kind = Recurrence.parse(issue.recurrence).kind
    period = Period.containing(due, kind)
    _check(issue, assignments, period, due, (reason, basis), calendar, today)
    made = [
        _bring_forward(row, issue, period, due, calendar, today)
        or _extra(row, issue, period, due, calendar, today)
        for row in assignments
    ]
    for row in made:
        row.state, row.opened_at, row.asked_by = Occurrence.State.OPEN, at, by
        row.reason, row.basis = reason.strip(), basis.strip()
        row.save()
    record(
        type="work.report.asked",
        object=task,
        region=issue.region_id,
        by=by,
        at=at,
        bodies=[row.body.name for row in assignments],
        due=due.isoformat(),
        reason=reason,
        basis=basis,
    )
    return made


def _check(
    issue: Issue,
    assignments: list[Assignment],
    period: Period,
    due: date,
    words: tuple[str, str],
    calendar: WorkCalendar,
    today: date,
) -> None:
    others = _requests(assignments, period.kind)
    for row in assignments:
        request = Request(str(row.body_id), "", period.key, today, due, reason=words[0], basis=words[1])
        against = against_opening(request, others[row.body_id], calendar, minimum=issue.notice_days)
        if against:
            why = Phrase(against[0].message("zh"), against[0].message("en"))
            raise refusals.RequestRefused(body=row.body.name, why=why)


def _requests(assignments: list[Assignment], kind: Kind) -> dict[int, list[Request]]:
    """What was asked of the same bodies for the same task, by body; the periods are those of the plan."""
    rows = Occurrence.objects.filter(assignment__in=assignments, opened_at__isnull=False)
    found: dict[int, list[Request]] = defaultdict(list)
    for row in rows.order_by("pk"):
        found[row.body_id].append(
            Request(
                str(row.body_id),
                "",
                Period.containing(row.scheduled, kind).key,
                localdate(row.opened_at),
                row.due,
                answered=localdate(row.answered_at) if row.answered_at else None,
                cancelled=row.state == Occurrence.State.CANCELLED,
            )
        )
    return found


def _bring_forward(
    assignment: Assignment, issue: Issue, period: Period, due: date, calendar: WorkCalendar, today: date
) -> Occurrence | None:
    """The report of the same period that is not open yet, due no later than before."""
    waiting = Occurrence.objects.filter(
        assignment=assignment,
        state=Occurrence.State.SCHEDULED,
        scheduled__range=(period.start, period.end),
    )
    row = waiting.order_by("scheduled", "pk").first()
    if row is None:
        return None
    row.moved = min(due, row.due)
    clock = clock_of(row.scheduled, terms_of(issue), calendar, due=row.moved, opened=today)
    for name, day in days_of(clock).items():
        setattr(row, name, day)
    row.version = F("version") + 1
    return row


def _extra(
    assignment: Assignment, issue: Issue, period: Period, due: date, calendar: WorkCalendar, today: date
) -> Occurrence:
    clock = clock_of(due, terms_of(issue), calendar, opened=today)
    same = Occurrence.objects.filter(assignment=assignment, key__startswith=due.isoformat()).count()
    return Occurrence(
        region_id=issue.region_id,
        assignment=assignment,
        task_id=assignment.task_id,
        body_id=assignment.body_id,
        key=f"{due.isoformat()}.{same + 1}" if same else due.isoformat(),
        period=period.key,
        scheduled=due,
        **days_of(clock),
    )
