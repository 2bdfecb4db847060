"""What the level above sees: regions beneath rolled up, issued plans by lights, accepted reports only."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from luoshi.apps.organization.models import Region
from luoshi.apps.organization.queries.tree import regions_below
from luoshi.apps.plan.models import Plan, Task
from luoshi.apps.work.models import Assignment, Occurrence, Report
from luoshi.apps.work.queries.forms import COUNTING
from luoshi.apps.work.queries.standing import tallies, with_lights
from luoshi.core.work.lights import Tally


@dataclass(frozen=True, slots=True)
class Rolled:
    """A region with everything beneath it: issued plans, tasks by lights, and how many regions that are."""

    region: Region
    plans: int
    beneath: int
    tally: Tally


def issued_plans() -> QuerySet[Plan]:
    """The plans that others may see from above: those that are out."""
    return Plan.objects.filter(status=Plan.Status.ISSUED)


def children(code: str, *, text: str = "", only: str = "", sort: str = "code") -> QuerySet[Region]:
    """The regions directly beneath one.

    Args:
        code: of the region.
        text: words that all stand in the name, or the code.
        only: `plans` for those that have an issued plan themselves.
        sort: `code` or `name`.
    """
    found = Region.objects.filter(parent=code)
    for word in text.split():
        found = found.filter(Q(name__icontains=word) | Q(code=word))
    if only == "plans":
        found = found.filter(Exists(issued_plans().filter(region=OuterRef("pk"))))
    return found.order_by(*(("name", "code") if sort == "name" else ("code",)))


def rolled(regions: Iterable[Region], today: date) -> list[Rolled]:
    """Some regions with everything beneath them; three queries, however many there are."""
    tops = list(regions)
    top_of = _tops({one.pk for one in tops})
    codes = list(top_of)
    plans: dict[str, int] = dict.fromkeys((one.pk for one in tops), 0)
    lights: dict[str, Tally] = {one.pk: Tally() for one in tops}
    counted = issued_plans().filter(region__in=codes).order_by().values_list("region")
    for code, number in counted.annotate(n=Count("pk")):
        plans[top_of[code]] += number
    tasks = Task.objects.filter(region__in=codes, plan__status=Plan.Status.ISSUED)
    for code, tally in tallies(with_lights(tasks, today), "region").items():
        lights[top_of[code]] += tally
    beneath = dict.fromkeys(plans, -1)
    for top in top_of.values():
        beneath[top] += 1
    return [Rolled(one, plans[one.pk], beneath[one.pk], lights[one.pk]) for one in tops]


def _tops(codes: Collection[str]) -> dict[str, str]:
    """Every region of some subtrees → the one of `codes` that it belongs to; one query."""
    rows = regions_below(codes).values_list("pk", "parent")
    parents = {code: parent for code, parent in rows if parent is not None}
    found = {code: code for code in codes}

    def top(code: str) -> str:
        if code not in found:
            found[code] = top(parents[code])
        return found[code]

    for code in parents:
        top(code)
    return found


def plans_of(region: str, *, text: str = "", sort: str = "new") -> QuerySet[Plan]:
    """The issued plans of a region."""
    found = issued_plans().filter(region=region)
    for word in text.split():
        found = found.filter(Q(title__icontains=word) | Q(document_number__icontains=word))
    order = ("title", "pk") if sort == "title" else ("-issue__issued_at", "-pk")
    return found.select_related("issue").defer("read").order_by(*order)


def plan_tallies(plans: Iterable[Plan], today: date) -> dict[int, Tally]:
    """The tasks of plans by lights, in one query."""
    return tallies(with_lights(Task.objects.filter(plan__in=list(plans)), today), "plan")


def parts_above(task: Task, today: date) -> QuerySet[Any]:
    """The bodies of a task with their lights, leads first; no drafts, no persons."""
    live = Assignment.objects.filter(task=task).exclude(state__in=Assignment.GONE)
    rows = with_lights(live, today).select_related("body", "via")
    return rows.order_by(F("rank").asc(nulls_last=True), "body__name", "pk")


def accepted_periods(task: Task) -> QuerySet[Occurrence]:
    """The periods of a task whose report the office has accepted, the newest first."""
    accepted = Report.objects.filter(occurrence=OuterRef("pk"))
    counts = accepted.annotate(counts=COUNTING).filter(counts__isnull=False)
    found = Occurrence.objects.filter(Exists(counts), task=task).select_related("body")
    return found.order_by("-due", F("assignment__rank").asc(nulls_last=True), "body__name", "pk")
