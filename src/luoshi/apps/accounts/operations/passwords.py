"""Passwords are changed by their owners, and reset by the security administrator."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from luoshi.apps.accounts.models import Account, FormerPassword
from luoshi.apps.accounts.operations import refusals
from luoshi.apps.accounts.operations.sessions import drop_sessions
from luoshi.apps.accounts.passwords import FORMER_KEPT, temporary_password
from luoshi.apps.audit.operations import record
from luoshi.apps.organization.operations.refusals import NotForOneself
from luoshi.apps.organization.operations.roles import EVERYWHERE
from luoshi.core.errors import Phrase


@transaction.atomic
def change_password(*, user: User, present: str, password: str, by: User, at: datetime) -> None:
    """Give oneself a new password. The other sessions of the person end.

    Args:
        present: the password until now.

    Raises:
        NotForOneself: a password is changed by its owner only; others may reset it.
        PasswordWrong: `present` is not it.
        PasswordUnfit: the new one breaks a rule.
    """
    kept = User.objects.select_for_update().get(pk=user.pk)
    if kept.pk != by.pk:
        raise NotForOneself(user=kept.get_username())
    if not kept.check_password(present):
        raise refusals.PasswordWrong
    try:
        validate_password(password, kept)
    except ValidationError as error:
        said = " ".join(error.messages)
        # The rules speak the language of the page.
        raise refusals.PasswordUnfit(reason=Phrase(said, said)) from None
    _set(kept, password, due=False, at=at)
    drop_sessions(kept)
    # What the caller holds takes part in keeping the present session.
    user.password = kept.password
    record(
        type="accounts.password.changed",
        object=kept,
        region=EVERYWHERE,
        by=by,
        at=at,
        user=kept.get_username(),
    )


@transaction.atomic
def reset_password(*, user: User, by: User, at: datetime) -> str:
    """Give a person a temporary password, to be changed when they sign in; all their sessions end.

    Returns:
        The temporary password, which is kept nowhere else.

    Raises:
        NotForOneself: it is the account of `by`.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.pk == by.pk:
        raise NotForOneself(user=user.get_username())
    password = give_temporary_password(user, at=at)
    drop_sessions(user)
    record(
        type="accounts.password.reset",
        object=user,
        region=EVERYWHERE,
        by=by,
        at=at,
        user=user.get_username(),
    )
    return password


@transaction.atomic
def reset_second_factor(*, user: User, by: User, at: datetime) -> None:
    """Take the second factor and the recovery codes away from a person who has lost them.

    Raises:
        NotForOneself: it is the account of `by`.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.pk == by.pk:
        raise NotForOneself(user=user.get_username())
    removed, _rows = Authenticator.objects.filter(user=user).delete()
    if not removed:
        return
    drop_sessions(user)
    record(
        type="accounts.second_factor.removed",
        object=user,
        region=EVERYWHERE,
        by=by,
        at=at,
        user=user.get_username(),
        reset=True,
    )


def give_temporary_password(user: User, *, at: datetime) -> str:
    """Set a password to be changed at the next sign-in, inside the transaction of the caller."""
    password = temporary_password()
    _set(user, password, due=True, at=at)
    return password


def _set(user: User, password: str, *, due: bool, at: datetime) -> None:
    user.set_password(password)
    user.save(update_fields=["password"])
    account, _made = Account.objects.get_or_create(user=user, defaults={"created_at": user.date_joined})
    account.password_due, account.password_at = due, at
    account.save(update_fields=["password_due", "password_at"])
    FormerPassword.objects.create(user=user, hashed=user.password, at=at)
    kept = FormerPassword.objects.filter(user=user).values_list("pk", flat=True)[:FORMER_KEPT]
    FormerPassword.objects.filter(user=user).exclude(pk__in=list(kept)).delete()
