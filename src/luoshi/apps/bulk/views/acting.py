"""One step for many entries: chosen in the list, tried, taken, and what became of each."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from luoshi.apps.bulk.models import Action, Deed, State
from luoshi.apps.bulk.operations.acting import (
    MOST,
    continue_action,
    mark_actions_interrupted,
    request_action,
)
from luoshi.apps.bulk.operations.refusals import NothingChosen, TooManyChosen
from luoshi.apps.bulk.queries.trying import (
    counted,
    for_many,
    given_for_many,
    prepared,
    shared_fields,
    tried,
)
from luoshi.apps.interface.lists import page_of
from luoshi.apps.organization.access import check, person, requires
from luoshi.apps.plan.queries.wording import language
from luoshi.apps.register.forms.asking import Asking
from luoshi.apps.register.forms.inputs import Input, given, typed
from luoshi.apps.register.models import Entry
from luoshi.apps.register.queries.listing import visible
from luoshi.apps.register.views.filtered import filtered
from luoshi.apps.register.views.opened import mechanism_of
from luoshi.core.errors import LuoshiError
from luoshi.core.mechanism.declaration import Mechanism
from luoshi.core.register.procedure import Transition


@requires("register.take")
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, key: str) -> HttpResponse:
    """What can be done with the chosen entries; tried with POST, and taken once the person has seen it."""
    mechanism, user = mechanism_of(key), person(request)
    data = request.POST if request.method == "POST" else request.GET
    try:
        entries = _chosen(request, mechanism, data)
    except LuoshiError as refusal:
        return _page(request, mechanism, [], error=refusal)
    wanted = data.get("transition", "")
    step = next((one for one in for_many(mechanism) if one.key == wanted), None)
    if step is None or request.method != "POST":
        return _page(request, mechanism, entries, step=step)
    fields = shared_fields(mechanism, step)
    values = typed(fields, request.POST)
    reason = request.POST.get("reason", "")
    ready = given_for_many(mechanism, step, given(values, {one.key: one for one in fields}))
    trials = tried(entries, step.key, ready, reason, user=user, at=timezone.now())
    error: LuoshiError | None = None
    if request.POST.get("action") == "do":
        try:
            made = request_action(
                mechanism=key,
                transition=step.key,
                trials=trials,
                seen=_seen(request.POST),
                values=ready,
                reason=reason,
                by=user,
                at=timezone.now(),
            )
            return redirect("bulk:action", key, made.pk)
        except LuoshiError as refusal:
            error = refusal
    shown: dict[str, Any] = {"values": values, "reason": reason, "trials": trials}
    return _page(request, mechanism, entries, step=step, error=error, **shown)


def _chosen(request: HttpRequest, mechanism: Mechanism, data: QueryDict) -> list[Entry]:
    """The entries that were ticked, or all that the filter gives; those that the person may see.

    Raises:
        NothingChosen, TooManyChosen.
    """
    if data.get("chosen") == "all" and request.method != "POST":
        rows = filtered(request, mechanism)[2]
        if (count := rows.count()) > MOST:
            raise TooManyChosen(count=count, most=MOST)
    else:
        said = [one.partition(":")[0] for one in data.getlist("entry")]
        keys = {int(one) for one in said if one.isascii() and one.isdigit() and len(one) < 19}
        if len(keys) > MOST:
            raise TooManyChosen(count=len(keys), most=MOST)
        rows = visible(person(request), mechanism.key).filter(pk__in=keys).order_by("-began", "-pk")
    found = prepared(rows)
    if not found:
        raise NothingChosen
    return found


def _seen(data: QueryDict) -> dict[int, int]:
    """The revision of each entry that the person saw."""
    pairs = (one.partition(":") for one in data.getlist("entry"))
    return {
        int(key): int(seen)
        for key, _colon, seen in pairs
        if key.isascii() and key.isdigit() and seen.isascii() and seen.isdigit() and len(seen) < 9
    }


def _page(
    request: HttpRequest,
    mechanism: Mechanism,
    entries: list[Entry],
    *,
    step: Transition | None = None,
    error: LuoshiError | None = None,
    values: dict[str, Any] | None = None,
    reason: str = "",
    trials: list[Any] | None = None,
) -> HttpResponse:
    user = person(request)
    context = {
        "section": "registers",
        "mechanism": mechanism,
        "entries": entries,
        "steps": counted(mechanism, entries, user),
        "step": step,
        "inputs": _inputs(request, mechanism, step, entries, values or {}) if step and entries else [],
        "reason": reason,
        "trials": trials,
        "possible": [one for one in trials or [] if one.error is None],
        "refused": [
            (one.entry, one.error.message(language())) for one in trials or [] if one.error is not None
        ],
        "error": error.message(language()) if error is not None else "",
    }
    return render(request, "bulk/act.html", context, status=422 if error is not None else 200)


def _inputs(
    request: HttpRequest,
    mechanism: Mechanism,
    step: Transition,
    entries: list[Entry],
    values: dict[str, Any],
) -> list[Input]:
    """The fields of the step that can be the same for all."""
    asking = Asking(mechanism, step, None, entries[0].holder, values, language(), user=person(request))
    shared = {one.key for one in shared_fields(mechanism, step)}
    found = [one for _group, inputs in asking.groups() for one in inputs if one.field.key in shared]
    for one in found:
        # The form is shown anew with each trial; nothing changes in it before.
        one.steers = False
    return found


@requires("register.take")
@require_http_methods(["GET", "HEAD", "POST"])
def action(request: HttpRequest, key: str, action: UUID) -> HttpResponse:
    """How far an action is, and what became of each entry."""
    mark_actions_interrupted(at=timezone.now())
    found = get_object_or_404(Action.objects.select_related("by"), mechanism=key, pk=action)
    check(request, "bulk.own", found)
    if request.method == "POST":
        continue_action(action=found, at=timezone.now())
        return redirect("bulk:action", key, found.pk)
    mechanism = mechanism_of(key)
    # What was not done comes first: there is something to do about it.
    deeds = found.deeds.select_related("entry").order_by("-outcome", "pk")
    page = page_of(request, deeds)
    context = {
        "section": "registers",
        "mechanism": mechanism,
        "step": mechanism.register.transition.get(found.transition),
        "action": found,
        "interrupted": found.state == State.INTERRUPTED,
        "failed": found.state == State.FAILED,
        "page": page,
        "rows": [(one, one.why.get(language(), one.why.get("zh", ""))) for one in page.object_list],
        "done": found.deeds.filter(outcome=Deed.Outcome.DONE).count(),
        "refused": found.deeds.filter(outcome=Deed.Outcome.REFUSED).count(),
    }
    partial = bool(request.headers.get("HX-Request"))
    return render(request, "bulk/partials/action.html" if partial else "bulk/action.html", context)
