"""Who got what of an issued plan, and who has signed for it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from luoshi.apps.organization.models import Body
from luoshi.apps.plan.models import Task
from luoshi.apps.plan.queries.expansion import Part
from luoshi.apps.work.models import Assignment, Issue, ReportingRule
from luoshi.core.work.address import Address, IssuingLine, address

SORTS = {"name": ("name", "pk"), "late": ("-late", "name", "pk"), "tasks": ("-tasks", "name", "pk")}


def addressed(line: str, body_line: str) -> Address:
    """How a body is addressed by an issue in this line."""
    lines: dict[str, IssuingLine] = {
        "government": "government",
        "party": "party",
        "rule-of-law": "rule-of-law",
    }
    return address(lines[line], body_line)


def lines_by_form(line: str, form: str) -> list[str]:
    """The lines of bodies that are addressed in this form."""
    return [one for one in Body.Line.values if addressed(line, one).form == form]


def bodies_of_issue(
    issue: Issue, today: date, *, text: str = "", state: str = "", form: str = "", sort: str = "name"
) -> QuerySet[Body]:
    """Bodies with how many tasks they have (`tasks`, `leads`), have to sign for (`unsigned`), and since when
    too long (`late`).
    """
    live = Q(assignments__issue=issue) & ~Q(assignments__state__in=Assignment.GONE)
    waiting = live & Q(assignments__state=Assignment.State.ISSUED)
    rows = Body.objects.filter(live).annotate(
        tasks=Count("assignments", filter=live),
        leads=Count("assignments", filter=live & Q(assignments__role=Assignment.Role.LEAD)),
        unsigned=Count("assignments", filter=waiting),
        late=Count("assignments", filter=waiting & Q(assignments__sign_by__lt=today)),
    )
    if text:
        rows = rows.filter(name__icontains=text)
    if state:
        narrowed = {"late": Q(late__gt=0), "open": Q(unsigned__gt=0), "done": Q(unsigned=0)}
        rows = rows.filter(narrowed[state])
    if form:
        rows = rows.filter(line__in=lines_by_form(issue.line, form))
    return rows.order_by(*SORTS[sort])


def signing_figures(issue: Issue, today: date) -> dict[str, int]:
    """How many assignments there are, are signed for, wait, and wait too long; in one query."""
    waiting = Q(state=Assignment.State.ISSUED)
    found: dict[str, int] = (
        Assignment.objects.filter(issue=issue)
        .exclude(state__in=Assignment.GONE)
        .aggregate(
            tasks=Count("pk"),
            bodies=Count("body", distinct=True),
            unsigned=Count("pk", filter=waiting),
            late=Count("pk", filter=waiting & Q(sign_by__lt=today)),
        )
    )
    return found | {"signed": found["tasks"] - found["unsigned"]}


@dataclass(frozen=True, slots=True)
class Share:
    """A body that would get tasks, as the preview of an issue shows it."""

    body: Body
    leads: int
    responsible: int


def shares(parts: Iterable[Part]) -> list[Share]:
    """Who would get how many tasks, by name."""
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for part in parts:
        counts[part.body][part.role] += 1
    bodies = Body.objects.filter(pk__in=counts).order_by("name", "pk")
    return [Share(body, counts[body.pk]["lead"], counts[body.pk]["responsible"]) for body in bodies]


@dataclass(frozen=True, slots=True)
class SlipLine:
    """A task on the paper that a body gets."""

    assignment: Assignment
    wording: str
    leads: tuple[str, ...]
    responsible: int
    rules: tuple[ReportingRule, ...]


def slip_lines(issue: Issue, body: Body, wordings: dict[int, str]) -> list[SlipLine]:
    """The tasks of a body with who else works on them, in a fixed number of queries."""
    mine = list(
        Assignment.objects.filter(issue=issue, body=body)
        .exclude(state__in=Assignment.GONE)
        .select_related("task", "via")
        .order_by("task__position")
    )
    tasks = [row.task_id for row in mine]
    leads: dict[int, list[str]] = defaultdict(list)
    others: Counter[int] = Counter()
    shared = Assignment.objects.filter(task__in=tasks).exclude(state__in=Assignment.GONE)
    for task, role, name in shared.order_by("task", "rank", "pk").values_list("task", "role", "body__name"):
        if role == Assignment.Role.LEAD:
            leads[task].append(name)
        else:
            others[task] += 1
    rules: dict[int, list[ReportingRule]] = defaultdict(list)
    for rule in ReportingRule.objects.filter(task__in=tasks).order_by("task", "pk"):
        rules[rule.task_id].append(rule)
    return [
        SlipLine(
            row,
            wordings.get(row.task_id, row.task.text),
            tuple(leads[row.task_id]),
            others[row.task_id],
            tuple(rules[row.task_id]),
        )
        for row in mine
    ]


def unsigned_of(
    bodies: Iterable[int], today: date, *, text: str = "", state: str = "", sort: str = "day"
) -> QuerySet[Assignment]:
    """Tasks of bodies by how the signing for them stands: waiting, late, signed for or all."""
    rows = Assignment.objects.filter(body__in=bodies).exclude(state__in=Assignment.GONE)
    waiting = Q(state=Assignment.State.ISSUED)
    narrowed: dict[str, Any] = {
        "": waiting,
        "late": waiting & Q(sign_by__lt=today),
        "signed": ~waiting,
        "all": Q(),
    }
    rows = rows.filter(narrowed[state])
    if text:
        rows = rows.filter(
            Q(task__title__icontains=text)
            | Q(task__text__icontains=text)
            | Q(issue__plan__title__icontains=text)
        )
    order = (
        ("sign_by", "issue", "task__position", "pk") if sort == "day" else ("issue", "task__position", "pk")
    )
    return rows.select_related("task", "body", "issue__plan", "signed_by").order_by(*order)


def tasks_of_plan(plan: int, keys: Iterable[int]) -> list[Task]:
    """The tasks with these keys, in order."""
    return list(Task.objects.filter(plan=plan, pk__in=list(keys)).order_by("position"))
