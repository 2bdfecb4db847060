"""The import review: the document on one side, the structured tasks on the other."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from luoshi.apps.document.models import StoredPassage
from luoshi.apps.organization.access import requires
from luoshi.apps.plan.models import Plan
from luoshi.apps.plan.queries import review as queries
from luoshi.apps.plan.queries.drawing import draw
from luoshi.apps.plan.queries.wording import usual_recurrences
from luoshi.apps.plan.views.opened import may_edit, open_plan

FINDINGS_AT_ONCE = 40
# What the list of findings can be narrowed to, in words; the keys are those of the query.
SHOWN = (
    ("open", _("待处理")),
    ("error", _("错误")),
    ("warning", _("存疑")),
    ("note", _("提示")),
    ("settled", _("已处理")),
    ("all", _("全部")),
)


def review_context(request: HttpRequest, plan: Plan) -> dict[str, Any]:
    """What every part of the review knows: the plan, its progress, and whether it may be changed."""
    editable = may_edit(request, plan)
    return {"section": "plans", "plan": plan, "progress": queries.progress(plan), "may_edit": editable}


@requires("plan.view")
@require_safe
def review(request: HttpRequest, plan: int) -> HttpResponse:
    """The whole review; what lies further down is fetched when somebody gets there."""
    opened = open_plan(request, plan)
    if "plain" in request.GET:
        return _in_pages(request, opened)
    passages = list(
        StoredPassage.objects.filter(document=opened.document_id).defer("blocks").order_by("position")
    )
    batches = queries.batches(opened)
    context = {
        **review_context(request, opened),
        "rhythms": usual_recurrences(),
        "passages": passages,
        "drawn": draw(opened, passages[0]) if passages else [],
        "batches": batches,
        "cards": queries.cards(opened, position__lt=batches[0].end) if batches else [],
    }
    return render(request, "plan/review.html", context)


@requires("plan.view")
@require_safe
def passage(request: HttpRequest, plan: int, number: int) -> HttpResponse:
    """A passage of the document."""
    opened = open_plan(request, plan)
    found = get_object_or_404(StoredPassage, document=opened.document_id, position=number)
    context = {"plan": opened, "passage": found, "drawn": draw(opened, found)}
    return render(request, "plan/partials/review_passage.html", context)


@requires("plan.view")
@require_safe
def batch(request: HttpRequest, plan: int, number: int) -> HttpResponse:
    """A batch of task cards."""
    opened = open_plan(request, plan)
    first = number * queries.AT_ONCE
    context = {
        **review_context(request, opened),
        "batch": queries.Batch(number, first, first + queries.AT_ONCE),
        "cards": queries.cards(opened, position__gte=first, position__lt=first + queries.AT_ONCE),
    }
    return render(request, "plan/partials/review_batch.html", context)


@requires("plan.view")
@require_safe
def card(request: HttpRequest, plan: int, position: int) -> HttpResponse:
    """One task card: what a person sees again who leaves the form of a task."""
    opened = open_plan(request, plan)
    task = get_object_or_404(queries.cards(opened, position=position))
    return render(
        request, "plan/partials/review_card.html", {**review_context(request, opened), "task": task}
    )


@requires("plan.view")
@require_safe
def findings(request: HttpRequest, plan: int) -> HttpResponse:
    """The findings, the heaviest first, narrowed to what the address asks for."""
    opened = open_plan(request, plan)
    context = {**review_context(request, opened), **_findings(request, opened)}
    name = "review_findings_more.html" if context["page"].number > 1 else "review_findings.html"
    return render(request, f"plan/partials/{name}", context)


def _findings(request: HttpRequest, plan: Plan) -> dict[str, Any]:
    shown = request.GET.get("show", "open")
    shown = shown if shown in queries.SHOWN else "open"
    page = Paginator(queries.findings(plan, shown), FINDINGS_AT_ONCE).get_page(request.GET.get("page"))
    return {"shown": shown, "page": page, "shown_choices": SHOWN}


# --- without scripts ------------------------------------------------------------------------------------


def _in_pages(request: HttpRequest, plan: Plan) -> HttpResponse:
    """The review where no script runs: one view at a time, in pages, with the text that belongs to it."""
    view = request.GET.get("view", "")
    view = view if view in {"text", "findings"} else "tasks"
    stored = StoredPassage.objects.filter(document=plan.document_id).order_by("position")
    context: dict[str, Any] = {**review_context(request, plan), "plain": True, "view": view}
    if view == "text":
        context["page"] = Paginator(stored, 1).get_page(request.GET.get("page"))
        shown = list(context["page"])
    elif view == "findings":
        context |= _findings(request, plan)
        shown = list(stored.filter(start__lte=_start(context["page"])).reverse()[:1])
    else:
        tasks = queries.cards(plan)
        context["page"] = Paginator(tasks, queries.AT_ONCE).get_page(request.GET.get("page"))
        context["cards"] = cards = list(context["page"])
        shown = list(stored.filter(start__lt=cards[-1].end, end__gt=cards[0].start)) if cards else []
    context["drawn"] = [(passage, draw(plan, passage)) for passage in shown]
    return render(request, "plan/review_pages.html", context)


def _start(page: Page[Any]) -> int:
    """Where the first of the findings stands."""
    return int(page[0].start) if page.object_list else 0
