"""The map of a plan: how every task stands, chapter by chapter."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from luoshi.apps.interface.lists import list_response, page_of
from luoshi.apps.interface.sheets import sheet_response, wants_sheet
from luoshi.apps.organization.access import requires
from luoshi.apps.plan.queries.names import heading
from luoshi.apps.plan.queries.overview import sections_of
from luoshi.apps.work.forms.showing import MapFilter
from luoshi.apps.work.queries.plan_map import Wanted, bodies_at_work, for_rows, plan_map, tasks_on_map
from luoshi.apps.work.queries.standing import light_of
from luoshi.apps.work.templatetags.work_words import light_word
from luoshi.apps.work.views.opened import open_work
from luoshi.core.work.lights import Tally

COLUMNS = [
    (gettext_lazy("编号"), 8),
    (gettext_lazy("任务"), 50),
    (gettext_lazy("章节"), 24),
    (gettext_lazy("灯色"), 10),
    (gettext_lazy("牵头单位"), 40),
    (gettext_lazy("责任单位数"), 12),
    (gettext_lazy("最近到期"), 12),
]


@requires("work.view")
@require_safe
def work_map(request: HttpRequest, plan: int) -> HttpResponse:
    """Chapters by lights, and the tasks that the filter asks for."""
    opened, issue = open_work(request, plan)
    base = {"section": "plans", "tab": "work", "part": "map", "plan": opened, "issue": issue}
    if issue is None:
        return render(request, "work/not_issued.html", base)
    today, sections = timezone.localdate(), sections_of(plan)
    bodies = [(body.pk, str(body)) for body in bodies_at_work(plan)]
    form = MapFilter(request.GET, sections=sections, bodies=bodies)
    found = tasks_on_map(plan, wanted_of(form), sections, today)
    if wants_sheet(request):
        return sheet_response(_("任务灯色"), COLUMNS, map(_row, for_rows(found, opened, today)))
    wanted = frozenset(found.order_by().values_list("pk", flat=True)) if form.narrows else None
    chapters = plan_map(plan, sections, today, wanted)
    context = base | {
        "today": today,
        "form": form,
        "chapters": chapters,
        "tally": sum((chapter.tally for chapter in chapters), Tally()),
        "bodies": len(bodies),
        "page": page_of(request, for_rows(found, opened, today)),
    }
    return list_response(request, "work/map.html", "work/partials/map_results.html", context)


def wanted_of(form: MapFilter) -> Wanted:
    """The filter as the query takes it."""
    given = form.wanted()
    return Wanted(
        given["q"], given["light"], form.number("chapter"), form.number("body"), given["sort"] or "document"
    )


def _row(task: Any) -> list[str | int]:
    leads = "、".join(f"{one.body}({light_word(light_of(one.rank_of_light))})" for one in task.leads)
    title = heading(task.number, task.title, task.text)
    light = light_word(light_of(task.rank_of_light))
    return [
        task.number,
        title,
        str(task.section or ""),
        light,
        leads,
        task.others or 0,
        str(task.next_due or ""),
    ]
