"""The form of a step: what it asks, with what was typed kept until the step is taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from rules.permissions import has_perm

from luoshi.apps.organization.access import person, requires
from luoshi.apps.organization.models import Body
from luoshi.apps.plan.queries.wording import language
from luoshi.apps.register.forms.asking import Asking
from luoshi.apps.register.forms.inputs import given, typed
from luoshi.apps.register.models import Draft, Entry
from luoshi.apps.register.operations.drafting import drop_draft, keep_draft
from luoshi.apps.register.operations.keeping_files import keep_file
from luoshi.apps.register.operations.refusals import LinkUnknown
from luoshi.apps.register.operations.taking import begin, take_step
from luoshi.apps.register.queries.acting import actors, may_begin
from luoshi.apps.register.queries.listing import visible
from luoshi.apps.register.views.opened import declared_of, entry_of, mechanism_of
from luoshi.core.errors import LuoshiError
from luoshi.core.mechanism.declaration import Mechanism
from luoshi.core.register.fields import FieldType
from luoshi.core.register.procedure import Actor, Transition


@dataclass(frozen=True, slots=True)
class Wanted:
    """A step that a person is about to take."""

    mechanism: Mechanism
    step: Transition
    actor: Actor
    body: Body
    user: User
    entry: Entry | None = None
    bodies: tuple[Body, ...] = ()

    @property
    def known(self) -> dict[str, Any]:
        """What the entry holds already, as it is stored."""
        return {} if self.entry is None else self.entry.values


@requires("register.take")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, key: str, transition: str) -> HttpResponse:
    """Begin an entry."""
    mechanism, user = mechanism_of(key), person(request)
    for step, actor, bodies in may_begin(user, mechanism):
        if step.key == transition:
            body = _chosen(request, bodies)
            return _answer(request, Wanted(mechanism, step, actor, body, user, None, tuple(bodies)))
    if transition not in mechanism.register.transition:
        raise Http404
    raise PermissionDenied


@requires("register.take")
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, key: str, number: int, transition: str) -> HttpResponse:
    """Take a step of an entry."""
    found, user = entry_of(request, key, number, "register.take"), person(request)
    mechanism = declared_of(found)
    wanted = mechanism.register.transition.get(transition)
    if wanted is None or not wanted.origins:
        raise Http404
    actor = next((one for one in wanted.who if one in actors(user, found)), None)
    if actor is None:
        raise PermissionDenied
    body = found.pending if actor is Actor.RECEIVER and found.pending else found.holder
    return _answer(request, Wanted(mechanism, wanted, actor, body, user, found))


def _chosen(request: HttpRequest, bodies: list[Body]) -> Body:
    said = request.POST.get("body") or request.GET.get("body") or ""
    return next((one for one in bodies if str(one.pk) == said), bodies[0])


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
    fields, known = wanted.mechanism.register.field, wanted.known
    _check_links(wanted, values)
    common: dict[str, Any] = {
        "transition": wanted.step.key,
        "given": given(values, fields, known),
        "actor": wanted.actor,
        "by": wanted.user,
        "at": at,
        "reason": request.POST.get("reason", ""),
    }
    if wanted.entry is None:
        return begin(mechanism=wanted.mechanism.key, body=wanted.body, **common)
    said = request.POST.get("seen", "")
    seen = int(said) if said.isascii() and said.isdigit() and len(said) < 9 else 0
    return take_step(entry=wanted.entry, seen=seen, body=wanted.body, **common)


def _check_links(wanted: Wanted, values: dict[str, Any]) -> None:
    """An entry is named by whoever may see it; what is named already may stay.

    Raises:
        LinkUnknown: it is none of those.
    """
    for key, said in values.items():
        field = wanted.mechanism.register.field[key]
        if field.type is not FieldType.LINK or not said or said == wanted.known.get(key):
            continue
        if not (said.isdigit() and visible(wanted.user, field.to).filter(pk=int(said)).exists()):
            raise LinkUnknown(field=field.label)


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
