"""A person binds what no words suggest: a mechanism to a task, or an indicator to a target.

The binding is kept, settled, logged and taken back as one that was suggested; only its reasons are empty.
"""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from luoshi.apps.binding.models import Binding
from luoshi.apps.binding.operations import refusals
from luoshi.apps.binding.operations.settling import settle
from luoshi.apps.binding.operations.suggesting import settled_plan
from luoshi.apps.binding.queries.declared import indicator_of, mechanism_of, name_of
from luoshi.apps.plan.models import Plan, Target, Task


@transaction.atomic
def bind_mechanism(*, task: Task, mechanism: str, by: User, at: datetime) -> Binding:
    """Bind a mechanism to a task although none of its words stand there; its duties are then asked about.

    Raises:
        PlanNotSettled: the plan is a draft.
        NoLongerDeclared: there is no such mechanism.
        BoundAlready: it is confirmed for the task.
    """
    place = settled_plan(task.plan_id)
    declared = mechanism_of(mechanism)
    if declared is None:
        raise refusals.NoLongerDeclared(mechanism=mechanism, part=mechanism)
    row = _chosen(place, task.pk, Binding.Kind.MECHANISM, mechanism)
    for duty in declared.duties:
        _chosen(place, task.pk, Binding.Kind.DUTY, mechanism, duty.key)
    return _confirm(row, by=by, at=at)


@transaction.atomic
def bind_indicator(*, target: Target, mechanism: str, indicator: str, by: User, at: datetime) -> Binding:
    """Have an indicator compute a target although no words say so.

    Raises:
        PlanNotSettled: the plan is a draft.
        NoLongerDeclared: there is no such indicator.
        BoundAlready: it computes the target.
        TargetMeasured: another indicator does.
        MechanismDeclined: the mechanism was declined for the task.
    """
    place = settled_plan(target.task.plan_id)
    if indicator_of(mechanism, indicator) is None:
        raise refusals.NoLongerDeclared(mechanism=mechanism, part=indicator)
    row = _chosen(place, target.task_id, Binding.Kind.TARGET, mechanism, indicator, target.pk)
    return _confirm(row, by=by, at=at)


def _chosen(
    plan: Plan, task: int, kind: Binding.Kind, mechanism: str, part: str = "", target: int | None = None
) -> Binding:
    """The binding as it stands, made where there is none."""
    row, _made = Binding.objects.get_or_create(
        task_id=task,
        kind=kind,
        mechanism=mechanism,
        part=part,
        target_id=target,
        defaults={"region_id": plan.region_id, "plan": plan},
    )
    return row


def _confirm(row: Binding, *, by: User, at: datetime) -> Binding:
    if row.state == Binding.State.CONFIRMED:
        raise refusals.BoundAlready(what=name_of(row))
    return settle(binding=row, action="confirm", seen=row.version, by=by, at=at)
