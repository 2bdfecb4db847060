"""What the head of every page says about the person who reads it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest

from luoshi.apps.accounts.queries.homes import home_of
from luoshi.apps.accounts.queries.people import duties_of
from luoshi.apps.organization.access import from_this_machine
from luoshi.apps.organization.rules import administers


@dataclass(frozen=True)
class Reader:
    """The person who reads the page; asks the database only for what the page shows."""

    user: User | AnonymousUser
    signed_in: bool
    demo: bool

    @property
    def known(self) -> bool:
        """Whether there is a person at all."""
        return bool(self.user.is_authenticated)

    @property
    def name(self) -> str:
        """What people call them."""
        return getattr(self.user, "first_name", "") or self.user.get_username()

    @cached_property
    def duties(self) -> list[str]:
        """Their roles, as words."""
        return duties_of(self.user)

    @cached_property
    def administers(self) -> str:
        """Which of the three administrators they are, if any."""
        return administers(self.user)

    @cached_property
    def home(self) -> str:
        """Where their work begins."""
        return home_of(self.user)


def account(request: HttpRequest) -> dict[str, object]:
    """Adds `reader` to every template."""
    user = getattr(request, "user", None) or AnonymousUser()
    # In local mode there is a person without a session.
    signed_in = bool(user.is_authenticated and getattr(request, "session", {}).get("_auth_user_id"))
    demo = bool(settings.LUOSHI_DEMO and from_this_machine(request))
    return {"reader": Reader(user, signed_in, demo)}
