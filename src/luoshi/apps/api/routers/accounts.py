"""Accounts as the system administrator keeps them: made, corrected, disabled, enabled. None is deleted."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Schema, Status
from pydantic import Field

from luoshi.apps.accounts import operations
from luoshi.apps.accounts.queries.people import people
from luoshi.apps.api.area import AnyKey, Area, Key, Listing, Paged, Sent, caller, paged, shown_once
from luoshi.apps.organization.models import Administrator, Body, Role

area = Area("accounts")
BOTH = ("system", "security")


class PeopleAsked(Listing):
    """Which accounts."""

    state: Literal["", "active", "disabled", "locked", "due"] = ""
    duty: Literal[("", *Role.Name.values, *Administrator.Kind.values, "none")] = ""  # type: ignore[valid-type]
    sort: Literal["name", "username", "seen", "new"] = "name"


class PersonIn(Sent):
    """Whose account it is; where the person works brings no right."""

    name: Annotated[str, Field(min_length=1, max_length=30)]
    body: AnyKey | None = None


class AccountIn(PersonIn):
    """A new account; the user name stays."""

    username: Annotated[str, Field(min_length=2, max_length=30)]


class RoleOut(Schema):
    """A role, in a region or for a body of it."""

    id: int
    name: str
    region_id: str
    body_id: int | None


class AccountOut(Schema):
    """An account with what its person does."""

    id: int
    username: str
    name: str
    body_id: int | None
    active: bool
    locked: bool
    password_due: bool
    administrator: str
    roles: list[RoleOut]
    last_login: datetime | None

    @staticmethod
    def resolve_name(user: Any) -> str:
        return str(user.first_name)

    @staticmethod
    def resolve_body_id(user: Any) -> int | None:
        place = getattr(user, "account", None)
        return place.body_id if place else None

    @staticmethod
    def resolve_active(user: Any) -> bool:
        return bool(user.is_active)

    @staticmethod
    def resolve_locked(user: Any) -> bool:
        return bool(user.is_locked)

    @staticmethod
    def resolve_password_due(user: Any) -> bool:
        place = getattr(user, "account", None)
        return bool(place and place.password_due)

    @staticmethod
    def resolve_administrator(user: Any) -> str:
        return user.kind or ""

    @staticmethod
    def resolve_roles(user: Any) -> list[Any]:
        return list(user.plan_roles.all())


class GivenOut(Schema):
    """A temporary password, which is shown once; null when the answer is given again."""

    user_id: int
    username: str
    password: str | None


@area.read("/accounts", "accounts.view", Paged[AccountOut], *BOTH)
def index(request: HttpRequest, asked: Annotated[PeopleAsked, Query()]) -> Any:
    """All accounts of the installation."""
    wanted = {"text": asked.q, "state": asked.state, "duty": asked.duty, "sort": asked.sort}
    return paged(people(at=timezone.now(), **wanted), asked)


@area.do("/accounts", "accounts.manage", {201: GivenOut}, "system")
def create(request: HttpRequest, sent: AccountIn) -> Any:
    """Make an account without any right; its temporary password is shown this once."""
    given: dict[str, Any] = {"username": sent.username, "name": sent.name, "body": _body(sent)}
    shown_once(request, "password")
    user, password = operations.create_account(by=caller(request), at=timezone.now(), **given)
    return Status(201, {"user_id": user.pk, "username": user.username, "password": password})


@area.read("/accounts/{user}", "accounts.view", AccountOut, *BOTH)
def one(request: HttpRequest, user: Key) -> Any:
    """An account."""
    return told(user)


@area.do("/accounts/{user}", "accounts.manage", AccountOut, "system", method="PUT")
def change(request: HttpRequest, user: Key, sent: PersonIn) -> Any:
    """Correct a person's name and where they work."""
    given: dict[str, Any] = {"user": target(user), "name": sent.name, "body": _body(sent)}
    operations.change_account(by=caller(request), at=timezone.now(), **given)
    return told(user)


@area.do("/accounts/{user}/disable", "accounts.manage", AccountOut, "system")
def disable(request: HttpRequest, user: Key) -> Any:
    """Let a person sign in no more; sessions and tokens end at once."""
    operations.disable(user=target(user), by=caller(request), at=timezone.now())
    return told(user)


@area.do("/accounts/{user}/enable", "accounts.manage", AccountOut, "system")
def enable(request: HttpRequest, user: Key) -> Any:
    """Let a person sign in again, with the rights they had."""
    operations.enable(user=target(user), by=caller(request), at=timezone.now())
    return told(user)


def _body(sent: PersonIn) -> Body | None:
    return get_object_or_404(Body, pk=sent.body) if sent.body else None


def target(user: int) -> User:
    """The user with a key.

    Raises:
        Http404: there is none.
    """
    return get_object_or_404(User, pk=user)


def told(user: int) -> Any:
    """An account as the calls tell it."""
    return get_object_or_404(people(at=timezone.now()), pk=user)
