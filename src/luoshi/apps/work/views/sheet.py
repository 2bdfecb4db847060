"""Reporting with a spreadsheet: taken away, filled in offline, looked at, taken over or sent back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.apps.interface.lists import page_of
from luoshi.apps.interface.returned import Fault
from luoshi.apps.interface.sheets import CONTENT_TYPE
from luoshi.apps.interface.workbooks import WorkbookForm
from luoshi.apps.organization.access import person, requires
from luoshi.apps.organization.models import Body
from luoshi.apps.work.models import SheetUpload
from luoshi.apps.work.operations.sheet import apply_sheet, receive_sheet, stored_rows
from luoshi.apps.work.queries.reading import own_bodies
from luoshi.apps.work.queries.sheet import open_requests, requests_of, write
from luoshi.apps.work.queries.sheet_back import sent_back
from luoshi.apps.work.queries.sheet_left import drafts_left
from luoshi.apps.work.templatetags.work_words import said
from luoshi.core.errors import LuoshiError
from luoshi.intake.limits import limits_from_environment

METHODS = ["GET", "HEAD", "POST"]
ROWS = 50
RECENT = 8


@requires("work.report")
@require_http_methods(METHODS)
def sheet(request: HttpRequest) -> HttpResponse:
    """Workbooks to take away, one a body, and the form to send one back."""
    user = person(request)
    bodies = list(Body.objects.filter(pk__in=own_bodies(user)).order_by("name", "pk"))
    form = WorkbookForm(request.POST, request.FILES) if request.method == "POST" else WorkbookForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["workbook"]
        region = bodies[0].region_id
        try:
            found = receive_sheet(
                region=region, name=file.name, content=file.read(), by=user, at=timezone.now()
            )
        except LuoshiError as error:
            form.add_error("workbook", said(error))
        else:
            return redirect("work:sheet-upload", found.pk)
    asked = dict.fromkeys((body.pk for body in bodies), 0)
    for body in open_requests(asked).order_by().values_list("body", flat=True):
        asked[body] += 1
    context = {
        "section": "desk",
        "form": form,
        "bodies": [(body, asked[body.pk]) for body in bodies],
        "uploads": SheetUpload.objects.filter(by=user).defer("rows", "report")[:RECENT],
        "limit": limits_from_environment().bytes,
    }
    return render(request, "work/sheet.html", context, status=422 if form.errors else 200)


@requires("work.report")
@require_safe
def sheet_file(request: HttpRequest, body: int) -> HttpResponse:
    """The workbook of a body."""
    found = get_object_or_404(Body, pk=body)
    if found.pk not in own_bodies(person(request)):
        raise PermissionDenied
    today = timezone.localdate()
    content = write(requests_of(open_requests([found.pk]), on=today))
    return _workbook(content, f"{found} {_('填报')} {today:%Y%m%d}.xlsx")


@requires("work.report")
@require_http_methods(METHODS)
def sheet_upload(request: HttpRequest, upload: UUID) -> HttpResponse:
    """What a workbook would do; a POST takes it over, with `submit` as submitted reports."""
    found = _open(request, upload)
    if request.method == "POST":
        submits = bool(request.POST.get("submit"))
        try:
            apply_sheet(upload=found, submits=submits, by=person(request), at=timezone.now())
        except LuoshiError as error:
            messages.error(request, said(error))
            return redirect("work:sheet-upload", found.pk)
        done = _("“%(name)s”已写入并提交。") if submits else _("“%(name)s”已存为草稿。")
        messages.success(request, done % {"name": found.name})
        return redirect("work:sheet-upload", found.pk)
    faults, changes = [Fault(**one) for one in found.report["faults"]], found.report["changes"]
    context: dict[str, Any] = {
        "section": "desk",
        "upload": found,
        "faults": faults,
        "changes": changes,
        "page": page_of(request, faults or changes, ROWS),
        "left": list(drafts_left(changes)) if found.applied_at else [],
        "lacking": sum(bool(one["missing"]) and not one["joint"] for one in changes),
        "joint": sum(one["joint"] for one in changes),
    }
    return render(request, "work/sheet_upload.html", context)


@requires("work.report")
@require_safe
def sheet_faults(request: HttpRequest, upload: UUID) -> HttpResponse:
    """The workbook sent back, its faults beside its rows."""
    found = _open(request, upload)
    content = sent_back(stored_rows(found), [Fault(**one) for one in found.report["faults"]])
    return _workbook(content, f"{_('问题清单')} {found.name.rsplit('.', 1)[0]}.xlsx")


def _open(request: HttpRequest, upload: UUID) -> SheetUpload:
    """One's own upload; what others type is theirs until they send it."""
    found = get_object_or_404(SheetUpload, pk=upload)
    if found.by_id != person(request).pk:
        raise PermissionDenied
    return found


def _workbook(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response
