"""A body's own page, and the forms to register, change and reorganize it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.apps.interface.lists import page_of
from luoshi.apps.interface.templatetags.interface import day
from luoshi.apps.organization.access import person, requires
from luoshi.apps.organization.models import Body
from luoshi.apps.organization.operations import Change, change_body, create_body, reorganize
from luoshi.apps.organization.operations.refusals import BodyChangedMeanwhile
from luoshi.apps.organization.queries.members import load_roster
from luoshi.apps.organization.queries.names import names_of
from luoshi.apps.registry.forms.body import BodyForms
from luoshi.apps.registry.forms.names import Names
from luoshi.apps.registry.forms.reorganize import FORMS, LABELS
from luoshi.apps.registry.queries.body import groups_of, history, plans_of
from luoshi.apps.registry.queries.reached import tasks_of
from luoshi.apps.registry.views.asking import Step, back_to_form, sent, take, words
from luoshi.apps.registry.views.opened import EDIT, VIEW, frame, open_body, region
from luoshi.core.errors import LuoshiError

FORM_METHODS = ["GET", "HEAD", "POST"]


@requires(VIEW)
@require_safe
def body(request: HttpRequest, body: int) -> HttpResponse:
    """What the registry knows of a body, and which plans and tasks ask it."""
    opened = open_body(request, body)
    today = timezone.localdate()
    roster = load_roster(opened.region_id)
    context = {
        **frame(request, opened),
        "tab": "body",
        "today": today,
        "names": names_of(opened),
        "children": opened.children.order_by("name", "pk"),
        "history": history(opened),
        "groups": groups_of(opened, today, roster),
        "plans": plans_of(opened, roster),
        "page": page_of(request, tasks_of(opened, roster)),
    }
    return render(request, "registry/body.html", context)


@requires(EDIT)
@require_http_methods(FORM_METHODS)
def create(request: HttpRequest) -> HttpResponse:
    """Register a body."""
    code = region(request)
    forms = BodyForms(code, data=sent(request), collective=request.GET.get("kind") == "group")

    def show(error: LuoshiError | None = None, status: int = 200) -> HttpResponse:
        return _form(request, forms, None, error, status)

    def deed() -> Body:
        values = {**forms.body.values(), "aliases": forms.alias_values()}
        return create_body(region=code, by=person(request), at=timezone.now(), **values)

    if back_to_form(request):
        return show()
    if not forms.is_valid():
        return show(status=422)
    title = _("登记“%(name)s”") % {"name": forms.body.cleaned_data["name"]}
    return take(
        request,
        Step(code, deed, title),
        done=lambda made: _done(request, made, _("已登记“%(name)s”。")),
        refused=lambda error: show(error, 409),
    )


@requires(EDIT)
@require_http_methods(FORM_METHODS)
def change(request: HttpRequest, body: int) -> HttpResponse:
    """Correct what the registry says of a body."""
    opened = open_body(request, body, EDIT)
    forms = BodyForms(opened.region_id, opened, sent(request))

    def show(error: LuoshiError | None = None, status: int = 200) -> HttpResponse:
        return _form(request, forms, opened, error, status)

    def deed() -> Body:
        seen = forms.body.cleaned_data["version"] or 0
        values = {**forms.body.values(), "aliases": forms.alias_values()}
        return change_body(body=opened, version=seen, by=person(request), at=timezone.now(), **values)

    if back_to_form(request):
        return show()
    if not forms.is_valid():
        return show(status=422)
    return take(
        request,
        Step(opened.region_id, deed, _("修改“%(name)s”") % {"name": opened.name}, body=opened),
        done=lambda changed: _done(request, changed, _("已保存“%(name)s”。")),
        refused=lambda error: show(error, 409),
    )


def _form(
    request: HttpRequest, forms: BodyForms, body: Body | None, error: LuoshiError | None, status: int
) -> HttpResponse:
    """The form; in a conflict with what is stored now beside it, and ready to be saved over that."""
    conflict = isinstance(error, BodyChangedMeanwhile)
    context = {
        **frame(request, body),
        "forms": forms,
        "refusal": words(error),
        "conflict": conflict,
        "stored": names_of(body) if conflict and body else [],
        "seen": body.version if conflict and body else forms.body["version"].value(),
        "names": forms.names.choices(),
        "region": forms.names.region,
    }
    return render(request, "registry/body_form.html", context, status=status)


def _done(request: HttpRequest, body: Body, said: str) -> HttpResponse:
    messages.success(request, said % {"name": body.name})
    return redirect("registry:body", body.pk)


@requires(EDIT)
@require_http_methods(FORM_METHODS)
def reorganization(request: HttpRequest, body: int, change: str) -> HttpResponse:
    """Rename, merge, split or replace a body from a day on."""
    opened = open_body(request, body, EDIT)
    if change not in FORMS:
        raise Http404
    names = Names(opened.region_id)
    form = FORMS[change](sent(request), names=names)

    def show(error: LuoshiError | None = None, status: int = 200) -> HttpResponse:
        context = {
            **frame(request, opened),
            "form": form,
            "change": change,
            "changes": [(str(key), label) for key, label in LABELS.items()],
            "refusal": words(error),
            "names": names.choices(),
        }
        return render(request, "registry/reorganize.html", context, status=status)

    if back_to_form(request):
        return show()
    if not form.is_valid():
        return show(status=422)
    old, new = form.predecessors(opened), form.successors(opened)

    def deed() -> list[Body]:
        on = form.cleaned_data["on"]
        return reorganize(
            change=change, predecessors=old, successors=new, on=on, by=person(request), at=timezone.now()
        )

    return take(
        request,
        _reorganizing(opened, change, form.cleaned_data["on"], old, new, deed),
        done=lambda made: _done(request, made[0], _("机构调整已登记，现在是“%(name)s”的页面。")),
        refused=lambda error: show(error, 409),
    )


def _reorganizing(
    body: Body, change: str, on: date, old: list[Body], new: list[Body | str], deed: Callable[[], Any]
) -> Step:
    """The step, with what becomes of each body in words."""
    said = {"on": day(on.isoformat())}
    if change == Change.RENAME:
        text = _("“%(name)s”自 %(on)s 起更名为“%(new)s”，仍是同一个单位。")
        lines = [text % {**said, "name": body.name, "new": new[0]}]
    else:
        ended = _("“%(name)s”在 %(on)s 的前一天撤销。")
        lines = [ended % {**said, "name": one.name} for one in old if one not in new]
        lines += [_becoming(one, old) % {**said, "name": str(one)} for one in new]
        lines.append(_("原单位所在的分组，从这一天起由接续的单位加入。"))
    title = f"{LABELS[Change(change)]} · {body.name}"
    return Step(body.region_id, deed, title, tuple(lines), always=True, body=body)


def _becoming(one: Body | str, old: list[Body]) -> str:
    """What a successor does from the day on."""
    if one in old:
        return _("“%(name)s”继续存在。")
    if isinstance(one, Body):
        return _("“%(name)s”自 %(on)s 起接续，名录中已有。")
    return _("“%(name)s”自 %(on)s 起新设，类别、系统、级别和上级与原单位相同。")
