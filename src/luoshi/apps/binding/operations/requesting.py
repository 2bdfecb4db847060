"""A confirmed duty becomes requests of work; one that is taken back asks nobody any more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from luoshi.apps.audit.operations import record
from luoshi.apps.binding.models import Binding
from luoshi.apps.binding.operations.falling_due import fall_due
from luoshi.apps.binding.operations.fulfilling import fulfil_opened, take_back
from luoshi.apps.binding.queries.declared import duty_of, mechanism_of
from luoshi.apps.binding.queries.duties import asked, suffix
from luoshi.apps.work.models import Assignment, Issue, Occurrence
from luoshi.apps.work.operations.timing import Further, advance_issue
from luoshi.core.calendar.recurrences import Recurrence
from luoshi.core.work.machines import OCCURRENCE
from luoshi.core.work.schedule import Slot
from luoshi.core.work.states import Standing, step


def further(issue: Issue, assignments: Sequence[Assignment], end: date) -> Iterator[Further]:
    """What the duties bound to a plan ask for beside its own rules.

    A duty that is the plan's own is not asked for a second time.
    """
    rows = Binding.objects.filter(
        plan=issue.plan_id, kind=Binding.Kind.DUTY, state=Binding.State.CONFIRMED, same_as=""
    )
    for binding in rows.order_by("pk"):
        duty, mechanism = duty_of(binding.mechanism, binding.part), mechanism_of(binding.mechanism)
        if duty is None or mechanism is None:
            continue
        basis = mechanism.name.zh if duty.source is None else duty.source.law
        own = asked(duty, [one for one in assignments if one.task_id == binding.task_id])
        for one in Recurrence.parse(duty.recurrence).occurrences(issue.first_day, end):
            day = duty.last_day(one.period, one.scheduled)
            slot = Slot(one.key + suffix(binding.pk), one.period, day)
            for assignment in own:
                yield Further(assignment, slot, duty.label.zh, basis)


def follow(binding: Binding, at: datetime) -> None:
    """A person has settled a binding: ask for a duty, or ask no more, in the same transaction."""
    if binding.kind != Binding.Kind.DUTY:
        return
    issue = Issue.objects.filter(plan=binding.plan_id).first()
    if issue is None:
        return
    fall_due(binding, issue, at)
    if binding.state != Binding.State.CONFIRMED:
        take_back(binding, at)
        _move(binding, "cancel", [Occurrence.State.SCHEDULED, Occurrence.State.OPEN], at)
        return
    if not binding.same_as:
        _move(binding, "reinstate", [Occurrence.State.CANCELLED], at)
        advance_issue(issue=issue, at=at)
    fulfil_opened(issue, at)


def _move(binding: Binding, name: str, states: list[Occurrence.State], at: datetime) -> None:
    """Cancel or reinstate the requests of a duty that nobody has answered."""
    rows = Occurrence.objects.filter(
        task=binding.task_id,
        key__endswith=suffix(binding.pk),
        state__in=states,
        answered_at=None,
        report=None,
    )
    found = list(rows.select_for_update(of=("self",)).order_by("pk"))
    for one in found:
        standing = Standing(one.state, one.kept or None)
        after = step(OCCURRENCE, standing, name, role="office", given={"reason": "binding"})
        one.state, one.kept = Occurrence.State(after.state), after.kept or ""
        one.version += 1
        one.save(update_fields=["state", "kept", "version"])
    if found:
        record(
            type="binding.requests.moved",
            object=binding,
            region=binding.region_id,
            by=None,
            at=at,
            step=name,
            occurrences=[one.pk for one in found],
        )
