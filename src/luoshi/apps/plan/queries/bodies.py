"""A body's own page: its tasks by role, the bodies it works with, and what it owes when."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet

from luoshi.apps.plan.models import Deadline, Task, TaskBody
from luoshi.apps.plan.queries.names import mentions, of_body
from luoshi.apps.plan.queries.tasks import for_list


@dataclass(frozen=True, slots=True)
class Partner:
    """Another body, and how many tasks it shares with this one."""

    name: str
    tasks: int


def tasks_of(plan: int, name: str, role: str) -> QuerySet[Task]:
    """The tasks in which the body has `role`, in order, ready for a list."""
    named = TaskBody.objects.filter(of_body(name), task=OuterRef("pk"), role=role)
    return for_list(Task.objects.filter(Exists(named), plan_id=plan).order_by("position", "pk"))


def partners_of(plan: int, name: str) -> list[Partner]:
    """The bodies that stand in the same tasks, those with most tasks in common first."""
    beside = TaskBody.objects.filter(of_body(name), task=OuterRef("task"))
    counted = (
        mentions(plan)
        .filter(Exists(beside))
        .exclude(shown=name)
        .order_by("shown")
        .values_list("shown")
        .annotate(tasks=Count("task", distinct=True))
    )
    return sorted((Partner(*row) for row in counted), key=lambda partner: (-partner.tasks, partner.name))


def deadlines_of(plan: int, name: str) -> QuerySet[Deadline]:
    """Days, recurring duties and the rest, of all tasks in which the body has a role."""
    named = TaskBody.objects.filter(of_body(name), task=OuterRef("task"))
    found: QuerySet[Deadline] = Deadline.objects.filter(Exists(named), task__plan_id=plan)
    return found.select_related("task").order_by("task__position", "position", "pk")
