"""Other rules of time for one task of a plan that is out."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luoshi.apps.organization.access import check, person, requires
from luoshi.apps.plan.models import Task
from luoshi.apps.work.forms.issuing import RulesForm
from luoshi.apps.work.models import Issue, ReportingRule
from luoshi.apps.work.operations.changing import change_rules
from luoshi.apps.work.queries.drafting import rules_of_plan


@requires("work.steer")
@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: HttpRequest, task: int) -> HttpResponse:
    """What counts now, what the document says, and what the office sets instead."""
    found = get_object_or_404(Task.objects.select_related("plan"), pk=task)
    check(request, "work.steer", found)
    issue = get_object_or_404(Issue, plan=found.plan_id)
    said = rules_of_plan(found.plan, issue.recurrence, [found.pk])
    sent = request.POST if request.method == "POST" else None
    form = RulesForm(sent, tasks=[found], rules=said)
    if sent is not None and form.is_valid():
        wanted = form.overrides().get(found.pk, said[found.pk])
        change_rules(issue=issue, task=found, rules=wanted, by=person(request), at=timezone.now())
        messages.success(request, _("已保存，尚未开启的期次按新周期重新安排。"))
        return redirect("work:task", found.plan_id, found.pk)
    context = {
        "section": "plans",
        "tab": "work",
        "plan": found.plan,
        "task": found,
        "issue": issue,
        "form": form,
        "now": ReportingRule.objects.filter(issue=issue, task=found).order_by("pk"),
        "said": said[found.pk],
    }
    return render(request, "work/rules.html", context, status=200 if sent is None else 422)
