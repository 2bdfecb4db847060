"""Filing from outside: what can be filed, the form, and the receipt. No account, no script, no session."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.apps.accounts.visitors import address_of
from luoshi.apps.organization.access import open_to_everybody
from luoshi.apps.organization.models import Body
from luoshi.apps.plan.queries.wording import language
from luoshi.apps.register.forms.asking import Asking
from luoshi.apps.register.forms.inputs import given, typed
from luoshi.apps.register.operations import outside_refusals as refusals
from luoshi.apps.register.operations.filing import Filed, file
from luoshi.apps.register.operations.keeping_files import keep_file
from luoshi.apps.register.operations.limiting import FILING, count_try
from luoshi.apps.register.outside import PASS_SECONDS, Question, ask, asked, is_right, pass_for
from luoshi.apps.register.queries.intake import asked_outside, open_mechanisms, takers, told_limits
from luoshi.apps.register.queries.personal import personal_fields
from luoshi.core.errors import LuoshiError
from luoshi.core.mechanism.declaration import Mechanism
from luoshi.core.register.procedure import Transition

COOKIE = "luoshi_receipt"
MOST_FILES, MEGABYTE = 10, 1024 * 1024


@open_to_everybody
@never_cache
@require_safe
def filing(request: HttpRequest) -> HttpResponse:
    """What can be filed here, how long it takes, and by which article."""
    found = [(one, told_limits(one)) for one in open_mechanisms(timezone.localdate())]
    return render(request, "register/outside/start.html", {"mechanisms": found})


@open_to_everybody
@never_cache
@require_http_methods(["GET", "POST"])
def form(request: HttpRequest, key: str) -> HttpResponse:
    """The form of one mechanism. What is sent is taken once; the code is shown once."""
    mechanism = _open(key)
    bodies, at = takers(mechanism), timezone.now()
    step = _asking(mechanism)
    fields = [mechanism.register.field[one] for one in step.asks]
    if request.method != "POST":
        return _page(request, mechanism, step, bodies, {})
    values = typed(fields, request.POST)
    if request.POST.get("action") == "show":
        return _page(request, mechanism, step, bodies, values)
    try:
        filed = _file(request, mechanism, step, bodies, values, at)
    except LuoshiError as error:
        return _page(request, mechanism, step, bodies, values, error)
    return show_filed(request, mechanism, filed)


def show_filed(request: HttpRequest, mechanism: Mechanism, filed: Filed) -> HttpResponse:
    """The receipt with its code; a change of language or size of text takes the code along."""
    carried = {"number": filed.receipt.number, "code": filed.code}
    context = {
        "mechanism": mechanism,
        "filed": filed,
        "limits": told_limits(mechanism),
        "carried": {"address": reverse("register:receipt-again"), "fields": carried},
    }
    response = render(request, "register/outside/filed.html", context)
    remember(response, filed.receipt.pk, filed.receipt.code)
    return response


def _open(key: str) -> Mechanism:
    for one in open_mechanisms(timezone.localdate()):
        if one.key == key:
            return one
    raise Http404


def _asking(mechanism: Mechanism) -> Transition:
    """The first step as it is asked outside: with the declared fields and no others."""
    intake = mechanism.register.intake
    if intake is None:
        raise Http404
    step = mechanism.register.transition[intake.start]
    return replace(step, asks=asked_outside(mechanism, step))


def _file(
    request: HttpRequest,
    mechanism: Mechanism,
    step: Transition,
    bodies: list[Body],
    values: dict[str, Any],
    at: datetime,
) -> Filed:
    """Checks who asks before anything is kept; a question is used up only by what was taken."""
    count_try(measure=FILING, who=address_of(request), at=at)
    question = asked(mechanism.key, request.POST.get("question", ""))
    if question is None:
        raise refusals.QuestionStale
    if not is_right(question, request.POST.get("answer", "")):
        raise refusals.AnswerWrong
    body = _chosen(request, bodies)
    if body is None:
        raise refusals.BodyNotChosen
    if request.POST.get("told") != "yes":
        raise refusals.NoticeUnread
    keep_uploads(request, mechanism, step, body.region_id, values, at)
    usable = given(values, mechanism.register.field)
    return file(mechanism=mechanism, body=body, given=usable, at=at, once=question.token)


def keep_uploads(
    request: HttpRequest,
    mechanism: Mechanism,
    step: Transition,
    region: str,
    values: dict[str, Any],
    at: datetime,
) -> None:
    """Keep what was uploaded with a form; from then on its token stands in the form.

    All of it together is no larger than one file of the work may be.

    Raises:
        TooManyFiles: more than one form may bring.
        LuoshiError: one of them is refused.
    """
    keys = [key for key in step.asks if mechanism.register.field[key].type.holds_files]
    uploads = [upload for key in keys for upload in request.FILES.getlist(f"f.{key}")]
    limit = settings.LUOSHI_EVIDENCE_BYTES
    if len(uploads) > MOST_FILES or sum(upload.size or 0 for upload in uploads) > limit:
        raise refusals.TooManyFiles(most=MOST_FILES, megabytes=f"{limit / MEGABYTE:g}")
    for key in keys:
        for upload in request.FILES.getlist(f"f.{key}"):
            kept = keep_file(
                region=region,
                mechanism=mechanism.key,
                field=key,
                name=upload.name or "",
                content=upload.read(),
                by=None,
                at=at,
            )
            values[key] = [*values.get(key, []), kept.token]


def remember(response: HttpResponse, receipt: int, code: str) -> None:
    """Let the browser come back to a receipt for half an hour."""
    response.set_cookie(
        COOKIE,
        pass_for(receipt, code),
        max_age=PASS_SECONDS,
        path="/receipt/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def _chosen(request: HttpRequest, bodies: list[Body]) -> Body | None:
    if len(bodies) == 1:
        return bodies[0]
    said = request.POST.get("body", "")
    return next((one for one in bodies if str(one.pk) == said), None)


def _question(request: HttpRequest, mechanism: Mechanism, error: LuoshiError | None) -> Question:
    """The question that was answered, while it is still good; else a new one."""
    if isinstance(error, refusals.QuestionStale | refusals.AnswerWrong):
        return ask(mechanism.key)
    found = asked(mechanism.key, request.POST.get("question", ""))
    return found if found is not None else ask(mechanism.key)


def _page(
    request: HttpRequest,
    mechanism: Mechanism,
    step: Transition,
    bodies: list[Body],
    values: dict[str, Any],
    error: LuoshiError | None = None,
) -> HttpResponse:
    body = _chosen(request, bodies)
    asking = Asking(
        mechanism,
        step,
        None,
        body or bodies[0],
        values,
        language(),
        user=request.user,
        sent=error is not None,
    )
    question = _question(request, mechanism, error)
    wrong = isinstance(error, refusals.QuestionStale | refusals.AnswerWrong)
    personal = [one for one in personal_fields(mechanism.register) if one.key in step.asks]
    context = {
        "mechanism": mechanism,
        "step": step,
        "bodies": bodies,
        "body": body,
        "groups": asking.groups(),
        "limits": told_limits(mechanism),
        "personal": personal,
        "sensitive": [one for one in personal if one.sensitive],
        "question": question,
        "answer": "" if wrong else request.POST.get("answer", ""),
        "told": request.POST.get("told") == "yes",
        "error": error,
    }
    if request.headers.get("HX-Request"):
        return render(request, "register/partials/asked.html", context)
    many = isinstance(error, refusals.TooManyTries)
    status = 429 if many else (200 if error is None else 422)
    return render(request, "register/outside/form.html", context, status=status)
