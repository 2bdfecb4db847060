"""The same duty in several plans: suggestions, and what a person says of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from rules.permissions import has_perm

from luoshi.apps.alignment.forms.filters import LinkFilter, TaskFilter
from luoshi.apps.alignment.models import Link
from luoshi.apps.alignment.operations.linking import link_tasks, settle_link, suggest_links
from luoshi.apps.alignment.operations.settling import TARGETS
from luoshi.apps.alignment.queries.links import linkable, listed, plans_with_links, rows
from luoshi.apps.alignment.templatetags.alignment_words import percent, shared_words
from luoshi.apps.alignment.views.back import go_back, number
from luoshi.apps.interface.lists import list_response, page_of
from luoshi.apps.interface.sheets import sheet_response, wants_sheet
from luoshi.apps.organization.access import check, person, requires
from luoshi.apps.organization.models import Role
from luoshi.apps.organization.rules import Visitor, regions_with
from luoshi.apps.plan.models import Task
from luoshi.apps.plan.queries.wording import language
from luoshi.core.errors import LuoshiError

# Two whole texts a row.
ROWS = 10
COLUMNS = [
    (gettext_lazy("方案"), 30),
    (gettext_lazy("编号"), 8),
    (gettext_lazy("任务"), 60),
    (gettext_lazy("另一方案"), 30),
    (gettext_lazy("编号"), 8),
    (gettext_lazy("任务"), 60),
    (gettext_lazy("相似度"), 8),
    (gettext_lazy("共有词语"), 40),
    (gettext_lazy("状态"), 10),
]


def _regions(user: Visitor) -> frozenset[str]:
    return regions_with(user, Role.Name.OFFICE, Role.Name.VIEWER)


@requires("alignment.view")
@require_safe
def links(request: HttpRequest) -> HttpResponse:
    """Links of the person's regions."""
    regions = _regions(request.user)
    plans = list(plans_with_links(regions))
    form = LinkFilter(request.GET, plans=[(one.pk, str(one)) for one in plans])
    wanted = form.wanted()
    found = listed(
        regions,
        text=wanted["q"],
        state=wanted["state"],
        plan=form.number("plan"),
        sort=wanted["sort"] or "score",
    )
    if wants_sheet(request):
        return sheet_response(_("重复任务"), COLUMNS, map(_cells, found))
    page = page_of(request, found, ROWS)
    context = {
        "section": "plans",
        "form": form,
        "page": page,
        "rows": rows(page),
        "may_settle": has_perm("alignment.settle", request.user),
        "enough": len(plans) > 1,
    }
    return list_response(request, "alignment/links.html", "alignment/partials/link_results.html", context)


def _cells(link: Link) -> list[str]:
    return [
        str(link.first.plan),
        link.first.number,
        link.first.text,
        str(link.second.plan),
        link.second.number,
        link.second.text,
        percent(link.score),
        "、".join(shared_words(link.reasons)),
        str(link.get_state_display()),
    ]


@requires("alignment.settle")
@require_POST
def find(request: HttpRequest) -> HttpResponse:
    """Look for the same duty in all plans of the person's regions."""
    user, new = person(request), 0
    for region in sorted(regions_with(user, Role.Name.OFFICE)):
        new += suggest_links(region=region, by=user, at=timezone.now()).new
    told = ngettext("新找到 %(n)s 对可能重复的任务。", "新找到 %(n)s 对可能重复的任务。", new)
    messages.success(request, told % {"n": new})
    return redirect("alignment:links")


@requires("alignment.settle")
@require_POST
def settle(request: HttpRequest, link: int) -> HttpResponse:
    """Confirm, refuse or take back."""
    found = get_object_or_404(Link.objects.select_related("first", "second"), pk=link)
    check(request, "alignment.settle", found)
    action, seen = request.POST.get("action", ""), number(request.POST.get("seen"))
    if action not in TARGETS or seen is None:
        raise BadRequest
    try:
        settle_link(link=found, action=action, seen=seen, by=person(request), at=timezone.now())  # type: ignore[arg-type]
    except LuoshiError as refusal:
        messages.error(request, refusal.message(language()))
    else:
        messages.success(request, _SAID[action])
    return go_back(request, reverse("alignment:links"))


_SAID: dict[str, Any] = {
    "confirm": gettext_lazy("已确认关联；牵头单位相同的，一份报送回答两项。"),
    "refuse": gettext_lazy("已否定，不再提示这一对。"),
    "reopen": gettext_lazy("已撤销；尚未回答的报送要求恢复为各自填报。"),
}


@requires("alignment.settle")
@require_http_methods(["GET", "HEAD", "POST"])
def link_task(request: HttpRequest, task: int) -> HttpResponse:
    """The links of one task, and tasks of other plans that it can be linked with."""
    found = get_object_or_404(Task.objects.select_related("plan"), pk=task)
    check(request, "alignment.settle", found)
    if request.method == "POST":
        return _link(request, found)
    form = TaskFilter(request.GET)
    context = {
        "section": "plans",
        "task": found,
        "form": form,
        "page": page_of(request, linkable(found, form.wanted()["q"])),
        "links": rows(listed({found.region_id}, task=found.pk)),
        "may_settle": True,
    }
    return list_response(request, "alignment/link_task.html", "alignment/partials/task_results.html", context)


def _link(request: HttpRequest, task: Task) -> HttpResponse:
    other = Task.objects.select_related("plan").filter(
        pk=number(request.POST.get("other")) or 0, region_id=task.region_id
    )
    chosen = other.first()
    if chosen is None:
        messages.error(request, _("没有选中任务；请从列表中选择一项。"))
        return redirect("alignment:link-task", task.pk)
    try:
        link_tasks(first=task, second=chosen, by=person(request), at=timezone.now())
    except LuoshiError as refusal:
        messages.error(request, refusal.message(language()))
    else:
        messages.success(request, _SAID["confirm"])
    return redirect("alignment:link-task", task.pk)
