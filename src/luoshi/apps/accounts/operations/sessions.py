"""Sessions begin, are left and ended; accounts are locked and unlocked. All of it stands in the log."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction

from luoshi.apps.accounts.models import Account
from luoshi.apps.audit.operations import record
from luoshi.apps.organization.operations.roles import EVERYWHERE


def password_is_due(user: User) -> bool:
    """Whether `user` has to choose a password of their own before anything else."""
    return Account.objects.filter(user=user, password_due=True).exists()


@transaction.atomic
def note_sign_in(*, user: User, way: str, address: str, at: datetime) -> None:
    """Write down that a person has signed in.

    Args:
        way: `password`, `provider` or `demo`.
    """
    record(
        type="accounts.session.begun",
        object=user,
        region=EVERYWHERE,
        by=user,
        at=at,
        user=user.get_username(),
        way=way,
        address=address,
    )


@transaction.atomic
def note_refused(*, username: str, address: str, failures: int, limit: int, at: datetime) -> None:
    """Write down that somebody did not get in, and when that locks the account.

    What was typed is kept only when it is the name of an account: people type passwords there by mistake.

    Args:
        failures: how often in a row, this time included; 0 when the account was locked already.
        limit: the number that locks it.
    """
    user = User.objects.filter(username=username).first()
    known: dict[str, Any] = {"user": username} if user else {}
    record(
        type="accounts.session.refused",
        object=user or User(),
        region=EVERYWHERE,
        by=None,
        at=at,
        address=address,
        failures=failures,
        **known,
    )
    if failures >= limit and user is not None:
        record(
            type="accounts.account.locked",
            object=user,
            region=EVERYWHERE,
            by=None,
            at=at,
            address=address,
            **known,
        )


@transaction.atomic
def note_sign_out(*, user: User, at: datetime, reason: str = "") -> None:
    """Write down that a person has left, or that their time was up.

    Args:
        reason: `idle`, `long`, or empty when they left by themselves.
    """
    why: dict[str, Any] = {"reason": reason} if reason else {}
    record(
        type="accounts.session.left",
        object=user,
        region=EVERYWHERE,
        by=user,
        at=at,
        user=user.get_username(),
        **why,
    )


@transaction.atomic
def end_session(*, session: UserSession, by: User, at: datetime) -> None:
    """End one session, at once."""
    _forget([session])
    _tell(session.user, 1, by, at)


@transaction.atomic
def end_sessions(*, user: User, but: str = "", by: User, at: datetime) -> int:
    """End every session of a person.

    Args:
        but: the key of one that goes on.

    Returns:
        How many were ended.
    """
    ended = _forget(UserSession.objects.filter(user=user).exclude(session_key=but))
    if ended:
        _tell(user, ended, by, at)
    return ended


def drop_sessions(user: User) -> int:
    """End every session of `user`, as part of another operation, which tells of it."""
    return _forget(UserSession.objects.filter(user=user))


def _forget(sessions: Iterable[UserSession]) -> int:
    ended = 0
    for session in list(sessions):
        SessionStore(session.session_key).delete()
        session.delete()
        ended += 1
    return ended


def _tell(user: User, ended: int, by: User, at: datetime) -> None:
    record(
        type="accounts.session.ended",
        object=user,
        region=EVERYWHERE,
        by=by,
        at=at,
        user=user.get_username(),
        sessions=ended,
    )


@transaction.atomic
def unlock(*, user: User, by: User, at: datetime) -> bool:
    """Let a person try again before the lock ends by itself; whether there was anything to unlock."""
    removed, _rows = AccessAttempt.objects.filter(username=user.get_username()).delete()
    if removed:
        record(
            type="accounts.account.unlocked",
            object=user,
            region=EVERYWHERE,
            by=by,
            at=at,
            user=user.get_username(),
        )
    return bool(removed)
