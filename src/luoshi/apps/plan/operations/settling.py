"""Settling findings one by one, and undoing what was done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max

from luoshi.apps.audit.operations import record
from luoshi.apps.plan.models import Deadline, Finding, Plan, Settlement, TaskBody
from luoshi.apps.plan.operations.changes import Changes, keep, lock_draft, put_back, raise_version
from luoshi.apps.plan.operations.refusals import (
    AlreadySettled,
    AnswerMissing,
    AnswerUnusable,
    NoSuchCandidate,
    NothingToUndo,
)
from luoshi.apps.plan.queries.answers import metadata_field
from luoshi.core.errors import Phrase
from luoshi.core.plan.typed import day_of

STATES = {
    "accept": Finding.State.ACCEPTED,
    "choose": Finding.State.CHOSEN,
    "edit": Finding.State.EDITED,
    "dismiss": Finding.State.DISMISSED,
}


@transaction.atomic
def settle_finding(*, finding: Finding, action: str, by: User, at: datetime, value: str = "") -> Settlement:
    """Settle one finding.

    Args:
        action: `accept` the reading as it is, `choose` a candidate, `edit` with one's own wording, or
            `dismiss` the finding as none.
        value: the candidate or the wording.

    Raises:
        AlreadySettled: somebody was faster.
        NoSuchCandidate, AnswerMissing, AnswerUnusable: `value` does not do.
        PlanIsConfirmed: the plan may no longer be changed.
    """
    plan = lock_draft(finding.plan)
    finding = Finding.objects.select_for_update(of=("self",)).select_related("task").get(pk=finding.pk)
    _refuse_settled(finding)
    value = value.strip()
    if action == "choose" and value not in finding.candidates:
        raise NoSuchCandidate(value=value)
    if action == "edit" and not value:
        raise AnswerMissing
    changes = Changes()
    changes.change(finding, state=STATES[action].value, answer=value)
    if action in {"choose", "edit"}:
        _take_effect(finding, plan, value, changes)
    settlement = keep(
        changes,
        plan=plan,
        kind=f"finding.{action}",
        by=by,
        at=at,
        finding=finding,
        task=finding.task,
        code=finding.code,
        value=value,
    )
    record(
        type="plan.finding.settled",
        object=finding,
        region=plan.region_id,
        by=by,
        at=at,
        plan=plan.pk,
        code=finding.code,
        action=action,
        value=value,
    )
    return settlement


@transaction.atomic
def accept_notes(*, plan: Plan, by: User, at: datetime) -> Settlement | None:
    """Accept every open note as it was read, as one step that can be undone.

    Notes tell of damage that was repaired in the only way possible; the rest is settled one by one.

    Returns:
        What was done; None when no note was open.

    Raises:
        PlanIsConfirmed: the plan may no longer be changed.
    """
    plan = lock_draft(plan)
    notes = Finding.objects.filter(
        plan=plan, state=Finding.State.OPEN, severity=Finding.Severity.NOTE
    ).order_by("position")
    keys = list(notes.values_list("pk", flat=True))
    if not keys:
        return None
    changes = Changes()
    was, becomes = Finding.State.OPEN.value, Finding.State.ACCEPTED.value
    changes.change_all(Finding, keys, {"state": was}, {"state": becomes})
    settlement = keep(changes, plan=plan, kind="finding.accept-notes", by=by, at=at, count=len(keys))
    record(
        type="plan.finding.settled",
        object=plan,
        region=plan.region_id,
        by=by,
        at=at,
        action="accept-notes",
        findings=keys,
    )
    return settlement


def _refuse_settled(finding: Finding) -> None:
    if finding.state == Finding.State.OPEN:
        return
    last = finding.settlements.filter(undone_at=None).select_related("by").first()
    name = last.by.get_full_name() or last.by.get_username() if last and last.by else ""
    raise AlreadySettled(who=Phrase(name or "他人", name or "somebody"), state=finding.get_state_display())


# --- what an answer changes ---------------------------------------------------------------------------


def _take_effect(finding: Finding, plan: Plan, value: str, changes: Changes) -> None:
    effect = _EFFECTS.get(finding.code)
    if effect is not None:
        effect(finding, plan, value, changes)
    if finding.task is not None and len(changes.made) > 1:
        raise_version(finding.task)


def _rename_body(finding: Finding, plan: Plan, value: str, changes: Changes) -> None:
    """The body that stands where the finding is has `value` in its name there.

    Where the finding lies over several bodies nobody can say which one is meant: then no name changes.
    """
    here = list(
        TaskBody.objects.filter(task__plan=plan, start__lt=finding.end, end__gt=finding.start).order_by("pk")
    )
    if len({(mention.start, mention.end) for mention in here}) != 1:
        return
    for mention in here:
        name = _with_answer(mention, finding, value)
        if name:
            changes.change(mention, name=name, body_id=None)


def _with_answer(mention: TaskBody, finding: Finding, value: str) -> str:
    """The name with `value` in the place of the finding; empty when that place is not in the name."""
    if mention.start is None or mention.end is None:
        return ""
    if finding.start <= mention.start and mention.end <= finding.end:
        return value
    if mention.name != mention.printed or finding.start < mention.start or mention.end < finding.end:
        return ""
    first, last = finding.start - mention.start, finding.end - mention.start
    return mention.printed[:first] + value + mention.printed[last:]


def _name_lead(finding: Finding, plan: Plan, value: str, changes: Changes) -> None:
    """The body `value` leads the task: the one already named there, or a new one."""
    if finding.task is None:
        return
    named = TaskBody.objects.filter(task=finding.task, name=value).first()
    if named is not None:
        changes.change(named, role=TaskBody.Role.LEAD.value)
        return
    last = TaskBody.everything.filter(task=finding.task).aggregate(last=Max("position"))["last"]
    changes.create(
        TaskBody(
            region_id=plan.region_id,
            task=finding.task,
            position=0 if last is None else last + 1,
            role=TaskBody.Role.LEAD,
            name=value,
        )
    )


def _set_metadata(finding: Finding, plan: Plan, value: str, changes: Changes) -> None:
    field = metadata_field(finding, plan)
    if field == "date" and value:
        value = _day(value, Phrase("成文日期", "date of the document"))
    if field:
        changes.change(plan, **{field: value})


def _set_deadline(finding: Finding, plan: Plan, value: str, changes: Changes) -> None:
    """The vague deadline is the date `value`."""
    day = _day(value, Phrase("时限", "deadline"))
    for deadline in Deadline.objects.filter(
        task=finding.task, start__lt=max(finding.end, finding.start + 1), end__gt=finding.start
    ):
        changes.change(deadline, kind=Deadline.Kind.DATE.value, value=day)


def _day(typed: str, field: Phrase) -> str:
    day = day_of(typed)
    if day is None or day.startswith("-"):
        raise AnswerUnusable(value=typed, field=field)
    return day


_EFFECTS: dict[str, Callable[[Finding, Plan, str, Changes], None]] = {
    "unknown-organization": _rename_body,
    "duplicated-text": _rename_body,
    "broken-line": _rename_body,
    "stray-space": _rename_body,
    "no-lead": _name_lead,
    "no-organization": _name_lead,
    "metadata-conflict": _set_metadata,
    "vague-deadline": _set_deadline,
}


# --- undo ---------------------------------------------------------------------------------------------


@transaction.atomic
def undo_settlement(*, settlement: Settlement, by: User, at: datetime) -> Settlement:
    """Put back exactly what a settlement changed.

    Raises:
        NothingToUndo: it is undone already.
        ChangedSince: a later step changed the same rows.
        PlanIsConfirmed: the plan may no longer be changed.
    """
    plan = lock_draft(settlement.plan)
    settlement = (
        Settlement.objects.select_for_update(of=("self",)).select_related("task").get(pk=settlement.pk)
    )
    if settlement.undone_at is not None:
        raise NothingToUndo
    put_back(settlement.changes)
    if settlement.task is not None:
        raise_version(settlement.task)
    settlement.undone_by, settlement.undone_at = by, at
    settlement.save(update_fields=["undone_by", "undone_at"])
    record(
        type="plan.settlement.undone",
        object=settlement,
        region=plan.region_id,
        by=by,
        at=at,
        plan=plan.pk,
        kind=settlement.kind,
        position=settlement.position,
    )
    return settlement


def undo_last(*, plan: Plan, by: User, at: datetime) -> Settlement:
    """Undo the latest thing done to the plan that is not undone yet.

    Raises:
        NothingToUndo: there is none.
    """
    last = Settlement.objects.filter(plan=plan, undone_at=None).order_by("-position").first()
    if last is None:
        raise NothingToUndo
    return undo_settlement(settlement=last, by=by, at=at)
