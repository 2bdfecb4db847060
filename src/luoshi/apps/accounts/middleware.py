"""How long a session lasts, and what comes before everything else in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.apps.accounts.operations.sessions import note_sign_out
from luoshi.apps.organization.access import EVERYBODY

BEGUN, SEEN, DUE = "luoshi_begun", "luoshi_seen", "luoshi_password_due"
# How exactly the last request is remembered: a write a minute is enough for limits of many minutes.
SEEN_SECONDS = 60


def begin(request: HttpRequest, *, at: datetime) -> None:
    """Start the clock of a session."""
    request.session[BEGUN] = request.session[SEEN] = at.timestamp()


def ask_for_password(request: HttpRequest) -> None:
    """Let the person of this session do nothing before they have a password of their own."""
    request.session[DUE] = True


def has_own_password(request: HttpRequest) -> None:
    """The person has chosen one."""
    request.session.pop(DUE, None)


def before_password(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a view as open to a person who still has a temporary password."""
    view.luoshi_before_password = True  # type: ignore[attr-defined]
    return view


class SessionLimitsMiddleware:
    """Ends a session that was left alone too long, or that has lasted too long."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = timezone.now()
            reason = over(request, now)
            if reason:
                note_sign_out(user=request.user, reason=reason, at=now)
                logout(request)
                messages.warning(request, _("您已有一段时间没有操作，或登录时间已满；请重新登录。"))
            elif now.timestamp() - request.session[SEEN] >= SEEN_SECONDS:
                request.session[SEEN] = now.timestamp()
                UserSession.objects.filter(session_key=request.session.session_key).update(last_seen_at=now)
        return self.get_response(request)


def over(request: HttpRequest, now: datetime) -> str:
    """Why the session of `request` is over: `long`, `idle`, or empty as long as it is not.

    A session that nobody can say the beginning of is over as well.
    """
    begun, seen = request.session.get(BEGUN), request.session.get(SEEN)
    if begun is None or seen is None or now.timestamp() - begun >= settings.SESSION_COOKIE_AGE:
        return "long"
    return "idle" if now.timestamp() - seen >= settings.LUOSHI_IDLE.total_seconds() else ""


class PasswordDueMiddleware:
    """Sends a person with a temporary password to the page where they choose their own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not request.session.get(DUE) or not request.user.is_authenticated:
            return None
        open_to_all = getattr(view, "luoshi_permission", None) == EVERYBODY
        if open_to_all or getattr(view, "luoshi_before_password", False):
            return None
        if request.headers.get("HX-Request"):
            raise PermissionDenied
        return redirect("account_change_password")
