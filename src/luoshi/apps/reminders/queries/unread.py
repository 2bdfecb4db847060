"""Digests that a person has and has not read."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db.models import QuerySet

from luoshi.apps.reminders.models import Digest


def digests_of(user: User) -> QuerySet[Digest]:
    """The digests of a person that say anything, the newest first."""
    return Digest.objects.filter(user=user).exclude(state=Digest.State.NOTHING).order_by("-day")


def unread_of(user: User) -> int:
    """How many of them the person has not opened yet."""
    return digests_of(user).filter(read_at=None).count()
