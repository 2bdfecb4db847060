"""The findings of a plan, to read; they are settled in the review."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from luoshi.apps.organization.access import requires
from luoshi.apps.plan.forms.filters import FindingFilterForm
from luoshi.apps.plan.queries import listing
from luoshi.apps.plan.views.opened import list_response, open_plan, page_of


@requires("plan.view")
@require_safe
def findings(request: HttpRequest, plan: int) -> HttpResponse:
    """Every defect and doubt, the heaviest first."""
    opened = open_plan(request, plan)
    form = FindingFilterForm(request.GET)
    wanted = form.wanted()
    found = listing.findings(
        plan,
        severity=int(wanted["severity"]) if wanted["severity"] else None,
        state=wanted["state"],
        code=wanted["code"],
        text=wanted["q"],
    )
    context = {
        "section": "plans",
        "tab": "findings",
        "plan": opened,
        "form": form,
        "page": page_of(request, found),
    }
    return list_response(request, "plan/findings.html", "plan/partials/finding_results.html", context)
