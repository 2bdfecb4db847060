"""What reminders put on pages beneath: how many nobody has read yet, on the way to them."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.http import HttpRequest

from luoshi.apps.interface.panels import Panel, put
from luoshi.apps.reminders.queries.unread import unread_of


def unread(request: HttpRequest, reader: User) -> Panel | None:
    """On the desk: how many digests of the person are unread; nothing when they have read all."""
    count = unread_of(reader)
    return Panel("reminders/partials/unread.html", {"unread": count}) if count else None


def show() -> None:
    """Put it where it belongs; called when the app gets ready."""
    put("reminders", unread)
