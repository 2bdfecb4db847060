"""Periods: listed, asked for beside the rules, answered by “no change”."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Status

from luoshi.apps.api.area import AnyKey, Area, Key, Keys, Listing, Paged, Sent, Words, caller, paged
from luoshi.apps.api.shapes import Day
from luoshi.apps.api.work_shapes import NoChangeOut, OccurrenceOut, OccurrenceRow
from luoshi.apps.organization.access import check
from luoshi.apps.organization.models import Body
from luoshi.apps.plan.models import Task
from luoshi.apps.work.models import Issue, Occurrence
from luoshi.apps.work.operations.asking import ask as ask_bodies
from luoshi.apps.work.operations.no_change import report_no_change
from luoshi.apps.work.queries.agenda import dated
from luoshi.apps.work.queries.reading import own_bodies
from luoshi.apps.work.queries.standing import with_lights

area = Area("periods")


class PeriodsAsked(Listing):
    """Which periods."""

    plan: AnyKey | None = None
    task: AnyKey | None = None
    body: AnyKey | None = None
    state: Literal[("", *Occurrence.State.values)] = ""  # type: ignore[valid-type]
    due_from: Day | None = None
    due_to: Day | None = None


class Asking(Sent):
    """A report asked for beside the rules."""

    bodies: Keys
    due: Day
    reason: Words = ""
    basis: Words


class Requests(Sent):
    """Some periods."""

    occurrences: Keys


@area.read("/occurrences", "work.view", Paged[OccurrenceOut])
def index(request: HttpRequest, asked: Annotated[PeriodsAsked, Query()]) -> Any:
    """Periods of one's bodies, or of the region, by due date; with lights."""
    names = {
        "plan": "task__plan",
        "task": "task",
        "body": "body",
        "due_from": "due__gte",
        "due_to": "due__lte",
    }
    wanted = {path: getattr(asked, name) for name, path in names.items() if getattr(asked, name) is not None}
    rows = dated(caller(request)).filter(**wanted)
    if asked.state:
        rows = rows.filter(state=asked.state)
    if asked.q:
        rows = rows.filter(task__text__icontains=asked.q)
    return paged(with_lights(rows, timezone.localdate()).order_by("due", "pk"), asked)


@area.do("/tasks/{task}/ask", "work.steer", {201: list[OccurrenceRow]}, "office")
def ask(request: HttpRequest, task: Key, sent: Asking) -> Any:
    """Ask bodies of a task for a report beside the rules."""
    found = get_object_or_404(Task.objects.select_related("plan"), pk=task)
    check(request, "work.steer", found)
    get_object_or_404(Issue, plan=found.plan_id)
    bodies = Body.objects.filter(pk__in=sent.bodies, region=found.region_id)
    values = sent.model_dump(exclude={"bodies"})
    return Status(201, ask_bodies(task=found, bodies=bodies, by=caller(request), at=timezone.now(), **values))


@area.do("/occurrences/no-change", "work.report", NoChangeOut, "report")
def no_change(request: HttpRequest, sent: Requests) -> Any:
    """Say of periods that nothing has changed; those of which it cannot be said are listed."""
    rows = Occurrence.objects.filter(pk__in=sent.occurrences, body__in=own_bodies(caller(request)))
    result = report_no_change(occurrences=rows, by=caller(request), at=timezone.now())
    refused = [
        {
            "occurrence_id": row.pk,
            "code": error.code,
            "messages": error.messages(),
        }
        for row, error in result.refused
    ]
    return {"done": [one.pk for one in result.done], "refused": refused}
