"""Plans: listed, read, taken away, imported."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import File, Query, Status, UploadedFile
from pydantic import Field

from luoshi.apps.api.area import Area, Asked, Key, Listing, Paged, Sent, caller, mark, paged, seen
from luoshi.apps.api.files import attachment
from luoshi.apps.api.problems import showing
from luoshi.apps.api.shapes import CarrierOut, JobOut, PlanOut, PlanRow, TaskOut, TaskRow
from luoshi.apps.document.operations import hand_out
from luoshi.apps.organization.access import check
from luoshi.apps.organization.models import Role
from luoshi.apps.organization.rules import regions_of, regions_with
from luoshi.apps.plan.models import ImportJob, Task
from luoshi.apps.plan.operations.editing import TaskEdit, edit_task
from luoshi.apps.plan.operations.importing import request_import, retry_import
from luoshi.apps.plan.queries import listing
from luoshi.apps.plan.queries.names import bodies_of
from luoshi.apps.plan.queries.overview import sections_of
from luoshi.apps.plan.queries.stored import load_plan
from luoshi.apps.plan.queries.tasks import TaskFilter, matching
from luoshi.apps.plan.queries.wording import language
from luoshi.apps.plan.views.export import SHAPES
from luoshi.apps.plan.views.opened import open_plan

area = Area("plans")
PARTS = ("bodies", "targets", "deadlines", "measures", "citations")


class PlansAsked(Listing):
    """Which plans."""

    status: Literal["", "draft", "confirmed", "issued"] = ""
    sort: Literal["imported", "title", "date"] = "imported"


class TasksAsked(Listing):
    """Which tasks of a plan."""

    body: str = Field("", max_length=200, description="The name of a body, as the plan shows it.")
    role: Literal["", "lead", "responsible"] = ""
    chapter: Annotated[int, Field(ge=1, le=2**63 - 1)] | None = None


class TaskChange(Sent):
    """Another title of a task."""

    title: str = Field(max_length=2000)


@area.read("/plans", "plan.view", Paged[PlanRow])
def index(request: HttpRequest, asked: Annotated[PlansAsked, Query()]) -> Any:
    """Plans of one's regions."""
    found = listing.plans(regions_of(caller(request)), text=asked.q, status=asked.status, sort=asked.sort)
    return paged(found, asked)


@area.read("/plans/{plan}", "plan.view", PlanOut)
def one(request: HttpRequest, response: HttpResponse, plan: Key) -> Any:
    """A plan."""
    found = open_plan(request, plan)
    mark(response, found.version)
    return found


@area.read("/plans/{plan}/bodies", "plan.view", Paged[CarrierOut])
def bodies(request: HttpRequest, plan: Key, asked: Asked) -> Any:
    """The bodies that a plan names, those that lead most first."""
    open_plan(request, plan)
    return paged(bodies_of(plan), asked)


@area.read("/plans/{plan}/tasks", "plan.view", Paged[TaskRow])
def tasks(request: HttpRequest, plan: Key, asked: Annotated[TasksAsked, Query()]) -> Any:
    """The tasks of a plan, in order."""
    open_plan(request, plan)
    wanted = TaskFilter(text=asked.q, body=asked.body, role=asked.role, chapter=asked.chapter)
    return paged(matching(plan, wanted, sections_of(plan)), asked)


@area.read("/plans/{plan}/tasks/{task}", "plan.view", TaskOut)
def task(request: HttpRequest, response: HttpResponse, plan: Key, task: Key) -> Any:
    """A task with its bodies, targets, deadlines, measures and citations."""
    open_plan(request, plan)
    found = _task(plan, task)
    mark(response, found.version)
    return found


@area.do("/plans/{plan}/tasks/{task}", "plan.edit", TaskOut, "office", method="PATCH", versioned=True)
def edit(request: HttpRequest, response: HttpResponse, plan: Key, task: Key, sent: TaskChange) -> Any:
    """Give a task of a draft another title."""
    check(request, "plan.edit", open_plan(request, plan))
    found, base = _task(plan, task), seen(request)
    with showing(lambda: TaskOut.from_orm(_task(plan, task))):
        by, now = caller(request), timezone.now()
        edit_task(task=found, edit=TaskEdit(title=sent.title), seen=base, by=by, at=now)
    changed = _task(plan, task)
    mark(response, changed.version)
    return changed


def _task(plan: int, task: int) -> Task:
    return get_object_or_404(Task.objects.prefetch_related(*PARTS), pk=task, plan=plan)


@area.read("/plans/{plan}/files/{shape}", "plan.view", None)
def download(request: HttpRequest, plan: Key, shape: Literal["xlsx", "json", "ics", "md"]) -> HttpResponse:
    """A plan as a file: workbook, JSON, calendar or Markdown."""
    opened = open_plan(request, plan)
    wanted = SHAPES[shape]
    content = wanted.write(load_plan(opened, None), language())
    return attachment(content, f"{opened.title or opened.document.name}.{shape}", wanted.content_type)


@area.read("/plans/{plan}/original", "document.download", None)
def original(request: HttpRequest, plan: Key) -> HttpResponse:
    """The document that a plan was read from. Handing it out is an event."""
    stored = open_plan(request, plan).document
    check(request, "document.download", stored)
    return attachment(hand_out(document=stored, by=caller(request), at=timezone.now()), stored.name)


# --- imports --------------------------------------------------------------------------------------------


@area.read("/imports", "plan.import", Paged[JobOut], "office")
def imports(request: HttpRequest, asked: Asked) -> Any:
    """Imports of one's regions, the newest first."""
    regions = regions_with(caller(request), Role.Name.OFFICE)
    found = ImportJob.objects.filter(region_id__in=regions).defer("content").order_by("-at", "pk")
    return paged(found, asked)


@area.do("/imports", "plan.import", {202: JobOut}, "office")
def upload(request: HttpRequest, document: File[UploadedFile]) -> Any:
    """Import a document; ask for the job until it is done."""
    regions = sorted(regions_with(caller(request), Role.Name.OFFICE))
    name, content = document.name or "", document.read()
    job = request_import(region=regions[0], name=name, content=content, by=caller(request), at=timezone.now())
    return Status(202, job)


@area.read("/imports/{job}", "plan.import", JobOut, "office")
def job(request: HttpRequest, job: UUID) -> Any:
    """How far an import is."""
    return _job(request, job)


@area.do("/imports/{job}/retry", "plan.import", {202: JobOut}, "office")
def retry(request: HttpRequest, job: UUID) -> Any:
    """Try an import again."""
    return Status(202, retry_import(job=_job(request, job), by=caller(request), at=timezone.now()))


def _job(request: HttpRequest, job: UUID) -> ImportJob:
    found = ImportJob.objects.defer("content").filter(pk=job).first()
    if found is None:
        raise Http404
    check(request, "plan.import", found)
    return found
