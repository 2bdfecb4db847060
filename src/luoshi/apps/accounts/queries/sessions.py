"""Where a person is signed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session

from luoshi.apps.accounts.visitors import device


@dataclass(frozen=True, slots=True)
class Place:
    """A session as a person recognises it."""

    pk: int
    device: str
    address: str
    begun: datetime
    seen: datetime
    here: bool


def places(user: User, *, here: str = "", at: datetime) -> Sequence[Place]:
    """The sessions of `user` that still last, the latest first.

    Args:
        here: the key of the session that asks.
        at: when it is asked.
    """
    kept = UserSession.objects.filter(user=user, last_seen_at__gt=at - settings.LUOSHI_IDLE)
    alive = Session.objects.filter(expire_date__gt=at).values("session_key")
    return [
        Place(
            pk=one.pk,
            device=device(one.user_agent),
            address=one.ip,
            begun=one.created_at,
            seen=one.last_seen_at,
            here=one.session_key == here,
        )
        for one in kept.filter(session_key__in=alive).order_by("-last_seen_at", "-pk")
    ]
