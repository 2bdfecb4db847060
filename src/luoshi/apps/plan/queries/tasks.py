"""Which tasks of a plan a person wants to see, and in which order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Count, Exists, F, IntegerField, Min, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from luoshi.apps.plan.models import Deadline, Finding, Section, Target, Task, TaskBody
from luoshi.apps.plan.queries.names import SHOWN_NAME, of_body

Part = TypeVar("Part", TaskBody, Target, Deadline)
# What a row shows of a body, a target and a deadline.
NAMED = ("role", "name", "collective")
AIMS = ("region", "quote", "comparator", "value", "unit", "of", "per", "by", "rule")
DUES = ("quote", "kind", "value")
SORTS = ("document", "due", "bodies", "findings")


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """What the filter of a task list asks for; empty values ask for nothing.

    Attributes:
        text: words that stand in the title or text of the task or in the name of one of its bodies, or are
            its number.
        body: a body as it is shown.
        role: `lead` or `responsible`: the role that `body` has, or that somebody has.
        chapter: a section; tasks below its subsections belong to it too.
        has: a key of `HAS`.
        sort: one of `SORTS`.
    """

    text: str = ""
    body: str = ""
    role: str = ""
    chapter: int | None = None
    has: str = ""
    sort: str = "document"

    @property
    def narrows(self) -> bool:
        """Whether the filter leaves anything out."""
        return bool(self.text or self.body or self.role or self.chapter or self.has)


def matching(plan: int, wanted: TaskFilter, sections: list[Section]) -> QuerySet[Task]:
    """The tasks of a plan that the filter asks for, in its order.

    Args:
        plan: primary key.
        wanted: the filter.
        sections: all sections of the plan, in order.
    """
    found = Task.objects.filter(plan_id=plan)
    for word in wanted.text.split():
        found = found.filter(_says(word))
    if wanted.body or wanted.role:
        found = found.filter(Exists(_mentions(wanted)))
    if wanted.chapter:
        found = found.filter(section_id__in=below(wanted.chapter, sections))
    if wanted.has:
        found = found.filter(HAS[wanted.has])
    return _ordered(found, wanted.sort)


def for_list(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """The same tasks with all that a row of a list shows, in a fixed number of queries.

    Each has `open_findings`, how many there are, and `heaviest`, the severity of the heaviest of them; its
    bodies, targets and deadlines are the lists `named`, `aims` and `dues` (lists, because a queryset for each
    task takes longer to make than its rows to read). They hold what a row shows and no more, and are put in
    order by columns of their own: the order of the tasks would join every task and its plan.
    """
    open_ones = Finding.objects.filter(state=Finding.State.OPEN)
    heaviest = open_ones.filter(**_OWN).order_by("severity").values("severity")[:1]
    return (
        tasks.only("plan", "number", "title", "text", "section__number", "section__title")
        .select_related("section")
        .annotate(open_findings=_count(open_ones), heaviest=Subquery(heaviest))
        .prefetch_related(
            Prefetch("bodies", _parts(TaskBody, *NAMED).annotate(shown=SHOWN_NAME), to_attr="named"),
            Prefetch("targets", _parts(Target, *AIMS), to_attr="aims"),
            Prefetch("deadlines", _parts(Deadline, *DUES), to_attr="dues"),
        )
    )


def _parts(model: type[Part], *shown: str) -> QuerySet[Part]:
    found: QuerySet[Part] = model.objects.only("task", *shown).order_by("task_id", "position")
    return found


def below(section: int, sections: list[Section]) -> list[int]:
    """A section and everything beneath it. Parents stand before their children in `sections`."""
    inside = {section}
    for one in sections:
        if one.parent_id in inside:
            inside.add(one.pk)
    return sorted(inside)


def _says(word: str) -> Any:
    named = TaskBody.objects.filter(task=OuterRef("pk")).filter(
        Q(name__icontains=word) | Q(body__name__icontains=word)
    )
    return Q(text__icontains=word) | Q(title__icontains=word) | Q(number=word) | Exists(named)


def _mentions(wanted: TaskFilter) -> QuerySet[TaskBody]:
    found: QuerySet[TaskBody] = TaskBody.objects.filter(task=OuterRef("pk"))
    if wanted.body:
        found = found.filter(of_body(wanted.body))
    if wanted.role:
        found = found.filter(role=wanted.role)
    return found


_OWN = {"task": OuterRef("pk")}
HAS: dict[str, Any] = {
    "target": Exists(Target.objects.filter(**_OWN)),
    "deadline": Exists(Deadline.objects.filter(**_OWN)),
    "date": Exists(Deadline.objects.filter(kind__in=["date", "recurring"], **_OWN)),
    "finding": Exists(Finding.objects.filter(state=Finding.State.OPEN, **_OWN)),
    "no-lead": ~Exists(TaskBody.objects.filter(role=TaskBody.Role.LEAD, **_OWN)),
}


def _count(rows: QuerySet[Finding] | QuerySet[TaskBody]) -> Coalesce:
    """How many of `rows` belong to each task, without multiplying the tasks by a join."""
    counted = rows.filter(**_OWN).order_by().values("task").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())


def _ordered(tasks: QuerySet[Task], sort: str) -> QuerySet[Task]:
    if sort == "due":
        dates = Deadline.objects.filter(kind="date", value__gte="0", **_OWN).order_by().values("task")
        first = Subquery(dates.annotate(first=Min("value")).values("first"))
        return tasks.annotate(due=first).order_by(F("due").asc(nulls_last=True), "position", "pk")
    if sort == "bodies":
        return tasks.annotate(body_count=_count(TaskBody.objects.all())).order_by(
            "-body_count", "position", "pk"
        )
    if sort == "findings":
        open_ones = Finding.objects.filter(state=Finding.State.OPEN)
        return tasks.annotate(doubts=_count(open_ones)).order_by("-doubts", "position", "pk")
    return tasks.order_by("position", "pk")
