"""A comparison as lists and as a matrix: how each clause and each task stands, and with what it is paired."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    Max,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.utils.translation import gettext_lazy as _

from luoshi.apps.alignment.models import Clause, Comparison, Pair, Settlement
from luoshi.apps.document.models import heavy
from luoshi.apps.plan.models import ImportJob, Task
from luoshi.core.alignment.matching import LIKELY, POSSIBLE

STANDINGS = {
    "settled": _("人工确认"),
    "needless": _("本级无需任务"),
    "met": _("文字对应"),
    "partly": _("部分对应"),
    "missing": _("没有对应"),
}
# A task is never needless.
TASK_STANDINGS = {key: words for key, words in STANDINGS.items() if key != "needless"}
SORTS: dict[str, tuple[Any, ...]] = {
    "document": ("position", "pk"),
    "best": (F("best").desc(nulls_last=True), "position", "pk"),
    "worst": (F("best").asc(nulls_first=True), "position", "pk"),
}


def comparisons_of(plan: int) -> QuerySet[Comparison]:
    """The comparisons of a plan, each with how many clauses it has and how many of them stand alone."""
    alone = clauses_standing(Clause.objects.filter(comparison=OuterRef("pk")))
    counted = alone.filter(standing="missing").order_by().values("comparison").annotate(n=Count("pk"))
    found = Comparison.objects.filter(plan=plan).select_related("document", "made_by")
    return (
        found.defer(*heavy("document"))
        .annotate(clause_count=Count("clauses", distinct=True), alone=Subquery(counted.values("n")))
        .order_by("-made_at", "-pk")
    )


def unfinished(plan: int) -> QuerySet[ImportJob]:
    """Texts from above that are being read for a plan, and those that could not be, the newest first."""
    jobs = ImportJob.objects.filter(about=plan).exclude(state=ImportJob.State.DONE)
    return jobs.defer("content").order_by("-at", "pk")


def clauses_standing(clauses: QuerySet[Clause]) -> QuerySet[Any]:
    """Clauses, each with how it stands (`standing`) and the likeness of its best pair (`best`)."""
    needless = When(~Q(needless=""), then=Value("needless"))
    return _standing(clauses, Pair.objects.filter(clause=OuterRef("pk")), "clause", needless)


def tasks_standing(comparison: Comparison) -> QuerySet[Any]:
    """The tasks of the plan that is compared, likewise."""
    pairs = Pair.objects.filter(comparison=comparison, task=OuterRef("pk"))
    return _standing(Task.objects.filter(plan=comparison.plan_id), pairs, "task")


def _standing(rows: QuerySet[Any], pairs: QuerySet[Pair], by: str, *more: When) -> QuerySet[Any]:
    kept = pairs.exclude(state=Settlement.REFUSED).order_by().values(by)
    best = Subquery(kept.annotate(best=Max("score")).values("best"))
    standing = Case(
        When(Exists(pairs.filter(state=Settlement.CONFIRMED)), then=Value("settled")),
        *more,
        When(best__gte=str(LIKELY), then=Value("met")),
        When(best__gte=str(POSSIBLE), then=Value("partly")),
        default=Value("missing"),
        output_field=CharField(),
    )
    stood: QuerySet[Any] = rows.annotate(best=best).annotate(standing=standing)
    return stood


def filtered(rows: QuerySet[Any], *, text: str, standing: str, sort: str) -> QuerySet[Any]:
    """Those with some words that stand in a certain way."""
    for word in text.split():
        rows = rows.filter(Q(text__icontains=word) | Q(number=word))
    if standing:
        rows = rows.filter(standing=standing)
    return rows.order_by(*SORTS[sort])


def with_tasks(clauses: QuerySet[Any]) -> QuerySet[Any]:
    """Clauses with their pairs that nobody has refused, the best first."""
    pairs = _kept().select_related("task").defer("task__read")
    return clauses.select_related("needless_by").prefetch_related(Prefetch("pairs", pairs, to_attr="kept"))


def with_clauses(tasks: QuerySet[Any], comparison: Comparison) -> QuerySet[Any]:
    """Tasks with their pairs that nobody has refused, the best first."""
    pairs = _kept().filter(comparison=comparison).select_related("clause")
    return tasks.defer("read").prefetch_related(Prefetch("clauses", pairs, to_attr="kept"))


def _kept() -> QuerySet[Pair]:
    return Pair.objects.exclude(state=Settlement.REFUSED).order_by("-state", "-score", "pk")


def counts(rows: QuerySet[Any], standings: Mapping[str, Any] = STANDINGS) -> list[tuple[str, Any, int]]:
    """How many stand how: key, words, number; one query."""
    found = dict(rows.order_by().values_list("standing").annotate(n=Count("pk")))
    return [(key, words, found.get(key, 0)) for key, words in standings.items()]


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A clause against all tasks: the pair at each place, or None."""

    clause: Clause
    cells: list[Pair | None]


def matrix_rows(clauses: Iterable[Clause], tasks: Iterable[Mapping[str, Any]]) -> list[MatrixRow]:
    """Some clauses against all tasks, in one query."""
    rows, keys = list(clauses), [task["pk"] for task in tasks]
    found = {
        (pair.clause_id, pair.task_id): pair
        for pair in Pair.objects.filter(clause__in=rows).exclude(state=Settlement.REFUSED).defer("reasons")
    }
    return [MatrixRow(row, [found.get((row.pk, key)) for key in keys]) for row in rows]


def pairs_of(clause: Clause) -> QuerySet[Pair]:
    """Every pair of a clause, refused ones last."""
    order = Case(When(state=Settlement.REFUSED, then=Value(1)), default=Value(0))
    found = Pair.objects.filter(clause=clause).select_related("task__plan", "settled_by")
    return found.defer("task__read", "task__plan__read").order_by(order, "-score", "pk")
