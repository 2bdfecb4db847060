"""Reports that wait for the head or the office, and what a lead still waits for."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.apps.interface.lists import list_response, page_of
from luoshi.apps.interface.sheets import moment, sheet_response, wants_sheet
from luoshi.apps.organization.access import check, person, requires
from luoshi.apps.organization.models import Role
from luoshi.apps.organization.rules import bodies_with, regions_with
from luoshi.apps.plan.queries.names import heading
from luoshi.apps.plan.queries.wording import language
from luoshi.apps.work.forms.deciding import CollectingFilter, QueueForm
from luoshi.apps.work.models import Report
from luoshi.apps.work.operations.deciding import accept_unchanged
from luoshi.apps.work.queries.contributions import Contribution, contributions
from luoshi.apps.work.queries.queues import (
    bodies_in,
    narrowed,
    periods_in,
    plans_in,
    sections_in,
    to_accept,
    to_approve,
)
from luoshi.apps.work.views.report_page import base_context, open_occurrence

ROWS = 50
COLUMNS = [
    (gettext_lazy("编号"), 8),
    (gettext_lazy("任务"), 50),
    (gettext_lazy("方案"), 40),
    (gettext_lazy("单位"), 28),
    (gettext_lazy("期次"), 16),
    (gettext_lazy("到期日期"), 12),
    (gettext_lazy("状态"), 14),
    (gettext_lazy("内容"), 12),
    (gettext_lazy("提交人"), 14),
    (gettext_lazy("提交时间"), 18),
]
PARTS = [
    (gettext_lazy("单位"), 28),
    (gettext_lazy("角色"), 10),
    (gettext_lazy("状态"), 14),
    (gettext_lazy("进展情况"), 60),
    (gettext_lazy("存在问题"), 40),
    (gettext_lazy("下一步安排"), 40),
    (gettext_lazy("需协调事项"), 40),
]
HEARD = {
    "missing": gettext_lazy("还没有填写"),
    "draft": gettext_lazy("正在填写"),
    "returned": gettext_lazy("退回修改中"),
    "reported": gettext_lazy("已报送"),
    "accepted": gettext_lazy("已采纳"),
    "suspended": gettext_lazy("已中止"),
}
WAITING = {"missing": 0, "returned": 1, "draft": 2}


@requires("work.accept")
@require_http_methods(["GET", "HEAD", "POST"])
def accepting(request: HttpRequest) -> HttpResponse:
    """What the office has to accept or return. Only “no change” is accepted without being opened."""
    if request.method == "POST":
        return _accept_unchanged(request)
    along = request.GET.get("along") == "1"
    found = to_accept(regions_with(request.user, Role.Name.OFFICE), along=along)
    return _queue(request, found, "accepting", _("待采纳"), along=along)


@requires("work.approve")
@require_safe
def approving(request: HttpRequest) -> HttpResponse:
    """What the heads of bodies have to approve or send up."""
    found = to_approve(bodies_with(request.user, Role.Name.HEAD))
    return _queue(request, found, "approving", _("待负责人审核"))


def _queue(
    request: HttpRequest, everything: QuerySet[Report], queue: str, title: str, *, along: bool = False
) -> HttpResponse:
    plans = plans_in(everything)
    form = QueueForm(
        request.GET,
        plans=plans,
        sections=sections_in(plans),
        bodies=bodies_in(everything),
        periods=periods_in(everything),
    )
    found = narrowed(everything, form.queue_filter())
    if wants_sheet(request):
        return sheet_response(title, COLUMNS, map(_cells, found))
    page = page_of(request, found, ROWS)
    context = {
        "section": "desk",
        "queue": queue,
        "title": title,
        "form": form,
        "page": page,
        "along": along,
        "unchanged": sum(one.no_change for one in page) if queue == "accepting" else 0,
    }
    return list_response(request, "work/queue.html", "work/partials/queue_results.html", context)


def _cells(row: Report) -> list[str]:
    task, submitted = row.task, row.submitted_at
    return [
        task.number,
        heading(task.number, task.title, task.text),
        str(task.plan),
        str(row.body),
        row.occurrence.period,
        row.occurrence.due.isoformat(),
        str(row.get_state_display()),
        _("无变化") if row.no_change else _("有新内容"),
        row.submitted_by.get_full_name() or row.submitted_by.get_username() if row.submitted_by else "",
        moment(submitted),
    ]


def _accept_unchanged(request: HttpRequest) -> HttpResponse:
    """Accept the ticked reports; each box names the version that was shown."""
    seen = {}
    for ticked in request.POST.getlist("report"):
        key, _colon, version = ticked.partition(":")
        if key.isdecimal() and version.isdecimal():
            seen[int(key)] = int(version)
    for report in Report.objects.filter(pk__in=seen):
        check(request, "work.accept", report)
    result = accept_unchanged(seen=seen, by=person(request), at=timezone.now())
    number = len(result.done)
    if number:
        said = ngettext("已采纳 %(n)d 份“无变化”报送。", "已采纳 %(n)d 份“无变化”报送。", number)
        messages.success(request, said % {"n": number})
    elif not result.refused:
        messages.warning(request, _("没有勾选任何报送。"))
    for _report, error in result.refused:
        messages.error(request, error.message(language()))
    return HttpResponseRedirect(request.get_full_path())


@requires("work.collect")
@require_safe
def collecting(request: HttpRequest, occurrence: int) -> HttpResponse:
    """Who of a task has reported for a period, and who is missing; for its leads and the office."""
    found = open_occurrence(request, occurrence)
    check(request, "work.collect", found)
    form = CollectingFilter(request.GET)
    wanted = form.wanted()
    everything = contributions(found)
    rows = [one for one in everything if matches(one, wanted["q"], wanted["heard"])]
    if wanted["sort"] == "name":
        rows.sort(key=lambda one: one.assignment.body.name)
    elif wanted["sort"] == "waiting":
        rows.sort(key=lambda one: WAITING.get(one.heard, 9))
    if wants_sheet(request):
        return sheet_response(f"{found.task} {found.period}", PARTS, map(_part_cells, rows))
    context = {
        **base_context(request, found),
        "form": form,
        "page": page_of(request, rows, ROWS),
        "missing": sum(one.is_missing for one in everything),
        "total": sum(one.occurrence is not None for one in everything),
        "heard_words": HEARD,
    }
    return list_response(request, "work/collecting.html", "work/partials/collecting_results.html", context)


def matches(part: Contribution, text: str, heard: str) -> bool:
    """Whether a body has all words in its name, and was heard so far."""
    if not all(word in part.assignment.body.name for word in text.split()):
        return False
    if heard == "waiting":
        return part.is_missing
    if heard == "reported":
        return part.heard in {"reported", "accepted"}
    if heard == "unchanged":
        return part.report is not None and part.report.no_change and part.heard in {"reported", "accepted"}
    return True


def _part_cells(part: Contribution) -> list[Any]:
    words = [str(part.values.get(key, "")) for key in ("progress", "problems", "next_step", "help_needed")]
    role = str(part.assignment.get_role_display())
    return [part.assignment.body.name, role, str(HEARD[part.heard]), *words]
