"""Reporting with a workbook: taken away for a body, sent back filled in, looked at, taken over."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import File, Schema, Status, UploadedFile

from luoshi.apps.api.area import Area, Asked, Key, Paged, Sent, afterwards, caller, paged
from luoshi.apps.api.uploads import FaultOut, UploadOut, workbook
from luoshi.apps.interface.returned import Fault
from luoshi.apps.organization.models import Body
from luoshi.apps.work.models import SheetUpload
from luoshi.apps.work.operations.sheet import (
    SheetOvertaken,
    apply_sheet,
    look_again,
    receive_sheet,
    stored_rows,
)
from luoshi.apps.work.queries.reading import own_bodies
from luoshi.apps.work.queries.sheet import open_requests, requests_of, write
from luoshi.apps.work.queries.sheet_back import sent_back

area = Area("workbooks")


class Submitting(Sent):
    """Whether the reports are submitted as well; otherwise they are kept as drafts."""

    submit: bool = False


class SheetOut(UploadOut):
    """A workbook of reports; `outcome` is `saved` or `submitted` once it was taken over."""

    outcome: str


class RowOut(Schema):
    """What a row would do to a report; with something in `missing` it cannot be submitted."""

    occurrence: int
    row: int
    task: str
    body: str
    period: str
    base: int
    fields: list[list[Any]]
    merged: bool
    joint: bool
    missing: Any


@area.read("/bodies/{body}/workbook", "work.report", None, "report")
def take(request: HttpRequest, body: Key) -> HttpResponse:
    """The open requests of a body as a workbook to fill in."""
    found = get_object_or_404(Body, pk=body)
    if found.pk not in own_bodies(caller(request)):
        raise PermissionDenied
    today = timezone.localdate()
    content = write(requests_of(open_requests([found.pk]), on=today))
    return workbook(content, f"{found} {_('填报')} {today:%Y%m%d}.xlsx")


@area.read("/workbooks", "work.report", Paged[SheetOut], "report")
def index(request: HttpRequest, asked: Asked) -> Any:
    """One's own workbooks, the newest first; what others type is theirs until they send it."""
    rows = SheetUpload.objects.filter(by=caller(request)).defer("rows")
    return paged(rows.order_by("-at", "pk"), asked)


@area.do("/workbooks", "work.report", {201: SheetOut}, "report")
def receive(request: HttpRequest, file: File[UploadedFile]) -> Any:
    """Send a workbook: it says what it would do, and changes no report yet."""
    mine = Body.objects.filter(pk__in=own_bodies(caller(request))).order_by("name", "pk")
    region, by, now = mine[0].region_id, caller(request), timezone.now()
    made = receive_sheet(region=region, name=file.name or "", content=file.read(), by=by, at=now)
    return Status(201, made)


@area.read("/workbooks/{upload}", "work.report", SheetOut, "report")
def one(request: HttpRequest, upload: UUID) -> Any:
    """A workbook."""
    return _open(request, upload)


@area.read("/workbooks/{upload}/changes", "work.report", Paged[RowOut], "report")
def changes(request: HttpRequest, upload: UUID, asked: Asked) -> Any:
    """What a workbook would do to reports, row by row."""
    return paged(_open(request, upload).report["changes"], asked)


@area.read("/workbooks/{upload}/faults", "work.report", Paged[FaultOut], "report")
def faults(request: HttpRequest, upload: UUID, asked: Asked) -> Any:
    """What is wrong in a workbook."""
    return paged(_open(request, upload).report["faults"], asked)


@area.read("/workbooks/{upload}/faults/file", "work.report", None, "report")
def faults_file(request: HttpRequest, upload: UUID) -> HttpResponse:
    """The workbook sent back, its faults beside its rows."""
    found = _open(request, upload)
    content = sent_back(stored_rows(found), [Fault(**one) for one in found.report["faults"]])
    return workbook(content, f"{_('问题清单')} {found.name.rsplit('.', 1)[0]}.xlsx")


@area.do("/workbooks/{upload}/apply", "work.report", SheetOut, "report")
def apply(request: HttpRequest, upload: UUID, sent: Submitting) -> Any:
    """Take a workbook over as it was shown: all of it or nothing."""
    found, by, now = _open(request, upload), caller(request), timezone.now()
    try:
        return apply_sheet(upload=found, submits=sent.submit, by=by, at=now)
    except SheetOvertaken:
        afterwards(request, lambda: look_again(found, by, now))
        raise


def _open(request: HttpRequest, upload: UUID) -> SheetUpload:
    found = get_object_or_404(SheetUpload, pk=upload)
    if found.by_id != caller(request).pk:
        raise PermissionDenied
    return found
