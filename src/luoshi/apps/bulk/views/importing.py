"""Sheets to fill in, sheets that come back, how far each is, and what is wrong with its rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.apps.bulk.forms.sending import SendingForm
from luoshi.apps.bulk.models import Row, State, Upload
from luoshi.apps.bulk.operations.importing import (
    confirm_upload,
    continue_upload,
    drop_upload,
    mark_interrupted,
    request_upload,
)
from luoshi.apps.bulk.operations.making import minutes_alone
from luoshi.apps.bulk.operations.telling import done_of
from luoshi.apps.bulk.queries.books import Filled, book_of
from luoshi.apps.bulk.queries.columns import Layout, layout_of
from luoshi.apps.bulk.queries.offering import offers as offers_of
from luoshi.apps.bulk.queries.rows import rows_of
from luoshi.apps.interface.lists import page_of
from luoshi.apps.interface.sheets import CONTENT_TYPE
from luoshi.apps.organization.access import check, person, requires
from luoshi.apps.organization.models import Body
from luoshi.apps.plan.queries.wording import language
from luoshi.apps.register.views.opened import mechanism_of
from luoshi.core.errors import LuoshiError
from luoshi.intake.limits import limits_from_environment

RECENT = 8
CHUNK = 500


@requires("register.take")
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, key: str) -> HttpResponse:
    """Templates to fill in, a form to send them, and what was sent of late."""
    mark_interrupted(at=timezone.now())
    mechanism, user = mechanism_of(key), person(request)
    offers = offers_of(user, mechanism)
    if not offers:
        raise PermissionDenied
    bodies = {str(body.pk): body for _layout, found in offers for body in found}
    form = SendingForm(
        *((request.POST, request.FILES) if request.method == "POST" else ()),
        steps=[(layout.step.key, layout.step.label.said(language())) for layout, _bodies in offers],
        bodies=[(pk, body.name) for pk, body in bodies.items()],
    )
    if request.method == "POST" and form.is_valid():
        sent = _send(request, form, offers)
        if sent is not None:
            return redirect("bulk:upload", key, sent.pk)
    mine = Upload.objects.filter(mechanism=key, by=user).defer("content")
    context = {
        "section": "registers",
        "mechanism": mechanism,
        "offers": offers,
        "form": form,
        "several": len(bodies) > 1,
        "uploads": list(mine.order_by("-at", "pk")[:RECENT]),
        "limit": limits_from_environment().bytes,
    }
    return render(request, "bulk/import.html", context, status=422 if form.errors else 200)


def _send(request: HttpRequest, form: SendingForm, offers: list[tuple[Layout, list[Body]]]) -> Upload | None:
    """A job for the sheet; a refusal stays in the form."""
    wanted, file = form.cleaned_data["transition"], form.cleaned_data["workbook"]
    layout, bodies = next(one for one in offers if one[0].step.key == wanted)
    body = next((one for one in bodies if str(one.pk) == form.cleaned_data["body"]), None)
    if body is None:
        form.add_error("body", _("这个单位不能这样登记；请选择其他单位。"))
        return None
    try:
        return request_upload(
            layout=layout,
            body=body,
            name=file.name,
            content=file.read(),
            by=person(request),
            at=timezone.now(),
        )
    except LuoshiError as error:
        form.add_error("workbook", error.message(language()))
        return None


@requires("register.take")
@require_safe
def template(request: HttpRequest, key: str, transition: str) -> HttpResponseBase:
    """An empty sheet for a first step."""
    for layout, bodies in offers_of(person(request), mechanism_of(key)):
        if layout.step.key == transition:
            return _workbook(layout, bodies[0].region_id, layout.step.label.said(language()))
    raise PermissionDenied


def _workbook(layout: Layout, region: str, name: str, filled: Iterator[Filled] | None = None) -> FileResponse:
    title = f"{layout.mechanism.name.said(language())} {name}"
    book = book_of(layout, region, language(), filled or ())
    return FileResponse(book, as_attachment=True, filename=f"{title}.xlsx", content_type=CONTENT_TYPE)


@requires("register.take")
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, key: str, upload: UUID) -> HttpResponse:
    """How far a sheet is; once it is checked, what would be made of it and what is wrong."""
    mark_interrupted(at=timezone.now())
    found = _opened(request, key, upload)
    if request.method == "POST":
        return _settle(request, found)
    mechanism = mechanism_of(key)
    rows = rows_of(found, "faulty")
    shown = found.state in (State.CHECKED, State.DONE)
    page = page_of(request, rows if shown else rows.none())
    context = {
        "section": "registers",
        "mechanism": mechanism,
        "step": mechanism.register.transition.get(found.transition),
        "upload": found,
        "done": done_of(found),
        "share": 100 * done_of(found) // found.total if found.total else None,
        "error": found.error.get(language(), ""),
        "alone": minutes_alone(found),
        "page": page,
        "rows": [(row, [_said(one) for one in row.faults]) for row in page.object_list],
        "made": rows_of(found, "made").count() if found.state != State.CHECKED else 0,
    }
    partial = bool(request.headers.get("HX-Request"))
    return render(request, "bulk/partials/upload.html" if partial else "bulk/upload.html", context)


def _said(fault: dict[str, Any]) -> tuple[str, str]:
    """Where something is wrong, and what; in the language of the person."""
    place = f"{fault['column']}{fault['row']}" if fault["column"] else str(fault["row"])
    return f"{fault['sheet']} {place}".strip(), fault["en" if language().startswith("en") else "zh"]


def _opened(request: HttpRequest, key: str, upload: UUID) -> Upload:
    """A sheet that the person sent: nobody else reads what they wrote."""
    rows = Upload.objects.defer("content").select_related("body", "by")
    found = get_object_or_404(rows, mechanism=key, pk=upload)
    check(request, "bulk.own", found)
    return found


def _settle(request: HttpRequest, found: Upload) -> HttpResponse:
    at, action = timezone.now(), request.POST.get("action", "")
    try:
        if action in ("whole", "good"):
            confirm_upload(upload=found, whole=action == "whole", by=person(request), at=at)
        elif action == "drop":
            drop_upload(upload=found, by=person(request), at=at)
            messages.success(request, _("已放弃，没有登记任何一行。"))
            return redirect("bulk:import", found.mechanism)
        elif action == "continue":
            continue_upload(upload=found, at=at)
    except LuoshiError as error:
        messages.error(request, error.message(language()))
    return redirect("bulk:upload", found.mechanism, found.pk)


@requires("register.take")
@require_safe
def faults(request: HttpRequest, key: str, upload: UUID) -> HttpResponseBase:
    """The rows that could not be used, each with what is wrong: to mend and to send again."""
    found = _opened(request, key, upload)
    mechanism = mechanism_of(key)
    step = mechanism.register.transition[found.transition]
    filled = _filled(rows_of(found, "faulty"))
    return _workbook(layout_of(mechanism, step), found.region_id, _("待改正"), filled)


def _filled(rows: QuerySet[Row]) -> Iterator[Filled]:
    for row in rows.iterator(chunk_size=CHUNK):
        wrong = "\n".join(f"{place}：{words}" for place, words in map(_said, row.faults))
        yield Filled(
            wrong, row.texts, {key: [texts for _n, texts in lines] for key, lines in row.parts.items()}
        )
