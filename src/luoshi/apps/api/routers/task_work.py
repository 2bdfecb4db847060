"""A task and a body at work, and one's lists of to-dos: what the pages of the work show, row by row."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal, TypeAlias

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Schema

from luoshi.apps.api.area import AnyKey, Asked, Key, Listing, Paged, caller, paged
from luoshi.apps.api.files import attachment
from luoshi.apps.api.routers.above import AboveTaskOut
from luoshi.apps.api.routers.issuing import open_issue
from luoshi.apps.api.routers.standing import area
from luoshi.apps.api.shapes import Day
from luoshi.apps.api.work_shapes import AssignmentOut, EvidenceOut, ReportOut, RevisionOut
from luoshi.apps.organization.models import Body
from luoshi.apps.plan.models import Task
from luoshi.apps.plan.queries.overview import sections_of
from luoshi.apps.work.models import Assignment, Report
from luoshi.apps.work.queries import body_work, desk, task_work
from luoshi.apps.work.queries.agenda import own_dates
from luoshi.apps.work.queries.history import history, told
from luoshi.apps.work.queries.plan_map import Wanted, for_rows, tasks_on_map
from luoshi.apps.work.queries.standing import light_of, of_light
from luoshi.apps.work.queries.task_work import Reading
from luoshi.apps.work.views.desk import day_of
from luoshi.core.work.ics import calendar
from luoshi.core.work.lights import Light

Lights: TypeAlias = Literal[("", *(one.value for one in Light))]  # type: ignore[valid-type]


class WordsOut(Schema):
    """A report, and the version of it that counts."""

    report: ReportOut
    revision: RevisionOut | None


class ToldOut(Schema):
    """Something that happened to a task."""

    at: datetime
    what: str
    by: str
    body_id: int | None
    period: str
    words: str


class WorkerOut(Schema):
    """Who works for a body, and as what."""

    name: str
    role: str


class WorkTasksAsked(Listing):
    """Which tasks of an issued plan."""

    light: Lights = ""
    chapter: AnyKey | None = None
    body: AnyKey | None = None
    sort: Literal["document", "light", "due"] = "document"


class BodyTasksAsked(Listing):
    """Which tasks of a body."""

    light: Lights = ""
    role: Literal[("", *Assignment.Role.values)] = ""  # type: ignore[valid-type]
    sort: Literal["light", "document", "due"] = "light"


class BodyTaskOut(AssignmentOut):
    """A task of a body, and the next day that it reports."""

    next_due: date | None


class WaitingAsked(Listing):
    """Which to-dos."""

    plan: AnyKey | None = None
    body: AnyKey | None = None
    day: Day | None = None
    sort: Literal["day", "task", "body"] = "day"


class WaitingOut(Schema):
    """A to-do: about which task, period and body, on which day it hangs, and its light where it has one."""

    id: int
    task_id: int
    occurrence_id: int | None
    body_id: int | None
    day: date | None
    light: str


@area.read("/plans/{plan}/tasks/{task}/work", "work.view", Paged[AssignmentOut])
def parts(request: HttpRequest, plan: Key, task: Key, asked: Asked) -> Any:
    """Who has a task and how each stands, leads first."""
    return paged(task_work.parts_of_task(_open(request, plan, task), timezone.localdate()), asked)


@area.read("/plans/{plan}/tasks/{task}/words", "work.view", Paged[WordsOut])
def words(request: HttpRequest, plan: Key, task: Key, asked: Asked) -> Any:
    """What was reported of a task and counts, as far as one may read it; the newest first."""
    found = _open(request, plan, task)
    rows = _reading(request, found).reports(Report.objects.filter(task=found))
    page = paged(rows.order_by("-occurrence__due", "pk"), asked)
    counting = task_work.counting_words(Report.objects.filter(pk__in=[one.pk for one in page["items"]]))
    said = [{"report": one, "revision": counting[one.occurrence_id][1]} for one in page["items"]]
    return {**page, "items": said}


@area.read("/plans/{plan}/tasks/{task}/history", "work.view", Paged[ToldOut])
def happened(request: HttpRequest, plan: Key, task: Key, asked: Asked) -> Any:
    """All that happened to a task, the newest first; reasons as far as one may read them."""
    found = _open(request, plan, task)
    reading, page = _reading(request, found), paged(history(found), asked)
    items = [
        {
            "at": one.at,
            "what": str(one.title),
            "by": (one.by.get_full_name() or one.by.get_username()) if one.by else "",
            "body_id": one.body.pk if one.body else None,
            "period": one.period,
            "words": one.words if one.body is None or reading.allows(one.body.pk) else "",
        }
        for one in told(page["items"])
    ]
    return {**page, "items": items}


@area.read("/plans/{plan}/tasks/{task}/evidence", "work.view", Paged[EvidenceOut])
def files(request: HttpRequest, plan: Key, task: Key, asked: Asked) -> Any:
    """The files that reports of a task rest on and that one may see."""
    found = _open(request, plan, task)
    page = paged(task_work.evidence_of_task(found, _reading(request, found)), asked)
    return {**page, "items": [one.evidence for one in page["items"]]}


@area.read("/plans/{plan}/work", "work.view", Paged[AboveTaskOut])
def tasks(request: HttpRequest, plan: Key, asked: Annotated[WorkTasksAsked, Query()]) -> Any:
    """The tasks of an issued plan with their lights."""
    opened, today = open_issue(request, plan)[0], timezone.localdate()
    wanted = Wanted(asked.q, asked.light, asked.chapter, asked.body, asked.sort)
    return paged(for_rows(tasks_on_map(plan, wanted, sections_of(plan), today), opened, today), asked)


@area.read("/plans/{plan}/work/bodies/{body}", "work.view", Paged[BodyTaskOut])
def tasks_of_body(
    request: HttpRequest, plan: Key, body: Key, asked: Annotated[BodyTasksAsked, Query()]
) -> Any:
    """The tasks of a body in an issued plan with their lights."""
    opened = open_issue(request, plan)[0]
    get_object_or_404(Body, pk=body, region=opened.region_id)
    rows = of_light(body_work.tasks_of_body(plan, body, timezone.localdate()), asked.light)
    return paged(body_work.matching_tasks(rows, text=asked.q, role=asked.role, sort=asked.sort), asked)


@area.read("/plans/{plan}/work/bodies/{body}/people", "work.view", Paged[WorkerOut])
def people(request: HttpRequest, plan: Key, body: Key, asked: Asked) -> Any:
    """Who works for a body, and as what."""
    opened = open_issue(request, plan)[0]
    found = get_object_or_404(Body, pk=body, region=opened.region_id)
    page = paged(body_work.people_of(found.pk), asked)
    said = [
        {"name": one.user.get_full_name() or one.user.get_username(), "role": one.name}
        for one in page["items"]
    ]
    return {**page, "items": said}


@area.read("/desk/{kind}", "work.view", Paged[WaitingOut])
def waiting(
    request: HttpRequest,
    kind: Literal[tuple(desk.BY_KEY)],  # type: ignore[valid-type]
    asked: Annotated[WaitingAsked, Query()],
) -> Any:
    """Everything of one kind that waits for oneself."""
    scope, chosen = desk.Scope.of(caller(request)), desk.BY_KEY[kind]
    if chosen not in desk.kinds_for(scope):
        raise PermissionDenied
    given: dict[str, Any] = {
        "plan": asked.plan,
        "body": asked.body,
        "day": asked.day,
        "text": asked.q,
        "sort": asked.sort,
    }
    page = paged(desk.listed(chosen, scope, timezone.localdate(), **given), asked)
    return {**page, "items": [_waiting(chosen, row) for row in page["items"]]}


def _waiting(kind: desk.Kind, row: Any) -> dict[str, Any]:
    occurrence = row if kind.occurrence == "self" else getattr(row, "occurrence", None)
    rank = getattr(row, "rank_of_light", None)
    return {
        "id": row.pk,
        "task_id": row.task_id if kind.task == "task" else row.occurrence.task_id,
        "occurrence_id": occurrence.pk if occurrence else None,
        "body_id": row.body_id,
        "day": day_of(kind, row),
        "light": light_of(rank).value if rank is not None else "",
    }


@area.read("/calendar/own.ics", "work.view", None)
def dates(request: HttpRequest) -> HttpResponse:
    """One's own dates as a calendar file."""
    now = timezone.now()
    entries = own_dates(caller(request), timezone.localdate(now))
    text = calendar(entries, name=_("我的待办"), at=now.astimezone(UTC))
    return attachment(text.encode(), f"{_('到期日期')}.ics", "text/calendar; charset=utf-8")


def _open(request: HttpRequest, plan: int, task: int) -> Task:
    return get_object_or_404(Task.objects.filter(plan=open_issue(request, plan)[0]), pk=task)


def _reading(request: HttpRequest, task: Task) -> Reading:
    parts = Assignment.objects.filter(task=task).exclude(state__in=Assignment.GONE)
    return Reading.of(caller(request), task, frozenset(parts.values_list("body", flat=True)))
