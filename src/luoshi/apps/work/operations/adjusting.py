"""Another wording of a task: proposed with a reason and a basis, decided by a second person of the office."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from luoshi.apps.audit.operations import record
from luoshi.apps.organization.models import Body
from luoshi.apps.plan.models import Task
from luoshi.apps.work.models import Adjustment
from luoshi.apps.work.operations import refusals
from luoshi.apps.work.queries.wordings import wording_of


@transaction.atomic
def propose_wording(
    *, task: Task, new_text: str, reason: str, basis: str, body: Body | None, by: User, at: datetime
) -> Adjustment:
    """Propose another wording of a task.

    Args:
        body: that proposes it; None for the office.

    Raises:
        AdjustmentIncomplete, AdjustmentChangesNothing, AdjustmentPending.
    """
    task = Task.objects.select_for_update().get(pk=task.pk)
    if not (new_text.strip() and reason.strip() and basis.strip()):
        raise refusals.AdjustmentIncomplete
    old = wording_of(task)
    if old.strip() == new_text.strip():
        raise refusals.AdjustmentChangesNothing(task=str(task))
    pending = Adjustment.objects.filter(task=task, state=Adjustment.State.ASKED).first()
    if pending is not None:
        raise refusals.AdjustmentPending(task=str(task))
    made = Adjustment.objects.create(
        region_id=task.region_id,
        task=task,
        body=body,
        old_text=old,
        new_text=new_text.strip(),
        reason=reason.strip(),
        basis=basis.strip(),
        asked_by=by,
        asked_at=at,
    )
    record(type="work.adjustment.proposed", object=made, region=task.region_id, by=by, at=at, task=task.key)
    return made


@transaction.atomic
def approve_wording(*, adjustment: Adjustment, answer: str = "", by: User, at: datetime) -> Adjustment:
    """Let the new wording count; the old one stays beside it.

    Raises:
        AdjustmentDecided: it is not waiting any more.
        AdjustmentBySamePerson: whoever proposed it cannot decide.
    """
    row = _decide(adjustment, Adjustment.State.APPROVED, answer, by, at)
    record(type="work.adjustment.approved", object=row, region=row.region_id, by=by, at=at)
    return row


@transaction.atomic
def refuse_wording(*, adjustment: Adjustment, reason: str, by: User, at: datetime) -> Adjustment:
    """Leave the wording as it is.

    Raises:
        AdjustmentDecided, AdjustmentBySamePerson.
        RefusalWithoutReason: whoever proposed it has to learn why.
    """
    if not reason.strip():
        raise refusals.RefusalWithoutReason
    row = _decide(adjustment, Adjustment.State.REFUSED, reason, by, at)
    record(type="work.adjustment.refused", object=row, region=row.region_id, by=by, at=at, reason=row.answer)
    return row


@transaction.atomic
def withdraw_wording(*, adjustment: Adjustment, by: User, at: datetime) -> Adjustment:
    """Take a proposal back that nobody has decided on.

    Raises:
        AdjustmentDecided: it is not waiting any more.
    """
    row = _waiting(adjustment)
    row.state = Adjustment.State.WITHDRAWN
    row.save(update_fields=["state"])
    record(type="work.adjustment.withdrawn", object=row, region=row.region_id, by=by, at=at)
    return row


def _decide(
    adjustment: Adjustment, state: Adjustment.State, answer: str, by: User, at: datetime
) -> Adjustment:
    row = _waiting(adjustment)
    if by.pk == row.asked_by_id:
        raise refusals.AdjustmentBySamePerson
    row.state, row.decided_by, row.decided_at, row.answer = state, by, at, answer.strip()
    row.save(update_fields=["state", "decided_by", "decided_at", "answer"])
    return row


def _waiting(adjustment: Adjustment) -> Adjustment:
    row = Adjustment.objects.select_for_update().get(pk=adjustment.pk)
    if row.state != Adjustment.State.ASKED:
        raise refusals.AdjustmentDecided(state=refusals.ADJUSTMENT_WORDS[row.state])
    return row
