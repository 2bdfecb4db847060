"""The list of bulletins, a new one, and the lists behind the numbers."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.apps.bulletin.forms.bulletin import BulletinFilter, NewForm, RowFilter
from luoshi.apps.bulletin.models import Bulletin, Counted
from luoshi.apps.bulletin.operations.writing import draft_bulletin
from luoshi.apps.bulletin.queries.counting import rows_of
from luoshi.apps.bulletin.queries.reading import figure_of, listed
from luoshi.apps.interface.lists import list_response, page_of
from luoshi.apps.interface.sheets import sheet_response, wants_sheet
from luoshi.apps.organization.access import check, person, requires
from luoshi.apps.organization.models import Body, Role
from luoshi.apps.organization.rules import regions_with
from luoshi.apps.plan.models import Plan, Section
from luoshi.apps.plan.queries.names import heading
from luoshi.apps.plan.queries.wording import language
from luoshi.apps.work.templatetags.work_words import said
from luoshi.core.calendar.periods import Kind, Period
from luoshi.core.errors import LuoshiError
from luoshi.core.supervision.bulletin import NAMES

COLUMNS = [
    (gettext_lazy("标题"), 60),
    (gettext_lazy("方案"), 40),
    (gettext_lazy("期次"), 12),
    (gettext_lazy("状态"), 12),
]
ROW_COLUMNS = [
    (gettext_lazy("编号"), 8),
    (gettext_lazy("任务"), 50),
    (gettext_lazy("单位"), 28),
    (gettext_lazy("章节"), 28),
    (gettext_lazy("期次"), 12),
    (gettext_lazy("到期日期"), 12),
    (gettext_lazy("报送日期"), 12),
    (gettext_lazy("情况"), 12),
    (gettext_lazy("退回修改"), 10),
]
ROW_SORTS = {
    "task": ("task__position", "body__name", "pk"),
    "body": ("body__name", "task__position", "pk"),
    "due": ("due", "task__position", "pk"),
}
# Periods that a bulletin may be about, and how many of each are offered.
OFFERED: tuple[tuple[Kind, int], ...] = (("quarter", 5), ("month", 6), ("half-year", 2), ("year", 2))


@requires("bulletin.view")
@require_safe
def bulletins(request: HttpRequest) -> HttpResponse:
    """Bulletins that the person may see."""
    form = BulletinFilter(request.GET)
    wanted = form.wanted()
    rows = listed(person(request), text=wanted["q"], state=wanted["state"], sort=wanted["sort"] or "new")
    if wants_sheet(request):
        cells = ([one.title, str(one.plan), one.period, str(one.get_state_display())] for one in rows)
        return sheet_response(_("通报"), COLUMNS, cells)
    context = {
        "section": "bulletin",
        "form": form,
        "page": page_of(request, rows),
        "office": bool(regions_with(request.user, Role.Name.OFFICE)),
    }
    return list_response(request, "bulletin/list.html", "bulletin/partials/results.html", context)


@requires("bulletin.write")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Draft a bulletin from the data of a period."""
    regions = regions_with(request.user, Role.Name.OFFICE)
    if not regions:
        raise PermissionDenied
    plans = {
        plan.pk: plan
        for plan in Plan.objects.filter(region__in=regions, issue__isnull=False)
        .defer("read")
        .order_by("-issue__issued_at")
    }
    sent = request.POST if request.method == "POST" else None
    choices = [(key, str(plan)) for key, plan in plans.items()]
    form = NewForm(sent, plans=choices, periods=periods(timezone.localdate()))
    if sent is not None and form.is_valid():
        try:
            made = draft_bulletin(
                plan=plans[form.cleaned_data["plan"]],
                period=form.cleaned_data["period"],
                by=person(request),
                at=timezone.now(),
            )
        except LuoshiError as refusal:
            form.add_error(None, refusal.message(language()))
        else:
            messages.success(request, _("已按数据起草；请核对、选用典型做法后送审。"))
            return redirect("bulletin:bulletin", made.pk)
    context = {"section": "bulletin", "form": form, "plans": plans}
    return render(request, "bulletin/new.html", context, status=200 if sent is None else 422)


def periods(today: date) -> list[tuple[str, str]]:
    """The periods that are offered: the present one of each kind, and those before it."""
    found = []
    for kind, count in OFFERED:
        one = Period.containing(today, kind)
        for _number in range(count):
            found.append((one.key, one.label(language())))
            one = one.previous()
    return found


@requires("bulletin.view")
@require_safe
def figure(request: HttpRequest, bulletin: int, figure: str) -> HttpResponse:
    """The list behind a number of a bulletin."""
    found = opened(request, bulletin)
    which = figure_of(figure)
    if which is None:
        raise Http404
    form = RowFilter(request.GET)
    wanted = form.wanted()
    body, section = _key(request, "body"), _key(request, "section")
    rows = rows_of(found, which, body=body, section=section, text=wanted["q"])
    rows = rows.order_by(*ROW_SORTS[wanted["sort"] or "task"])
    if wants_sheet(request):
        return sheet_response(f"{found.period} {said(NAMES[which])}", ROW_COLUMNS, map(_cells, rows))
    context = {
        "section": "bulletin",
        "bulletin": found,
        "figure": which,
        "name": NAMES[which],
        "form": form,
        "body": Body.objects.filter(pk=body, region=found.region_id).first() if body else None,
        "chapter": Section.objects.filter(pk=section, plan=found.plan_id).first() if section else None,
        "page": page_of(request, rows),
    }
    return list_response(request, "bulletin/figure.html", "bulletin/partials/rows.html", context)


def _key(request: HttpRequest, name: str) -> int | None:
    given = request.GET.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 18 else None


def _cells(row: Counted) -> list[str]:
    return [
        row.task.number,
        heading(row.task.number, row.task.title, row.task.text),
        row.body.name,
        row.section.title if row.section else "",
        row.occurrence.key,
        row.due.isoformat(),
        row.answered.isoformat() if row.answered else "",
        str(row.get_outcome_display()),
        _("是") if row.returned else "",
    ]


def opened(request: HttpRequest, key: int) -> Bulletin:
    """A bulletin that the person may see.

    Raises:
        Http404, PermissionDenied.
    """
    rows = Bulletin.objects.select_related("plan", "region", "drafted_by", "submitted_by", "approved_by")
    found = get_object_or_404(rows.defer("plan__read"), pk=key)
    check(request, "bulletin.view", found)
    return found
