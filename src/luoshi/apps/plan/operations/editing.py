"""Editing tasks. Whoever saves names the version they saw; what was read stays beside what is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max

from luoshi.apps.audit.operations import record
from luoshi.apps.plan.models import Deadline, Settlement, Target, Task, TaskBody
from luoshi.apps.plan.models.task import TaskPart
from luoshi.apps.plan.operations.changes import Changes, check_version, keep, lock_draft, raise_version

# What a person may write, by the name that forms use.
PARTS: dict[str, type[TaskPart]] = {"body": TaskBody, "target": Target, "deadline": Deadline}

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TaskEdit:
    """What a person makes of a task; what is not named stays as it is.

    Attributes:
        title: the new title, or None.
        added: kind (a key of `PARTS`) and values of each part that the reading does not have.
        changed: kind, primary key and new values of parts.
        removed: kind and primary key of parts to take out; their rows stay, marked.
    """

    title: str | None = None
    added: tuple[tuple[str, Values], ...] = ()
    changed: tuple[tuple[str, int, Values], ...] = ()
    removed: tuple[tuple[str, int], ...] = ()


@transaction.atomic
def edit_task(*, task: Task, edit: TaskEdit, seen: int, by: User, at: datetime) -> Settlement | None:
    """Change a task in one step that can be undone.

    Args:
        seen: version of the task that the person saw.

    Returns:
        What was done; None when nothing differs from what is stored.

    Raises:
        EditedMeanwhile: the task has changed since; nothing is changed then.
        PlanIsConfirmed: the plan may no longer be changed.
    """
    plan = lock_draft(task.plan)
    check_version(task, seen)
    changes = Changes()
    if edit.title is not None:
        changes.change(task, title=edit.title.strip())
    for kind, key, values in edit.changed:
        part = _part(task, kind, key)
        changes.change(part, **_with_consequences(part, values))
    for kind, key in edit.removed:
        changes.change(_part(task, kind, key), removed=True)
    for kind, values in edit.added:
        changes.create(_new_part(task, kind, values))
    if not changes.made:
        return None
    raise_version(task)
    settlement = keep(
        changes,
        plan=plan,
        kind="task.edit",
        by=by,
        at=at,
        task=task,
        number=task.number,
        title=task.title,
        what=_what(changes.made),
    )
    record(
        type="plan.task.edited",
        object=task,
        region=plan.region_id,
        by=by,
        at=at,
        plan=plan.pk,
        changes=changes.made,
    )
    return settlement


def _part(task: Task, kind: str, key: int) -> TaskPart:
    model: Any = PARTS[kind]
    part: TaskPart = model.everything.get(task=task, pk=key)
    return part


def _with_consequences(part: TaskPart, values: Values) -> dict[str, Any]:
    """Another name may mean another body: it has to be matched anew."""
    if isinstance(part, TaskBody) and values.get("name", part.name) != part.name:
        return {**values, "body_id": None}
    return dict(values)


def _new_part(task: Task, kind: str, values: Values) -> TaskPart:
    model: Any = PARTS[kind]
    last = model.everything.filter(task=task).aggregate(last=Max("position"))["last"]
    position = 0 if last is None else last + 1
    part: TaskPart = model(region_id=task.region_id, task=task, position=position, **values)
    return part


def _what(changes: Iterable[Mapping[str, Any]]) -> list[str]:
    """Which kinds of things were changed, for the wording of the step."""
    kinds = {model._meta.label_lower: kind for kind, model in PARTS.items()} | {"plan.task": "title"}
    return sorted({kinds[change["model"]] for change in changes})
