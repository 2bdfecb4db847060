"""Accounts are made, corrected, disabled and enabled again. None is ever deleted: the log names them."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from luoshi.apps.accounts.models import Account
from luoshi.apps.accounts.operations import refusals
from luoshi.apps.accounts.operations.passwords import give_temporary_password
from luoshi.apps.accounts.operations.sessions import drop_sessions
from luoshi.apps.audit.operations import record
from luoshi.apps.organization.models import Administrator, Body
from luoshi.apps.organization.operations.refusals import NotForOneself
from luoshi.apps.organization.operations.roles import EVERYWHERE, refuse_last

LONGEST_NAME = 30
# Names that can be read out and typed on any keyboard. Samples: "wang.min", "office-01".
USER_NAME = re.compile(r"[a-z][a-z0-9.-]{1,29}")


@transaction.atomic
def create_account(
    *, username: str, name: str, body: Body | None = None, by: User | None, at: datetime
) -> tuple[User, str]:
    """A new account, without any right.

    Args:
        username: to sign in with.
        name: the person's.
        body: where the person works.
        by: None when the installation itself does it.

    Returns:
        The user, and the temporary password, which is kept nowhere else.

    Raises:
        UserNameTaken, UserNameUnusable, PersonNameMissing.
    """
    username, name = username.strip(), _checked_name(name)
    if not USER_NAME.fullmatch(username):
        raise refusals.UserNameUnusable(name=username)
    if User.objects.filter(username__iexact=username).exists():
        raise refusals.UserNameTaken(name=username)
    user = User(username=username, first_name=name)
    user.set_unusable_password()
    user.save()
    Account.objects.create(user=user, body=body, created_at=at)
    password = give_temporary_password(user, at=at)
    where: dict[str, Any] = {"body": body.name} if body else {}
    record(
        type="accounts.account.created",
        object=user,
        region=EVERYWHERE,
        by=by,
        at=at,
        user=username,
        name=name,
        **where,
    )
    return user, password


@transaction.atomic
def change_account(*, user: User, name: str, body: Body | None, by: User, at: datetime) -> None:
    """Correct a person's name and where they work.

    Raises:
        PersonNameMissing.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    account, _made = Account.objects.get_or_create(user=user, defaults={"created_at": user.date_joined})
    before = {"name": user.first_name, "body": account.body.name if account.body else ""}
    user.first_name = _checked_name(name)
    user.save(update_fields=["first_name"])
    account.body = body
    account.save(update_fields=["body"])
    after = {"name": user.first_name, "body": body.name if body else ""}
    if after != before:
        record(
            type="accounts.account.changed",
            object=user,
            region=EVERYWHERE,
            by=by,
            at=at,
            user=user.get_username(),
            before=before,
            after=after,
        )


@transaction.atomic
def disable(*, user: User, by: User, at: datetime) -> None:
    """Let a person sign in no more, and end their sessions at once.

    Raises:
        NotForOneself: it is the account of `by`.
        LastAdministrator: nobody else could do the work.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.pk == by.pk:
        raise NotForOneself(user=user.get_username())
    if not user.is_active:
        return
    administrator = Administrator.objects.filter(user=user).first()
    if administrator is not None:
        refuse_last(administrator)
    user.is_active = False
    user.save(update_fields=["is_active"])
    ended = drop_sessions(user)
    record(
        type="accounts.account.disabled",
        object=user,
        region=EVERYWHERE,
        by=by,
        at=at,
        user=user.get_username(),
        sessions=ended,
    )


@transaction.atomic
def enable(*, user: User, by: User, at: datetime) -> None:
    """Let a person sign in again, with the rights they had."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.is_active:
        return
    user.is_active = True
    user.save(update_fields=["is_active"])
    record(
        type="accounts.account.enabled",
        object=user,
        region=EVERYWHERE,
        by=by,
        at=at,
        user=user.get_username(),
    )


def _checked_name(name: str) -> str:
    name = name.strip()
    if not 1 <= len(name) <= LONGEST_NAME:
        raise refusals.PersonNameMissing(limit=LONGEST_NAME)
    return name
