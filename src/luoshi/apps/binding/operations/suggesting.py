"""Mechanisms offer themselves to the tasks of a plan; what a person has settled stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from luoshi.apps.audit.operations import record
from luoshi.apps.binding.models import Binding
from luoshi.apps.binding.operations.refusals import PlanNotSettled
from luoshi.apps.plan.models import Plan, Task
from luoshi.apps.register.declared import catalogue
from luoshi.core.mechanism.binding import aimed, offered
from luoshi.core.mechanism.declaration import Mechanism

SETTLED = (Plan.Status.CONFIRMED, Plan.Status.ISSUED)
BATCH = 500
Key = tuple[int, str, str, str, int | None]


@dataclass(frozen=True, slots=True)
class Suggested:
    """How many bindings were suggested anew, and how many wait for a person altogether."""

    new: int
    waiting: int


def settled_plan(plan: int) -> Plan:
    """A plan that can be bound, kept from others until the transaction ends.

    Raises:
        PlanNotSettled: it is a draft.
    """
    place = Plan.objects.select_for_update(of=("self",)).get(pk=plan)
    if place.status not in SETTLED:
        raise PlanNotSettled(plan=str(place))
    return place


@transaction.atomic
def suggest(*, plan: Plan, by: User, at: datetime) -> Suggested:
    """Look in all tasks of a plan for the words of all mechanisms.

    Suggestions whose words are gone are taken away; what a person has confirmed or declined is left alone,
    and so are the duties of a mechanism that is bound.

    Raises:
        PlanNotSettled: the plan is a draft.
    """
    place = settled_plan(plan.pk)
    found = {_key(row): row for row in _found(place)}
    kept = {_key(row): row for row in Binding.objects.filter(plan=place)}
    bound = {(row.task_id, row.mechanism) for row in kept.values() if _is_bound(row)}
    stale = [row.pk for key, row in kept.items() if key not in found and _is_stale(row, bound)]
    Binding.objects.filter(pk__in=stale).delete()
    new = [row for key, row in found.items() if key not in kept]
    Binding.objects.bulk_create(new, batch_size=BATCH)
    again = [row for key, row in kept.items() if key in found]
    for row in again:
        row.reasons, row.certain = found[_key(row)].reasons, found[_key(row)].certain
    Binding.objects.bulk_update(again, ["reasons", "certain"], batch_size=BATCH)
    waiting = Binding.objects.filter(plan=place, state=Binding.State.SUGGESTED).count()
    record(
        type="binding.suggested",
        object=place,
        region=place.region_id,
        by=by,
        at=at,
        new=len(new),
        removed=len(stale),
        waiting=waiting,
    )
    return Suggested(len(new), waiting)


def _key(row: Binding) -> Key:
    return row.task_id, row.kind, row.mechanism, row.part, row.target_id


def _is_bound(row: Binding) -> bool:
    return row.kind == Binding.Kind.MECHANISM and row.state == Binding.State.CONFIRMED


def _is_stale(row: Binding, bound: set[tuple[int, str]]) -> bool:
    """Whether nobody has to say anything of a binding that no words suggest any more."""
    duty_of_bound = row.kind == Binding.Kind.DUTY and (row.task_id, row.mechanism) in bound
    return row.state == Binding.State.SUGGESTED and not duty_of_bound


def _found(plan: Plan) -> Iterator[Binding]:
    """What the words of all mechanisms find in a plan, not saved."""
    tasks = Task.objects.filter(plan=plan).prefetch_related("targets").defer("read").order_by("position")
    mechanisms = list(catalogue())
    for task in tasks:
        task.plan = plan
        for mechanism in mechanisms:
            yield from _for_task(task, mechanism)
        yield from _for_targets(task, mechanisms)


def _for_task(task: Task, mechanism: Mechanism) -> Iterator[Binding]:
    """The mechanism itself, and with it its duties; whether these are the plan's own only a person knows."""
    offer = offered(mechanism, task.text)
    if offer is None:
        return
    words = {"words": [[one.word, one.start, one.end] for one in offer.found]}
    yield _row(task, Binding.Kind.MECHANISM, mechanism.key, "", words, certain=offer.certain)
    for duty in mechanism.duties:
        yield _row(task, Binding.Kind.DUTY, mechanism.key, duty.key, words, certain=False)


def _for_targets(task: Task, mechanisms: list[Mechanism]) -> Iterator[Binding]:
    """An indicator for each target; where several mechanisms know it, none of them is certain."""
    for target in task.targets.all():
        found = [
            one
            for one in (
                aimed(mechanism, of=target.of, quote=target.quote, unit=target.unit)
                for mechanism in mechanisms
            )
            if one is not None
        ]
        sure = Counter(one.certain for one in found)[True] == 1
        for one in found:
            start = target.start - task.start if target.start is not None else 0
            end = target.end - task.start if target.end is not None else 0
            yield _row(
                task,
                Binding.Kind.TARGET,
                one.mechanism,
                one.indicator,
                {"words": [[one.word, start, end]]},
                certain=one.certain and sure,
                target=target.pk,
            )


def _row(
    task: Task,
    kind: Binding.Kind,
    mechanism: str,
    part: str,
    reasons: dict[str, list[list[object]]],
    *,
    certain: bool,
    target: int | None = None,
) -> Binding:
    return Binding(
        region_id=task.region_id,
        plan_id=task.plan_id,
        task=task,
        kind=kind,
        mechanism=mechanism,
        part=part,
        target_id=target,
        certain=certain,
        reasons=reasons,
    )
