"""A plan beside texts from above: which clause has no task, which task no clause, settled pair by pair."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import File, Query, Schema, Status, UploadedFile
from pydantic import Field

from luoshi.apps.alignment.models import Clause, Comparison, Pair, Settlement
from luoshi.apps.alignment.operations.comparing import (
    compare_file,
    pair_by_hand,
    remove_comparison,
    settle_pair,
)
from luoshi.apps.alignment.operations.marking import LONGEST_REASON, mark_needless, unmark_needless
from luoshi.apps.alignment.queries import comparisons as query
from luoshi.apps.api.area import AnyKey, Area, Asked, Key, Listing, Paged, Sent, caller, mark, paged, seen
from luoshi.apps.api.problems import showing
from luoshi.apps.api.routers.links import SettledOut
from luoshi.apps.document.models import heavy
from luoshi.apps.organization.access import check
from luoshi.apps.plan.models import Plan, Task
from luoshi.apps.plan.views.opened import plan_of

area = Area("comparisons")
Standing = Literal[("", *query.STANDINGS)]  # type: ignore[valid-type]


class StandingAsked(Listing):
    """Which clauses or tasks."""

    standing: Standing = ""
    sort: Literal["document", "best", "worst"] = "document"


class PairsAsked(Listing):
    """Which pairs."""

    clause: AnyKey | None = None
    task: AnyKey | None = None
    state: Literal[("", *Settlement.values)] = ""  # type: ignore[valid-type]


class PairIn(Sent):
    """The task that carries out the clause."""

    task: AnyKey


class ComparisonOut(Schema):
    """A plan beside a text from above."""

    id: int
    plan_id: int
    document_id: int
    title: str
    made_at: datetime


class ComparisonRow(ComparisonOut):
    """A comparison in a list: how many clauses it has, and how many of them stand alone."""

    clause_count: int
    alone: int

    @staticmethod
    def resolve_alone(comparison: Any) -> int:
        return comparison.alone or 0


class ComparisonWhole(ComparisonOut):
    """A comparison in numbers: how many clauses and tasks stand how."""

    clauses: dict[str, int]
    tasks: dict[str, int]


class StandingOut(Schema):
    """A task, or a clause from above: how it stands, and how alike its best pair is."""

    id: int
    number: str
    text: str
    standing: str
    best: float | None


class ClauseOut(StandingOut):
    """A clause from above; `needless` says why it needs no task here, and is empty otherwise."""

    comparison_id: int
    position: int
    needless: str
    version: int


class Needless(Sent):
    """Why a clause needs no task here."""

    reason: Annotated[str, Field(min_length=1, max_length=LONGEST_REASON)]


class PairOut(SettledOut):
    """A clause and a task that may carry it out."""

    clause_id: int
    task_id: int


@area.read("/plans/{plan}/comparisons", "alignment.view", Paged[ComparisonRow])
def index(request: HttpRequest, plan: Key, asked: Asked) -> Any:
    """The comparisons of a plan, the newest first."""
    return paged(query.comparisons_of(_plan(request, plan).pk), asked)


@area.do("/plans/{plan}/comparisons", "alignment.settle", {201: ComparisonOut}, "office")
def compare(request: HttpRequest, plan: Key, document: File[UploadedFile]) -> Any:
    """Put a plan beside a text from above; sent again, what a person has settled stays."""
    found = _plan(request, plan)
    check(request, "alignment.settle", found)
    name, content, by, now = document.name or "", document.read(), caller(request), timezone.now()
    return Status(201, compare_file(plan=found, name=name, content=content, by=by, at=now))


@area.read("/comparisons/{comparison}", "alignment.view", ComparisonWhole)
def one(request: HttpRequest, comparison: Key) -> Any:
    """A comparison, with how many clauses and tasks stand how."""
    found = _open(request, comparison)
    clauses = query.counts(query.clauses_standing(found.clauses.all()))
    tasks = query.counts(query.tasks_standing(found))
    told = {name: getattr(found, name) for name in ("id", "plan_id", "document_id", "title", "made_at")}
    counted = {"clauses": clauses, "tasks": tasks}
    return {**told, **{name: {key: n for key, _words, n in rows} for name, rows in counted.items()}}


@area.do("/comparisons/{comparison}", "alignment.settle", {204: None}, "office", method="DELETE")
def remove(request: HttpRequest, comparison: Key) -> Any:
    """Take a comparison away with everything settled in it; the document stays."""
    found = _open(request, comparison)
    check(request, "alignment.settle", found)
    remove_comparison(comparison=found, by=caller(request), at=timezone.now())
    return Status(204, None)


@area.read("/comparisons/{comparison}/clauses", "alignment.view", Paged[ClauseOut])
def clauses(request: HttpRequest, comparison: Key, asked: Annotated[StandingAsked, Query()]) -> Any:
    """The clauses of the text from above, and how each stands."""
    rows = query.clauses_standing(_open(request, comparison).clauses.all())
    return paged(query.filtered(rows, text=asked.q, standing=asked.standing, sort=asked.sort), asked)


@area.read("/comparisons/{comparison}/tasks", "alignment.view", Paged[StandingOut])
def tasks(request: HttpRequest, comparison: Key, asked: Annotated[StandingAsked, Query()]) -> Any:
    """The tasks of the plan, and how each stands."""
    rows = query.tasks_standing(_open(request, comparison)).defer("read")
    return paged(query.filtered(rows, text=asked.q, standing=asked.standing, sort=asked.sort), asked)


@area.read("/comparisons/{comparison}/pairs", "alignment.view", Paged[PairOut])
def pairs(request: HttpRequest, comparison: Key, asked: Annotated[PairsAsked, Query()]) -> Any:
    """Pairs of clauses and tasks, in the order of the text: the matrix as a list."""
    wanted = {"clause": asked.clause, "task": asked.task, "state": asked.state or None}
    rows = Pair.objects.filter(
        comparison=_open(request, comparison),
        **{name: one for name, one in wanted.items() if one is not None},
    )
    for word in asked.q.split():
        rows = rows.filter(clause__text__icontains=word)
    return paged(rows.order_by("clause__position", "-score", "pk"), asked)


@area.read("/clauses/{clause}", "alignment.view", ClauseOut)
def clause(request: HttpRequest, response: HttpResponse, clause: Key) -> Any:
    """A clause, and how it stands."""
    return _told(response, _clause(request, clause, "alignment.view"))


@area.do("/clauses/{clause}/needless", "alignment.settle", ClauseOut, "office", method="PUT", versioned=True)
def needless(request: HttpRequest, response: HttpResponse, clause: Key, sent: Needless) -> Any:
    """Say that a clause needs no task here, and why."""
    found = _clause(request, clause, "alignment.settle")
    given: dict[str, Any] = {"seen": seen(request), "by": caller(request), "at": timezone.now()}
    with showing(lambda: ClauseOut.from_orm(_standing(clause))):
        mark_needless(clause=found, reason=sent.reason, **given)
    return _told(response, found)


@area.do(
    "/clauses/{clause}/needless", "alignment.settle", ClauseOut, "office", method="DELETE", versioned=True
)
def needed(request: HttpRequest, response: HttpResponse, clause: Key) -> Any:
    """Take back that a clause needs no task here."""
    found = _clause(request, clause, "alignment.settle")
    given: dict[str, Any] = {"seen": seen(request), "by": caller(request), "at": timezone.now()}
    with showing(lambda: ClauseOut.from_orm(_standing(clause))):
        unmark_needless(clause=found, **given)
    return _told(response, found)


def _standing(clause: int) -> Clause:
    found: Clause = query.clauses_standing(Clause.objects.filter(pk=clause)).get()
    return found


def _told(response: HttpResponse, clause: Clause) -> Clause:
    found = _standing(clause.pk)
    mark(response, found.version)
    return found


@area.read("/clauses/{clause}/pairs", "alignment.view", Paged[PairOut])
def of_clause(request: HttpRequest, clause: Key, asked: Asked) -> Any:
    """Every pair of a clause, refused ones last."""
    return paged(query.pairs_of(_clause(request, clause, "alignment.view")), asked)


@area.do("/clauses/{clause}/pairs", "alignment.settle", {201: PairOut}, "office")
def pair(request: HttpRequest, clause: Key, sent: PairIn) -> Any:
    """Say that a task carries out a clause, though the texts do not."""
    found = _clause(request, clause, "alignment.settle")
    task = get_object_or_404(Task, pk=sent.task, plan=found.comparison.plan_id)
    return Status(201, pair_by_hand(clause=found, task=task, by=caller(request), at=timezone.now()))


@area.do("/pairs/{pair}/{action}", "alignment.settle", PairOut | None, "office", versioned=True)
def settle(
    request: HttpRequest, response: HttpResponse, pair: Key, action: Literal["confirm", "refuse", "reopen"]
) -> Any:
    """Confirm or refuse a pair, or take either back; null when that ends one that was made by hand."""
    found = get_object_or_404(Pair.objects.select_related("clause", "task"), pk=pair)
    check(request, "alignment.settle", found)
    given: dict[str, Any] = {"action": action, "seen": seen(request), "by": caller(request)}
    with showing(lambda: PairOut.from_orm(Pair.objects.get(pk=pair))):
        changed = settle_pair(pair=found, at=timezone.now(), **given)
    if changed is not None:
        mark(response, changed.version)
    return changed


def _plan(request: HttpRequest, plan: int) -> Plan:
    return plan_of(request, plan, "alignment.view")


def _open(request: HttpRequest, comparison: int) -> Comparison:
    rows = Comparison.objects.select_related("plan", "document").defer(*heavy("document"))
    found = get_object_or_404(rows, pk=comparison)
    check(request, "alignment.view", found)
    return found


def _clause(request: HttpRequest, clause: int, permission: str) -> Clause:
    found = get_object_or_404(Clause.objects.select_related("comparison"), pk=clause)
    check(request, permission, found)
    return found
