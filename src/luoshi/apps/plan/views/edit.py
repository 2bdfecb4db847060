"""Editing one task of a plan, in the place of its card."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from luoshi.apps.organization.access import check, person, requires
from luoshi.apps.plan.forms.task import TaskForms
from luoshi.apps.plan.models import Plan, Task
from luoshi.apps.plan.operations.editing import edit_task
from luoshi.apps.plan.operations.refusals import EditedMeanwhile
from luoshi.apps.plan.queries import review as queries
from luoshi.apps.plan.queries.wording import language, usual_recurrences
from luoshi.apps.plan.views.opened import open_plan
from luoshi.apps.plan.views.review import review_context
from luoshi.apps.plan.views.settle import show_again
from luoshi.core.errors import LuoshiError


@requires("plan.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, plan: int, position: int) -> HttpResponse:
    """The form of a task; saved, it gives way to the card again. Without scripts it has a page of its own."""
    opened = open_plan(request, plan)
    check(request, "plan.edit", opened)
    task = get_object_or_404(queries.cards(opened, position=position))
    if request.method != "POST":
        return _form(
            request, opened, task, TaskForms(task, spare=0 if request.headers.get("HX-Request") else 1)
        )
    forms = TaskForms(task, request.POST)
    if not forms.is_valid():
        return _form(request, opened, task, forms, status=422)
    try:
        edit_task(task=task, edit=forms.edit(), seen=forms.seen, by=person(request), at=timezone.now())
    except EditedMeanwhile as error:
        return _form(request, opened, task, forms, error, conflict=True)
    except LuoshiError as error:
        return _form(request, opened, task, forms, error)
    return show_again(request, opened, finding=None, task=task.pk)


def _form(
    request: HttpRequest,
    plan: Plan,
    task: Task,
    forms: TaskForms,
    refusal: LuoshiError | None = None,
    *,
    conflict: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The form; in a conflict with what is stored now beside it, and ready to be saved over that."""
    context = {
        **review_context(request, plan),
        "rhythms": usual_recurrences(),
        "task": task,
        "forms": forms,
        "refusal": refusal.message(language()) if refusal else "",
        "conflict": conflict,
        # Until the person has been shown what somebody else wrote, they have seen what they began with.
        "seen": forms.seen if forms.title.is_bound and not conflict else task.version,
    }
    name = "plan/partials/review_edit.html" if request.headers.get("HX-Request") else "plan/edit.html"
    return render(request, name, context, status=409 if refusal else status)
