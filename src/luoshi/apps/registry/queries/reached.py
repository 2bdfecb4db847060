"""The tasks that ask bodies: those that name them, and those that reach them through a group.

A group is taken apart as of the day of the plan; a task that names a body and a group of it asks it once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from django.db.models import (
    Case,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from luoshi.apps.organization.models import Body
from luoshi.apps.organization.queries.members import load_roster, load_rosters
from luoshi.apps.plan.models import Plan, Task, TaskBody
from luoshi.apps.plan.queries.expansion import Mention, day_of, mentions_in, take_apart
from luoshi.core.roster import Roster


def tasks_of(body: Body, roster: Roster | None = None) -> QuerySet[Task]:
    """The tasks that ask a body, by plan and in order, each with its plan and section.

    Each has `through`, the name of the group that it reaches the body through; empty where it names the body.
    """
    rosters = {body.region_id: roster or load_roster(body.region_id)}
    reached = _through_groups(rosters).get(body.pk, {})
    by_group: dict[int, list[int]] = defaultdict(list)
    for task, group in reached.items():
        by_group[group].append(task)
    names = Body.objects.filter(pk__in=by_group).values_list("pk", "name").order_by("pk")
    through = (When(pk__in=by_group[group], then=Value(name)) for group, name in names)
    named = TaskBody.objects.filter(body=body, task=OuterRef("pk"))
    found: QuerySet[Task] = Task.objects.filter(Q(Exists(named)) | Q(pk__in=list(reached)))
    return (
        found.select_related("plan", "section")
        .annotate(through=Case(*through, default=Value(""), output_field=TextField()))
        .order_by("-plan__date", "-plan", "position", "pk")
    )


def with_task_count(bodies: QuerySet[Body], regions: Collection[str]) -> QuerySet[Body]:
    """The same bodies, each with `task_count`, how many `tasks_of` it has; in five queries before its own."""
    by_number: dict[int, list[int]] = defaultdict(list)
    for body, tasks in _through_groups(load_rosters(regions)).items():
        by_number[len(tasks)].append(body)
    named = TaskBody.objects.filter(body=OuterRef("pk")).order_by().values("body")
    counted = Subquery(named.annotate(n=Count("task", distinct=True)).values("n"))
    through = (When(pk__in=keys, then=Value(number)) for number, keys in by_number.items())
    return bodies.annotate(
        task_count=Coalesce(counted, 0, output_field=IntegerField())
        + Case(*through, default=Value(0), output_field=IntegerField())
    )


def _through_groups(rosters: Mapping[str, Roster]) -> dict[int, dict[int, int]]:
    """By body, the tasks that reach it through a group and do not name it, each with that group."""
    ties = (tie.group for roster in rosters.values() for tie in roster.ties)
    rules = (rule.group for roster in rosters.values() for rule in roster.rules)
    concerned = TaskBody.objects.filter(body__in={*ties, *rules}, task=OuterRef("task"))
    mentions = mentions_in(TaskBody.objects.filter(Exists(concerned), region_id__in=rosters))
    plans = Plan.objects.only("region", "date", "published", "created_at").in_bulk(
        {one.plan for one in mentions}
    )
    days = {key: day_of(plan) for key, plan in plans.items()}
    by_region: dict[str, list[Mention]] = defaultdict(list)
    for one in mentions:
        by_region[plans[one.plan].region_id].append(one)
    named = {(one.task, one.body) for one in mentions}
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for region, ones in by_region.items():
        for part in take_apart(ones, days, rosters[region]):
            if part.via is not None and (part.task, part.body) not in named:
                found[part.body][part.task] = part.via
    return found
