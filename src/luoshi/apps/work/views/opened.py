"""What every page of a plan at work begins with: the plan that the person may see, and its issue."""

from __future__ import annotations

from django.http import HttpRequest

from luoshi.apps.organization.access import check
from luoshi.apps.plan.models import Plan
from luoshi.apps.plan.views.opened import open_plan
from luoshi.apps.work.models import Issue

__all__ = ["open_work"]


def open_work(request: HttpRequest, plan: int) -> tuple[Plan, Issue | None]:
    """The plan, and its issue when it has been handed out.

    Raises:
        Http404: there is no such plan.
        PermissionDenied: the person may not see the work of its region.
    """
    found = open_plan(request, plan)
    check(request, "work.view", found)
    issue = Issue.objects.filter(plan=found).select_related("issued_by").first()
    return found, issue
