"""Signing for tasks: all in one click, or some."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from luoshi.apps.interface.lists import list_response, page_of
from luoshi.apps.interface.sheets import sheet_response, wants_sheet
from luoshi.apps.organization.access import person, requires
from luoshi.apps.organization.models import Role
from luoshi.apps.organization.rules import bodies_with
from luoshi.apps.plan.queries.names import heading
from luoshi.apps.plan.queries.wording import language
from luoshi.apps.work.forms.steering import SigningFilter
from luoshi.apps.work.models import Assignment
from luoshi.apps.work.operations.signing import sign
from luoshi.apps.work.queries.issued import unsigned_of
from luoshi.core.errors import LuoshiError

COLUMNS = [
    (gettext_lazy("编号"), 8),
    (gettext_lazy("任务"), 50),
    (gettext_lazy("方案"), 40),
    (gettext_lazy("单位"), 28),
    (gettext_lazy("角色"), 10),
    (gettext_lazy("状态"), 10),
    (gettext_lazy("签收期限"), 12),
]


@requires("work.sign")
@require_http_methods(["GET", "HEAD", "POST"])
def signing(request: HttpRequest) -> HttpResponse:
    """The tasks of the person's bodies that wait to be signed for."""
    bodies = bodies_with(request.user, Role.Name.LIAISON, Role.Name.HEAD)
    if request.method == "POST":
        return _sign(request, bodies)
    today, form = timezone.localdate(), SigningFilter(request.GET)
    wanted = form.wanted()
    rows = unsigned_of(bodies, today, text=wanted["q"], state=wanted["state"], sort=wanted["sort"] or "day")
    if wants_sheet(request):
        return sheet_response(_("签收"), COLUMNS, map(_cells, rows))
    context = {
        "section": "desk",
        "form": form,
        "today": today,
        "page": page_of(request, rows),
        "waiting": unsigned_of(bodies, today).count(),
        "narrowed": form.narrows,
    }
    return list_response(request, "work/signing.html", "work/partials/signing_results.html", context)


def _sign(request: HttpRequest, bodies: frozenset[int]) -> HttpResponse:
    waiting = unsigned_of(bodies, timezone.localdate())
    if "all" not in request.POST:
        chosen = [int(key) for key in request.POST.getlist("assignment") if key.isdigit()]
        waiting = waiting.filter(pk__in=chosen)
    try:
        done = sign(assignments=waiting, by=person(request), at=timezone.now())
    except LuoshiError as refusal:
        messages.error(request, refusal.message(language()))
    else:
        if done:
            words = ngettext("已签收 %(n)d 项任务。", "已签收 %(n)d 项任务。", done) % {"n": done}
            messages.success(request, words)
        else:
            messages.warning(request, _("没有选中待签收的任务。"))
    return redirect("work:signing")


def _cells(row: Assignment) -> list[str]:
    task = row.task
    return [
        task.number,
        heading(task.number, task.title, task.text),
        str(row.issue.plan),
        row.body.name,
        str(row.get_role_display()),
        str(row.get_state_display()),
        row.sign_by.isoformat(),
    ]
