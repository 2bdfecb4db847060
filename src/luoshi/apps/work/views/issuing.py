"""Issuing a plan: what it amounts to, its terms, and how the signing for it stands."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from rules.permissions import has_perm

from luoshi.apps.interface.lists import list_response, page_of
from luoshi.apps.interface.sheets import sheet_response, wants_sheet
from luoshi.apps.organization.access import check, person, requires
from luoshi.apps.organization.models import Body
from luoshi.apps.organization.queries import calendar_of
from luoshi.apps.plan.models import Plan
from luoshi.apps.plan.queries.wording import language
from luoshi.apps.plan.views.opened import open_plan
from luoshi.apps.work.forms.issuing import LimitsForm, RulesForm, TermsForm
from luoshi.apps.work.forms.steering import IssuedFilter
from luoshi.apps.work.models import Assignment, Issue
from luoshi.apps.work.operations.changing import CHANGEABLE, change_terms
from luoshi.apps.work.operations.issuing import issue_plan
from luoshi.apps.work.queries.drafting import Draft, draft_of, rules_of_plan
from luoshi.apps.work.queries.issued import (
    addressed,
    bodies_of_issue,
    shares,
    signing_figures,
    slip_lines,
    tasks_of_plan,
)
from luoshi.apps.work.queries.wordings import wordings_of
from luoshi.core.errors import LuoshiError
from luoshi.core.plan.titles import within_marks

COLUMNS = [
    (gettext_lazy("单位"), 30),
    (gettext_lazy("行文"), 10),
    (gettext_lazy("任务"), 8),
    (gettext_lazy("牵头"), 8),
    (gettext_lazy("待签收"), 10),
    (gettext_lazy("签收逾期"), 10),
]


@requires("work.issue")
@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: HttpRequest, plan: int) -> HttpResponse:
    """What issuing amounts to, with the terms to fill in; sent, it is done."""
    opened = open_plan(request, plan)
    check(request, "work.issue", opened)
    if opened.status == Plan.Status.ISSUED:
        return redirect("work:issued", plan)
    draft = draft_of(opened)
    sent = request.POST if request.method == "POST" else None
    form = TermsForm(sent, initial=_first_terms(opened))
    said = rules_of_plan(
        opened, form["recurrence"].value() or "quarterly", {part.task for part in draft.parts}
    )
    rules = RulesForm(sent, tasks=tasks_of_plan(plan, said), rules=said)
    previewing = sent is not None and "preview" in sent
    if sent is not None and not previewing and form.is_valid() and rules.is_valid():
        try:
            issue_plan(
                plan=opened,
                terms=form.terms(rules.overrides()),
                by=person(request),
                at=timezone.now(),
            )
        except LuoshiError as refusal:
            form.add_error(None, refusal.message(language()))
        else:
            messages.success(request, _("已交办。各单位登录后会看到待签收的任务。"))
            return redirect("work:issued", plan)
    status = 422 if sent is not None and not previewing else 200
    return render(request, "work/issue.html", _preview(opened, draft, form, rules), status=status)


def _first_terms(plan: Plan) -> dict[str, Any]:
    today = timezone.localdate()
    number = f"（{plan.document_number}）" if plan.document_number else ""
    basis = f"《{within_marks(plan.title)}》{number}"
    return {"basis": basis if plan.title else "", "first_day": today.replace(month=1, day=1)}


def _preview(plan: Plan, draft: Draft, form: TermsForm, rules: RulesForm) -> dict[str, Any]:
    line = form["line"].value() or Issue.Line.GOVERNMENT.value
    line = line if line in Issue.Line.values else Issue.Line.GOVERNMENT.value
    found = [(share, addressed(line, share.body.line)) for share in shares(draft.parts)]
    return {
        "section": "plans",
        "tab": "issue",
        "plan": plan,
        "draft": draft,
        "form": form,
        "rules": rules,
        "line": Issue.Line(line).label,
        "shares": found,
        "letters": sum(address.form == "letter" for _share, address in found),
        "tasks": len({part.task for part in draft.parts}),
        "in_the_way": plan.status != Plan.Status.CONFIRMED or bool(draft.unmatched) or not draft.parts,
    }


@requires("work.view")
@require_safe
def issued(request: HttpRequest, plan: int) -> HttpResponse:
    """Who has signed, who is late, body by body."""
    opened, found = _open(request, plan)
    today, form = timezone.localdate(), IssuedFilter(request.GET)
    wanted = form.wanted()
    rows = bodies_of_issue(
        found,
        today,
        text=wanted["q"],
        state=wanted["state"],
        form=wanted["form"],
        sort=wanted["sort"] or "name",
    )
    if wants_sheet(request):
        return sheet_response(_("签收情况"), COLUMNS, (_cells(found, row) for row in rows))
    page = page_of(request, rows)
    context = {
        "section": "plans",
        "tab": "issue",
        "plan": opened,
        "issue": found,
        "form": form,
        "page": page,
        "rows": [(row, addressed(found.line, row.line)) for row in page],
        "figures": signing_figures(found, today),
        "steers": has_perm("work.steer", request.user, opened),
    }
    return list_response(request, "work/issued.html", "work/partials/issued_results.html", context)


def _open(request: HttpRequest, plan: int) -> tuple[Plan, Issue]:
    opened = open_plan(request, plan)
    check(request, "work.view", opened)
    return opened, get_object_or_404(Issue.objects.select_related("issued_by"), plan=opened)


def _cells(issue: Issue, body: Any) -> list[str | int]:
    title = addressed(issue.line, body.line).title
    words = title.en if language() == "en" else title.zh
    return [body.name, words, body.tasks, body.leads, body.unsigned, body.late]


@requires("work.view")
@require_safe
def slip(request: HttpRequest, plan: int, body: int) -> HttpResponse:
    """The paper that a body gets: an order or a letter, with its tasks, the basis and the limits."""
    opened, found = _open(request, plan)
    receiver = get_object_or_404(Body, pk=body)
    mine = Assignment.objects.filter(issue=found, body=receiver).exclude(state__in=Assignment.GONE)
    first = get_object_or_404(mine.order_by("sign_by")[:1])
    check(request, "work.view", first)
    context = {
        "section": "plans",
        "plan": opened,
        "issue": found,
        "body": receiver,
        "address": addressed(found.line, receiver.line),
        "sign_by": first.sign_by,
        "sign_by_certain": calendar_of(found.region_id).roll_on(first.sign_by).certain,
        "lines": slip_lines(found, receiver, wordings_of([row.task for row in mine.select_related("task")])),
    }
    return render(request, "work/slip.html", context)


@requires("work.steer")
@require_http_methods(["GET", "HEAD", "POST"])
def terms(request: HttpRequest, plan: int) -> HttpResponse:
    """Other limits for a plan that is out; what is not done is reckoned anew."""
    opened, found = _open(request, plan)
    check(request, "work.steer", opened)
    sent = request.POST if request.method == "POST" else None
    form = LimitsForm(sent, initial={name: getattr(found, name) for name in CHANGEABLE})
    seen = found.version
    if sent is not None:
        seen = int(sent["seen"]) if sent.get("seen", "").isdigit() else 0
        if form.is_valid():
            try:
                change_terms(
                    issue=found, version=seen, by=person(request), at=timezone.now(), **form.cleaned_data
                )
            except LuoshiError as refusal:
                form.add_error(None, refusal.message(language()))
                seen = Issue.objects.values_list("version", flat=True).get(pk=found.pk)
            else:
                messages.success(request, _("已保存，没有办完的期次按新规则重新计算。"))
                return redirect("work:issued", plan)
    context = {"section": "plans", "tab": "issue", "plan": opened, "issue": found, "form": form, "seen": seen}
    return render(request, "work/terms.html", context, status=200 if sent is None else 422)
