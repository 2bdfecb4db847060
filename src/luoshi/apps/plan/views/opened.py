"""What every page of a plan begins with: the plan that the person may see."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from rules.permissions import has_perm

from luoshi.apps.document.models import heavy
from luoshi.apps.interface.lists import list_response, page_of, wants_results
from luoshi.apps.organization.access import check
from luoshi.apps.plan.models import Plan

__all__ = ["list_response", "may_edit", "open_plan", "page_of", "plan_of", "wants_results"]


def open_plan(request: HttpRequest, plan: int) -> Plan:
    """The plan with its document.

    Raises:
        Http404: there is none.
        PermissionDenied: the person may not see it.
    """
    return plan_of(request, plan, "plan.view")


def plan_of(request: HttpRequest, plan: int, permission: str) -> Plan:
    """The plan with its document, whose file and text stay in the database.

    Raises:
        Http404: there is none.
        PermissionDenied: the person has no such permission for it.
    """
    plans = Plan.objects.select_related("document", "region").defer(*heavy("document"))
    found = get_object_or_404(plans, pk=plan)
    check(request, permission, found)
    return found


def may_edit(request: HttpRequest, plan: Plan) -> bool:
    """Whether the person may change the plan, and the plan can still be changed."""
    return has_perm("plan.edit", request.user, plan) and plan.status == Plan.Status.DRAFT
