"""A body in a plan: its tasks by light, what it has to report, who works for it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F, Min, OuterRef, Q, QuerySet, Subquery

from luoshi.apps.organization.models import Role
from luoshi.apps.work.models import Assignment, Evidence, Occurrence
from luoshi.apps.work.queries.standing import live_assignments, with_lights

SORTS: dict[str, tuple[Any, ...]] = {
    "light": ("rank_of_light", F("next_due").asc(nulls_last=True), "task__position", "pk"),
    "document": ("task__position", "pk"),
    "due": (F("next_due").asc(nulls_last=True), "task__position", "pk"),
}


def tasks_of_body(plan: int, body: int, today: date) -> QuerySet[Any]:
    """The tasks of a body in a plan, each with its light and the next day that it reports."""
    running = Occurrence.objects.filter(assignment=OuterRef("pk"), state=Occurrence.State.OPEN)
    first = running.order_by().values("assignment").annotate(first=Min("due")).values("first")
    lit = with_lights(live_assignments(plan).filter(body=body), today)
    found: QuerySet[Any] = lit.annotate(next_due=Subquery(first))
    return found


def matching_tasks(found: QuerySet[Any], *, text: str, role: str, sort: str) -> QuerySet[Any]:
    """Those of `tasks_of_body` that the filter asks for, in its order."""
    for word in text.split():
        found = found.filter(
            Q(task__title__icontains=word) | Q(task__text__icontains=word) | Q(task__number=word)
        )
    if role:
        found = found.filter(role=role)
    return found.select_related("task__section", "via").defer("task__read").order_by(*SORTS[sort])


def open_requests(plan: int, body: int, today: date) -> QuerySet[Any]:
    """What a body is asked for now, the earliest day first."""
    rows = Occurrence.objects.filter(body=body, task__plan=plan, state=Occurrence.State.OPEN).exclude(
        assignment__state__in=Assignment.GONE
    )
    return (
        with_lights(rows, today)
        .select_related("task", "report")
        .defer("task__read")
        .order_by("due", "task__position", "pk")
    )


def people_of(body: int) -> QuerySet[Role]:
    """Who works for a body, and as what."""
    return Role.objects.filter(body=body).select_related("user").order_by("name", "user__username")


def files_of(body: int) -> QuerySet[Evidence]:
    """The files of a body that no newer one replaces, the newest first."""
    return Evidence.objects.filter(body=body, replaced_by=None).select_related("by").order_by("-at", "-pk")
