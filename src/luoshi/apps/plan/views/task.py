"""One task, beside the words of the document that it was read from."""

from __future__ import annotations

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from luoshi.apps.organization.access import requires
from luoshi.apps.plan.models import Task, TaskBody
from luoshi.apps.plan.queries.excerpt import excerpt, marks_of
from luoshi.apps.plan.queries.names import SHOWN_NAME
from luoshi.apps.plan.queries.place import place_in_file
from luoshi.apps.plan.queries.wording import language
from luoshi.apps.plan.views.opened import may_edit, open_plan


@requires("plan.view")
@require_safe
def task(request: HttpRequest, plan: int, task: int) -> HttpResponse:
    """Bodies, measures, targets, deadlines, citations and findings of a task, and its source."""
    opened = open_plan(request, plan)
    bodies = TaskBody.objects.annotate(shown=SHOWN_NAME).order_by("task", "position")
    found = get_object_or_404(
        Task.objects.select_related("section__parent", "parent").prefetch_related(
            Prefetch("bodies", bodies), "measures", "targets", "deadlines", "citations", "findings"
        ),
        pk=task,
        plan=opened,
    )
    found.plan = opened
    others = Task.objects.filter(plan=opened).only("pk", "number", "title", "text", "plan_id")
    mentions = list(found.bodies.all())
    context = {
        "section": "plans",
        "tab": "overview",
        "plan": opened,
        "task": found,
        "may_edit": may_edit(request, opened),
        "leads": [body for body in mentions if body.role == TaskBody.Role.LEAD],
        "responsibles": [body for body in mentions if body.role == TaskBody.Role.RESPONSIBLE],
        "excerpt": excerpt(found, marks_of(found)),
        "place": place_in_file(opened.document_id, found.start, found.end, language()),
        "previous": others.filter(position__lt=found.position).order_by("-position", "-pk").first(),
        "next": others.filter(position__gt=found.position).order_by("position", "pk").first(),
    }
    return render(request, "plan/task.html", context)
