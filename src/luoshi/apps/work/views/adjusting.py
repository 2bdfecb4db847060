"""Another wording of a task: proposed by a body or the office, decided by the office."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from rules.permissions import has_perm

from luoshi.apps.organization.access import check, person, requires
from luoshi.apps.organization.models import Body, Role
from luoshi.apps.organization.rules import bodies_with
from luoshi.apps.plan.models import Task
from luoshi.apps.plan.queries.wording import language
from luoshi.apps.work.forms.steering import AdjustForm, ReasonForm
from luoshi.apps.work.models import Adjustment, Assignment
from luoshi.apps.work.operations import adjusting
from luoshi.apps.work.queries.wordings import wording_of
from luoshi.core.errors import LuoshiError

SAID = {
    "approve": gettext_lazy("已批准，新表述即日起生效，原文保留。"),
    "refuse": gettext_lazy("已答复不批准，表述不变。"),
    "withdraw": gettext_lazy("已撤回申请。"),
}


@requires("work.view")
@require_http_methods(["GET", "HEAD", "POST"])
def adjust(request: HttpRequest, task: int) -> HttpResponse:
    """Propose another wording."""
    found = get_object_or_404(Task.objects.select_related("plan"), pk=task)
    body = body_of(request, found)
    if body is None and not has_perm("work.steer", request.user, found):
        raise PermissionDenied
    sent = request.POST if request.method == "POST" else None
    current = wording_of(found)
    form = AdjustForm(sent, initial={"new_text": current})
    if sent is not None and form.is_valid():
        try:
            made = adjusting.propose_wording(
                task=found, body=body, **form.cleaned_data, by=person(request), at=timezone.now()
            )
        except LuoshiError as refusal:
            form.add_error(None, refusal.message(language()))
        else:
            messages.success(request, _("已提交调整申请，由办公室另一人审批。"))
            return redirect("work:adjustment", made.pk)
    context = {
        "section": "plans",
        "tab": "work",
        "plan": found.plan,
        "task": found,
        "body": body,
        "current": current,
        "form": form,
    }
    return render(request, "work/adjust.html", context, status=200 if sent is None else 422)


def body_of(request: HttpRequest, task: Task) -> Body | None:
    """The person's body that works on the task; the first by name when there are several."""
    mine = bodies_with(request.user, Role.Name.LIAISON, Role.Name.HEAD)
    found = (
        Assignment.objects.filter(task=task, body__in=mine)
        .exclude(state__in=Assignment.GONE)
        .select_related("body")
        .order_by("body__name")
        .first()
    )
    return found.body if found else None


@requires("work.view")
@require_http_methods(["GET", "HEAD", "POST"])
def adjustment(request: HttpRequest, adjustment: int) -> HttpResponse:
    """A proposed wording beside the present one, and the decision."""
    rows = Adjustment.objects.select_related("task__plan", "body", "asked_by", "decided_by")
    found = get_object_or_404(rows, pk=adjustment)
    check(request, "work.view", found.task)
    user = person(request)
    steers, own = has_perm("work.steer", user, found.task), found.asked_by_id == user.pk
    sent = request.POST if request.method == "POST" else None
    if sent is not None and not (steers or own):
        raise PermissionDenied
    form = ReasonForm(sent)
    if sent is not None and form.is_valid():
        try:
            act_on(request, found, sent.get("step", ""), form.cleaned_data["answer"])
        except LuoshiError as refusal:
            form.add_error("answer", refusal.message(language()))
        else:
            messages.success(request, SAID[sent["step"]])
            return redirect("work:adjustment", found.pk)
    waiting = found.state == Adjustment.State.ASKED
    context = {
        "section": "plans",
        "tab": "work",
        "plan": found.task.plan,
        "task": found.task,
        "adjustment": found,
        "form": form,
        "may_decide": waiting and steers and not own,
        "may_withdraw": waiting and (own or steers),
        "second_missing": waiting and steers and own,
    }
    return render(request, "work/adjustment.html", context, status=200 if sent is None else 422)


def act_on(request: HttpRequest, row: Adjustment, step: str, answer: str) -> None:
    """Approve, refuse or withdraw a proposal.

    Raises:
        PermissionDenied: it is not the person's to decide.
        Http404: there is no such step.
    """
    by, at = person(request), timezone.now()
    if step not in SAID:
        raise Http404
    if step == "withdraw":
        if row.asked_by_id != by.pk:
            check(request, "work.steer", row.task)
        adjusting.withdraw_wording(adjustment=row, by=by, at=at)
        return
    check(request, "work.steer", row.task)
    if step == "approve":
        adjusting.approve_wording(adjustment=row, answer=answer, by=by, at=at)
    else:
        adjusting.refuse_wording(adjustment=row, reason=answer, by=by, at=at)
