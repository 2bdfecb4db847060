"""What a person's calendar shows to whoever has its address: days and titles, nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from luoshi.apps.organization.models import Role
from luoshi.apps.organization.rules import bodies_with
from luoshi.apps.reminders.models import Setting
from luoshi.apps.supervision.models import Order
from luoshi.apps.work.queries.agenda import own_dates
from luoshi.core.supervision.machines import WAITING
from luoshi.core.work.ics import Entry

BACK = timedelta(days=31)
"""How long what was due stays in the calendar."""


def owner_of(secret: str) -> User | None:
    """Whose calendar has this secret; nobody's after it was revoked or the account was disabled."""
    found = Setting.objects.filter(feed=digest_of(secret), user__is_active=True).exclude(feed="")
    row = found.select_related("user__account").first()
    return row.user if row else None


def digest_of(secret: str) -> str:
    """What is stored of a secret."""
    return sha256(secret.encode()).hexdigest()


def entries(user: User, today: date) -> Iterator[Entry]:
    """The due dates of a person's bodies: reports, and supervision orders."""
    yield from own_dates(user, today - BACK)
    bodies = bodies_with(user, Role.Name.LIAISON, Role.Name.HEAD)
    orders = Order.objects.filter(
        bodies__body__in=bodies, bodies__role="lead", state__in=WAITING, due__gte=today - BACK
    )
    for order in orders.order_by("due", "pk").distinct():
        assert order.due is not None  # noqa: S101 - asked for above
        yield Entry(f"order-{order.pk}@luoshi", order.due, _("督办：%(title)s") % {"title": order.matter})
