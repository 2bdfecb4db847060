"""What a person says of a suggestion: confirm, decline, take back. Nothing is bound without it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Literal

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet

from luoshi.apps.audit.operations import record
from luoshi.apps.binding.models import Binding
from luoshi.apps.binding.operations import refusals
from luoshi.apps.binding.queries.declared import duty_of, indicator_of, mechanism_of, name_of
from luoshi.apps.binding.queries.listing import certain_of
from luoshi.apps.binding.queries.rhythms import rhythms_of
from luoshi.apps.plan.models import Plan
from luoshi.core.errors import Phrase

Action = Literal["confirm", "decline", "reopen"]
TARGETS: dict[str, Binding.State] = {
    "confirm": Binding.State.CONFIRMED,
    "decline": Binding.State.DECLINED,
    "reopen": Binding.State.SUGGESTED,
}
Listener = Callable[[Binding, datetime], None]
_LISTENERS: list[Listener] = []


def when_settled(listener: Listener) -> Listener:
    """Have `listener(binding, at)` called in the transaction of each settlement."""
    if listener not in _LISTENERS:
        _LISTENERS.append(listener)
    return listener


@transaction.atomic
def settle(
    *, binding: Binding, action: Action, seen: int, by: User, at: datetime, same_as: str = ""
) -> Binding:
    """Confirm or decline a suggestion, or take either back.

    Args:
        seen: the version that the person looked at.
        same_as: of a duty that is confirmed: the recurrence of the plan's own duty that is the same one;
            empty where the duty is asked for itself.

    Raises:
        SettledMeanwhile: somebody has settled it since.
        TargetMeasured: another indicator computes the target.
        MechanismDeclined: the mechanism was declined for the task.
        MechanismInUse: targets or duties of the mechanism are confirmed.
        NoLongerDeclared: the mechanism or its part is gone.
        NoSuchRhythm: the plan has no such duty.
    """
    Plan.objects.select_for_update(of=("self",)).get(pk=binding.plan_id)
    rows = Binding.objects.select_for_update(of=("self",)).select_related("task", "target", "plan")
    kept = rows.get(pk=binding.pk)
    if kept.version != seen:
        raise refusals.SettledMeanwhile(what=name_of(kept))
    if kept.kind == Binding.Kind.MECHANISM:
        _check_mechanism(kept, action)
    elif action == "confirm":
        _check_part(kept)
    if action == "confirm" and kept.kind == Binding.Kind.DUTY:
        _check_rhythm(kept, same_as)
    before = kept.state
    _put(kept, action, by=by, at=at, same_as=same_as)
    record(
        type="binding.settled",
        object=kept,
        region=kept.region_id,
        by=by,
        at=at,
        task=kept.task_id,
        kind=kept.kind,
        mechanism=kept.mechanism,
        part=kept.part,
        before=str(before),
        after=str(kept.state),
        same_as=kept.same_as,
    )
    for listener in _LISTENERS:
        listener(kept, at)
    return kept


@transaction.atomic
def confirm_certain(*, plan: Plan, seen: int, by: User, at: datetime) -> int:
    """Confirm every suggestion of a plan that is certain, in one go.

    Args:
        seen: how many the person was told.

    Raises:
        ListChanged: there are more or fewer by now.
    """
    Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    rows = list(certain_of(plan.pk).select_for_update(of=("self",)).order_by("pk"))
    if len(rows) != seen:
        raise refusals.ListChanged(now=len(rows), seen=seen)
    for row in rows:
        _put(row, "confirm", by=by, at=at)
    record(
        type="binding.certain.confirmed",
        object=plan,
        region=plan.region_id,
        by=by,
        at=at,
        bindings=[row.pk for row in rows],
    )
    for row in rows:
        for listener in _LISTENERS:
            listener(row, at)
    return len(rows)


def _put(row: Binding, action: Action, *, by: User, at: datetime, same_as: str = "") -> None:
    row.state = TARGETS[action]
    settled = row.state != Binding.State.SUGGESTED
    row.settled_by, row.settled_at = (by, at) if settled else (None, None)
    row.same_as = same_as if row.state == Binding.State.CONFIRMED else ""
    row.version += 1
    row.save(update_fields=["state", "settled_by", "settled_at", "same_as", "version"])


def _check_mechanism(row: Binding, action: Action) -> None:
    if action == "confirm":
        if mechanism_of(row.mechanism) is None:
            raise refusals.NoLongerDeclared(mechanism=row.mechanism, part=row.mechanism)
        return
    used = _beside(row).exclude(kind=Binding.Kind.MECHANISM).filter(state=Binding.State.CONFIRMED)
    names = [name_of(one) for one in used]
    if names:
        parts = Phrase("、".join(one.zh for one in names), ", ".join(one.en for one in names))
        raise refusals.MechanismInUse(mechanism=name_of(row), parts=parts)


def _check_part(row: Binding) -> None:
    found = (indicator_of if row.kind == Binding.Kind.TARGET else duty_of)(row.mechanism, row.part)
    if found is None:
        raise refusals.NoLongerDeclared(mechanism=row.mechanism, part=row.part)
    own = _beside(row).filter(kind=Binding.Kind.MECHANISM, state=Binding.State.DECLINED).first()
    if own is not None:
        raise refusals.MechanismDeclined(mechanism=name_of(own))
    if row.target_id is not None:
        others = Binding.objects.filter(target=row.target_id, state=Binding.State.CONFIRMED)
        other = others.exclude(pk=row.pk).first()
        if other is not None:
            raise refusals.TargetMeasured(indicator=name_of(other))


def _check_rhythm(row: Binding, same_as: str) -> None:
    if same_as and all(one.value != same_as for one in rhythms_of(row.task_id)):
        raise refusals.NoSuchRhythm(recurrence=same_as)


def _beside(row: Binding) -> QuerySet[Binding]:
    """Everything of the same mechanism in the same task."""
    return Binding.objects.filter(task=row.task_id, mechanism=row.mechanism)
