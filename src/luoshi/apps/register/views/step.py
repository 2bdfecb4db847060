"""The form of a step: what it asks, with what was typed kept until the step is taken."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from rules.permissions import has_perm

from luoshi.apps.organization.access import requires
from luoshi.apps.plan.queries.wording import language
from luoshi.apps.register.forms.asking import Asking
from luoshi.apps.register.forms.inputs import given, typed
from luoshi.apps.register.models import Draft, Entry
from luoshi.apps.register.operations.drafting import drop_draft, keep_draft
from luoshi.apps.register.operations.keeping_files import keep_file
from luoshi.apps.register.operations.performing import perform
from luoshi.apps.register.views.wanted import Wanted, beginning_of, step_of
from luoshi.core.errors import LuoshiError
from luoshi.core.register.fields import FieldType


@requires("register.take")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, key: str, transition: str) -> HttpResponse:
    """Begin an entry."""
    wanted = beginning_of(request, key, transition)
    said = request.POST.get("body") or request.GET.get("body") or ""
    chosen = next((one for one in wanted.bodies if str(one.pk) == said), wanted.body)
    return _answer(request, replace(wanted, body=chosen))


@requires("register.take")
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, key: str, number: int, transition: str) -> HttpResponse:
    """Take a step of an entry."""
    return _answer(request, step_of(request, key, number, transition))


def _answer(request: HttpRequest, wanted: Wanted) -> HttpResponse:
    at, action = timezone.now(), request.POST.get("action", "send")
    fields = [wanted.mechanism.register.field[key] for key in wanted.step.asks]
    if request.method != "POST":
        draft = _draft(wanted)
        return _page(request, wanted, {} if draft is None else draft.values, draft=draft)
    if action == "forget":
        _drop(wanted)
        return _leave(wanted)
    values = typed(fields, request.POST)
    error: LuoshiError | None = None
    try:
        _keep_files(request, wanted, values, at)
        if action == "send":
            taken = _take(request, wanted, values, at)
            _drop(wanted)
            messages.success(request, _done(wanted, taken))
            return _after(request, taken)
    except LuoshiError as refusal:
        error = refusal
    _keep(wanted, values, at)
    if action == "autosave":
        return render(request, "register/partials/saved.html", {"at": at})
    if error is None and action == "keep":
        messages.success(request, _("已存为草稿，可以随时回来接着填写。"))
        return _leave(wanted)
    return _page(request, wanted, values, error=error)


def _after(request: HttpRequest, taken: Entry) -> HttpResponse:
    """To the entry; to the list where the step has handed it to others."""
    if has_perm("register.view", request.user, taken):
        return redirect("register:entry", taken.mechanism, taken.pk)
    return redirect("register:list", taken.mechanism)


def _take(request: HttpRequest, wanted: Wanted, values: dict[str, Any], at: datetime) -> Entry:
    said = request.POST.get("seen", "")
    return perform(
        mechanism=wanted.mechanism,
        entry=wanted.entry,
        body=wanted.body,
        transition=wanted.step.key,
        given=given(values, wanted.mechanism.register.field, wanted.known),
        seen=int(said) if said.isascii() and said.isdigit() and len(said) < 9 else 0,
        actor=wanted.actor,
        by=wanted.user,
        at=at,
        reason=request.POST.get("reason", ""),
    )


def _keep_files(request: HttpRequest, wanted: Wanted, values: dict[str, Any], at: datetime) -> None:
    """Uploads become files without an entry; their tokens stand in the form from now on."""
    for key in wanted.step.asks:
        if not wanted.mechanism.register.field[key].type.holds_files:
            continue
        for upload in request.FILES.getlist(f"f.{key}"):
            kept = keep_file(
                region=wanted.body.region_id,
                mechanism=wanted.mechanism.key,
                field=key,
                name=upload.name or "",
                content=upload.read(),
                by=wanted.user,
                at=at,
            )
            several = wanted.mechanism.register.field[key].type is FieldType.FILES
            values[key] = [*(values.get(key, []) if several else []), kept.token]


def _draft(wanted: Wanted) -> Draft | None:
    return Draft.objects.filter(
        user=wanted.user, mechanism=wanted.mechanism.key, entry=wanted.entry, transition=wanted.step.key
    ).first()


def _keep(wanted: Wanted, values: dict[str, Any], at: datetime) -> None:
    keep_draft(
        mechanism=wanted.mechanism.key,
        body=wanted.body,
        entry=wanted.entry,
        transition=wanted.step.key,
        values=values,
        by=wanted.user,
        at=at,
    )


def _drop(wanted: Wanted) -> None:
    drop_draft(mechanism=wanted.mechanism.key, entry=wanted.entry, transition=wanted.step.key, by=wanted.user)


def _leave(wanted: Wanted) -> HttpResponse:
    if wanted.entry is None:
        return redirect("register:list", wanted.mechanism.key)
    return redirect("register:entry", wanted.mechanism.key, wanted.entry.pk)


def _done(wanted: Wanted, taken: Entry) -> str:
    label = wanted.step.label.said(language())
    state = wanted.mechanism.register.state[taken.state]
    return _("“%(step)s”已办理，现为“%(state)s”。") % {
        "step": label,
        "state": state.label.said(language()),
    }


def _page(
    request: HttpRequest,
    wanted: Wanted,
    values: dict[str, Any],
    *,
    error: LuoshiError | None = None,
    draft: Draft | None = None,
) -> HttpResponse:
    asking = Asking(
        wanted.mechanism,
        wanted.step,
        wanted.entry,
        wanted.body,
        values,
        language(),
        user=wanted.user,
        sent=error is not None,
    )
    context = {
        "section": "registers",
        "mechanism": wanted.mechanism,
        "step": wanted.step,
        "entry": wanted.entry,
        "body": wanted.body,
        "bodies": wanted.bodies,
        "groups": asking.groups(),
        "limits": asking.limits(),
        "error": error,
        "beginning": wanted.entry is None,
        "draft": draft,
        "reason": request.POST.get("reason", ""),
        "seen": wanted.entry.revision if wanted.entry is not None else 0,
    }
    template = "register/partials/asked.html" if request.headers.get("HX-Request") else "register/step.html"
    return render(request, template, context, status=422 if error is not None else 200)
