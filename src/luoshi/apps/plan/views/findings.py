"""The findings of a plan, to read; they are settled in the review."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from luoshi.apps.interface.sheets import sheet_response, wants_sheet
from luoshi.apps.organization.access import requires
from luoshi.apps.plan.forms.filters import FindingFilterForm
from luoshi.apps.plan.models import Finding
from luoshi.apps.plan.queries import listing
from luoshi.apps.plan.queries.wording import finding_name, finding_words
from luoshi.apps.plan.views.opened import list_response, may_edit, open_plan, page_of

COLUMNS = [
    (gettext_lazy("轻重"), 8),
    (gettext_lazy("类型"), 16),
    (gettext_lazy("说明"), 60),
    (gettext_lazy("任务"), 10),
    (gettext_lazy("状态"), 12),
    (gettext_lazy("处理结果"), 30),
]


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
        sort=wanted["sort"] or "weight",
    )
    if wants_sheet(request):
        return sheet_response(f"{opened} {_('疑点')}", COLUMNS, map(_row, found))
    context = {
        "section": "plans",
        "tab": "findings",
        "plan": opened,
        "form": form,
        "may_edit": may_edit(request, opened),
        "page": page_of(request, found),
    }
    return list_response(request, "plan/findings.html", "plan/partials/finding_results.html", context)


def _row(finding: Finding) -> list[str]:
    number = finding.task.number if finding.task else ""
    kind, words = finding_name(finding.code), finding_words(finding)
    weight, state = str(finding.get_severity_display()), str(finding.get_state_display())
    return [weight, kind, words, number, state, finding.answer]
