"""How a task is worded now: as the plan says, or as its latest approved adjustment does."""

from __future__ import annotations

from collections.abc import Iterable

from luoshi.apps.plan.models import Task
from luoshi.apps.work.models import Adjustment


def wording_of(task: Task) -> str:
    """The wording of a task that counts now."""
    return wordings_of([task]).get(task.pk, task.text)


def wordings_of(tasks: Iterable[Task]) -> dict[int, str]:
    """The wordings of the tasks that were adjusted, in one query; those of other tasks stay as they are."""
    rows = Adjustment.objects.filter(
        task__in=[task.pk for task in tasks], state=Adjustment.State.APPROVED
    ).order_by("decided_at", "pk")
    return dict(rows.values_list("task", "new_text"))
