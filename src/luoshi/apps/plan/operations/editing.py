"""Editing tasks. Whoever saves names the version they saw; what was read stays beside what is written."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max

from luoshi.apps.audit.operations import record
from luoshi.apps.plan.models import Deadline, Plan, Settlement, Target, Task, TaskBody
from luoshi.apps.plan.models.task import TaskPart
from luoshi.apps.plan.operations.changes import Changes, keep, lock_draft, take_version

# What a person may write, by the name that addresses and forms use.
PARTS: dict[str, type[TaskPart]] = {"body": TaskBody, "target": Target, "deadline": Deadline}


@transaction.atomic
def set_title(*, task: Task, title: str, seen: int, by: User, at: datetime) -> Settlement:
    """Give a task another title.

    Args:
        seen: version of the task that the person saw.

    Raises:
        EditedMeanwhile: the task has changed since.
        PlanIsConfirmed: the plan may no longer be changed.
    """
    plan = _open(task, seen)
    changes = Changes()
    changes.change(task, title=title.strip())
    return _close(changes, plan, task, "task.title", by, at, title=title.strip())


@transaction.atomic
def add_part(
    *, task: Task, kind: str, values: dict[str, Any], seen: int, by: User, at: datetime
) -> Settlement:
    """Add a body, target or deadline that the reading does not have. Raises as `set_title`."""
    plan = _open(task, seen)
    model: Any = PARTS[kind]
    last = model._base_manager.filter(task=task).aggregate(last=Max("position"))["last"]
    part = model(region_id=task.region_id, task=task, position=0 if last is None else last + 1, **values)
    changes = Changes()
    changes.create(part)
    return _close(changes, plan, task, f"{kind}.add", by, at, name=str(part))


@transaction.atomic
def change_part(
    *, part: TaskPart, kind: str, values: dict[str, Any], seen: int, by: User, at: datetime
) -> Settlement:
    """Change a body (name, role), target or deadline. Raises as `set_title`."""
    task: Task = part.task  # type: ignore[attr-defined]
    plan = _open(task, seen)
    was = str(part)
    if isinstance(part, TaskBody) and values.get("name", part.name) != part.name:
        # Another name may mean another body: it has to be matched anew.
        values = {**values, "body_id": None}
    changes = Changes()
    changes.change(part, **values)
    return _close(changes, plan, task, f"{kind}.change", by, at, was=was, name=str(part))


@transaction.atomic
def remove_part(*, part: TaskPart, kind: str, seen: int, by: User, at: datetime) -> Settlement:
    """Take a body, target or deadline out of the task; the row stays, marked. Raises as `set_title`."""
    task: Task = part.task  # type: ignore[attr-defined]
    plan = _open(task, seen)
    changes = Changes()
    changes.change(part, removed=True)
    return _close(changes, plan, task, f"{kind}.remove", by, at, name=str(part))


def _open(task: Task, seen: int) -> Plan:
    plan = lock_draft(task.plan)
    take_version(task, seen)
    return plan


def _close(
    changes: Changes, plan: Plan, task: Task, kind: str, by: User, at: datetime, **detail: Any
) -> Settlement:
    settlement = keep(changes, plan=plan, kind=kind, by=by, at=at, task=task, number=task.number, **detail)
    record(
        type="plan.task.edited",
        object=task,
        region=plan.region_id,
        by=by,
        at=at,
        plan=plan.pk,
        kind=kind,
        changes=changes.made,
    )
    return settlement
