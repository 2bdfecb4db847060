"""The first three administrators of an installation, made by whoever has its command line."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from luoshi.apps.accounts.operations import refusals
from luoshi.apps.accounts.operations.accounts import create_account
from luoshi.apps.organization.models import Administrator
from luoshi.apps.organization.operations import appoint


@transaction.atomic
def create_administrators(*, system: str, security: str, audit: str, at: datetime) -> dict[str, str]:
    """One administrator of each kind, each with a temporary password.

    Args:
        system, security, audit: user names.

    Returns:
        The temporary passwords by user name; they are kept nowhere else.

    Raises:
        AdministratorsThere: there are some already.
        SameNameTwice: two of the names are the same.
        UserNameTaken, UserNameUnusable.
    """
    if Administrator.objects.exists():
        raise refusals.AdministratorsThere
    check_different(system, security, audit)
    wanted = {
        system: (Administrator.Kind.SYSTEM, _("系统管理员")),
        security: (Administrator.Kind.SECURITY, _("安全管理员")),
        audit: (Administrator.Kind.AUDIT, _("审计管理员")),
    }
    passwords = {}
    for username, (kind, name) in wanted.items():
        user, passwords[username] = create_account(username=username, name=name, by=None, at=at)
        appoint(user=user, kind=kind, by=None, at=at)
    return passwords


def check_different(*usernames: str) -> None:
    """Nobody gets two of these offices; asks no database.

    Raises:
        SameNameTwice: two of the names are the same.
    """
    if len(set(usernames)) != len(usernames):
        raise refusals.SameNameTwice
