"""Destroying what has been kept for its time: what is due, the sheets, and what is known afterwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.apps.interface.lists import list_response, page_of
from luoshi.apps.interface.sheets import moment, sheet_response, wants_sheet
from luoshi.apps.organization.access import check, person, requires
from luoshi.apps.organization.models import Body, Region, Role
from luoshi.apps.organization.rules import regions_with
from luoshi.apps.plan.queries.wording import language
from luoshi.apps.plan.templatetags.review_words import shown_name
from luoshi.apps.register.forms.destruction import DueFilter, LinesFilter, SheetsFilter
from luoshi.apps.register.models import Destroyed, Destruction
from luoshi.apps.register.operations.destroying import (
    LEAST_OPINION,
    MOST_LINES,
    confirm,
    draw_up,
    leave_out,
    withdraw,
)
from luoshi.apps.register.queries.destruction import (
    due_for_destruction,
    due_listed,
    lines_listed,
    sheets_listed,
)
from luoshi.apps.register.views.opened import mechanism_of
from luoshi.core.errors import LuoshiError
from luoshi.core.mechanism.declaration import Mechanism

# Sheets that are shown beside what is due; all of them have a list of their own.
RECENT = 5


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
    every = due_for_destruction(region.pk, key, timezone.localdate(at))
    bodies = Body.objects.filter(pk__in=every.order_by().values("body")).order_by("name")
    form = DueFilter(request.GET, bodies=bodies.values_list("pk", "name"))
    wanted = form.wanted()
    rows = due_listed(
        every,
        text=wanted["q"],
        body=int(wanted["body"]) if wanted["body"] else None,
        since=form.day("since"),
        until=form.day("until"),
        sort=wanted["sort"] or "ended",
    )
    if wants_sheet(request):
        return _due_as_sheet(mechanism, rows)
    page = page_of(request, rows)
    context = {
        "section": "registers",
        "mechanism": mechanism,
        "region": region,
        "regions": _regions(request),
        "form": form,
        "page": page,
        "any": page.paginator.count > 0 or (form.narrows and every.exists()),
        "sheets": sheets_listed(region.pk, key)[:RECENT],
        "opinion": opinion,
        "error": error,
        "least": LEAST_OPINION,
        "most": MOST_LINES,
    }
    return list_response(
        request,
        "register/destruction.html",
        "register/partials/destruction_due.html",
        context,
        status=200 if error is None else 422,
    )


@requires("register.administer")
@require_safe
def sheets(request: HttpRequest, key: str) -> HttpResponse:
    """All sheets of a mechanism so far."""
    mechanism, region = mechanism_of(key), _region(request)
    form = SheetsFilter(request.GET)
    wanted = form.wanted()
    rows = sheets_listed(
        region.pk, key, text=wanted["q"], state=wanted["state"], sort=wanted["sort"] or "new"
    )
    if wants_sheet(request):
        return _sheets_as_sheet(mechanism, rows)
    context = {
        "section": "registers",
        "mechanism": mechanism,
        "region": region,
        "regions": _regions(request),
        "form": form,
        "page": page_of(request, rows),
    }
    return list_response(
        request, "register/destruction_sheets.html", "register/partials/destruction_sheets.html", context
    )


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
    is_open = found.state == Destruction.State.PROPOSED
    form = LinesFilter(request.GET, settled=not is_open)
    wanted = form.wanted()
    lines = lines_listed(found, text=wanted["q"], outcome=wanted["outcome"], sort=wanted["sort"] or "ended")
    if wants_sheet(request):
        return _lines_as_sheet(mechanism, found, lines)
    context = {
        "section": "registers",
        "mechanism": mechanism,
        "sheet": found,
        "form": form,
        "page": page_of(request, lines),
        "total": found.lines.count(),
        "mine": found.drawn_by_id == user.pk,
        "open": is_open,
        "error": error,
    }
    return list_response(
        request,
        "register/destruction_sheet.html",
        "register/partials/destruction_lines.html",
        context,
        status=200 if error is None else 422,
    )


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


def _sheets_as_sheet(mechanism: Mechanism, rows: Any) -> HttpResponse:
    heads = [
        (_("清册"), 10),
        (_("状态"), 12),
        (_("条目数"), 10),
        (_("鉴定意见"), 50),
        (_("提出人"), 16),
        (_("编制时间"), 18),
        (_("复核人"), 16),
        (_("复核时间"), 18),
    ]
    lines = (
        [
            one.pk,
            str(one.get_state_display()),
            one.entries,
            one.opinion,
            shown_name(one.drawn_by),
            moment(one.drawn_at),
            shown_name(one.settled_by),
            moment(one.settled_at),
        ]
        for one in rows.iterator()
    )
    return sheet_response(f"{mechanism.name.said(language())} {_('销毁清册')}", heads, lines)


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
    return [
        one.number,
        one.body.name,
        one.began.isoformat(),
        one.ended.isoformat(),
        one.years,
        moment(one.destroyed_at),
        one.digest,
        one.get_spared_display(),
    ]
