"""A body's tasks go to another body: one, some, or all of them in one step."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from luoshi.apps.audit.operations import record
from luoshi.apps.organization.models import Body
from luoshi.apps.organization.queries.calendar import calendar_of
from luoshi.apps.work.models import Assignment, Extension, Occurrence, Report
from luoshi.apps.work.operations import refusals
from luoshi.apps.work.operations.halting import close_ranks
from luoshi.apps.work.operations.stepping import cancel_occurrences, lock_assignments, office_step, store
from luoshi.apps.work.operations.timing import MOVABLE, move_due
from luoshi.core.calendar.working_days import WorkCalendar
from luoshi.core.errors import Phrase
from luoshi.core.work.burden import earliest_due

_GROUP = Phrase("它是统称，不是一个单位", "it is a group, not a body")
_ELSEWHERE = Phrase("它不在本地区", "it belongs to another region")
_SAME = Phrase("任务本来就由它承办", "it has the task already")
_ENDED = Phrase("它已撤销", "it exists no more")


@transaction.atomic
def hand_over(
    *, assignments: Iterable[Assignment], receiver: Body, reason: str, by: User, at: datetime
) -> list[Assignment]:
    """Give tasks of a body to another one, with the periods that are not done and what was drafted for them.

    What is done stays with the body that did it, and a new receiver has the minimum notice. Where the
    receiver works on the task already, it goes on with its own periods, in the weightier of the two roles.

    Returns:
        The receiver's assignments.

    Raises:
        ReceiverUnusable: a group, a body of another region, one that has ended, or the giver itself.
    """
    rows = lock_assignments(assignments)
    if not rows:
        raise refusals.NothingChosen
    _check(rows, receiver, at)
    office_step(rows, "hand-over", {"reason": reason, "receiver": receiver.pk})
    ranks = {row.pk: row.rank for row in rows}
    for row in rows:
        row.ended_at, row.reason, row.rank, row.suspended_at = at, reason.strip(), None, None
    store(rows, "state", "kept", "ended_at", "reason", "rank", "suspended_at")
    there = {
        one.task_id: one
        for one in Assignment.objects.filter(body=receiver, task__in=[row.task_id for row in rows])
        .exclude(state__in=Assignment.GONE)
        .select_for_update(of=("self",))
    }
    received, calendar = [], calendar_of(receiver.region_id)
    for row in rows:
        sign_by = calendar.add_working_days(localdate(at), row.issue.signing_days).day
        row.receiver = _receive(row, there.get(row.task_id), receiver, ranks[row.pk], (at, sign_by))
        received.append(row.receiver)
    Assignment.objects.bulk_update(rows, ["receiver"], batch_size=200)
    for old, new in zip(rows, received, strict=True):
        _move_periods(old, new, reason)
    _keep_notice(rows, received, calendar, localdate(at))
    close_ranks({row.task_id for row in rows})
    givers = sorted({row.body.name for row in rows})
    record(
        type="work.assignments.handed-over",
        object=receiver,
        region=receiver.region_id,
        by=by,
        at=at,
        givers=givers,
        reason=reason.strip(),
        assignments=[row.pk for row in rows],
    )
    return received


def _keep_notice(
    rows: list[Assignment], received: list[Assignment], calendar: WorkCalendar, today: date
) -> None:
    """Nobody takes over what is due at once: the receiver has the minimum notice too."""
    issues = {row.issue_id: row.issue for row in rows}
    waiting = Occurrence.objects.filter(
        assignment__in=[one.pk for one in received],
        state=Occurrence.State.OPEN,
        answered_at=None,
        assignment__issued_at__isnull=False,
    ).select_related("assignment")
    for row in waiting:
        issue = issues[row.assignment.issue_id]
        earliest = earliest_due(today, calendar, minimum=issue.notice_days).day
        if row.due < earliest and localdate(row.assignment.issued_at) == today:
            move_due(occurrence=row, issue=issue, due=earliest, calendar=calendar)


def _check(rows: list[Assignment], receiver: Body, at: datetime) -> None:
    why = None
    if receiver.is_collective:
        why = _GROUP
    elif any(row.region_id != receiver.region_id for row in rows):
        why = _ELSEWHERE
    elif any(row.body_id == receiver.pk for row in rows):
        why = _SAME
    elif localdate(at) not in receiver.active:
        why = _ENDED
    if why is not None:
        raise refusals.ReceiverUnusable(receiver=receiver.name, why=why)


def _receive(
    old: Assignment, there: Assignment | None, receiver: Body, rank: int | None, days: tuple[datetime, date]
) -> Assignment:
    """The receiver's assignment: a new one, issued and to be signed for on these days, or the one it has."""
    if there is None:
        return Assignment.objects.create(
            region_id=old.region_id,
            issue=old.issue,
            task=old.task,
            body=receiver,
            role=old.role,
            rank=rank,
            issued_at=days[0],
            sign_by=days[1],
        )
    if rank is not None and (there.rank is None or rank < there.rank):
        there.role, there.rank = Assignment.Role.LEAD, rank
        there.version = F("version") + 1
        there.save(update_fields=["role", "rank", "version"])
    return there


def _move_periods(old: Assignment, new: Assignment, reason: str) -> None:
    rows = Occurrence.objects.filter(assignment=old, state__in=MOVABLE)
    own = Occurrence.objects.filter(assignment=new).values("key")
    cancel_occurrences(rows.filter(key__in=own), reason)
    moving = list(rows.exclude(key__in=own).values_list("pk", flat=True))
    Occurrence.objects.filter(pk__in=moving).update(
        assignment=new, body=new.body_id, version=F("version") + 1
    )
    Report.objects.filter(occurrence__in=moving).update(body=new.body_id)
    Extension.objects.filter(occurrence__in=moving, state__in=("asked", "endorsed")).update(body=new.body_id)
