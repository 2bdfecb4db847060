"""More time: the list of requests, the form to ask, and the page on which they are decided."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.apps.interface.lists import list_response, page_of
from luoshi.apps.interface.sheets import sheet_response, wants_sheet
from luoshi.apps.organization.access import check, person, requires
from luoshi.apps.organization.queries.calendar import calendar_of
from luoshi.apps.plan.queries.names import heading
from luoshi.apps.plan.queries.wording import language
from luoshi.apps.work.forms.steering import ExtendForm, ExtensionFilter, ReasonForm
from luoshi.apps.work.models import Extension, Occurrence
from luoshi.apps.work.operations import extending
from luoshi.apps.work.queries.endorsing import goes_straight, with_straight, would_go_straight
from luoshi.apps.work.queries.requests import extensions_for
from luoshi.apps.work.templatetags.work_words import extension_words
from luoshi.core.errors import LuoshiError
from luoshi.core.work.machines import EXTENSION
from luoshi.core.work.states import Standing, possible

COLUMNS = [
    (gettext_lazy("编号"), 8),
    (gettext_lazy("任务"), 50),
    (gettext_lazy("单位"), 28),
    (gettext_lazy("期次"), 12),
    (gettext_lazy("原期限"), 12),
    (gettext_lazy("申请期限"), 12),
    (gettext_lazy("状态"), 14),
    (gettext_lazy("理由"), 40),
]
SAID = {
    "endorse": gettext_lazy("已同意申请，等办公室审批。"),
    "grant": gettext_lazy("已批准，期限已改。"),
    "refuse": gettext_lazy("已答复不同意，仍以原期限为准。"),
    "withdraw": gettext_lazy("已撤回申请。"),
}


@requires("work.view")
@require_safe
def extensions(request: HttpRequest) -> HttpResponse:
    """Requests for more time that concern the person."""
    form = ExtensionFilter(request.GET)
    wanted = form.wanted()
    rows = extensions_for(
        person(request), text=wanted["q"], state=wanted["state"], sort=wanted["sort"] or "new"
    )
    if wants_sheet(request):
        return sheet_response(_("延期申请"), COLUMNS, map(_cells, rows))
    context = {"section": "desk", "form": form, "page": page_of(request, rows)}
    return list_response(request, "work/extensions.html", "work/partials/extension_results.html", context)


def _cells(row: Extension) -> list[str]:
    task = row.occurrence.task
    return [
        task.number,
        heading(task.number, task.title, task.text),
        row.body.name,
        row.occurrence.key,
        row.old_due.isoformat(),
        row.new_due.isoformat(),
        extension_words(row),
        row.reason,
    ]


@requires("work.report")
@require_http_methods(["GET", "HEAD", "POST"])
def extend(request: HttpRequest, occurrence: int) -> HttpResponse:
    """Ask for more time for a period."""
    rows = Occurrence.objects.select_related("task__plan", "body", "assignment__issue")
    found = get_object_or_404(rows, pk=occurrence)
    check(request, "work.report", found)
    sent = request.POST if request.method == "POST" else None
    form = ExtendForm(sent)
    if sent is not None and form.is_valid():
        try:
            made = extending.ask_extension(
                occurrence=found, **form.cleaned_data, by=person(request), at=timezone.now()
            )
        except LuoshiError as refusal:
            form.add_error(None, refusal.message(language()))
        else:
            messages.success(request, _("已提交延期申请。批准之前仍以原期限为准。"))
            return redirect("work:extension", made.pk)
    context = {
        "section": "desk",
        "occurrence": found,
        "task": found.task,
        "form": form,
        "before": list(with_straight(found.extensions.order_by("number"))),
        "straight": would_go_straight(found, person(request).pk),
        "earliest": calendar_of(found.region_id).add_working_days(found.due, 1).day,
        "most": found.assignment.issue.most_extensions,
    }
    return render(request, "work/extend.html", context, status=200 if sent is None else 422)


@requires("work.view")
@require_http_methods(["GET", "HEAD", "POST"])
def extension(request: HttpRequest, extension: int) -> HttpResponse:
    """A request for more time, and the steps that the person may take with it."""
    visible = extensions_for(person(request))
    if not Extension.objects.filter(pk=extension).exists():
        raise Http404
    found = visible.select_related("occurrence__assignment__issue").filter(pk=extension).first()
    if found is None:
        raise PermissionDenied
    user = person(request)
    roles = extending.roles_in(user, found)
    sent = request.POST if request.method == "POST" else None
    if sent is not None and not roles:
        raise PermissionDenied
    form = ReasonForm(sent)
    if sent is not None and form.is_valid():
        try:
            _act(request, found, sent.get("step", ""), form.cleaned_data["answer"])
        except LuoshiError as refusal:
            form.add_error("answer", refusal.message(language()))
        else:
            messages.success(request, SAID[sent["step"]])
            return redirect("work:extension", found.pk)
    straight = goes_straight(found)
    steps = {
        row.name: row.words
        for role in roles
        for row in possible(EXTENSION, Standing(found.state), role)
        if straight or "nobody-endorses" not in row.requires
    }
    took_part = {found.asked_by_id, found.endorsed_by_id}
    context = {
        "section": "desk",
        "extension": found,
        "occurrence": found.occurrence,
        "task": found.occurrence.task,
        "form": form,
        "steps": steps,
        # The second step is somebody else's: say so instead of offering a button that is refused.
        "second_missing": user.pk in took_part and bool({"endorse", "grant"} & set(steps)),
    }
    return render(request, "work/extension.html", context, status=200 if sent is None else 422)


def _act(request: HttpRequest, row: Extension, step: str, answer: str) -> None:
    by, at = person(request), timezone.now()
    acts: dict[str, Callable[[], Any]] = {
        "endorse": lambda: extending.endorse(extension=row, by=by, at=at),
        "grant": lambda: extending.grant(extension=row, answer=answer, by=by, at=at),
        "refuse": lambda: extending.refuse(extension=row, reason=answer, by=by, at=at),
        "withdraw": lambda: extending.withdraw(extension=row, by=by, at=at),
    }
    if step not in acts:
        raise Http404
    acts[step]()
