"""Around every call: the token, its count, and the answer that is given again for the same key."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from functools import wraps

from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt

from luoshi.apps.api import problems, refusals
from luoshi.apps.api.models import Answer, Token
from luoshi.apps.api.operations.tokens import count_call, hash_of
from luoshi.apps.api.queries.tokens import opened_by
from luoshi.apps.organization.access import open_to_everybody

Call = Callable[..., HttpResponseBase]
KEY, AGAIN = "Idempotency-Key", "Idempotency-Replayed"
# Headers of an answer that are given again with it.
KEPT = ("Content-Type", "ETag", "Location")

# What may stand for a call: visible characters without blanks. `0b6f-41`.
_KEY = re.compile(r"[\x21-\x7e]{1,100}")


def by_token(view: Call) -> Call:
    """Open `view` to whoever has a token, and to nobody by the session of a browser."""

    @open_to_everybody
    @csrf_exempt
    @wraps(view)
    def called(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        left: int | None = None
        try:
            token = _token(request)
            if token is not None:
                left = count_call(token=token, at=timezone.now())
            response = _answered(request, token, view, *args, **kwargs)
        except Exception as error:  # every error has to come back as a problem
            response = problems.answer(request, error)
        if response.status_code == 405 and response.get("Content-Type") != problems.MEDIA:
            allowed = response.get("Allow", "")
            response = problems.problem(request, refusals.MethodWrong(method=request.method))
            response["Allow"] = allowed
        if left is not None:
            response["RateLimit-Remaining"] = str(left)
        add_never_cache_headers(response)
        return response

    return called


def _token(request: HttpRequest) -> Token | None:
    """The token that came along. Who is signed in in a browser does not count.

    Raises:
        TokenMissing: it is no good.
    """
    request.user = AnonymousUser()
    scheme, _blank, text = request.headers.get("Authorization", "").partition(" ")
    if not text:
        return None
    found = opened_by(hash_of(text.strip()), at=timezone.now()) if scheme.lower() == "bearer" else None
    if found is None:
        raise refusals.TokenMissing()
    request.user = found.user
    request.luoshi_token = found  # type: ignore[attr-defined]
    return found


def _answered(
    request: HttpRequest, token: Token | None, view: Call, *args: object, **kwargs: object
) -> HttpResponseBase:
    key = request.headers.get(KEY)
    if key is None or token is None or request.method == "GET":
        return view(request, *args, **kwargs)
    if not _KEY.fullmatch(key):
        raise refusals.KeyUnusable()
    try:
        with transaction.atomic():
            response = _once(request, token, key, lambda: view(request, *args, **kwargs))
    except IntegrityError:
        # The same call came at the same moment, and was answered first.
        given = _given(request, token, key)
        if given is None:
            raise
        return given
    if response.status_code >= 400:
        getattr(request, "luoshi_afterwards", lambda: None)()
    return response


def _once(
    request: HttpRequest, token: Token, key: str, call: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """The answer that was given to the same call, or else a new one; only success is kept.

    Raises:
        KeyReused: the key stood for another call.
    """
    given = _given(request, token, key)
    if given is not None:
        return given
    kept = Answer.objects.create(token=token, key=key, request=_fingerprint(request), at=timezone.now())
    response = call()
    if response.status_code >= 400 or not isinstance(response, HttpResponse):
        transaction.set_rollback(True)
        return response
    kept.status, kept.content = response.status_code, _keepable(request, response.content)
    kept.headers = {name: response[name] for name in KEPT if response.has_header(name)}
    kept.save(update_fields=["status", "content", "headers"])
    return response


def _keepable(request: HttpRequest, content: bytes) -> bytes:
    """What is kept of an answer: all of it but the secrets that it shows once."""
    secrets: tuple[str, ...] = getattr(request, "luoshi_secrets", ())
    if not secrets:
        return content
    told = {**json.loads(content), **dict.fromkeys(secrets)}
    return json.dumps(told, ensure_ascii=False).encode()


def _given(request: HttpRequest, token: Token, key: str) -> HttpResponse | None:
    found = Answer.objects.filter(token=token, key=key).first()
    if found is None:
        return None
    if found.request != _fingerprint(request):
        raise refusals.KeyReused(key=key)
    response = HttpResponse(bytes(found.content), status=found.status, headers=found.headers)
    response[AGAIN] = "true"
    return response


def _fingerprint(request: HttpRequest) -> str:
    """What makes a call the same one: method, address, version and content."""
    seen = request.headers.get("If-Match", "")
    told = f"{request.method} {request.get_full_path()} {seen}\n".encode()
    return hashlib.sha256(told + _content(request)).hexdigest()


def _content(request: HttpRequest) -> bytes:
    """What was sent. The parts of a form are named without its boundary, which differs each time."""
    if request.content_type != "multipart/form-data":
        return request.body
    fields = repr(sorted((name, request.POST.getlist(name)) for name in request.POST)).encode()
    files = []
    for name in sorted(request.FILES):
        for file in request.FILES.getlist(name):
            files.append(f"{name} {file.name} {hashlib.sha256(file.read()).hexdigest()}".encode())
            file.seek(0)
    return b"\n".join([fields, *files])
