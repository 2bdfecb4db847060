"""A task at work: who has it, what was reported, what was changed, and all that happened."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from luoshi.apps.interface.lists import page_of
from luoshi.apps.organization.access import requires
from luoshi.apps.organization.models import Role
from luoshi.apps.organization.rules import bodies_with, is_office
from luoshi.apps.plan.models import Task
from luoshi.apps.work.models import Assignment, Report
from luoshi.apps.work.queries import task_work
from luoshi.apps.work.queries.history import history, told
from luoshi.apps.work.queries.standing import with_lights
from luoshi.apps.work.queries.task_work import Reading
from luoshi.apps.work.views.opened import open_work

PARTS = {
    "bodies": _("单位"),
    "reports": _("报送情况"),
    "changes": _("延期与调整"),
    "evidence": _("佐证材料"),
    "history": _("全部记录"),
}


@requires("work.view")
@require_safe
def work_task(request: HttpRequest, plan: int, task: int) -> HttpResponse:
    """One part of a task; `part` in the address says which."""
    opened, issue = open_work(request, plan)
    if issue is None:
        base = {"section": "plans", "tab": "work", "part": "map", "plan": opened, "issue": None}
        return render(request, "work/not_issued.html", base)
    today = timezone.localdate()
    found = get_object_or_404(
        with_lights(Task.objects.filter(plan=opened).select_related("section__parent"), today), pk=task
    )
    part = request.GET.get("part", "")
    part = part if part in PARTS else "bodies"
    parts = Assignment.objects.filter(task=found).exclude(state__in=Assignment.GONE)
    own = bodies_with(request.user, Role.Name.LIAISON, Role.Name.HEAD)
    reading = Reading.of(request.user, found, frozenset(parts.values_list("body", flat=True)))
    context = {
        "section": "plans",
        "tab": "work",
        "part": "map",
        "plan": opened,
        "issue": issue,
        "task": found,
        "today": today,
        "shown": part,
        "shown_parts": PARTS.items(),
        "wording": task_work.wording_of(found),
        "own_bodies": own,
        "takes_part": reading.takes_part,
        "steers": is_office(request.user, found),
        "reading": reading,
        **_READ[part](request, found, reading),
    }
    return render(request, "work/task.html", context)


def _bodies(request: HttpRequest, task: Task, reading: Reading) -> dict[str, Any]:
    return {"page": page_of(request, task_work.parts_of_task(task, timezone.localdate()))}


def _reports(request: HttpRequest, task: Task, reading: Reading) -> dict[str, Any]:
    page = page_of(request, task_work.occurrences_of_task(task, timezone.localdate()))
    readable = reading.reports(Report.objects.filter(occurrence__in=list(page)))
    words = task_work.counting_words(readable)
    states = dict(Report.objects.filter(occurrence__in=list(page)).values_list("occurrence", "state"))
    labels = dict(Report.State.choices)
    rows = [
        {
            "occurrence": one,
            "report": words[one.pk][0] if one.pk in words else None,
            "version": words[one.pk][1] if one.pk in words else None,
            "state": labels.get(states.get(one.pk, ""), ""),
        }
        for one in page
    ]
    return {"page": page, "rows": rows}


def _changes(request: HttpRequest, task: Task, reading: Reading) -> dict[str, Any]:
    return {
        "adjustments": list(task_work.adjustments_of_task(task)[:20]),
        "page": page_of(request, task_work.extensions_of_task(task)),
    }


def _evidence(request: HttpRequest, task: Task, reading: Reading) -> dict[str, Any]:
    return {"page": page_of(request, task_work.evidence_of_task(task, reading))}


def _history(request: HttpRequest, task: Task, reading: Reading) -> dict[str, Any]:
    found: QuerySet[Any] = history(task)
    page = page_of(request, found)
    rows = [
        (one, one.words if one.body is None or reading.allows(one.body.pk) else "")
        for one in told(list(page))
    ]
    return {"page": page, "rows": rows}


_READ = {
    "bodies": _bodies,
    "reports": _reports,
    "changes": _changes,
    "evidence": _evidence,
    "history": _history,
}
