"""Collectives of plans taken apart: which bodies a task really asks, as of the day of its plan.

What a plan names itself goes before what comes out of a collective, and lead before responsible: each body
stands once in a task.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.timezone import localtime

from luoshi.apps.organization.queries.members import load_roster
from luoshi.apps.plan.models import Plan, TaskBody
from luoshi.core.roster import Roster, means_others


@dataclass(frozen=True, slots=True)
class Part:
    """A body's part in a task: `via` is the collective that it comes from, None when the task names it."""

    task: int
    body: int
    role: str
    via: int | None


@dataclass(frozen=True, slots=True)
class Mention:
    """A registered body as a task names it."""

    task: int
    plan: int
    body: int
    role: str
    collective: bool
    others: bool


def day_of(plan: Plan) -> date:
    """The day as of which a plan is read: of issue, else of publication, else of import."""
    for written in (plan.date, plan.published):
        try:
            return date.fromisoformat(written)
        except ValueError:
            continue
    return localtime(plan.created_at).date()


def parts_of_plan(plan: Plan, roster: Roster | None = None) -> list[Part]:
    """Who has which part in which task of a plan, in four queries; unregistered names are left out."""
    roster = roster or load_roster(plan.region_id)
    return take_apart(mentions_in(TaskBody.objects.filter(task__plan=plan)), {plan.pk: day_of(plan)}, roster)


def mentions_in(rows: QuerySet[TaskBody]) -> list[Mention]:
    """The registered bodies that these rows name, by task."""
    found = (
        rows.filter(body__isnull=False)
        .order_by("task", "position", "pk")
        .values_list("task", "task__plan", "body", "role", "collective", "name")
    )
    return [
        Mention(task, plan, body or 0, role, collective, means_others(name))
        for task, plan, body, role, collective, name in found
    ]


def take_apart(mentions: Iterable[Mention], days: dict[int, date], roster: Roster) -> list[Part]:
    """The parts that mentions amount to.

    Args:
        mentions: of whole tasks, those of one task together.
        days: the day of each plan, by key.
        roster: groups and members.
    """
    by_task: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_task[mention.task].append(mention)
    return [part for ones in by_task.values() for part in _one_task(ones, days[ones[0].plan], roster)]


def _one_task(mentions: list[Mention], day: date, roster: Roster) -> Iterable[Part]:
    parts: dict[int, Part] = {}
    named = [mention.body for mention in mentions]
    for collective in (False, True):
        for mention in sorted(mentions, key=lambda one: one.role != TaskBody.Role.LEAD):
            if _stands_for_members(mention, roster) != collective:
                continue
            others = [body for body in named if body != mention.body] if mention.others else ()
            bodies = roster.members(mention.body, day, others) if collective else (mention.body,)
            for body in bodies:
                via = mention.body if collective else None
                parts.setdefault(body, Part(mention.task, body, mention.role, via))
    return parts.values()


def _stands_for_members(mention: Mention, roster: Roster) -> bool:
    """Whether members are meant: of a group always, of a leading group where the plan says 成员单位."""
    return mention.body in roster.groups or (mention.collective and roster.has_members(mention.body))
