"""Matching the names in a plan with registered bodies."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from luoshi.apps.interface.sheets import sheet_response, wants_sheet
from luoshi.apps.organization.access import check, person, requires
from luoshi.apps.organization.models import Body
from luoshi.apps.organization.queries import bodies_by_name
from luoshi.apps.plan.models import Plan, Settlement
from luoshi.apps.plan.operations.matching import match_all_exact, match_body, register_all, register_body
from luoshi.apps.plan.queries import matching as queries
from luoshi.apps.plan.queries.wording import language
from luoshi.apps.plan.views.opened import list_response, open_plan, page_of
from luoshi.apps.plan.views.review import review_context
from luoshi.core.errors import LuoshiError

ROWS = 50
COLUMNS = [
    (gettext_lazy("方案中的名称"), 40),
    (gettext_lazy("牵头"), 10),
    (gettext_lazy("责任"), 10),
    (gettext_lazy("登记单位"), 40),
]


@requires("plan.view")
@require_safe
def names(request: HttpRequest, plan: int) -> HttpResponse:
    """The names of the plan beside the registry."""
    opened = open_plan(request, plan)
    only = request.GET.get("only", "")
    only = only if only in {"matched", "unmatched"} else ""
    wanted = request.GET.get("q", "").strip()
    everything = queries.names(opened)
    found = [row for row in everything if is_wanted(row, only, wanted)]
    if wants_sheet(request):
        return sheet_response(f"{opened} {_('单位名称')}", COLUMNS, map(_sheet_row, found))
    context = {
        **review_context(request, opened),
        **_left(everything),
        "page": page_of(request, found, ROWS),
        "only": only,
        "wanted": wanted,
        "registry": sorted(bodies_by_name(opened.region_id)),
    }
    return list_response(request, "plan/names.html", "plan/partials/name_results.html", context)


def _sheet_row(row: queries.Name) -> list[str | int]:
    return [row.name, row.leads, row.responsibles, row.body.name if row.body else ""]


def is_wanted(row: queries.Name, only: str, wanted: str) -> bool:
    """Whether a name has some words, and is matched or not."""
    return wanted in row.name and (not only or (row.body is not None) == (only == "matched"))


def _left(rows: list[queries.Name]) -> dict[str, object]:
    """How many names are left to match, and how many of them are exactly in the registry."""
    unmatched = [row for row in rows if row.body is None]
    exact = sum(1 for row in unmatched if row.suggestions and row.suggestions[0].exact)
    return {
        "exact": exact,
        "unknown": len(unmatched) - exact,
        "counts": {"all": len(rows), "unmatched": len(unmatched)},
    }


@requires("plan.edit")
@require_POST
def match(request: HttpRequest, plan: int) -> HttpResponseBase:
    """Say which registered body one name means, or that it means none."""
    opened = _open(request, plan)
    name, wanted = request.POST.get("name", ""), request.POST.get("body", "").strip()
    body = bodies_by_name(opened.region_id).get(wanted)
    if wanted and body is None:
        refusal = _("登记簿中没有“%(name)s”；请从建议中选择，或登记为新单位。") % {"name": wanted}
        return _row(request, opened, name, refusal)
    return _do(
        request,
        opened,
        name,
        lambda: match_body(plan=opened, name=name, body=body, by=person(request), at=timezone.now()),
    )


@requires("plan.edit")
@require_POST
def register(request: HttpRequest, plan: int) -> HttpResponseBase:
    """Register one name as a new body."""
    opened = _open(request, plan)
    name, line = request.POST.get("name", ""), request.POST.get("line", "")
    line = line if line in Body.Line.values else ""
    return _do(
        request,
        opened,
        name,
        lambda: register_body(plan=opened, name=name, line=line, by=person(request), at=timezone.now()),
    )


@requires("plan.edit")
@require_POST
def match_exact(request: HttpRequest, plan: int) -> HttpResponse:
    """Match every name that is exactly one in the registry."""
    opened = _open(request, plan)
    return _do_all(
        request, opened, lambda: match_all_exact(plan=opened, by=person(request), at=timezone.now())
    )


@requires("plan.edit")
@require_POST
def register_rest(request: HttpRequest, plan: int) -> HttpResponse:
    """Register every name that the registry does not know."""
    opened = _open(request, plan)
    return _do_all(request, opened, lambda: register_all(plan=opened, by=person(request), at=timezone.now()))


def _open(request: HttpRequest, plan: int) -> Plan:
    opened = open_plan(request, plan)
    check(request, "plan.edit", opened)
    return opened


def _do(request: HttpRequest, plan: Plan, name: str, deed: Callable[[], Settlement]) -> HttpResponseBase:
    try:
        deed()
    except LuoshiError as error:
        return _row(request, plan, name, error.message(language()))
    return _row(request, plan, name)


def _row(request: HttpRequest, plan: Plan, name: str, refusal: str = "") -> HttpResponse:
    """The row of one name and the progress; without htmx, the whole page."""
    if not request.headers.get("HX-Request"):
        if refusal:
            messages.error(request, refusal)
        return redirect("plan:review-names", plan.pk)
    rows = queries.names(plan)
    context = {
        **review_context(request, plan),
        **_left(rows),
        "row": next((row for row in rows if row.name == name), None),
        "refusal": refusal,
    }
    return render(request, "plan/partials/name_changed.html", context)


def _do_all(request: HttpRequest, plan: Plan, deed: Callable[[], Settlement | None]) -> HttpResponse:
    try:
        if deed() is None:
            messages.info(request, _("没有可以处理的单位名称。"))
    except LuoshiError as error:
        messages.error(request, error.message(language()))
    return redirect("plan:review-names", plan.pk)
