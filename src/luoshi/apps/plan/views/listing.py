"""The list of plans."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from luoshi.apps.interface.sheets import moment, sheet_response, wants_sheet
from luoshi.apps.organization.access import requires
from luoshi.apps.organization.rules import regions_of
from luoshi.apps.plan.forms.filters import PlanFilterForm
from luoshi.apps.plan.queries.listing import plans
from luoshi.apps.plan.views.opened import list_response, page_of

COLUMNS = [
    (gettext_lazy("标题"), 50),
    (gettext_lazy("文号"), 20),
    (gettext_lazy("发布机构"), 30),
    (gettext_lazy("成文日期"), 12),
    (gettext_lazy("状态"), 10),
    (gettext_lazy("任务"), 8),
    (gettext_lazy("待处理疑点"), 12),
    (gettext_lazy("文件"), 24),
    (gettext_lazy("导入时间"), 18),
]


@requires("plan.view")
@require_safe
def plan_list(request: HttpRequest) -> HttpResponse:
    """Plans of the person's regions."""
    form = PlanFilterForm(request.GET)
    wanted = form.wanted()
    found = plans(
        regions_of(request.user), text=wanted["q"], status=wanted["status"], sort=wanted["sort"] or "imported"
    )
    if wants_sheet(request):
        return sheet_response(_("方案"), COLUMNS, map(_row, found))
    context = {"section": "plans", "form": form, "page": page_of(request, found)}
    return list_response(request, "plan/list.html", "plan/partials/plan_results.html", context)


def _row(plan: Any) -> list[str | int]:
    imported = moment(plan.created_at)
    named = [str(plan), plan.document_number, plan.issuer, plan.date, str(plan.get_status_display())]
    return [*named, plan.task_count, plan.open_findings, plan.document.name, imported]
