"""What is written down when a person sets up a second factor, gives it up, or takes new recovery codes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from luoshi.apps.audit.operations import record
from luoshi.apps.organization.operations.roles import EVERYWHERE


@transaction.atomic
def note_added(*, user: User, at: datetime) -> None:
    """From now on the password alone is not enough."""
    record(type="accounts.second_factor.added", **_by_themselves(user, at))


@transaction.atomic
def note_removed(*, user: User, at: datetime) -> None:
    """From now on it is again."""
    record(type="accounts.second_factor.removed", **_by_themselves(user, at))


@transaction.atomic
def note_renewed(*, user: User, at: datetime) -> None:
    """There are new recovery codes."""
    record(type="accounts.second_factor.renewed", **_by_themselves(user, at))


@transaction.atomic
def note_wrong_code(*, user: User, address: str, at: datetime) -> None:
    """Somebody knew the password of `user` and had no code; worth more attention than a wrong password."""
    record(
        type="accounts.session.refused",
        object=user,
        region=EVERYWHERE,
        by=None,
        at=at,
        user=user.get_username(),
        address=address,
        step="code",
    )


def _by_themselves(user: User, at: datetime) -> dict[str, Any]:
    return {"object": user, "region": EVERYWHERE, "by": user, "at": at, "user": user.get_username()}
