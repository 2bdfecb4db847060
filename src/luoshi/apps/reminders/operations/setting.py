"""What a person sets: whether and when to be reminded, and the secret address of the calendar."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from luoshi.apps.audit.operations import record
from luoshi.apps.reminders.models import Setting
from luoshi.apps.reminders.queries.feed import digest_of
from luoshi.core.supervision.quiet import Hours


@transaction.atomic
def change_setting(*, user: User, mail: bool, address: str, hours: Hours, by: User, at: datetime) -> Setting:
    """Set when and how a person is reminded."""
    row = _lock(user)
    row.mail, row.address = mail, address
    row.hour, row.quiet_from, row.quiet_to = hours.hour, hours.quiet_from, hours.quiet_to
    row.save()
    record(type="reminders.setting.changed", object=row, region="", by=by, at=at, mail=mail)
    return row


@transaction.atomic
def make_feed(*, user: User, by: User, at: datetime) -> str:
    """Give a person's calendar a new address; the former one ends.

    Returns:
        The secret part of the address, which cannot be shown again.
    """
    row, secret = _lock(user), secrets.token_urlsafe(32)
    row.feed, row.feed_at = digest_of(secret), at
    row.save()
    record(type="reminders.feed.made", object=row, region="", by=by, at=at)
    return secret


@transaction.atomic
def revoke_feed(*, user: User, by: User, at: datetime) -> Setting:
    """Let the address of a person's calendar lead nowhere."""
    row = _lock(user)
    row.feed, row.feed_at = "", None
    row.save()
    record(type="reminders.feed.revoked", object=row, region="", by=by, at=at)
    return row


def _lock(user: User) -> Setting:
    row, _made = Setting.objects.select_for_update().get_or_create(user=user)
    return row
