"""Binding by hand: a person chooses a task, looks for a mechanism and confirms, whatever the plan's words."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luoshi.apps.binding.forms.choosing import ChoosingFilter
from luoshi.apps.binding.operations.choosing import bind_indicator, bind_mechanism
from luoshi.apps.binding.operations.suggesting import SETTLED
from luoshi.apps.binding.queries.choosing import choices, free_targets, mechanisms, tasks_of
from luoshi.apps.interface.lists import page_of
from luoshi.apps.organization.access import check, person, requires
from luoshi.apps.plan.models import Plan, Target, Task
from luoshi.apps.plan.queries.wording import language
from luoshi.apps.plan.views.opened import open_plan
from luoshi.core.errors import LuoshiError

# A mechanism with its purpose and two lists to choose from.
ROWS = 12


@requires("binding.settle")
@require_http_methods(["GET", "HEAD", "POST"])
def by_hand(request: HttpRequest, plan: int) -> HttpResponse:
    """All mechanisms for one task of a plan."""
    opened = open_plan(request, plan)
    check(request, "binding.settle", opened)
    if request.method == "POST":
        return _bind(request, opened)
    form = ChoosingFilter(request.GET, tasks=tasks_of(plan))
    task = Task.objects.filter(plan=plan, pk=form.chosen).first() if form.chosen else None
    page = page_of(request, mechanisms(form.wanted()["q"]), ROWS)
    context = {
        "section": "plans",
        "tab": "binding",
        "plan": opened,
        "settled": opened.status in SETTLED,
        "form": form,
        "task": task,
        "page": page,
        "choices": [] if task is None else choices(task, page.object_list),
        "targets": [] if task is None else free_targets(task),
    }
    return render(request, "binding/by_hand.html", context)


def _bind(request: HttpRequest, plan: Plan) -> HttpResponse:
    said = request.POST
    task = get_object_or_404(Task, plan=plan, pk=_number(said.get("task", "")))
    mechanism, indicator = said.get("mechanism", ""), said.get("indicator", "")
    by, at = person(request), timezone.now()
    try:
        if indicator:
            target = get_object_or_404(Target, task=task, pk=_number(said.get("target", "")))
            bind_indicator(target=target, mechanism=mechanism, indicator=indicator, by=by, at=at)
        else:
            bind_mechanism(task=task, mechanism=mechanism, by=by, at=at)
    except LuoshiError as refusal:
        messages.error(request, refusal.message(language()))
    else:
        messages.success(request, _("已绑定；可以在“任务与机制”中撤销。"))
    back = QueryDict(mutable=True)
    back.update({"task": str(task.pk), "q": said.get("q", "")})
    return redirect(f"{reverse('binding:by-hand', args=[plan.pk])}?{back.urlencode()}")


def _number(said: str) -> int:
    if not (said.isascii() and said.isdigit() and len(said) < 18):
        raise BadRequest
    return int(said)
