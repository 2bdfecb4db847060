"""Refusals as RFC 9457 problems: what, where and what to do, in both languages."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import Field

from luoshi.apps.alignment.operations.refusals import SettledMeanwhile
from luoshi.apps.api import refusals
from luoshi.apps.binding.operations import refusals as binding
from luoshi.apps.bulletin.operations.refusals import BulletinMovedOn
from luoshi.apps.organization.operations.refusals import BodyChangedMeanwhile
from luoshi.apps.plan.operations.refusals import EditedMeanwhile
from luoshi.apps.plan.queries.wording import language
from luoshi.apps.register.operations.outside_refusals import CorrectionTooShort, PurposeTooShort
from luoshi.apps.register.operations.refusals import (
    BodyUnknown,
    EntryChanged,
    FileUnknown,
    LinkUnknown,
    NotForBody,
)
from luoshi.apps.running import request_id
from luoshi.apps.supervision.operations.refusals import OrderMovedOn
from luoshi.apps.work.operations.refusals import TermsChangedMeanwhile
from luoshi.core.calendar.periods import UnknownPeriod
from luoshi.core.document.errors import DocumentError
from luoshi.core.draw.errors import UnfitText
from luoshi.core.errors import LuoshiError
from luoshi.core.register.refusals import (
    FourEyes,
    ReasonMissing,
    Recused,
    StepNotYours,
    ValueNotAsked,
    ValuesMissing,
)
from luoshi.core.register.values import ValueUnusable
from luoshi.core.work.states import StepNeedsMore, StepNotForRole, VersionMovedOn

log = logging.getLogger("luoshi.api")
MEDIA = "application/problem+json"
# Somebody else changed the thing since it was read; the answer holds what it is now.
STALE = (
    BodyChangedMeanwhile,
    BulletinMovedOn,
    EditedMeanwhile,
    EntryChanged,
    OrderMovedOn,
    SettledMeanwhile,
    TermsChangedMeanwhile,
    VersionMovedOn,
    binding.SettledMeanwhile,
)
# What was sent does not fit the fields of a register or of a step.
UNFIT = (
    BodyUnknown,
    CorrectionTooShort,
    FileUnknown,
    LinkUnknown,
    NotForBody,
    PurposeTooShort,
    ReasonMissing,
    UnfitText,
    UnknownPeriod,
    ValueNotAsked,
    ValuesMissing,
    ValueUnusable,
    binding.NoLongerDeclared,
    binding.NoSuchRhythm,
)
# The status of refusals; what is not named here stands against the state of things: 409.
STATUS: dict[type[LuoshiError], int] = {
    **dict.fromkeys(STALE, 412),
    **dict.fromkeys(UNFIT, 422),
    **dict.fromkeys((FourEyes, Recused, StepNotYours), 403),
    refusals.TokenMissing: 401,
    refusals.TokenTooNarrow: 403,
    refusals.NotAllowed: 403,
    StepNotForRole: 403,
    refusals.NotThere: 404,
    refusals.MethodWrong: 405,
    refusals.BodyTooLarge: 413,
    refusals.BodyUnreadable: 400,
    refusals.BodyWrong: 422,
    refusals.FilterUnknown: 422,
    refusals.KeyReused: 422,
    refusals.KeyUnusable: 400,
    refusals.VersionUnreadable: 400,
    refusals.VersionMissing: 428,
    refusals.TooManyCalls: 429,
    refusals.ServerFault: 500,
    refusals.DatabaseAway: 503,
    StepNeedsMore: 422,
    DocumentError: 422,
}
MOST_ERRORS = 50


class FieldProblem(Schema):
    """One place of what was sent that does not fit."""

    where: str
    what: str


class Problem(Schema):
    """Why a call was refused, and what to do."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    messages: dict[str, str]
    instance: str
    request_id: str
    errors: list[FieldProblem] = Field(default_factory=list)
    present: dict[str, Any] | None = None


def status_of(error: LuoshiError) -> int:
    """The status with which a refusal is answered.

    Example:
        >>> status_of(refusals.VersionMissing()), status_of(LuoshiError())
        (428, 409)
    """
    return next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 409)


@contextmanager
def showing(present: Callable[[], Schema]) -> Iterator[None]:
    """When somebody was faster, put what the thing is now into the refusal."""
    try:
        yield
    except STALE as error:
        setattr(error, "present", present().model_dump(mode="json"))  # noqa: B010 (told by `problem` alone)
        raise


def problem(
    request: HttpRequest, error: LuoshiError, *, errors: list[FieldProblem] | None = None
) -> HttpResponse:
    """The answer to a refused call."""
    status = status_of(error)
    told = {
        "type": f"urn:luoshi:problem:{error.code}",
        "title": (type(error).__doc__ or "").strip().splitlines()[0] if type(error).__doc__ else error.code,
        "status": status,
        "detail": error.message(language()),
        "code": error.code,
        "messages": error.messages(),
        "instance": request.path,
        "request_id": request_id.current(),
        "errors": [one.model_dump() for one in errors or []],
        "present": getattr(error, "present", None),
    }
    content = json.dumps(told, ensure_ascii=False, default=str).encode("utf-8", "replace")
    response = HttpResponse(content, status=status, content_type=MEDIA)
    if status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="luoshi"'
    if isinstance(error, refusals.TooManyCalls):
        response["Retry-After"] = str(error.details["seconds"])
    if status == 503:
        response["Retry-After"] = "30"
    return response


def answer(request: HttpRequest, error: Exception) -> HttpResponse:
    """Any error as a problem; a fault of ours goes into the log."""
    if isinstance(error, LuoshiError):
        return problem(request, error)
    if isinstance(error, ValidationError):
        return _wrong(request, error)
    for kinds, refusal in _KNOWN:
        if isinstance(error, kinds):
            return problem(request, refusal())
    log.exception("an API call failed", exc_info=error)
    return problem(request, refusals.ServerFault())


_KNOWN: tuple[tuple[tuple[type[Exception], ...], type[LuoshiError]], ...] = (
    ((AuthenticationError,), refusals.TokenMissing),
    ((PermissionDenied,), refusals.NotAllowed),
    ((Http404,), refusals.NotThere),
    ((RequestDataTooBig,), refusals.BodyTooLarge),
    ((HttpError, BadRequest, SuspiciousOperation, UnicodeDecodeError), refusals.BodyUnreadable),
    ((OperationalError, InterfaceError), refusals.DatabaseAway),
)


def _wrong(request: HttpRequest, error: ValidationError) -> HttpResponse:
    places = [
        FieldProblem(where=".".join(str(part) for part in one["loc"]), what=str(one["msg"]))
        for one in error.errors[:MOST_ERRORS]
    ]
    first = places[0].where if places else ""
    return problem(request, refusals.BodyWrong(n=len(error.errors), where=first), errors=places)


def _answer(request: HttpRequest, error: Any) -> HttpResponse:
    return answer(request, error)


def handle_all(api: NinjaAPI) -> None:
    """Let `api` answer every error as a problem."""
    for kind in (Exception, LuoshiError, ValidationError, AuthenticationError, HttpError, Http404):
        api.add_exception_handler(kind, _answer)
