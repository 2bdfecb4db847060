"""Following what was filed: by number and code, then for half an hour by a signed pass."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.apps.accounts.visitors import address_of
from luoshi.apps.interface.preferences import TEXT_COOKIE, chosen_language, keep_preferences
from luoshi.apps.organization.access import open_to_everybody
from luoshi.apps.plan.queries.wording import language
from luoshi.apps.register.forms.asking import Asking
from luoshi.apps.register.forms.inputs import given, typed
from luoshi.apps.register.models import Receipt
from luoshi.apps.register.operations.correcting import LEAST_WORDS, ask_correction
from luoshi.apps.register.operations.filing import Filed, open_receipt
from luoshi.apps.register.operations.limiting import FILING, OPENING, count_try
from luoshi.apps.register.operations.outside_refusals import TooManyTries
from luoshi.apps.register.operations.revealing import export_own
from luoshi.apps.register.operations.taking import bring_up_to_date, take_step
from luoshi.apps.register.outside import fits, passed, tidy
from luoshi.apps.register.queries.intake import actions, asked_outside, followed
from luoshi.apps.register.queries.personal import looks
from luoshi.apps.register.views.opened import declared_of
from luoshi.apps.register.views.outside import COOKIE, keep_uploads, remember, show_filed
from luoshi.core.errors import LuoshiError
from luoshi.core.mechanism.declaration import Mechanism
from luoshi.core.register.procedure import Actor, Transition

_Shown = Callable[..., HttpResponse]


def _with_receipt(view: _Shown) -> _Shown:
    """Give a view the receipt of the pass; without one, ask for number and code."""

    @wraps(view)
    def opened(request: HttpRequest, **parts: Any) -> HttpResponse:
        receipt = _receipt(request)
        if receipt is None:
            return redirect("register:receipt")
        response = view(request, receipt, **parts)
        remember(response, receipt.pk, receipt.code)
        return response

    return opened


def _receipt(request: HttpRequest) -> Receipt | None:
    """The receipt that the pass of the browser was given for."""
    token = request.COOKIES.get(COOKIE, "")
    key = passed(token) if token else None
    if key is None:
        return None
    rows = Receipt.objects.select_related("entry__holder", "entry__region", "entry__body")
    receipt = rows.filter(pk=key).first()
    return receipt if receipt is not None and fits(token, receipt.code) else None


@open_to_everybody
@never_cache
@require_http_methods(["GET", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    """Asks for number and code; shows the entry to who has given them."""
    if request.method == "POST":
        return _sign_in(request)
    known = _receipt(request)
    if known is None:
        return render(request, "register/outside/receipt.html")
    if bring_up_to_date(entry=known.entry, at=timezone.now()):
        known = Receipt.objects.select_related("entry__holder", "entry__region").get(pk=known.pk)
    response = render(request, "register/outside/followed.html", _followed(known))
    remember(response, known.pk, known.code)
    return response


def _sign_in(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    number, code = request.POST.get("number", ""), request.POST.get("code", "")
    try:
        count_try(measure=OPENING, who=address_of(request), at=at)
        found = open_receipt(number=number, code=code, at=at)
    except LuoshiError as error:
        context = {"error": error, "number": number[:30]}
        status = 429 if isinstance(error, TooManyTries) else 422
        return render(request, "register/outside/receipt.html", context, status=status)
    response = redirect("register:receipt")
    remember(response, found.pk, found.code)
    return response


@open_to_everybody
@never_cache
@require_POST
def again(request: HttpRequest) -> HttpResponse:
    """The receipt once more, with the code that the page brought along, as the person prefers to read it."""
    at, code = timezone.now(), request.POST.get("code", "")
    try:
        count_try(measure=OPENING, who=address_of(request), at=at)
        found = open_receipt(number=request.POST.get("number", ""), code=code, at=at)
    except LuoshiError:
        return redirect("register:receipt")
    said = {"language": settings.LANGUAGE_COOKIE_NAME, "text": TEXT_COOKIE}
    request.COOKIES |= {name: request.POST[key] for key, name in said.items() if key in request.POST}
    with override(chosen_language(request) or language()):
        request.LANGUAGE_CODE = get_language() or settings.LANGUAGE_CODE
        response = show_filed(request, declared_of(found.entry), Filed(found, tidy(code)))
    keep_preferences(request, response)
    return response


def _followed(found: Receipt) -> dict[str, Any]:
    mechanism, today = declared_of(found.entry), timezone.localdate()
    return {
        "receipt": found,
        "entry": found.entry,
        "mechanism": mechanism,
        "found": followed(mechanism, found.entry, today, language()),
        "corrections": found.entry.corrections.all(),
        "today": today,
    }


@open_to_everybody
@never_cache
@require_safe
@_with_receipt
def paper(request: HttpRequest, found: Receipt) -> HttpResponse:
    """The receipt on paper, with where the entry stands; the code is not known any more."""
    return render(request, "register/outside/paper.html", _followed(found))


@open_to_everybody
@never_cache
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Forget the pass: the machine may be somebody else's."""
    response = redirect("register:receipt")
    response.delete_cookie(COOKIE, path="/receipt/", samesite="Strict")
    return response


@open_to_everybody
@never_cache
@require_http_methods(["GET", "POST"])
@_with_receipt
def act(request: HttpRequest, found: Receipt, transition: str) -> HttpResponse:
    """A step that the declaration leaves to who filed: supply, withdraw, object, rate."""
    mechanism, at = declared_of(found.entry), timezone.now()
    step = mechanism.register.transition.get(transition)
    if step is None or step not in actions(mechanism, found.entry, timezone.localdate(at)):
        raise Http404
    step = replace(step, asks=asked_outside(mechanism, step))
    fields = [mechanism.register.field[key] for key in step.asks]
    if request.method != "POST":
        return _asked(request, found, mechanism, step, {})
    values = typed(fields, request.POST)
    if request.POST.get("action") == "show":
        return _asked(request, found, mechanism, step, values)
    said = request.POST.get("seen", "")
    try:
        count_try(measure=FILING, who=address_of(request), at=at)
        keep_uploads(request, mechanism, step, found.entry.region_id, values, at)
        taken = take_step(
            entry=found.entry,
            transition=step.key,
            given=given(values, mechanism.register.field, found.entry.values),
            seen=int(said) if said.isascii() and said.isdigit() and len(said) < 9 else 0,
            actor=Actor.OUTSIDE,
            by=None,
            at=at,
            reason=request.POST.get("reason", ""),
        )
    except LuoshiError as error:
        return _asked(request, found, mechanism, step, values, error)
    state = mechanism.register.state[taken.state]
    words = {
        "step": step.label.said(language()),
        "state": (state.outside or state.label).said(language()),
    }
    messages.success(request, _("“%(step)s”已提交，现在的状态是“%(state)s”。") % words)
    return redirect("register:receipt")


def _asked(
    request: HttpRequest,
    found: Receipt,
    mechanism: Mechanism,
    step: Transition,
    values: dict[str, Any],
    error: LuoshiError | None = None,
) -> HttpResponse:
    holder, sent = found.entry.holder, error is not None
    asking = Asking(mechanism, step, found.entry, holder, values, language(), user=request.user, sent=sent)
    context = {
        "receipt": found,
        "entry": found.entry,
        "mechanism": mechanism,
        "step": step,
        "groups": asking.groups(),
        "error": error,
        "reason": request.POST.get("reason", ""),
        "seen": found.entry.revision,
    }
    if request.headers.get("HX-Request"):
        return render(request, "register/partials/asked.html", context)
    return render(request, "register/outside/act.html", context, status=200 if error is None else 422)


@open_to_everybody
@never_cache
@require_http_methods(["GET", "POST"])
@_with_receipt
def mine(request: HttpRequest, found: Receipt) -> HttpResponse:
    """What is kept of what the person gave, who looked at it, and how to have it put right."""
    at, error, words = timezone.now(), None, request.POST.get("words", "")
    if request.method == "POST":
        try:
            count_try(measure=FILING, who=address_of(request), at=at)
            ask_correction(receipt=found, words=words, at=at)
        except LuoshiError as refusal:
            error = refusal
        else:
            messages.success(request, _("更正请求已送办理单位，答复会显示在回执页面。"))
            return redirect("register:receipt")
    kept = export_own(receipt=found, language=language(), at=at)
    context = {
        **_followed(found),
        "kept": kept,
        "looks": looks(found.entry),
        "error": error,
        "words": words,
        "least": LEAST_WORDS,
    }
    return render(request, "register/outside/mine.html", context, status=200 if error is None else 422)


@open_to_everybody
@never_cache
@require_safe
@_with_receipt
def copy(request: HttpRequest, found: Receipt) -> HttpResponse:
    """What is kept of what the person gave, as JSON to take away."""
    kept = export_own(receipt=found, language=language(), at=timezone.now())
    values = {one.field.key: found.entry.values.get(one.field.key) for one in kept if not one.files}
    files = {one.field.key: [file.name for file in one.files] for one in kept if one.files}
    mechanism = declared_of(found.entry)
    content = {
        "receipt": found.number,
        "mechanism": mechanism.key,
        "number": found.entry.number,
        "state": found.entry.state,
        "began": found.entry.began.isoformat(),
        "labels": {one.field.key: one.field.label.said(language()) for one in kept},
        "values": values,
        "files": files,
        "looks": [
            {"on": look.on.isoformat(), "body": look.body, "purpose": look.purpose}
            for look in looks(found.entry)
        ],
    }
    response = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = f'attachment; filename="{mechanism.key}-{found.number}.json"'
    return response
