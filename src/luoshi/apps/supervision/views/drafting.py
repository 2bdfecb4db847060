"""Writing an order: from nothing, from a task of a plan, or again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luoshi.apps.organization.access import check, person, requires
from luoshi.apps.plan.models import Task
from luoshi.apps.plan.queries.names import heading
from luoshi.apps.plan.queries.wording import language
from luoshi.apps.supervision.forms.order import OrderForm
from luoshi.apps.supervision.models import Order, OrderBody
from luoshi.apps.supervision.operations.drafting import draft_order, open_order, revise_order
from luoshi.apps.supervision.views.listing import office_region
from luoshi.apps.work.models import Assignment, Issue
from luoshi.core.errors import LuoshiError


@requires("supervision.order")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write an order that is about no task."""
    return _written(request, office_region(request), None, {})


@requires("supervision.order")
@require_http_methods(["GET", "HEAD", "POST"])
def of_task(request: HttpRequest, task: int) -> HttpResponse:
    """Write an order about a task: what the plan says already is filled in."""
    found = get_object_or_404(Task.objects.select_related("plan"), pk=task)
    check(request, "supervision.order", found)
    matter = heading(found.number, found.title, found.text)[:200]
    other = open_order(found.region_id, matter, found)
    if other is not None:
        messages.warning(request, _("这项任务已有未办结的督办件，不重复督办；可以在这里催办。"))
        return redirect("supervision:order", other.pk)
    issue = Issue.objects.filter(plan=found.plan_id).first()
    parts = list(
        Assignment.objects.filter(task=found).exclude(state__in=Assignment.GONE).order_by("rank", "pk")
    )
    leads = [one.body_id for one in parts if one.role == Assignment.Role.LEAD]
    initial = {
        "matter": matter,
        "requirement": found.text,
        "source": Order.Source.PLAN,
        "origin": str(found.plan),
        "authority": issue.basis if issue else "",
        "line": issue.line if issue else "",
        "lead": leads[0] if leads else None,
        "helpers": leads[1:],
    }
    return _written(request, found.region_id, found, initial)


@requires("supervision.order")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, order: int) -> HttpResponse:
    """Change a draft."""
    found = get_object_or_404(Order.objects.select_related("task__plan"), pk=order)
    check(request, "supervision.order", found)
    if found.state != Order.State.DRAFT:
        return redirect("supervision:order", found.pk)
    bodies = list(found.bodies.all())
    initial = {
        **{name: getattr(found, name) for name in OrderForm.base_fields if name not in {"lead", "helpers"}},
        "lead": next(one.body_id for one in bodies if one.role == OrderBody.Role.LEAD),
        "helpers": [one.body_id for one in bodies if one.role == OrderBody.Role.HELPER],
    }
    return _written(request, found.region_id, found.task, initial, found)


def _written(
    request: HttpRequest, region: str, task: Task | None, initial: dict[str, Any], order: Order | None = None
) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    form = OrderForm(sent, region=region, initial=initial)
    if sent is not None and form.is_valid():
        by, at = person(request), timezone.now()
        base = sent.get("base", "")
        try:
            if order is None:
                made = draft_order(region=region, terms=form.terms(task), by=by, at=at)
            else:
                version = int(base) if base.isascii() and base.isdigit() and len(base) < 9 else 0
                made = revise_order(order=order, terms=form.terms(task), base=version, by=by, at=at)
        except LuoshiError as refusal:
            form.add_error(None, refusal.message(language()))
        else:
            messages.success(request, _("督办件已存为拟办稿；送另一位同事批准后发出。"))
            return redirect("supervision:order", made.pk)
    context = {"section": "supervision", "form": form, "task": task, "order": order}
    return render(request, "supervision/form.html", context, status=200 if sent is None else 422)
