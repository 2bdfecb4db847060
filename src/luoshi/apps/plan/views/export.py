"""A plan to take away: workbook, data, calendar, Markdown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from luoshi.apps.organization.access import requires
from luoshi.apps.plan.forms.filters import TaskFilterForm
from luoshi.apps.plan.models import Plan
from luoshi.apps.plan.queries.names import bodies_of
from luoshi.apps.plan.queries.overview import sections_of
from luoshi.apps.plan.queries.stored import load_plan
from luoshi.apps.plan.queries.tasks import matching
from luoshi.apps.plan.queries.wording import language
from luoshi.apps.plan.views.opened import open_plan
from luoshi.core.plan import model
from luoshi.core.plan.export.calendar import to_calendar
from luoshi.core.plan.export.markdown import to_markdown
from luoshi.core.plan.export.workbook import to_workbook
from luoshi.core.plan.serial import plan_to_json

LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Shape:
    """A file format: its content type, and what makes the bytes from a plan and a language."""

    content_type: str
    write: Callable[[model.Plan, str], bytes]


def _calendar(plan: model.Plan, language: str) -> bytes:
    now = timezone.localtime()
    return to_calendar(plan, language, at=now, start=now.date())


SHAPES = {
    "xlsx": Shape(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        lambda plan, language: to_workbook([plan], language),
    ),
    "json": Shape(
        "application/json; charset=utf-8",
        lambda plan, language: plan_to_json(plan, language, pretty=True).encode(),
    ),
    "ics": Shape("text/calendar; charset=utf-8", _calendar),
    "md": Shape("text/markdown; charset=utf-8", lambda plan, language: to_markdown(plan, language).encode()),
}


@requires("plan.view")
@require_safe
def export(request: HttpRequest, plan: int) -> HttpResponse:
    """What each file holds and whom it serves."""
    context = {"section": "plans", "tab": "export", "plan": open_plan(request, plan)}
    return render(request, "plan/export.html", context)


@requires("plan.view")
@require_safe
def download(request: HttpRequest, plan: int, shape: str) -> HttpResponse:
    """The plan as a file; with a filter in the address only the tasks of that list."""
    opened = open_plan(request, plan)
    if shape not in SHAPES:
        raise Http404
    wanted = SHAPES[shape]
    content = wanted.write(load_plan(opened, _only(request, opened)), language())
    response = HttpResponse(content, content_type=wanted.content_type)
    name = (opened.title or opened.document.name)[:LONGEST_NAME]
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.{shape}") or "attachment"
    return response


def _only(request: HttpRequest, plan: Plan) -> list[int] | None:
    """The tasks that the filter in the address leaves; None when there is no filter."""
    if not request.GET:
        return None
    sections = sections_of(plan.pk)
    form = TaskFilterForm(request.GET, sections=sections, bodies=bodies_of(plan.pk))
    return list(matching(plan.pk, form.task_filter(), sections).values_list("pk", flat=True))
