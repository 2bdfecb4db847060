"""How the work stands, as the database can say it: lights, and how many of each.

A light is a comparison of days, never stored: `due`, `warn_from` and the day of the answer against today.
Its rank orders lights as `luoshi.core.work.lights.Light` does, from 0 for red to 4 for blue: the worst of
several is the least. The rules are those of `luoshi.core.work.lights.show`; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import (
    Case,
    Count,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    SmallIntegerField,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from luoshi.apps.plan.models import Task
from luoshi.apps.work.models import Assignment, Occurrence
from luoshi.core.work.lights import Light, Tally

LIGHTS = tuple(Light)
RANK = {light: rank for rank, light in enumerate(LIGHTS)}


def light_of(rank: int) -> Light:
    """The light of a rank."""
    return LIGHTS[rank]


def occurrence_rank(today: date) -> Case:
    """The rank of an occurrence's light, for use on `Occurrence`.

    What was answered and not sent back waits for others: its light is the one of the day of the answer, and
    never red.
    """
    return Case(
        When(state=Occurrence.State.CLOSED, then=_rank(Light.BLUE)),
        When(
            ~Q(state=Occurrence.State.OPEN) | Q(assignment__state=Assignment.State.SUSPENDED),
            then=_rank(Light.GREY),
        ),
        *_running(today),
        default=_rank(Light.GREEN),
        output_field=SmallIntegerField(),
    )


def assignment_rank(today: date) -> Case:
    """The rank of the light of a body's task: the worst of its open occurrences, for use on `Assignment`."""
    return Case(
        When(state=Assignment.State.CLOSED, then=_rank(Light.BLUE)),
        When(state__in=[Assignment.State.SUSPENDED, *Assignment.GONE], then=_rank(Light.GREY)),
        default=_worst(Occurrence.objects.filter(assignment=OuterRef("pk")), "assignment", today),
        output_field=SmallIntegerField(),
    )


def task_rank(today: date) -> Coalesce:
    """The rank of a task's light: the worst among its leads, for use on `plan.Task`.

    Bodies that are only responsible are seen in the list, not counted.
    """
    leads = (
        Assignment.objects.filter(task=OuterRef("pk"), role=Assignment.Role.LEAD)
        .exclude(state__in=Assignment.GONE)
        .annotate(rank_of_light=assignment_rank(today))
        .order_by()
        .values("task")
        .annotate(worst=Min("rank_of_light"))
        .values("worst")
    )
    return Coalesce(Subquery(leads), _rank(Light.GREY), output_field=SmallIntegerField())


def with_lights(rows: QuerySet[Any], today: date) -> QuerySet[Any]:
    """The same occurrences, assignments or tasks, each with the rank of its light as `rank_of_light`."""
    ranks = {Occurrence: occurrence_rank, Assignment: assignment_rank, Task: task_rank}
    lit: QuerySet[Any] = rows.annotate(rank_of_light=ranks[rows.model](today))
    return lit


def of_light(rows: QuerySet[Any], light: str) -> QuerySet[Any]:
    """Those of `with_lights` that show this light; all of them when it is empty."""
    return rows.filter(rank_of_light=RANK[Light(light)]) if light else rows


def tally(rows: QuerySet[Any]) -> Tally:
    """How many of each light, counted in the database. Needs `with_lights`."""
    return _tally(rows.order_by().values_list("rank_of_light").annotate(n=Count("pk")))


def tallies(rows: QuerySet[Any], by: str) -> dict[Any, Tally]:
    """The tally of every value of the field `by`, in one query. Needs `with_lights`."""
    counted: dict[Any, list[tuple[int, int]]] = {}
    for value, rank, number in rows.order_by().values_list(by, "rank_of_light").annotate(n=Count("pk")):
        counted.setdefault(value, []).append((rank, number))
    return {value: _tally(numbers) for value, numbers in counted.items()}


def live_assignments(plan: int) -> QuerySet[Assignment]:
    """The assignments of a plan that were neither taken back nor handed over."""
    return Assignment.objects.filter(issue__plan_id=plan).exclude(state__in=Assignment.GONE)


def _worst(occurrences: QuerySet[Occurrence], by: str, today: date) -> Coalesce:
    """The least rank among open occurrences; grey where there is none."""
    ranks = Case(*_running(today), default=_rank(Light.GREEN), output_field=SmallIntegerField())
    worst = (
        occurrences.filter(state=Occurrence.State.OPEN)
        .order_by()
        .values(by)
        .annotate(worst=Min(ranks))
        .values("worst")
    )
    return Coalesce(Subquery(worst), _rank(Light.GREY), output_field=SmallIntegerField())


def _running(today: date) -> tuple[When, ...]:
    """Red and yellow of an occurrence whose clock runs."""
    waiting, answered = Q(answered_at=None), Q(answered_at__isnull=False)
    return (
        When(waiting & Q(due__lt=today), then=_rank(Light.RED)),
        When(waiting & Q(warn_from__lte=today), then=_rank(Light.YELLOW)),
        When(answered & Q(answered_at__date__gte=F("warn_from")), then=_rank(Light.YELLOW)),
    )


def _rank(light: Light) -> Value:
    return Value(RANK[light], output_field=SmallIntegerField())


def _tally(counted: Iterable[tuple[int, int]]) -> Tally:
    return Tally(**{light_of(rank).value: number for rank, number in counted})
