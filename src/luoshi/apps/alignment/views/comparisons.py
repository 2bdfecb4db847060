"""A plan beside texts from above: lists, matrix, and each clause with its tasks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from rules.permissions import has_perm

from luoshi.apps.alignment.forms.filters import StandingFilter, UpstreamForm
from luoshi.apps.alignment.models import Clause, Comparison, Pair
from luoshi.apps.alignment.operations.comparing import (
    compare_file,
    pair_by_hand,
    remove_comparison,
    settle_pair,
)
from luoshi.apps.alignment.operations.settling import TARGETS
from luoshi.apps.alignment.queries import comparisons as query
from luoshi.apps.alignment.queries.links import marked
from luoshi.apps.alignment.templatetags.alignment_words import percent, standing_word
from luoshi.apps.alignment.views.back import go_back, number
from luoshi.apps.interface.lists import list_response, page_of
from luoshi.apps.interface.sheets import sheet_response, wants_sheet
from luoshi.apps.organization.access import check, person, requires
from luoshi.apps.plan.forms.upload import SUFFIXES
from luoshi.apps.plan.models import Plan, Task
from luoshi.apps.plan.queries.names import OPENING, heading
from luoshi.apps.plan.queries.wording import language
from luoshi.core.errors import LuoshiError

VIEWS = {
    "clauses": gettext_lazy("上级条款"),
    "tasks": gettext_lazy("本级任务"),
    "matrix": gettext_lazy("对照矩阵"),
}
COLUMNS = [
    (gettext_lazy("编号"), 10),
    (gettext_lazy("原文"), 60),
    (gettext_lazy("情况"), 12),
    (gettext_lazy("最高相似度"), 12),
    (gettext_lazy("对应"), 60),
]


@requires("alignment.view")
@require_http_methods(["GET", "HEAD", "POST"])
def comparisons(request: HttpRequest, plan: int) -> HttpResponse:
    """The comparisons of a plan, and a form for another text from above."""
    found = get_object_or_404(Plan.objects.select_related("document", "region"), pk=plan)
    check(request, "alignment.view", found)
    sent = request.method == "POST"
    form = UpstreamForm(request.POST, request.FILES) if sent else UpstreamForm()
    if sent:
        check(request, "alignment.settle", found)
        made = _compare(request, found, form) if form.is_valid() else None
        if made is not None:
            return redirect("alignment:comparison", made.pk)
    context = {
        "section": "plans",
        "tab": "alignment",
        "plan": found,
        "form": form,
        "suffixes": [suffix[1:] for suffix in SUFFIXES],
        "page": page_of(request, query.comparisons_of(found.pk)),
        "may_settle": has_perm("alignment.settle", request.user, found),
    }
    return render(request, "alignment/comparisons.html", context, status=422 if form.errors else 200)


def _compare(request: HttpRequest, plan: Plan, form: UpstreamForm) -> Comparison | None:
    file = form.cleaned_data["document"]
    try:
        return compare_file(
            plan=plan, name=file.name, content=file.read(), by=person(request), at=timezone.now()
        )
    except LuoshiError as refusal:
        form.add_error("document", refusal.message(language()))
        return None


def _opened(request: HttpRequest, comparison: int) -> Comparison:
    found = get_object_or_404(
        Comparison.objects.select_related("plan__document", "plan__region", "document"), pk=comparison
    )
    check(request, "alignment.view", found)
    return found


@requires("alignment.view")
@require_safe
def comparison(request: HttpRequest, comparison: int) -> HttpResponse:
    """One comparison: by clauses, by tasks, or as a matrix."""
    found = _opened(request, comparison)
    view = request.GET.get("view", "")
    view = view if view in VIEWS else "clauses"
    form = StandingFilter(request.GET)
    wanted = form.wanted()
    clauses = query.clauses_standing(found.clauses.all())
    tasks = query.tasks_standing(found)
    chosen = query.filtered(
        tasks if view == "tasks" else clauses,
        text=wanted["q"],
        standing=wanted["standing"],
        sort=wanted["sort"] or "document",
    )
    full = query.with_clauses(chosen, found) if view == "tasks" else query.with_tasks(chosen)
    if wants_sheet(request):
        return sheet_response(f"{found}-{VIEWS[view]}", COLUMNS, _cells(full))
    context: dict[str, Any] = {
        "section": "plans",
        "tab": "alignment",
        "plan": found.plan,
        "comparison": found,
        "view": view,
        "views": VIEWS.items(),
        "form": form,
        "page": page_of(request, chosen if view == "matrix" else full),
        "of_clauses": query.counts(clauses),
        "of_tasks": query.counts(tasks),
        "may_settle": has_perm("alignment.settle", request.user, found),
    }
    if view == "matrix":
        columns = _columns(found)
        context |= {"columns": columns, "rows": query.matrix_rows(context["page"], columns)}
    return list_response(
        request, "alignment/comparison.html", f"alignment/partials/{view}_results.html", context
    )


def _columns(comparison: Comparison) -> list[dict[str, Any]]:
    rows = Task.objects.filter(plan=comparison.plan_id).order_by("position", "pk")
    found = rows.annotate(opening=OPENING).values("pk", "number", "title", "opening")
    return [
        {
            "pk": one["pk"],
            "number": one["number"],
            "title": heading(one["number"], one["title"], one["opening"]),
        }
        for one in found
    ]


def _cells(rows: Any) -> Iterator[list[str]]:
    for row in rows:
        mates = [(getattr(pair, "task" if isinstance(row, Clause) else "clause"), pair) for pair in row.kept]
        paired = "\n".join(f"{mate} {percent(pair.score)} {pair.get_state_display()}" for mate, pair in mates)
        yield [row.number, row.text, standing_word(row.standing), percent(row.best), paired]


@requires("alignment.view")
@require_http_methods(["GET", "HEAD", "POST"])
def clause(request: HttpRequest, clause: int) -> HttpResponse:
    """A clause beside every task that it may belong to."""
    found = get_object_or_404(Clause.objects.select_related("comparison__plan__document"), pk=clause)
    check(request, "alignment.view", found)
    if request.method == "POST":
        check(request, "alignment.settle", found)
        return _pair(request, found)
    pairs = [
        (pair, marked(found.text, pair.reasons, 1), marked(pair.task.text, pair.reasons, 2))
        for pair in query.pairs_of(found)
    ]
    around = found.comparison.clauses
    context = {
        "section": "plans",
        "tab": "alignment",
        "plan": found.comparison.plan,
        "comparison": found.comparison,
        "clause": found,
        "pairs": pairs,
        "columns": _columns(found.comparison),
        "previous": around.filter(position__lt=found.position).order_by("-position").first(),
        "next": around.filter(position__gt=found.position).order_by("position").first(),
        "may_settle": has_perm("alignment.settle", request.user, found),
    }
    return render(request, "alignment/clause.html", context)


def _pair(request: HttpRequest, clause: Clause) -> HttpResponse:
    task = Task.objects.filter(
        pk=number(request.POST.get("task")) or 0, plan=clause.comparison.plan_id
    ).first()
    if task is None:
        messages.error(request, _("没有选中任务；请从列表中选择一项。"))
    else:
        pair_by_hand(clause=clause, task=task, by=person(request), at=timezone.now())
        messages.success(request, _("已确认对应。"))
    return redirect("alignment:clause", clause.pk)


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


@requires("alignment.settle")
@require_POST
def remove(request: HttpRequest, comparison: int) -> HttpResponse:
    """Take a comparison away."""
    found = _opened(request, comparison)
    check(request, "alignment.settle", found)
    plan = found.plan_id
    remove_comparison(comparison=found, by=person(request), at=timezone.now())
    messages.success(request, _("对照已删除；上级文件仍保存在系统中。"))
    return redirect("alignment:comparisons", plan)
