"""Settling findings, undoing steps, confirming the plan."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRefresh, trigger_client_event

from luoshi.apps.organization.access import check, person, requires
from luoshi.apps.plan.models import Finding, Plan, Settlement, Task
from luoshi.apps.plan.operations.confirming import confirm_plan, reopen_plan
from luoshi.apps.plan.operations.refusals import ErrorsOpen
from luoshi.apps.plan.operations.settling import accept_notes, settle_finding, undo_settlement
from luoshi.apps.plan.queries import review as queries
from luoshi.apps.plan.queries.wording import language
from luoshi.apps.plan.views.opened import open_plan
from luoshi.apps.plan.views.review import review_context
from luoshi.core.errors import LuoshiError


@requires("plan.edit")
@require_POST
def settle(request: HttpRequest, plan: int, finding: int) -> HttpResponseBase:
    """Settle one finding; the page gets the finding, its task and the progress anew."""
    opened = _open(request, plan, "plan.edit")
    found = get_object_or_404(Finding, pk=finding, plan=opened)
    answer, refusal = _answer(request), ""
    try:
        settle_finding(finding=found, **answer, by=person(request), at=timezone.now())
    except LuoshiError as error:
        refusal = error.message(language())
    return show_again(
        request, opened, finding=found.pk, task=found.task_id, refusal=refusal, typed=answer["value"]
    )


def _answer(request: HttpRequest) -> dict[str, str]:
    """Which button was pressed: one with a candidate, or one with an action."""
    if "candidate" in request.POST:
        return {"action": "choose", "value": request.POST["candidate"]}
    action = request.POST.get("action", "")
    if action not in {"accept", "edit", "dismiss"}:
        raise BadRequest(f"no such action: {action!r}")
    return {"action": action, "value": request.POST.get("value", "") if action == "edit" else ""}


@requires("plan.edit")
@require_POST
def notes(request: HttpRequest, plan: int) -> HttpResponse:
    """Accept every open note."""
    opened = _open(request, plan, "plan.edit")
    try:
        accept_notes(plan=opened, by=person(request), at=timezone.now())
    except LuoshiError as error:
        messages.error(request, error.message(language()))
    return redirect(reverse("plan:review", args=[opened.pk]) + "#findings")


@requires("plan.edit")
@require_POST
def undo(request: HttpRequest, plan: int, step: int) -> HttpResponseBase:
    """Undo one step."""
    opened = _open(request, plan, "plan.edit")
    found = get_object_or_404(Settlement.objects.defer("changes"), pk=step, plan=opened)
    try:
        undo_settlement(settlement=found, by=person(request), at=timezone.now())
    except LuoshiError as error:
        return show_again(
            request, opened, finding=found.finding_id, task=found.task_id, refusal=error.message(language())
        )
    if found.finding_id is None and found.task_id is None and request.headers.get("HX-Request"):
        # A step over many tasks at once: the whole page changes.
        return HttpResponseClientRefresh()
    return show_again(request, opened, finding=found.finding_id, task=found.task_id)


def show_again(
    request: HttpRequest,
    plan: Plan,
    *,
    finding: int | None,
    task: int | None,
    refusal: str = "",
    typed: str | None = None,
) -> HttpResponse:
    """What a step has changed, each part swapped where it stands; without htmx, the whole page.

    Args:
        refusal: why nothing was changed.
        typed: the answer that was refused; it and the refusal are shown at the finding, not above the page.
    """
    if not request.headers.get("HX-Request"):
        if refusal:
            messages.error(request, refusal)
        return redirect(_page_with(plan, finding=finding, task=task))
    plan.refresh_from_db(fields=["status", "version"])
    shown = queries.findings(plan, "all").filter(pk=finding).first() if finding else None
    card = queries.cards(plan, pk=task).first() if task else None
    context = {
        **review_context(request, plan),
        "finding": shown,
        "task": card,
        "refusal": refusal,
        "refused": finding if refusal and typed is not None else None,
        "typed": typed,
    }
    response = render(request, "plan/partials/review_changed.html", context)
    told = {"finding": finding, "state": shown.state if shown else "", "refused": bool(refusal)}
    return trigger_client_event(response, "luoshi:settled", told, after="settle")


def _page_with(plan: Plan, *, finding: int | None, task: int | None) -> str:
    """The page of the review, without scripts, on which a person goes on."""
    address = reverse("plan:review", args=[plan.pk])
    if finding is not None or task is None:
        return f"{address}?plain=1&view=findings"
    position = Task.objects.filter(pk=task).values_list("position", flat=True).get()
    return f"{address}?plain=1&view=tasks&page={position // queries.AT_ONCE + 1}#task-{position}"


@requires("plan.confirm")
@require_POST
def confirm(request: HttpRequest, plan: int) -> HttpResponse:
    """Confirm the plan, or say what stands in the way."""
    opened = _open(request, plan, "plan.confirm")
    try:
        confirm_plan(plan=opened, by=person(request), at=timezone.now())
    except ErrorsOpen as error:
        messages.error(request, error.message(language()))
        return redirect(reverse("plan:review", args=[opened.pk]) + "#findings")
    except LuoshiError as error:
        messages.error(request, error.message(language()))
        return redirect("plan:review", opened.pk)
    messages.success(request, _("方案已确认。"))
    return redirect("plan:overview", opened.pk)


@requires("plan.confirm")
@require_POST
def reopen(request: HttpRequest, plan: int) -> HttpResponse:
    """Open a confirmed plan again."""
    opened = _open(request, plan, "plan.confirm")
    reopen_plan(plan=opened, by=person(request), at=timezone.now())
    messages.success(request, _("方案已重新打开，可以继续核对。"))
    return redirect("plan:review", opened.pk)


def _open(request: HttpRequest, plan: int, permission: str) -> Plan:
    opened = open_plan(request, plan)
    check(request, permission, opened)
    return opened
