"""What a plan asks for within a period, and a duty only after it: the day of the duty counts.

A half-year cannot be reported before it is over. Where a person has said that the duty is the plan's own, the
requests of the plan are therefore due when the duty is. A day that the plan itself names stays, and so does a
later day that the office has granted.
"""

from __future__ import annotations

from datetime import date, datetime

from luoshi.apps.audit.operations import record
from luoshi.apps.binding.models import Binding
from luoshi.apps.binding.queries.declared import duty_of
from luoshi.apps.binding.queries.duties import asked, is_plans_own
from luoshi.apps.organization.queries.calendar import calendar_of
from luoshi.apps.plan.models import Plan
from luoshi.apps.work.models import Assignment, Issue, Occurrence
from luoshi.apps.work.operations.timing import AT_WORK, MOVABLE, move_due
from luoshi.core.calendar.periods import Period
from luoshi.core.calendar.recurrences import Recurrence
from luoshi.core.mechanism.declaration import Duty


def fall_due_made(region: str, at: datetime) -> None:
    """Requests were made in a region: those that are duties as well are due when the duties are."""
    rows = Binding.objects.filter(
        region=region,
        kind=Binding.Kind.DUTY,
        state=Binding.State.CONFIRMED,
        plan__status=Plan.Status.ISSUED,
    )
    for binding in rows.exclude(same_as="").order_by("pk"):
        issue = Issue.objects.filter(plan=binding.plan_id).first()
        if issue is not None:
            fall_due(binding, issue, at)


def fall_due(binding: Binding, issue: Issue, at: datetime) -> None:
    """Let the plan's own requests be due when the duty is; once it is bound no more, when the plan says."""
    duty = duty_of(binding.mechanism, binding.part)
    if duty is None or not duty.due_after:
        return
    calendar, moved = calendar_of(issue.region_id), []
    for row in _requests(binding, issue, duty):
        day = _last_day(duty, row)
        if _is_the_duty(binding, row):
            due, moves = day, row.due < day
        else:
            due, moves = None, row.moved == day
        if moves:
            move_due(occurrence=row, issue=issue, due=due, calendar=calendar)
            moved.append(row.pk)
    if moved:
        record(
            type="binding.requests.due",
            object=binding,
            region=binding.region_id,
            by=None,
            at=at,
            occurrences=moved,
        )


def _requests(binding: Binding, issue: Issue, duty: Duty) -> list[Occurrence]:
    """What the bodies that the duty is for have to answer in the task and have not answered."""
    assignments = Assignment.objects.filter(issue=issue, task=binding.task_id, state__in=AT_WORK)
    own = asked(duty, list(assignments.select_related("body").order_by("pk")))
    rows = Occurrence.objects.filter(
        assignment__in=[one.pk for one in own], state__in=MOVABLE, answered_at=None
    )
    return list(rows.select_for_update(of=("self",)).order_by("pk"))


def _is_the_duty(binding: Binding, row: Occurrence) -> bool:
    """Whether a person has said so of the plan's request, and the plan names no day for it."""
    same_as = binding.same_as
    return bool(same_as) and Recurrence.parse(same_as).day is None and is_plans_own(same_as, row)


def _last_day(duty: Duty, row: Occurrence) -> date:
    period = Period.containing(row.scheduled, Recurrence.parse(duty.recurrence).kind)
    return duty.last_day(period, row.scheduled)
