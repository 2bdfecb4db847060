"""The office stops a task of a body and lets it go on: suspend, resume, cancel, close, reopen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from luoshi.apps.audit.operations import record
from luoshi.apps.organization.queries.calendar import calendar_of
from luoshi.apps.work.models import Assignment, Issue, Occurrence, ReportingRule
from luoshi.apps.work.operations import refusals
from luoshi.apps.work.operations.stepping import cancel_occurrences, lock_assignments, office_step, store
from luoshi.apps.work.operations.timing import advance_issue, move_due
from luoshi.core.calendar.working_days import WorkCalendar
from luoshi.core.work.burden import earliest_due


@transaction.atomic
def suspend(*, assignments: Iterable[Assignment], reason: str, by: User, at: datetime) -> list[Assignment]:
    """Let the clocks of tasks stand still."""
    rows = _chosen(assignments)
    office_step(rows, "suspend", {"reason": reason})
    for row in rows:
        row.suspended_at, row.reason = at, reason.strip()
    store(rows, "state", "kept", "suspended_at", "reason")
    for issue, keys in _by_issue(rows):
        record(
            type="work.assignments.suspended",
            object=issue,
            region=issue.region_id,
            by=by,
            at=at,
            assignments=keys,
            reason=reason.strip(),
        )
    return rows


@transaction.atomic
def resume(*, assignments: Iterable[Assignment], by: User, at: datetime) -> list[Assignment]:
    """Let suspended tasks go on: an open period has as many working days left as it had, and its notice.

    Periods that were never opened and went by meanwhile are cancelled.
    """
    rows = _chosen(assignments)
    office_step(rows, "resume")
    today, calendar = localdate(at), calendar_of(rows[0].region_id)
    for row in rows:
        since = localdate(row.suspended_at) if row.suspended_at else today
        _go_on(row, calendar, since, today)
        row.suspended_at, row.reason = None, ""
    store(rows, "state", "kept", "suspended_at", "reason")
    _advance(rows, at)
    for issue, keys in _by_issue(rows):
        record(
            type="work.assignments.resumed",
            object=issue,
            region=issue.region_id,
            by=by,
            at=at,
            assignments=keys,
        )
    return rows


def _go_on(assignment: Assignment, calendar: WorkCalendar, since: date, today: date) -> None:
    issue = assignment.issue
    rows = Occurrence.objects.filter(assignment=assignment)
    missed = rows.filter(state=Occurrence.State.SCHEDULED, due__lt=today)
    cancel_occurrences(missed, "suspended")
    for row in rows.filter(state=Occurrence.State.OPEN, answered_at=None, due__gte=since):
        due = _new_due(row, issue, calendar, since, today)
        if due != row.due:
            move_due(occurrence=row, issue=issue, due=due, calendar=calendar)


def _new_due(row: Occurrence, issue: Issue, calendar: WorkCalendar, since: date, today: date) -> date:
    if since == today:
        return row.due
    left = calendar.working_days_between(max(since, row.opens_on), row.due).days
    notice = earliest_due(today, calendar, minimum=issue.notice_days).day
    return max(row.due, notice, calendar.add_working_days(today, left).day)


@transaction.atomic
def cancel(
    *, assignments: Iterable[Assignment], reason: str, basis: str, by: User, at: datetime
) -> list[Assignment]:
    """Take tasks back from their bodies, for good.

    Raises:
        LastLead: a task would go on without anybody who leads it.
    """
    rows = _chosen(assignments)
    _check_leads(rows)
    office_step(rows, "cancel", {"reason": reason, "basis": basis})
    cancel_occurrences(Occurrence.objects.filter(assignment__in=[row.pk for row in rows]), reason)
    for row in rows:
        row.ended_at, row.reason, row.basis, row.rank = at, reason.strip(), basis.strip(), None
    store(rows, "state", "kept", "ended_at", "reason", "basis", "rank")
    close_ranks({row.task_id for row in rows})
    for issue, keys in _by_issue(rows):
        record(
            type="work.assignments.cancelled",
            object=issue,
            region=issue.region_id,
            by=by,
            at=at,
            assignments=keys,
            reason=reason.strip(),
            basis=basis.strip(),
        )
    return rows


def _check_leads(rows: list[Assignment]) -> None:
    chosen = {row.pk for row in rows}
    tasks: dict[int, list[Assignment]] = defaultdict(list)
    live = Assignment.objects.filter(task__in={row.task_id for row in rows}).exclude(
        state__in=Assignment.GONE
    )
    for row in live:
        if row.pk not in chosen:
            tasks[row.task_id].append(row)
    for row in rows:
        others = tasks[row.task_id]
        led = any(other.role == Assignment.Role.LEAD for other in others)
        if row.role == Assignment.Role.LEAD and others and not led:
            raise refusals.LastLead(body=row.body.name, task=str(row.task))


def close_ranks(tasks: Iterable[int]) -> None:
    """Let the leads that are left move up, so that the first of them draws the joint report."""
    leads: dict[int, list[Assignment]] = defaultdict(list)
    found = Assignment.objects.filter(task__in=list(tasks), rank__isnull=False).order_by("rank")
    for row in found.exclude(state__in=Assignment.GONE):
        leads[row.task_id].append(row)
    for ones in leads.values():
        for rank, row in enumerate(ones):
            if row.rank != rank:
                Assignment.objects.filter(pk=row.pk).update(rank=rank, version=F("version") + 1)


@transaction.atomic
def close(*, assignments: Iterable[Assignment], by: User, at: datetime) -> list[Assignment]:
    """Close tasks that have an end and whose report was accepted; what was still to come is cancelled.

    Raises:
        StepNeedsMore: the task is a standing duty, or nothing was accepted yet.
    """
    rows = _chosen(assignments)
    ending = set(
        ReportingRule.objects.filter(task__in={row.task_id for row in rows}, ends=True).values_list(
            "task", flat=True
        )
    )
    accepted = set(
        Occurrence.objects.filter(
            assignment__in=[row.pk for row in rows], state=Occurrence.State.CLOSED
        ).values_list("assignment", flat=True)
    )
    for row in rows:
        office_step([row], "close", {"acceptance": row.pk in accepted, "ending": row.task_id in ending})
        row.ended_at = at
    cancel_occurrences(Occurrence.objects.filter(assignment__in=[row.pk for row in rows]), "closed")
    store(rows, "state", "kept", "ended_at")
    for issue, keys in _by_issue(rows):
        record(
            type="work.assignments.closed",
            object=issue,
            region=issue.region_id,
            by=by,
            at=at,
            assignments=keys,
        )
    return rows


@transaction.atomic
def reopen(*, assignments: Iterable[Assignment], reason: str, by: User, at: datetime) -> list[Assignment]:
    """Let closed tasks go on, with the periods that are still to come."""
    rows = _chosen(assignments)
    office_step(rows, "reopen", {"reason": reason})
    for row in rows:
        row.ended_at, row.reason = None, reason.strip()
    store(rows, "state", "kept", "ended_at", "reason")
    coming = Occurrence.objects.filter(
        assignment__in=[row.pk for row in rows],
        state=Occurrence.State.CANCELLED,
        due__gte=localdate(at),
    )
    for kept in (Occurrence.State.SCHEDULED, Occurrence.State.OPEN):
        coming.filter(kept=kept).update(state=kept, kept="", version=F("version") + 1)
    _advance(rows, at)
    for issue, keys in _by_issue(rows):
        record(
            type="work.assignments.reopened",
            object=issue,
            region=issue.region_id,
            by=by,
            at=at,
            assignments=keys,
            reason=reason.strip(),
        )
    return rows


def _chosen(assignments: Iterable[Assignment]) -> list[Assignment]:
    rows = lock_assignments(assignments)
    if not rows:
        raise refusals.NothingChosen
    return rows


def _advance(rows: list[Assignment], at: datetime) -> None:
    for issue in {row.issue_id: row.issue for row in rows}.values():
        advance_issue(issue=issue, at=at)


def _by_issue(rows: list[Assignment]) -> Iterator[tuple[Issue, list[int]]]:
    """The assignments of each issue, by key: events belong to the issue."""
    for issue in {row.issue_id: row.issue for row in rows}.values():
        yield issue, [row.pk for row in rows if row.issue_id == issue.pk]
