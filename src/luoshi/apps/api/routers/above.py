"""The level above: regions beneath rolled up, their issued plans by lights, what was accepted there."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Path, Query, Schema

from luoshi.apps.alignment.queries import above as query
from luoshi.apps.alignment.views.above import OfRegion, held
from luoshi.apps.api.area import Area, Asked, Key, Listing, Paged, caller, paged
from luoshi.apps.api.shapes import Lit, TallyOut
from luoshi.apps.organization.access import check
from luoshi.apps.organization.models import Region
from luoshi.apps.plan.models import Plan, Task
from luoshi.apps.work.models import Report
from luoshi.apps.work.queries.plan_map import Wanted, for_rows, tasks_on_map
from luoshi.apps.work.queries.task_work import counting_words
from luoshi.core.work.lights import Light, Tally

area = Area("above")
Code = Annotated[str, Path(min_length=1, max_length=12)]


class ChildrenAsked(Listing):
    """Which regions beneath one."""

    only: Literal["", "plans"] = ""
    sort: Literal["code", "name"] = "code"


class AbovePlansAsked(Listing):
    """Which plans."""

    sort: Literal["new", "title"] = "new"


class AboveTasksAsked(Listing):
    """Which tasks of a plan."""

    light: Literal[("", *(one.value for one in Light))] = ""  # type: ignore[valid-type]
    sort: Literal["document", "light", "due"] = "document"


class RolledOut(Schema):
    """A region with everything beneath it."""

    code: str
    name: str
    plans: int
    beneath: int
    tally: TallyOut


class AbovePlanOut(Schema):
    """An issued plan of a region beneath, by lights."""

    id: int
    region_id: str
    title: str
    document_number: str
    tally: TallyOut


class AboveTaskOut(Lit):
    """A task of such a plan."""

    id: int
    number: str
    title: str
    text: str
    next_due: date | None


class AbovePartOut(Lit):
    """A body of a task; no drafts, no persons."""

    id: int
    body_id: int
    name: str
    role: str
    state: str

    @staticmethod
    def resolve_name(part: Any) -> str:
        return str(part.body.name)


class AcceptedOut(Schema):
    """A period whose report was accepted, and the words that count."""

    occurrence_id: int
    body_id: int
    period: str
    due: date
    values: dict[str, Any]


@area.read("/above", "above.view", Paged[RolledOut])
def start(request: HttpRequest, asked: Asked) -> Any:
    """One's own regions, with everything beneath them."""
    rows = Region.objects.filter(pk__in=held(caller(request))).order_by("code")
    return _rolled(paged(rows, asked))


@area.read("/above/regions/{code}", "above.view", Paged[RolledOut])
def beneath(request: HttpRequest, code: Code, asked: Annotated[ChildrenAsked, Query()]) -> Any:
    """The regions directly beneath one, each with everything beneath it."""
    get_object_or_404(Region, pk=code)
    if code not in held(caller(request)):
        check(request, "above.view", OfRegion(code))
    return _rolled(paged(query.children(code, text=asked.q, only=asked.only, sort=asked.sort), asked))


def _rolled(page: dict[str, Any]) -> dict[str, Any]:
    rows = [
        {
            "code": one.region.pk,
            "name": one.region.name,
            "plans": one.plans,
            "beneath": one.beneath,
            "tally": one.tally,
        }
        for one in query.rolled(page["items"], timezone.localdate())
    ]
    return {**page, "items": rows}


@area.read("/above/regions/{code}/plans", "above.view", Paged[AbovePlanOut])
def plans(request: HttpRequest, code: Code, asked: Annotated[AbovePlansAsked, Query()]) -> Any:
    """The plans that a region beneath has issued, by lights."""
    get_object_or_404(Region, pk=code)
    check(request, "above.view", OfRegion(code))
    page = paged(query.plans_of(code, text=asked.q, sort=asked.sort), asked)
    tallies = query.plan_tallies(page["items"], timezone.localdate())
    rows = [
        {
            "id": one.pk,
            "region_id": one.region_id,
            "title": str(one),
            "document_number": one.document_number,
            "tally": tallies.get(one.pk, Tally()),
        }
        for one in page["items"]
    ]
    return {**page, "items": rows}


@area.read("/above/plans/{issued}/tasks", "above.view", Paged[AboveTaskOut])
def tasks(request: HttpRequest, issued: Key, asked: Annotated[AboveTasksAsked, Query()]) -> Any:
    """The tasks of an issued plan by lights."""
    found, today = _issued(request, issued), timezone.localdate()
    wanted = Wanted(asked.q, asked.light, sort=asked.sort)
    return paged(for_rows(tasks_on_map(found.pk, wanted, [], today), found, today), asked)


@area.read("/above/tasks/{task}", "above.view", Paged[AbovePartOut])
def bodies(request: HttpRequest, task: Key, asked: Asked) -> Any:
    """Who has a task and how each stands."""
    return paged(query.parts_above(_task(request, task), timezone.localdate()), asked)


@area.read("/above/tasks/{task}/accepted", "above.view", Paged[AcceptedOut])
def accepted(request: HttpRequest, task: Key, asked: Asked) -> Any:
    """What was accepted of a task, the newest first."""
    page = paged(query.accepted_periods(_task(request, task)), asked)
    words = counting_words(Report.objects.filter(occurrence__in=page["items"]))
    rows = []
    for one in page["items"]:
        version = words[one.pk][1]
        said = {"occurrence_id": one.pk, "body_id": one.body_id, "period": one.period, "due": one.due}
        rows.append({**said, "values": version.values if version else {}})
    return {**page, "items": rows}


def _issued(request: HttpRequest, plan: int) -> Plan:
    found = query.issued_plans().filter(pk=plan).first()
    if found is None:
        raise Http404
    check(request, "above.view", found)
    return found


def _task(request: HttpRequest, task: int) -> Task:
    found = get_object_or_404(Task, pk=task)
    _issued(request, found.plan_id)
    return found
