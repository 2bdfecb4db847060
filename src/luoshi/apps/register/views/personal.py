"""Personal data of an entry for who needs it, requests to put it right, and what a mechanism does with it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.apps.organization.access import person, requires
from luoshi.apps.plan.queries.wording import language
from luoshi.apps.register.models import Receipt
from luoshi.apps.register.operations.correcting import LEAST_WORDS, answer_correction
from luoshi.apps.register.operations.revealing import LEAST_PURPOSE, reveal
from luoshi.apps.register.queries.personal import personal_fields, revealable
from luoshi.apps.register.queries.privacy import assessed
from luoshi.apps.register.views.opened import declared_of, entry_of, mechanism_of
from luoshi.core.errors import LuoshiError


@requires("register.reveal")
@never_cache
@require_http_methods(["GET", "POST"])
def shown(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """What is personal in an entry: asked for with a purpose, shown once."""
    found, user = entry_of(request, key, number, "register.reveal"), person(request)
    mechanism, error, values = declared_of(found), None, None
    purpose = request.POST.get("purpose", "")
    if request.method == "POST":
        try:
            values = reveal(entry=found, purpose=purpose, language=language(), by=user, at=timezone.now())
        except LuoshiError as refusal:
            error = refusal
    fields = revealable(mechanism, found, user)
    context = {
        "section": "registers",
        "mechanism": mechanism,
        "entry": found,
        "fields": fields,
        "kept_back": any(
            one.key in found.values and one not in fields and one.sensitive
            for one in personal_fields(mechanism.register)
        ),
        "values": values,
        "purpose": purpose,
        "error": error,
        "receipt": Receipt.objects.filter(entry=found).exists(),
        "least": LEAST_PURPOSE,
        "least_words": LEAST_WORDS,
        "corrections": found.corrections.select_related("answered_by"),
    }
    return render(request, "register/personal.html", context, status=200 if error is None else 422)


@requires("register.reveal")
@require_POST
def answer(request: HttpRequest, key: str, number: int, correction: int) -> HttpResponse:
    """Answer a request to put something right."""
    found = entry_of(request, key, number, "register.reveal")
    wanted = get_object_or_404(found.corrections, pk=correction)
    try:
        answer_correction(
            correction=wanted,
            made=request.POST.get("made") == "yes",
            answer=request.POST.get("answer", ""),
            by=person(request),
            at=timezone.now(),
        )
    except LuoshiError as error:
        messages.error(request, error.message(language()))
    else:
        messages.success(request, _("答复已记录，本人凭回执可以看到。"))
    return redirect("register:reveal", found.mechanism, found.pk)


@requires("register.administer")
@require_safe
def privacy(request: HttpRequest, key: str) -> HttpResponse:
    """The impact assessment of a mechanism, made from its declaration."""
    mechanism = mechanism_of(key)
    context = {
        "section": "registers",
        "mechanism": mechanism,
        "sheet": assessed(person(request), mechanism, timezone.localdate()),
        "today": timezone.localdate(),
    }
    return render(request, "register/privacy.html", context)
