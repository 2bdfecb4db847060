"""Plans: listed, read, taken away, imported."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import File, Query, Status, UploadedFile
from pydantic import ConfigDict, Field

from luoshi.apps.api.area import AnyKey, Area, Asked, Key, Listing, Paged, Paging, Sent, caller, mark, paged
from luoshi.apps.api.files import attachment
from luoshi.apps.api.shapes import CarrierOut, JobOut, PlanOut, PlanRow, TaskRow
from luoshi.apps.document.operations import hand_out
from luoshi.apps.organization.access import check
from luoshi.apps.organization.models import Role
from luoshi.apps.organization.rules import regions_of, regions_with
from luoshi.apps.plan.models import ImportJob
from luoshi.apps.plan.operations.importing import request_import, retry_import
from luoshi.apps.plan.queries import listing
from luoshi.apps.plan.queries.names import bodies_of
from luoshi.apps.plan.queries.overview import sections_of
from luoshi.apps.plan.queries.stored import load_plan
from luoshi.apps.plan.queries.tasks import TaskFilter, matching
from luoshi.apps.plan.queries.wording import language
from luoshi.apps.plan.views.body import SORTS, matches
from luoshi.apps.plan.views.export import SHAPES
from luoshi.apps.plan.views.opened import open_plan

area = Area("plans")


class PlansAsked(Listing):
    """Which plans."""

    status: Literal["", "draft", "confirmed", "issued"] = ""
    sort: Literal["imported", "title", "date"] = "imported"


class BodiesAsked(Listing):
    """Which bodies of a plan."""

    role: Literal["", "lead", "responsible"] = ""
    sort: Literal["leads", "tasks", "name"] = "leads"


class TasksWanted(Sent):
    """Which tasks of a plan."""

    model_config = ConfigDict(extra="ignore")

    q: str = Field("", max_length=80, description="Words to look for.")
    body: str = Field("", max_length=200, description="The name of a body, as the plan shows it.")
    role: Literal["", "lead", "responsible"] = ""
    chapter: AnyKey | None = None
    has: Literal["", "target", "date", "finding", "no-lead"] = ""
    sort: Literal["document", "due", "bodies", "findings"] = "document"

    def filter(self) -> TaskFilter:
        """The filter as the query takes it."""
        return TaskFilter(self.q, self.body, self.role, self.chapter, self.has, self.sort)


class TasksAsked(Paging, TasksWanted):
    """A page of them."""


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
def bodies(request: HttpRequest, plan: Key, asked: Annotated[BodiesAsked, Query()]) -> Any:
    """The bodies that a plan names, those that lead most first."""
    open_plan(request, plan)
    found = [one for one in bodies_of(plan) if matches(one, asked.q, asked.role)]
    return paged(sorted(found, key=SORTS[asked.sort]), asked)


@area.read("/plans/{plan}/tasks", "plan.view", Paged[TaskRow])
def tasks(request: HttpRequest, plan: Key, asked: Annotated[TasksAsked, Query()]) -> Any:
    """The tasks of a plan, in order."""
    open_plan(request, plan)
    return paged(matching(plan, asked.filter(), sections_of(plan)), asked)


@area.read("/plans/{plan}/files/{shape}", "plan.view", None)
def download(
    request: HttpRequest,
    plan: Key,
    shape: Literal["xlsx", "json", "ics", "md"],
    asked: Annotated[TasksWanted, Query()],
) -> HttpResponse:
    """A plan as a file: workbook, JSON, calendar or Markdown; with a filter only those tasks."""
    opened = open_plan(request, plan)
    wanted, only = SHAPES[shape], None
    if asked.filter() != TaskFilter():
        only = list(matching(plan, asked.filter(), sections_of(plan)).values_list("pk", flat=True))
    content = wanted.write(load_plan(opened, only), language())
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
