"""What a plan is bound to: suggestions with their reasons, and what a person says of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe
from rules.permissions import has_perm

from luoshi.apps.binding.forms.filters import BindingFilter
from luoshi.apps.binding.models import Binding
from luoshi.apps.binding.operations.settling import TARGETS, confirm_certain, settle
from luoshi.apps.binding.operations.suggesting import SETTLED, suggest
from luoshi.apps.binding.queries.declared import mechanism_of, name_of
from luoshi.apps.binding.queries.listing import (
    certain_of,
    counts,
    mechanisms_in,
    narrowed,
    rows,
    tasks_with,
)
from luoshi.apps.binding.templatetags.binding_words import reason_words
from luoshi.apps.interface.lists import list_response, page_of
from luoshi.apps.interface.sheets import sheet_response, wants_sheet
from luoshi.apps.organization.access import check, person, requires
from luoshi.apps.plan.queries.wording import language, target_words
from luoshi.apps.plan.views.opened import open_plan
from luoshi.core.errors import LuoshiError

# A task with its sentences, and a line for each of its bindings.
ROWS = 12
COLUMNS = [
    (gettext_lazy("编号"), 8),
    (gettext_lazy("任务"), 50),
    (gettext_lazy("类别"), 10),
    (gettext_lazy("机制"), 28),
    (gettext_lazy("绑定内容"), 36),
    (gettext_lazy("目标"), 30),
    (gettext_lazy("依据的词语"), 40),
    (gettext_lazy("状态"), 10),
]


@requires("binding.view")
@require_safe
def bindings(request: HttpRequest, plan: int) -> HttpResponse:
    """The tasks of a plan with the mechanisms that serve them."""
    opened = open_plan(request, plan)
    check(request, "binding.view", opened)
    known = [(key, _mechanism(key)) for key in mechanisms_in(plan)]
    form = BindingFilter(request.GET, mechanisms=known)
    found = narrowed(plan, form.chosen)
    if wants_sheet(request):
        return sheet_response(_("任务与机制"), COLUMNS, map(_cells, found))
    page = page_of(request, tasks_with(found), ROWS)
    context = {
        "section": "plans",
        "tab": "binding",
        "plan": opened,
        "form": form,
        "page": page,
        "rows": rows(page, found),
        "counts": counts(plan),
        "certain": certain_of(plan).count(),
        "settled": opened.status in SETTLED,
        "may_settle": has_perm("binding.settle", request.user, opened),
    }
    return list_response(request, "binding/list.html", "binding/partials/results.html", context)


def _mechanism(key: str) -> str:
    found = mechanism_of(key)
    return key if found is None else found.name.said(language())


def _cells(one: Binding) -> list[str]:
    return [
        one.task.number,
        one.task.text,
        str(one.get_kind_display()),
        _mechanism(one.mechanism),
        name_of(one).said(language()),
        target_words(one.target) if one.target is not None else "",
        "、".join(reason_words(one)) or _("由人选定"),
        str(one.get_state_display()),
    ]


@requires("binding.settle")
@require_POST
def find(request: HttpRequest, plan: int) -> HttpResponse:
    """Look for mechanisms in all tasks of the plan."""
    opened = open_plan(request, plan)
    check(request, "binding.settle", opened)
    try:
        new = suggest(plan=opened, by=person(request), at=timezone.now()).new
    except LuoshiError as refusal:
        messages.error(request, refusal.message(language()))
    else:
        told = ngettext("新找到 %(n)s 条建议。", "新找到 %(n)s 条建议。", new)
        messages.success(request, told % {"n": new})
    return redirect("binding:list", plan)


@requires("binding.settle")
@require_POST
def certain(request: HttpRequest, plan: int) -> HttpResponse:
    """Confirm everything that is certain."""
    opened = open_plan(request, plan)
    check(request, "binding.settle", opened)
    seen = request.POST.get("seen", "")
    if not (seen.isascii() and seen.isdigit() and len(seen) < 10):
        raise BadRequest
    try:
        done = confirm_certain(plan=opened, seen=int(seen), by=person(request), at=timezone.now())
    except LuoshiError as refusal:
        messages.error(request, refusal.message(language()))
    else:
        told = ngettext(
            "已确认 %(n)s 条；每一条都可以单独撤销。", "已确认 %(n)s 条；每一条都可以单独撤销。", done
        )
        messages.success(request, told % {"n": done})
    return redirect("binding:list", plan)


@requires("binding.settle")
@require_POST
def settled(request: HttpRequest, binding: int) -> HttpResponse:
    """Confirm, decline or take back."""
    found = get_object_or_404(Binding.objects.select_related("task", "plan"), pk=binding)
    check(request, "binding.settle", found)
    said, seen = request.POST.get("action", ""), request.POST.get("seen", "")
    action, _bar, same_as = said.partition("|")
    if action not in TARGETS or not (seen.isascii() and seen.isdigit() and len(seen) < 10):
        raise BadRequest
    try:
        settle(
            binding=found,
            action=action,  # type: ignore[arg-type]
            seen=int(seen),
            same_as=same_as,
            by=person(request),
            at=timezone.now(),
        )
    except LuoshiError as refusal:
        messages.error(request, refusal.message(language()))
    else:
        messages.success(request, _SAID[action])
    return _back(request, found)


_SAID: dict[str, Any] = {
    "confirm": gettext_lazy("已确认。"),
    "decline": gettext_lazy("已否定，以后不再提示。"),
    "reopen": gettext_lazy("已撤销，恢复为待确认。"),
}


def _back(request: HttpRequest, found: Binding) -> HttpResponse:
    """To the page that the form stood on, at the task, if it is one of ours."""
    wanted = request.POST.get("next", "")
    if not (wanted and url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())):
        wanted = reverse("binding:list", args=[found.plan_id])
    return redirect(f"{wanted}#task-{found.task_id}")
