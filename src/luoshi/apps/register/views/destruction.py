"""Destroying what has been kept for its time: what is due, the sheets, and what is known afterwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luoshi.apps.interface.lists import page_of
from luoshi.apps.interface.sheets import sheet_response, wants_sheet
from luoshi.apps.organization.access import check, person, requires
from luoshi.apps.organization.models import Region, Role
from luoshi.apps.organization.rules import regions_with
from luoshi.apps.plan.queries.wording import language
from luoshi.apps.register.models import Destroyed, Destruction
from luoshi.apps.register.operations.destroying import (
    LEAST_OPINION,
    MOST_LINES,
    confirm,
    draw_up,
    leave_out,
    withdraw,
)
from luoshi.apps.register.queries.destruction import due_for_destruction
from luoshi.apps.register.views.opened import mechanism_of
from luoshi.core.errors import LuoshiError
from luoshi.core.mechanism.declaration import Mechanism


@requires("register.administer")
@require_http_methods(["GET", "HEAD", "POST"])
def due(request: HttpRequest, key: str) -> HttpResponse:
    """The entries that have been kept for their time, and the sheets so far; a new sheet is drawn up here."""
    mechanism, region = mechanism_of(key), _region(request)
    error, opinion, at = None, request.POST.get("opinion", ""), timezone.now()
    if request.method == "POST":
        try:
            made = draw_up(region=region.pk, mechanism=key, opinion=opinion, by=person(request), at=at)
        except LuoshiError as refusal:
            error = refusal
        else:
            messages.success(request, _("已列入销毁清册，请另一名工作人员复核。"))
            return redirect("register:destruction-sheet", key, made.pk)
    rows = due_for_destruction(region.pk, key, timezone.localdate(at))
    if wants_sheet(request):
        return _due_as_sheet(mechanism, rows)
    sheets = Destruction.objects.filter(region=region, mechanism=key)
    context = {
        "section": "registers",
        "mechanism": mechanism,
        "region": region,
        "regions": _regions(request),
        "page": page_of(request, rows),
        "sheets": sheets.select_related("drawn_by", "settled_by"),
        "opinion": opinion,
        "error": error,
        "least": LEAST_OPINION,
        "most": MOST_LINES,
    }
    return render(request, "register/destruction.html", context, status=200 if error is None else 422)


@requires("register.administer")
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, key: str, sheet: int) -> HttpResponse:
    """A sheet with its lines: to be looked through, confirmed or withdrawn; afterwards the record."""
    mechanism, user = mechanism_of(key), person(request)
    rows = Destruction.objects.select_related("region", "drawn_by", "settled_by")
    found = get_object_or_404(rows, pk=sheet, mechanism=key)
    check(request, "register.administer", found)
    error: LuoshiError | None = None
    if request.method == "POST":
        try:
            return _acted(request, found)
        except LuoshiError as refusal:
            error = refusal
    lines = found.lines.select_related("body", "entry")
    if wants_sheet(request):
        return _lines_as_sheet(mechanism, found, lines)
    context = {
        "section": "registers",
        "mechanism": mechanism,
        "sheet": found,
        "page": page_of(request, lines),
        "mine": found.drawn_by_id == user.pk,
        "open": found.state == Destruction.State.PROPOSED,
        "error": error,
    }
    return render(request, "register/destruction_sheet.html", context, status=200 if error is None else 422)


def _acted(request: HttpRequest, found: Destruction) -> HttpResponse:
    at, by, action = timezone.now(), person(request), request.POST.get("action", "")
    if action == "leave-out":
        said = request.POST.get("line", "")
        line = get_object_or_404(found.lines, pk=int(said) if said.isascii() and said.isdigit() else 0)
        leave_out(line=line, by=by, at=at)
        messages.success(request, _("已从清册中除去，继续保存。"))
        return redirect("register:destruction-sheet", found.mechanism, found.pk)
    settle: Callable[..., Destruction] | None = {"confirm": confirm, "withdraw": withdraw}.get(action)
    if settle is None:
        raise Http404
    done = settle(sheet=found, by=by, at=at)
    if done.state == Destruction.State.DONE:
        messages.success(request, _("已销毁。清册作为销毁记录永久保存。"))
    else:
        messages.success(request, _("清册已撤销，条目继续保存。"))
    return redirect("register:destruction-sheet", found.mechanism, found.pk)


def _regions(request: HttpRequest) -> list[Region]:
    """The regions whose office the person works for."""
    keys = regions_with(person(request), Role.Name.OFFICE)
    return list(Region.objects.filter(pk__in=keys).order_by("code"))


def _region(request: HttpRequest) -> Region:
    regions, said = _regions(request), request.POST.get("region") or request.GET.get("region")
    if not regions:
        raise PermissionDenied
    return next((one for one in regions if one.pk == said), regions[0])


def _due_as_sheet(mechanism: Mechanism, rows: Any) -> HttpResponse:
    heads = [(_("编号"), 26), (_("标题"), 40), (_("登记单位"), 26), (_("登记日期"), 14), (_("办结日期"), 14)]
    lines = (
        [row.number, row.title, row.body.name, row.began.isoformat(), row.ended.isoformat()]
        for row in rows.iterator()
    )
    return sheet_response(f"{mechanism.name.said(language())} {_('到期条目')}", heads, lines)


def _lines_as_sheet(mechanism: Mechanism, found: Destruction, rows: Any) -> HttpResponse:
    heads = [
        (_("编号"), 26),
        (_("登记单位"), 26),
        (_("登记日期"), 14),
        (_("办结日期"), 14),
        (_("保存年限"), 10),
        (_("销毁时间"), 20),
        ("SHA-256", 66),
        (_("未销毁原因"), 26),
    ]
    lines = (_cells(one) for one in rows)
    return sheet_response(f"{mechanism.name.said(language())} {_('销毁清册')} {found.pk}", heads, lines)


def _cells(one: Destroyed) -> list[str | int | None]:
    gone = one.destroyed_at
    return [
        one.number,
        one.body.name,
        one.began.isoformat(),
        one.ended.isoformat(),
        one.years,
        "" if gone is None else timezone.localtime(gone).strftime("%Y-%m-%d %H:%M"),
        one.digest,
        one.get_spared_display(),
    ]
