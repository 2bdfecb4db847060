"""The level above: regions beneath, rolled up; their issued plans by lights; what was accepted there."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from luoshi.apps.alignment.forms.filters import AboveFilter, ChildFilter, PlanFilter
from luoshi.apps.alignment.queries import above as query
from luoshi.apps.interface.lists import list_response, page_of
from luoshi.apps.interface.sheets import sheet_response, wants_sheet
from luoshi.apps.organization.access import check, requires
from luoshi.apps.organization.models import Region, Role
from luoshi.apps.organization.rules import Visitor, regions_with
from luoshi.apps.plan.models import Task
from luoshi.apps.plan.queries.names import heading
from luoshi.apps.work.models import Report
from luoshi.apps.work.queries.plan_map import Wanted, for_rows, tasks_on_map
from luoshi.apps.work.queries.standing import light_of, tally, with_lights
from luoshi.apps.work.queries.task_work import counting_words
from luoshi.apps.work.templatetags.work_words import light_word
from luoshi.core.work.lights import Light, Tally

REGION_COLUMNS = [
    (gettext_lazy("代码"), 14),
    (gettext_lazy("地区"), 24),
    (gettext_lazy("下辖地区"), 10),
    (gettext_lazy("已交办方案"), 12),
]
TASK_COLUMNS = [
    (gettext_lazy("编号"), 8),
    (gettext_lazy("任务"), 60),
    (gettext_lazy("灯色"), 10),
    (gettext_lazy("牵头单位"), 40),
    (gettext_lazy("最近到期"), 12),
]


def held(user: Visitor) -> frozenset[str]:
    """The regions that a person looks at as a whole."""
    return regions_with(user, Role.Name.OFFICE, Role.Name.VIEWER)


@requires("above.view")
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """The person's region, or a choice of them."""
    mine = sorted(held(request.user))
    if len(mine) == 1:
        return redirect("alignment:region", mine[0])
    regions = Region.objects.filter(pk__in=mine).order_by("code")
    rows = query.rolled(regions, timezone.localdate())
    return render(request, "alignment/above_start.html", {"section": "above", "rows": rows})


@requires("above.view")
@require_safe
def region(request: HttpRequest, code: str) -> HttpResponse:
    """The regions beneath one, and the plans that it has issued itself."""
    found = get_object_or_404(Region.objects.select_related("parent"), pk=code)
    own = code in held(request.user)
    if not own:
        check(request, "above.view", OfRegion(code))
    form, today = ChildFilter(request.GET), timezone.localdate()
    wanted = form.wanted()
    children = query.children(code, text=wanted["q"], only=wanted["only"], sort=wanted["sort"] or "code")
    if wants_sheet(request):
        columns = [*REGION_COLUMNS, *((light_word(one), 8) for one in Light)]
        return sheet_response(_("下级地区"), columns, map(_region_cells, query.rolled(children, today)))
    page = page_of(request, children)
    context = {
        "section": "above",
        "region": found,
        "own": own,
        "form": form,
        "page": page,
        "rows": query.rolled(page, today),
        "has_plans": not own and query.plans_of(code).exists(),
    }
    return list_response(request, "alignment/region.html", "alignment/partials/region_results.html", context)


class OfRegion:
    """A region as permissions ask for it."""

    def __init__(self, code: str) -> None:
        self.region_id = code


def _region_cells(row: query.Rolled) -> list[str | int | None]:
    numbers = [row.tally.count(one) for one in Light]
    return [row.region.pk, str(row.region), row.beneath, row.plans, *numbers]


@requires("above.view")
@require_safe
def plans(request: HttpRequest, code: str) -> HttpResponse:
    """The plans that a region beneath has issued, by lights."""
    found = get_object_or_404(Region.objects.select_related("parent"), pk=code)
    check(request, "above.view", OfRegion(code))
    form, today = PlanFilter(request.GET), timezone.localdate()
    wanted = form.wanted()
    rows = query.plans_of(code, text=wanted["q"], sort=wanted["sort"] or "new")
    if wants_sheet(request):
        columns = [(_("方案"), 60), (_("文号"), 24), *((light_word(one), 8) for one in Light)]
        tallies = query.plan_tallies(rows, today)
        cells: list[list[str | int | None]] = [
            [str(one), one.document_number, *(tallies.get(one.pk, Tally()).count(light) for light in Light)]
            for one in rows
        ]
        return sheet_response(_("已交办方案"), columns, cells)
    page = page_of(request, rows)
    tallies = query.plan_tallies(page, today)
    context = {
        "section": "above",
        "region": found,
        "form": form,
        "page": page,
        "rows": [(one, tallies.get(one.pk)) for one in page],
    }
    return list_response(
        request, "alignment/above_plans.html", "alignment/partials/above_plan_results.html", context
    )


@requires("above.view")
@require_safe
def plan(request: HttpRequest, plan: int) -> HttpResponse:
    """The tasks of an issued plan by lights."""
    found = _issued(request, plan)
    form, today = AboveFilter(request.GET), timezone.localdate()
    wanted = form.wanted()
    asked = Wanted(wanted["q"], wanted["light"], sort=wanted["sort"] or "document")
    rows = tasks_on_map(found.pk, asked, [], today)
    if wants_sheet(request):
        return sheet_response(_("任务灯色"), TASK_COLUMNS, map(_task_cells, for_rows(rows, found, today)))
    context = {
        "section": "above",
        "plan": found,
        "region": found.region,
        "form": form,
        "tally": tally(with_lights(Task.objects.filter(plan=found), today)),
        "page": page_of(request, for_rows(rows, found, today)),
    }
    return list_response(
        request, "alignment/above_plan.html", "alignment/partials/above_task_results.html", context
    )


def _issued(request: HttpRequest, plan: int) -> Any:
    """An issued plan of a region beneath.

    Raises:
        Http404: there is none, or it is not out.
        PermissionDenied: the person is not above its region.
    """
    found = query.issued_plans().select_related("region__parent", "issue").filter(pk=plan).first()
    if found is None:
        raise Http404
    check(request, "above.view", found)
    return found


def _task_cells(task: Any) -> list[str]:
    leads = "、".join(f"{one.body}({light_word(light_of(one.rank_of_light))})" for one in task.leads)
    words = heading(task.number, task.title, task.text)
    return [task.number, words, light_word(light_of(task.rank_of_light)), leads, str(task.next_due or "")]


@requires("above.view")
@require_safe
def task(request: HttpRequest, task: int) -> HttpResponse:
    """A task: who has it and how each stands, and what was accepted."""
    today = timezone.localdate()
    found = get_object_or_404(with_lights(Task.objects.select_related("section"), today), pk=task)
    opened = _issued(request, found.plan_id)
    page = page_of(request, query.accepted_periods(found))
    words = counting_words(Report.objects.filter(occurrence__in=list(page)))
    context = {
        "section": "above",
        "plan": opened,
        "region": opened.region,
        "task": found,
        "parts": query.parts_above(found, today),
        "page": page,
        "rows": [(one, words[one.pk][1]) for one in page],
    }
    return render(request, "alignment/above_task.html", context)
