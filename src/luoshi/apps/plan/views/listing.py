"""The list of plans."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from luoshi.apps.organization.access import requires
from luoshi.apps.organization.rules import regions_of
from luoshi.apps.plan.forms.filters import PlanFilterForm
from luoshi.apps.plan.queries.listing import plans
from luoshi.apps.plan.views.opened import list_response, page_of


@requires("plan.view")
@require_safe
def plan_list(request: HttpRequest) -> HttpResponse:
    """Plans of the person's regions."""
    form = PlanFilterForm(request.GET)
    wanted = form.wanted()
    found = plans(
        regions_of(request.user), text=wanted["q"], status=wanted["status"], sort=wanted["sort"] or "imported"
    )
    context = {"section": "plans", "form": form, "page": page_of(request, found)}
    return list_response(request, "plan/list.html", "plan/partials/plan_results.html", context)
