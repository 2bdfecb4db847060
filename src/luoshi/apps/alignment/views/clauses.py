"""A clause from above with the tasks that may carry it out, and what a person says of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST
from rules.permissions import has_perm

from luoshi.apps.alignment.forms.filters import NeedlessForm
from luoshi.apps.alignment.models import Clause, Pair, Settlement
from luoshi.apps.alignment.operations.comparing import pair_by_hand, settle_pair
from luoshi.apps.alignment.operations.marking import mark_needless, unmark_needless
from luoshi.apps.alignment.operations.settling import TARGETS
from luoshi.apps.alignment.queries import comparisons as query
from luoshi.apps.alignment.queries.links import marked
from luoshi.apps.alignment.views.back import go_back, number
from luoshi.apps.alignment.views.comparisons import task_columns
from luoshi.apps.document.models import heavy
from luoshi.apps.organization.access import check, person, requires
from luoshi.apps.plan.models import Task
from luoshi.apps.plan.queries.wording import language
from luoshi.core.errors import LuoshiError


@requires("alignment.view")
@require_http_methods(["GET", "HEAD", "POST"])
def clause(request: HttpRequest, clause: int) -> HttpResponse:
    """A clause beside every task that it may belong to."""
    found = _opened(request, clause)
    if request.method == "POST":
        check(request, "alignment.settle", found)
        return _pair(request, found)
    return _page(request, found, NeedlessForm(initial={"seen": found.version, "reason": found.needless}))


def _opened(request: HttpRequest, clause: int) -> Clause:
    rows = Clause.objects.select_related("comparison__plan__document", "needless_by").defer(
        *heavy("comparison__plan__document")
    )
    found = get_object_or_404(rows, pk=clause)
    check(request, "alignment.view", found)
    return found


def _page(request: HttpRequest, clause: Clause, form: NeedlessForm) -> HttpResponse:
    pairs = [
        (pair, marked(clause.text, pair.reasons, 1), marked(pair.task.text, pair.reasons, 2))
        for pair in query.pairs_of(clause)
    ]
    around = clause.comparison.clauses
    context = {
        "section": "plans",
        "tab": "alignment",
        "plan": clause.comparison.plan,
        "comparison": clause.comparison,
        "clause": clause,
        "pairs": pairs,
        "columns": task_columns(clause.comparison),
        "previous": around.filter(position__lt=clause.position).order_by("-position").first(),
        "next": around.filter(position__gt=clause.position).order_by("position").first(),
        "may_settle": has_perm("alignment.settle", request.user, clause),
        "form": form,
        "has_task": any(pair.state == Settlement.CONFIRMED for pair, _left, _right in pairs),
    }
    return render(request, "alignment/clause.html", context, status=422 if form.errors else 200)


def _pair(request: HttpRequest, clause: Clause) -> HttpResponse:
    task = Task.objects.filter(
        pk=number(request.POST.get("task")) or 0, plan=clause.comparison.plan_id
    ).first()
    if task is None:
        messages.error(request, _("没有选中任务；请从列表中选择一项。"))
        return redirect("alignment:clause", clause.pk)
    try:
        pair_by_hand(clause=clause, task=task, by=person(request), at=timezone.now())
    except LuoshiError as refusal:
        messages.error(request, refusal.message(language()))
    else:
        messages.success(request, _("已确认对应。"))
    return redirect("alignment:clause", clause.pk)


@requires("alignment.settle")
@require_POST
def needless(request: HttpRequest, clause: int) -> HttpResponse:
    """Say that a clause needs no task here, or take it back."""
    found = _opened(request, clause)
    check(request, "alignment.settle", found)
    form, back = NeedlessForm(request.POST), request.POST.get("action") == "unmark"
    seen = number(request.POST.get("seen"))
    if not back and not form.is_valid():
        return _page(request, found, form)
    if seen is None:
        raise BadRequest
    try:
        if back:
            unmark_needless(clause=found, seen=seen, by=person(request), at=timezone.now())
        else:
            mark_needless(clause=found, **form.cleaned_data, by=person(request), at=timezone.now())
    except LuoshiError as refusal:
        messages.error(request, refusal.message(language()))
    else:
        messages.success(request, _("已撤销标记。") if back else _("已标为本级无需任务。"))
    return redirect("alignment:clause", found.pk)


@requires("alignment.settle")
@require_POST
def settle(request: HttpRequest, pair: int) -> HttpResponse:
    """Confirm or refuse a pair, or take either back."""
    found = get_object_or_404(Pair.objects.select_related("clause", "task"), pk=pair)
    check(request, "alignment.settle", found)
    action, seen = request.POST.get("action", ""), number(request.POST.get("seen"))
    if action not in TARGETS or seen is None:
        raise BadRequest
    try:
        settle_pair(pair=found, action=action, seen=seen, by=person(request), at=timezone.now())  # type: ignore[arg-type]
    except LuoshiError as refusal:
        messages.error(request, refusal.message(language()))
    else:
        messages.success(request, _SAID[action])
    return go_back(request, reverse("alignment:clause", args=[found.clause_id]))


_SAID: dict[str, Any] = {
    "confirm": gettext_lazy("已确认对应。"),
    "refuse": gettext_lazy("已否定这一对。"),
    "reopen": gettext_lazy("已撤销，恢复为文字比较的结果。"),
}
