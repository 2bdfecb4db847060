"""Who belongs to a group: members, exceptions and rules, and whom it stands for on a day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.apps.interface.lists import list_response, page_of
from luoshi.apps.interface.sheets import sheet_response, wants_sheet
from luoshi.apps.organization.access import person, requires
from luoshi.apps.organization.models import Body, GroupRule, Membership
from luoshi.apps.organization.operations import (
    add_members,
    add_rule,
    change_membership,
    remove_membership,
    remove_rule,
)
from luoshi.apps.organization.queries.members import load_roster
from luoshi.apps.registry.forms.filters import MemberFilterForm
from luoshi.apps.registry.forms.group import DatedForm, MembersForm, RuleForm
from luoshi.apps.registry.forms.names import Names
from luoshi.apps.registry.queries.members import memberships, resolved, rules
from luoshi.apps.registry.views.asking import Step, back_to_form, sent, take, words
from luoshi.apps.registry.views.body import FORM_METHODS
from luoshi.apps.registry.views.opened import EDIT, VIEW, frame, open_body
from luoshi.core.errors import LuoshiError

ROWS = 50
COLUMNS = [
    (gettext_lazy("单位"), 36),
    (gettext_lazy("类别"), 16),
    (gettext_lazy("系统"), 16),
    (gettext_lazy("如何列入"), 24),
]


@requires(VIEW)
@require_safe
def members(request: HttpRequest, body: int) -> HttpResponse:
    """Members with their dates, rules, and whom the group stands for on a day."""
    group = _open(request, body, VIEW)
    today = timezone.localdate()
    form = MemberFilterForm({"on": today.isoformat(), **request.GET.dict()})
    day = form.wanted()["on"] or today
    ties = memberships(group)
    found = resolved(group, day, load_roster(group.region_id), ties, form.wanted()["q"])
    if wants_sheet(request):
        rows = [
            (one.body.name, str(one.body.get_kind_display()), str(one.body.get_line_display()), _how(one))
            for one in found
        ]
        return sheet_response(f"{group.name} {day.isoformat()}", COLUMNS, rows)
    context = {
        **frame(request, group),
        "tab": "members",
        "form": form,
        "day": day,
        "today": today,
        "ties": [tie for tie in ties if not tie.excluded],
        "exceptions": [tie for tie in ties if tie.excluded],
        "rules": rules(group),
        "page": page_of(request, found, ROWS),
    }
    return list_response(request, "registry/members.html", "registry/partials/member_results.html", context)


def _how(one: Any) -> str:
    """By what a body is in a group, in words."""
    if one.how == "through":
        return _("经由“%(name)s”") % {"name": one.through}
    return _("逐个列入") if one.how == "named" else _("按规则")


@requires(EDIT)
@require_http_methods(FORM_METHODS)
def add(request: HttpRequest, body: int) -> HttpResponse:
    """Put bodies into a group, or leave them out of it."""
    group = _open(request, body, EDIT)
    form = MembersForm(sent(request), names=Names(group.region_id))

    def deed() -> list[Membership]:
        values = {**form.values(), "members": form.cleaned_data["members"]}
        return add_members(group=group, by=person(request), at=timezone.now(), **values)

    title = _("添加成员")
    return _change(request, group, form, deed, title)


@requires(EDIT)
@require_http_methods(FORM_METHODS)
def date(request: HttpRequest, body: int, membership: int) -> HttpResponse:
    """Change the days of a membership."""
    group = _open(request, body, EDIT)
    tie = get_object_or_404(Membership.objects.select_related("member"), pk=membership, group=group)
    stored = {"excluded": "1" if tie.excluded else "", "valid_from": tie.valid_from, "valid_to": tie.valid_to}
    form = DatedForm(sent(request), initial=stored, names=Names(group.region_id))

    def deed() -> Membership:
        return change_membership(membership=tie, by=person(request), at=timezone.now(), **form.values())

    return _change(request, group, form, deed, tie.member.name, tie)


@requires(EDIT)
@require_POST
def remove(request: HttpRequest, body: int, membership: int) -> HttpResponse:
    """Take back a membership that never was."""
    group = _open(request, body, EDIT)
    tie = get_object_or_404(Membership.objects.select_related("member"), pk=membership, group=group)
    title = _("移除“%(name)s”") % {"name": tie.member.name}
    return _drop(
        request,
        group,
        title,
        lambda: remove_membership(membership=tie, by=person(request), at=timezone.now()),
    )


@requires(EDIT)
@require_http_methods(FORM_METHODS)
def rule(request: HttpRequest, body: int) -> HttpResponse:
    """Take bodies into a group by what they are."""
    group = _open(request, body, EDIT)
    form = RuleForm(sent(request))

    def deed() -> GroupRule:
        return add_rule(group=group, by=person(request), at=timezone.now(), **form.values())

    return _change(request, group, form, deed, _("添加规则"))


@requires(EDIT)
@require_POST
def unrule(request: HttpRequest, body: int, rule: int) -> HttpResponse:
    """Take a rule back."""
    group = _open(request, body, EDIT)
    found = get_object_or_404(GroupRule, pk=rule, group=group)
    return _drop(
        request,
        group,
        _("移除规则“%(name)s”") % {"name": str(found)},
        lambda: remove_rule(rule=found, by=person(request), at=timezone.now()),
    )


def _open(request: HttpRequest, body: int, permission: str) -> Body:
    return open_body(request, body, permission, kind__in=Body.WITH_MEMBERS)


def _change(
    request: HttpRequest,
    group: Body,
    form: Any,
    deed: Callable[[], Any],
    title: str,
    tie: Membership | None = None,
) -> HttpResponse:
    """A form of the group: shown, refused, or done after asking."""

    def show(error: LuoshiError | None = None, status: int = 200) -> HttpResponse:
        names = form.names.choices() if isinstance(form, MembersForm) else []
        context = {
            **frame(request, group),
            "form": form,
            "title": title,
            "tie": tie,
            "refusal": words(error),
            "names": names,
        }
        return render(request, "registry/group_form.html", context, status=status)

    if back_to_form(request):
        return show()
    if not form.is_valid():
        return show(status=422)
    return take(
        request,
        Step(group.region_id, deed, f"{group.name} · {title}", body=group),
        done=lambda _made: _back(request, group),
        refused=lambda error: show(error, 409),
    )


def _drop(request: HttpRequest, group: Body, title: str, deed: Callable[[], Any]) -> HttpResponse:
    """Something is taken out of the group, always after asking."""
    if "again" in request.POST:
        return redirect("registry:members", group.pk)

    def refused(error: LuoshiError) -> HttpResponse:
        messages.error(request, words(error))
        return redirect("registry:members", group.pk)

    step = Step(group.region_id, deed, f"{group.name} · {title}", always=True, body=group)
    return take(request, step, done=lambda _made: _back(request, group), refused=refused)


def _back(request: HttpRequest, group: Body) -> HttpResponse:
    messages.success(request, _("已保存“%(name)s”的成员和规则。") % {"name": group.name})
    return redirect("registry:members", group.pk)
