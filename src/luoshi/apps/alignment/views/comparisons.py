"""A plan beside texts from above: lists and matrix."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from rules.permissions import has_perm

from luoshi.apps.alignment.forms.filters import StandingFilter, UpstreamForm
from luoshi.apps.alignment.models import Clause, Comparison
from luoshi.apps.alignment.operations.comparing import remove_comparison
from luoshi.apps.alignment.operations.uploading import request_comparison
from luoshi.apps.alignment.queries import comparisons as query
from luoshi.apps.alignment.templatetags.alignment_words import percent, standing_word
from luoshi.apps.document.models import heavy
from luoshi.apps.interface.lists import list_response, page_of
from luoshi.apps.interface.sheets import sheet_response, wants_sheet
from luoshi.apps.organization.access import check, person, requires
from luoshi.apps.plan.forms.upload import SUFFIXES
from luoshi.apps.plan.models import ImportJob, Plan, Task
from luoshi.apps.plan.operations.importing import mark_interrupted
from luoshi.apps.plan.queries.names import OPENING, heading
from luoshi.apps.plan.queries.wording import language
from luoshi.apps.plan.views.opened import plan_of
from luoshi.core.errors import LuoshiError

RECENT = 5
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
CLAUSE_COLUMNS = [*COLUMNS, (gettext_lazy("本级无需任务的理由"), 40)]


@requires("alignment.view")
@require_http_methods(["GET", "HEAD", "POST"])
def comparisons(request: HttpRequest, plan: int) -> HttpResponse:
    """The comparisons of a plan, and a form for another text from above."""
    found = plan_of(request, plan, "alignment.view")
    sent = request.method == "POST"
    form = UpstreamForm(request.POST, request.FILES) if sent else UpstreamForm()
    if sent:
        check(request, "alignment.settle", found)
        job = _request(request, found, form) if form.is_valid() else None
        if job is not None:
            return redirect("plan:job", job.pk)
    mark_interrupted(at=timezone.now())
    context = {
        "section": "plans",
        "tab": "alignment",
        "plan": found,
        "form": form,
        "suffixes": [suffix[1:] for suffix in SUFFIXES],
        "page": page_of(request, query.comparisons_of(found.pk)),
        "jobs": query.unfinished(found.pk)[:RECENT],
        "may_settle": has_perm("alignment.settle", request.user, found),
    }
    return render(request, "alignment/comparisons.html", context, status=422 if form.errors else 200)


def _request(request: HttpRequest, plan: Plan, form: UpstreamForm) -> ImportJob | None:
    file = form.cleaned_data["document"]
    try:
        return request_comparison(
            plan=plan, name=file.name, content=file.read(), by=person(request), at=timezone.now()
        )
    except LuoshiError as refusal:
        form.add_error("document", refusal.message(language()))
        return None


def _opened(request: HttpRequest, comparison: int) -> Comparison:
    rows = Comparison.objects.select_related("plan__document", "plan__region", "document")
    found = get_object_or_404(rows.defer(*heavy("plan__document"), *heavy("document")), pk=comparison)
    check(request, "alignment.view", found)
    return found


@requires("alignment.view")
@require_safe
def comparison(request: HttpRequest, comparison: int) -> HttpResponse:
    """One comparison: by clauses, by tasks, or as a matrix."""
    found = _opened(request, comparison)
    view = request.GET.get("view", "")
    view = view if view in VIEWS else "clauses"
    form = StandingFilter(request.GET, of_tasks=view == "tasks")
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
        columns = COLUMNS if view == "tasks" else CLAUSE_COLUMNS
        return sheet_response(f"{found}-{VIEWS[view]}", columns, _cells(full))
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
        "of_tasks": query.counts(tasks, query.TASK_STANDINGS),
        "may_settle": has_perm("alignment.settle", request.user, found),
    }
    if view == "matrix":
        tasks_across = task_columns(found)
        context |= {
            "columns": tasks_across,
            "rows": query.matrix_rows(context["page"], tasks_across),
        }
    return list_response(
        request, "alignment/comparison.html", f"alignment/partials/{view}_results.html", context
    )


def task_columns(comparison: Comparison) -> list[dict[str, Any]]:
    """The tasks of the plan by key, number and title, in the order of the document."""
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
        cells = [row.number, row.text, standing_word(row.standing), percent(row.best), paired]
        yield [*cells, row.needless] if isinstance(row, Clause) else cells


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
