"""The recurring duties that a plan itself writes into a task."""

from __future__ import annotations

from luoshi.apps.plan.models import Deadline


def rhythms_of(task: int) -> list[Deadline]:
    """The recurring deadlines of a task, as they stand in its text."""
    return list(Deadline.objects.filter(task=task, kind=Deadline.Kind.RECURRING).order_by("position"))
