"""Tokens: made and shown once, recognised by their hash, counted, revoked."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F

from luoshi.apps.api import refusals
from luoshi.apps.api.models import Token
from luoshi.apps.api.queries.tokens import scopes_for, valid_tokens
from luoshi.apps.audit.operations import record
from luoshi.apps.organization.operations.roles import EVERYWHERE

PREFIX = "luoshi_"
LONGEST_DAYS = 366
MOST = 20
# Calls are counted by the minute; the time of the last one is kept along with the count.
WINDOW_SECONDS = 60


@transaction.atomic
def make_token(*, user: User, name: str, scope: str, days: int, by: User, at: datetime) -> tuple[Token, str]:
    """A new token of a person.

    Returns:
        The token, and the text that is shown once and kept nowhere.

    Raises:
        TokenNotForYou: nothing that the person may do is within the scope.
        TokenTooLong: it would live too long, or not at all.
        TooManyTokens: the person has as many as anybody may have.
    """
    if scope not in scopes_for(user):
        raise refusals.TokenNotForYou(scope=scope)
    if not 1 <= days <= LONGEST_DAYS:
        raise refusals.TokenTooLong(days=LONGEST_DAYS)
    User.objects.select_for_update().get(pk=user.pk)
    if valid_tokens(user, at=at).count() >= MOST:
        raise refusals.TooManyTokens(most=MOST)
    text = PREFIX + secrets.token_urlsafe(32)
    made = Token.objects.create(
        user=user,
        name=name,
        scope=scope,
        hash=hash_of(text),
        hint=text[: len(PREFIX) + 5],
        made_at=at,
        expires_at=at + timedelta(days=days),
    )
    record(
        type="api.token.made",
        object=made,
        region=EVERYWHERE,
        by=by,
        at=at,
        name=name,
        scope=scope,
        expires=made.expires_at.isoformat(),
    )
    return made, text


@transaction.atomic
def revoke_token(*, token: Token, by: User, at: datetime) -> None:
    """Let a token open nothing any more. Revoking it again changes nothing."""
    found = Token.objects.select_for_update().get(pk=token.pk)
    if found.revoked_at is not None:
        return
    found.revoked_at = at
    found.save(update_fields=["revoked_at"])
    record(type="api.token.revoked", object=found, region=EVERYWHERE, by=by, at=at, name=found.name)


def hash_of(text: str) -> str:
    """What is kept of a token. It holds 256 random bits, so no slow hash is needed.

    Example:
        >>> hash_of("luoshi_x") == hash_of("luoshi_x"), len(hash_of("luoshi_x"))
        (True, 64)
    """
    return hashlib.sha256(text.encode()).hexdigest()


def count_call(*, token: Token, at: datetime) -> int:
    """Count a call in the running minute and keep when it was.

    Returns:
        How many calls are left in it.

    Raises:
        TooManyCalls: none were.
    """
    window, second = divmod(int(at.timestamp()), WINDOW_SECONDS)
    most = settings.LUOSHI_API_CALLS
    mine = Token.objects.filter(pk=token.pk)
    if mine.filter(window=window, used__gte=most).exists():
        raise refusals.TooManyCalls(most=most, seconds=WINDOW_SECONDS - second)
    if not mine.filter(window=window).update(used=F("used") + 1, used_at=at):
        mine.update(window=window, used=1, used_at=at)
    used = mine.values_list("used", flat=True).get()
    return max(0, int(most - used))
