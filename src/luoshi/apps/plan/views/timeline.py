"""What falls due when."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from luoshi.apps.organization.access import requires
from luoshi.apps.plan.queries.timeline import EACH_MONTH, timeline
from luoshi.apps.plan.views.opened import open_plan


@requires("plan.view")
@require_safe
def plan_timeline(request: HttpRequest, plan: int) -> HttpResponse:
    """Days by year and quarter, recurring duties by month, and what has no day."""
    opened = open_plan(request, plan)
    context = {
        "section": "plans",
        "tab": "timeline",
        "plan": opened,
        "timeline": timeline(plan),
        "months": EACH_MONTH,
    }
    return render(request, "plan/timeline.html", context)
