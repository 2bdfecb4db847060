"""What is told from elsewhere: by libraries that a session has begun or a second factor came or went, by the
interface that a person has chosen a language."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from luoshi.apps.accounts.middleware import begin
from luoshi.apps.accounts.operations.language import keep_language
from luoshi.apps.accounts.operations.second_factor import (
    note_added,
    note_removed,
    note_renewed,
    note_wrong_code,
)
from luoshi.apps.accounts.visitors import address_of
from luoshi.apps.interface.preferences import also_keep, chosen_language


def keep_chosen(request: HttpRequest, language: str) -> None:
    """What the browser of a signed-in person says is what letters to this person are written in."""
    _keep(request.user, language)


def _keep(user: object, language: str) -> None:
    if isinstance(user, User):
        keep_language(user=user, language=language, by=user, at=timezone.now())


also_keep(keep_chosen)


@receiver(user_logged_in, dispatch_uid="luoshi_session_begins")
def session_begins(sender: object, request: HttpRequest | None, user: Any, **_rest: Any) -> None:
    """Every way of signing in ends here, so no session is without a clock."""
    if request is not None:
        begin(request, at=timezone.now())
        _keep(user, chosen_language(request))


@receiver(authenticator_added, dispatch_uid="luoshi_second_factor_added")
def second_factor_added(sender: object, user: Any, authenticator: Authenticator, **_rest: Any) -> None:
    """Recovery codes come along with it and are not told of by themselves."""
    if authenticator.type == Authenticator.Type.TOTP:
        note_added(user=user, at=timezone.now())


@receiver(authenticator_removed, dispatch_uid="luoshi_second_factor_removed")
def second_factor_removed(sender: object, user: Any, authenticator: Authenticator, **_rest: Any) -> None:
    """As above."""
    if authenticator.type == Authenticator.Type.TOTP:
        note_removed(user=user, at=timezone.now())


@receiver(authenticator_reset, dispatch_uid="luoshi_recovery_codes_renewed")
def recovery_codes_renewed(sender: object, user: Any, **_rest: Any) -> None:
    """The old codes are of no use any more."""
    note_renewed(user=user, at=timezone.now())


@receiver(authentication_failed, dispatch_uid="luoshi_wrong_code")
def wrong_code(sender: object, request: HttpRequest, user: Any, **_rest: Any) -> None:
    """The password was right, the code was not."""
    note_wrong_code(user=user, address=address_of(request), at=timezone.now())
