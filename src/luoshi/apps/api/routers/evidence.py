"""Files of bodies on which reports rest."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import File, Form, Query, Schema, Status, UploadedFile
from pydantic import Field

from luoshi.apps.api.area import AnyKey, Area, Asked, Key, Listing, Paged, Sent, caller, paged
from luoshi.apps.api.files import attachment
from luoshi.apps.api.shapes import Day
from luoshi.apps.api.work_shapes import EvidenceOut
from luoshi.apps.organization.access import check
from luoshi.apps.organization.models import Body, Role
from luoshi.apps.organization.rules import bodies_with, regions_of, regions_with
from luoshi.apps.work.forms.report import content_of
from luoshi.apps.work.models import Report
from luoshi.apps.work.operations import evidence as operations
from luoshi.apps.work.queries.queues import files, versions_of
from luoshi.apps.work.queries.reading import own_bodies
from luoshi.apps.work.views.evidence import open_evidence

area = Area("evidence")


class FilesAsked(Listing):
    """Which files."""

    body: AnyKey | None = None
    state: Literal["", "current", "soon", "expired", "replaced", "unused"] = ""
    sort: Literal["new", "name", "expiry", "size"] = "new"


class About(Sent):
    """What is said of a file; `body` may be left out by those who work for one."""

    body: AnyKey | None = None
    note: Annotated[str, Field(max_length=200)] = ""
    expires_on: Day | None = None


class UseOut(Schema):
    """A report that rests on a file."""

    id: int
    occurrence_id: int
    task_id: int
    body_id: int
    state: str


class Until(Sent):
    """Until when a file proves something; null for always."""

    expires_on: Day | None = None


@area.read("/evidence", "work.view", Paged[EvidenceOut])
def index(request: HttpRequest, asked: Annotated[FilesAsked, Query()]) -> Any:
    """Files of one's bodies, or of the region for those who look at all of it."""
    user = caller(request)
    whole = regions_with(user, Role.Name.OFFICE, Role.Name.VIEWER)
    found = files(
        None if whole else own_bodies(user) | bodies_with(user, Role.Name.VIEWER),
        sorted(whole) or regions_of(user),
        today=timezone.localdate(),
        text=asked.q,
        state=asked.state,
        body=asked.body,
        sort=asked.sort,
    )
    return paged(found, asked)


@area.do("/evidence", "work.report", {201: EvidenceOut}, "report")
def add(request: HttpRequest, file: File[UploadedFile], about: Annotated[About, Form()]) -> Any:
    """Keep a file for one of one's bodies. The same file again gives the one that is there."""
    mine = Body.objects.filter(pk__in=own_bodies(caller(request))).order_by("name")
    body = next((one for one in mine if about.body in (None, one.pk)), None)
    if body is None:
        raise PermissionDenied
    added = operations.add_evidence(
        body=body,
        name=file.name or "",
        content=content_of(file),
        note=about.note,
        expires_on=about.expires_on,
        by=caller(request),
        at=timezone.now(),
    )
    return Status(201, added.evidence)


@area.read("/evidence/{evidence}", "work.read", EvidenceOut)
def one(request: HttpRequest, evidence: Key) -> Any:
    """What is known of a file."""
    return open_evidence(request, evidence)


@area.read("/evidence/{evidence}/file", "work.read", None)
def file(request: HttpRequest, evidence: Key) -> HttpResponse:
    """The file itself. Handing it out is an event."""
    found = open_evidence(request, evidence)
    content = operations.hand_out_evidence(evidence=found, by=caller(request), at=timezone.now())
    return attachment(content, found.name)


@area.read("/evidence/{evidence}/versions", "work.read", Paged[EvidenceOut])
def versions(request: HttpRequest, evidence: Key, asked: Asked) -> Any:
    """Every version of a file, the newest first."""
    return paged(versions_of(open_evidence(request, evidence)), asked)


@area.read("/evidence/{evidence}/uses", "work.read", Paged[UseOut])
def uses(request: HttpRequest, evidence: Key, asked: Asked) -> Any:
    """The reports that rest on a file."""
    rows = Report.objects.filter(evidence_uses__evidence=open_evidence(request, evidence))
    return paged(rows.order_by("-pk"), asked)


@area.do("/evidence/{evidence}/replace", "work.report", {201: EvidenceOut}, "report")
def replace(
    request: HttpRequest, evidence: Key, file: File[UploadedFile], about: Annotated[Until, Form()]
) -> Any:
    """Put a newer file in its place; reports that rest on the old one keep it."""
    found = open_evidence(request, evidence)
    check(request, "work.report", found)
    newer = operations.replace_evidence(
        evidence=found,
        name=file.name or "",
        content=content_of(file),
        expires_on=about.expires_on,
        by=caller(request),
        at=timezone.now(),
    )
    return Status(201, newer)


@area.do("/evidence/{evidence}/expiry", "work.report", EvidenceOut, "report", method="PUT")
def expire(request: HttpRequest, evidence: Key, sent: Until) -> Any:
    """Say until when a file proves something."""
    found = open_evidence(request, evidence)
    check(request, "work.report", found)
    by, now = caller(request), timezone.now()
    return operations.set_expiry(evidence=found, expires_on=sent.expires_on, by=by, at=now)
