"""A plan as a map of lights: chapters of tasks, and the list of those that a filter asks for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Prefetch, Q, QuerySet, Subquery

from luoshi.apps.organization.models import Body
from luoshi.apps.plan.models import Plan, Section, Task
from luoshi.apps.plan.queries.names import OPENING, heading
from luoshi.apps.plan.queries.overview import chapter_of
from luoshi.apps.plan.queries.tasks import below
from luoshi.apps.work.models import Assignment, Occurrence
from luoshi.apps.work.queries.standing import light_of, live_assignments, of_light, with_lights
from luoshi.core.work.lights import Light, Tally

SORTS: dict[str, tuple[Any, ...]] = {
    "document": ("position", "pk"),
    "light": ("rank_of_light", F("next_due").asc(nulls_last=True), "position", "pk"),
    "due": (F("next_due").asc(nulls_last=True), "position", "pk"),
}


@dataclass(frozen=True, slots=True)
class Tile:
    """A task on the map; `wanted` when the filter asks for it."""

    pk: int
    number: str
    title: str
    light: Light
    wanted: bool


@dataclass(slots=True)
class ChapterLights:
    """A chapter of the map, or None for tasks that stand under no heading."""

    section: Section | None
    tiles: list[Tile] = field(default_factory=list)

    @property
    def tally(self) -> Tally:
        """How many of each light."""
        return Tally.of(tile.light for tile in self.tiles)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the filter of the map asks for; empty values ask for nothing."""

    text: str = ""
    light: str = ""
    chapter: int | None = None
    body: int | None = None
    sort: str = "document"


def bodies_at_work(plan: int) -> QuerySet[Body]:
    """The bodies that have a part in an issued plan, by name."""
    return Body.objects.filter(pk__in=live_assignments(plan).order_by().values("body")).order_by("name", "pk")


def tasks_on_map(plan: int, wanted: Wanted, sections: list[Section], today: date) -> QuerySet[Any]:
    """The tasks of a plan that the filter asks for, each with its light and the next day its leads report."""
    found = with_lights(Task.objects.filter(plan_id=plan), today).annotate(next_due=_next_due())
    for word in wanted.text.split():
        named = Assignment.objects.filter(task=OuterRef("pk"), body__name__icontains=word)
        found = found.filter(
            Q(text__icontains=word) | Q(title__icontains=word) | Q(number=word) | Exists(named)
        )
    if wanted.chapter is not None:
        found = found.filter(section_id__in=below(wanted.chapter, sections))
    if wanted.body is not None:
        found = found.filter(Exists(live_assignments(plan).filter(task=OuterRef("pk"), body=wanted.body)))
    return of_light(found, wanted.light).order_by(*SORTS[wanted.sort])


def for_rows(tasks: QuerySet[Any], plan: Plan, today: date) -> QuerySet[Any]:
    """The same tasks with what a row of the list shows: leads with their lights, and how many others."""
    live = live_assignments(plan.pk)
    leads = with_lights(live.filter(role=Assignment.Role.LEAD), today).select_related("body").order_by("rank")
    others = live.filter(role=Assignment.Role.RESPONSIBLE, task=OuterRef("pk")).order_by().values("task")
    counted: QuerySet[Any] = tasks.annotate(others=Subquery(others.annotate(n=Count("pk")).values("n")))
    shown = counted.defer("read").select_related("section")
    return shown.prefetch_related(Prefetch("assignments", leads, to_attr="leads"))


def plan_map(
    plan: int, sections: list[Section], today: date, wanted: frozenset[int] | None
) -> list[ChapterLights]:
    """Chapters that hold tasks, each with its tasks and their lights, in one query.

    Args:
        plan: primary key.
        sections: of the plan, in order.
        today: for the lights.
        wanted: keys of the tasks that the filter asks for, or None for all.
    """
    top = chapter_of(sections)
    chapters: dict[int | None, ChapterLights] = {}
    rows = with_lights(Task.objects.filter(plan_id=plan), today).order_by("position", "pk")
    for section, pk, number, title, opening, rank in rows.values_list(
        "section_id", "pk", "number", "title", OPENING, "rank_of_light"
    ):
        chapter = top.get(section)
        tile = Tile(
            pk, number, heading(number, title, opening), light_of(rank), wanted is None or pk in wanted
        )
        key = chapter.pk if chapter else None
        chapters.setdefault(key, ChapterLights(chapter)).tiles.append(tile)
    return list(chapters.values())


def _next_due() -> Subquery:
    asked = Occurrence.objects.filter(
        task=OuterRef("pk"), assignment__role=Assignment.Role.LEAD, state=Occurrence.State.OPEN
    ).exclude(assignment__state__in=[Assignment.State.SUSPENDED, *Assignment.GONE])
    return Subquery(asked.order_by().values("task").annotate(first=Min("due")).values("first"))
