"""What issuing a plan amounts to before it is done: parts, rules of time, and what stands in the way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from luoshi.apps.organization.models import Body
from luoshi.apps.organization.queries.members import load_roster
from luoshi.apps.plan.models import Deadline, Plan, Task, TaskBody
from luoshi.apps.plan.queries.expansion import Part, day_of, parts_of_plan
from luoshi.apps.work.models import ReportingRule
from luoshi.core.calendar.recurrences import Recurrence, UnknownRecurrence


@dataclass(frozen=True, slots=True)
class RuleValues:
    """A reporting rule as it should be: a recurrence, or one day."""

    recurrence: str = ""
    day: date | None = None
    origin: str = ReportingRule.Origin.DEFAULT.value
    quote: str = ""
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """What issuing a plan amounts to.

    Attributes:
        parts: who has which part in which task, leads in the order of the plan.
        unmatched: names that belong to no registered body yet.
        empty: groups that nobody belongs to on the day of the plan.
        idle: tasks that name no body at all.
    """

    parts: tuple[Part, ...]
    unmatched: tuple[TaskBody, ...]
    empty: tuple[Body, ...]
    idle: tuple[Task, ...]


def draft_of(plan: Plan) -> Draft:
    """Who would get what, in a fixed number of queries."""
    roster = load_roster(plan.region_id)
    parts = tuple(parts_of_plan(plan, roster))
    mentioned = TaskBody.objects.filter(task__plan=plan)
    unmatched = mentioned.filter(body=None).select_related("task").order_by("task__position", "position")
    day = day_of(plan)
    groups = Body.objects.filter(kind=Body.Kind.GROUP, mentions__in=mentioned).distinct()
    empty = tuple(group for group in groups if not roster.members(group.pk, day))
    idle = Task.objects.filter(plan=plan).exclude(pk__in=mentioned.values("task")).order_by("position")
    return Draft(parts, tuple(unmatched), empty, tuple(idle))


def rules_of_plan(
    plan: Plan, recurrence: str, tasks: Iterable[int] | None = None
) -> dict[int, tuple[RuleValues, ...]]:
    """The rules of every task: the default recurrence, and what the document says of the task.

    Args:
        recurrence: the default of the plan.
        tasks: keys of the tasks that matter; all when left out.
    """
    rows = Deadline.objects.filter(task__plan=plan, kind__in=(Deadline.Kind.DATE, Deadline.Kind.RECURRING))
    said: dict[int, dict[tuple[str, date | None], RuleValues]] = defaultdict(dict)
    for task, kind, value, quote in rows.order_by("task", "position").values_list(
        "task", "kind", "value", "quote"
    ):
        rule = _read(kind, value, quote)
        if rule is not None:
            said[task].setdefault((rule.recurrence, rule.day), rule)
    keys = Task.objects.filter(plan=plan).values_list("pk", flat=True) if tasks is None else tasks
    default = RuleValues(recurrence)
    return {key: tuple({(recurrence, None): default, **said[key]}.values()) for key in keys}


def _read(kind: str, value: str, quote: str) -> RuleValues | None:
    """The rule that a deadline of the document amounts to; None when it names no day or recurrence."""
    origin = ReportingRule.Origin.DOCUMENT.value
    if kind == Deadline.Kind.DATE:
        with suppress(ValueError):
            return RuleValues(day=date.fromisoformat(value), origin=origin, quote=quote, ends=True)
        return None
    with suppress(UnknownRecurrence):
        return RuleValues(Recurrence.parse(value).value, origin=origin, quote=quote)
    return None
