"""Bodies as the plan names them, matched with bodies of the registry."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from luoshi.apps.audit.operations import record
from luoshi.apps.organization.models import Body
from luoshi.apps.organization.operations import create_body
from luoshi.apps.organization.queries import bodies_by_name
from luoshi.apps.plan.models import Plan, Settlement, TaskBody
from luoshi.apps.plan.operations.changes import Changes, keep, lock_draft
from luoshi.core.plan.lexicon import line_of


@transaction.atomic
def match_body(*, plan: Plan, name: str, body: Body | None, by: User, at: datetime) -> Settlement:
    """Say which registered body the plan means by `name`, everywhere in the plan; None leaves it unmatched.

    Raises:
        PlanIsConfirmed: the plan may no longer be changed.
    """
    plan = lock_draft(plan)
    changes = Changes()
    _point(plan, name, body, changes)
    return _close(changes, plan, "body.match", [name], by, at, name=name, body=body.name if body else "")


@transaction.atomic
def match_all_exact(*, plan: Plan, by: User, at: datetime) -> Settlement | None:
    """Match every unmatched name that is exactly a name, short name or alias in the registry.

    Returns:
        What was done, as one step that can be undone; None when no name matched.
    """
    plan = lock_draft(plan)
    known = bodies_by_name(plan.region_id)
    names = [name for name in _unmatched(plan) if name in known]
    if not names:
        return None
    changes = Changes()
    for name in names:
        _point(plan, name, known[name], changes)
    return _close(changes, plan, "body.match-exact", names, by, at, count=len(names))


@transaction.atomic
def register_body(*, plan: Plan, name: str, line: str, by: User, at: datetime) -> Settlement:
    """Register the body that the plan calls `name`, and match it.

    Raises:
        BodyNameTaken: another body already goes by that name.
        PlanIsConfirmed: the plan may no longer be changed.
    """
    plan = lock_draft(plan)
    collective = TaskBody.objects.filter(task__plan=plan, name=name, collective=True).exists()
    body = create_body(
        region=plan.region_id, name=name, line=line or guess_line(name), collective=collective, by=by, at=at
    )
    changes = Changes()
    _point(plan, name, body, changes)
    return _close(changes, plan, "body.register", [name], by, at, name=name)


@transaction.atomic
def register_all(*, plan: Plan, by: User, at: datetime) -> Settlement | None:
    """Register every name that is unmatched and in no way in the registry, each as a body of its own.

    Returns:
        What was done; None when there was nothing to do. Undoing takes the matches back; the registry keeps
        its bodies, because other plans may name them by then.
    """
    plan = lock_draft(plan)
    known = bodies_by_name(plan.region_id)
    names = {name: collective for name, collective in _unmatched(plan).items() if name not in known}
    if not names:
        return None
    changes = Changes()
    for name, collective in names.items():
        body = create_body(
            region=plan.region_id, name=name, line=guess_line(name), collective=collective, by=by, at=at
        )
        _point(plan, name, body, changes)
    return _close(changes, plan, "body.register-all", list(names), by, at, count=len(names))


def guess_line(name: str) -> str:
    """The line that a name suggests; `other` when it suggests none."""
    line = line_of(name)
    return line if line in Body.Line.values else Body.Line.OTHER.value


def _unmatched(plan: Plan) -> dict[str, bool]:
    """Names without a body, in order, and whether they are collectives."""
    rows = TaskBody.objects.filter(task__plan=plan, body=None).order_by("name")
    return dict(rows.values_list("name", "collective").distinct())


def _point(plan: Plan, name: str, body: Body | None, changes: Changes) -> None:
    by_body: dict[int | None, list[int]] = defaultdict(list)
    rows = TaskBody.objects.filter(task__plan=plan, name=name).order_by("pk").values_list("pk", "body_id")
    for row, was in rows:
        by_body[was].append(row)
    after = {"body_id": body.pk if body else None}
    for was, keys in by_body.items():
        if was != after["body_id"]:
            changes.change_all(TaskBody, keys, {"body_id": was}, after)


def _close(
    changes: Changes, plan: Plan, kind: str, names: list[str], by: User, at: datetime, **detail: Any
) -> Settlement:
    settlement = keep(changes, plan=plan, kind=kind, by=by, at=at, **detail)
    record(
        type="plan.body.matched",
        object=plan,
        region=plan.region_id,
        by=by,
        at=at,
        kind=kind,
        names=names,
        **({"body": detail["body"]} if "body" in detail else {}),
    )
    return settlement
