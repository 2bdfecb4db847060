"""What the security administrator does: roles, the three administrators, locks, passwords, sessions."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Schema, Status
from pydantic import Field

from luoshi.apps.accounts import operations
from luoshi.apps.accounts.queries.sessions import places
from luoshi.apps.api.area import AnyKey, Asked, Key, Paged, Sent, caller, paged, shown_once
from luoshi.apps.api.routers.accounts import AccountOut, GivenOut, RoleOut, area, target, told
from luoshi.apps.api.shapes import Done
from luoshi.apps.organization.models import Administrator, Body, Region, Role
from luoshi.apps.organization.operations import appoint, dismiss, grant, revoke

MAY, SCOPE = "accounts.authorize", "security"


class RoleIn(Sent):
    """A role to grant: in a region, or for a body of it."""

    role: Literal[tuple(Role.Name.values)]  # type: ignore[valid-type]
    region: Annotated[str, Field(min_length=1, max_length=12)]
    body: AnyKey | None = None


class KindIn(Sent):
    """Which of the three administrators."""

    kind: Literal[tuple(Administrator.Kind.values)]  # type: ignore[valid-type]


class PlaceOut(Schema):
    """Where a person is signed in."""

    id: int
    device: str
    address: str
    begun: datetime
    seen: datetime

    @staticmethod
    def resolve_id(place: Any) -> int:
        return int(place.pk)


@area.do("/accounts/{user}/roles", MAY, {201: RoleOut}, SCOPE)
def give_role(request: HttpRequest, user: Key, sent: RoleIn) -> Any:
    """Grant a role; nobody grants one to themselves, and administrators hold none."""
    region = get_object_or_404(Region, pk=sent.region)
    body = get_object_or_404(Body, pk=sent.body) if sent.body else None
    given: dict[str, Any] = {"user": target(user), "region": region, "role": sent.role, "body": body}
    return Status(201, grant(by=caller(request), at=timezone.now(), **given))


@area.do("/accounts/{user}/roles/{role}", MAY, {204: None}, SCOPE, method="DELETE")
def take_role(request: HttpRequest, user: Key, role: Key) -> Any:
    """Revoke a role."""
    found = get_object_or_404(Role.objects.select_related("user", "body"), pk=role, user=user)
    revoke(role=found, by=caller(request), at=timezone.now())
    return Status(204, None)


@area.do("/accounts/{user}/administrator", MAY, AccountOut, SCOPE, method="PUT")
def appoint_one(request: HttpRequest, user: Key, sent: KindIn) -> Any:
    """Appoint one of the three administrators, who is no other of them and holds no role."""
    appoint(user=target(user), kind=sent.kind, by=caller(request), at=timezone.now())
    return told(user)


@area.do("/accounts/{user}/administrator", MAY, {204: None}, SCOPE, method="DELETE")
def dismiss_one(request: HttpRequest, user: Key) -> Any:
    """Let an administrator be none any more; the last one of a kind stays."""
    found = get_object_or_404(Administrator.objects.select_related("user"), user=user)
    dismiss(administrator=found, by=caller(request), at=timezone.now())
    return Status(204, None)


@area.do("/accounts/{user}/unlock", MAY, AccountOut, SCOPE)
def unlock(request: HttpRequest, user: Key) -> Any:
    """Let a locked-out person try again."""
    operations.unlock(user=target(user), by=caller(request), at=timezone.now())
    return told(user)


@area.do("/accounts/{user}/password", MAY, GivenOut, SCOPE)
def reset_password(request: HttpRequest, user: Key) -> Any:
    """Give a temporary password, which is shown this once; all sessions of the person end."""
    found = target(user)
    shown_once(request, "password")
    password = operations.reset_password(user=found, by=caller(request), at=timezone.now())
    return {"user_id": found.pk, "username": found.username, "password": password}


@area.do("/accounts/{user}/second-factor", MAY, AccountOut, SCOPE, method="DELETE")
def reset_second_factor(request: HttpRequest, user: Key) -> Any:
    """Take a lost second factor away."""
    operations.reset_second_factor(user=target(user), by=caller(request), at=timezone.now())
    return told(user)


@area.read("/accounts/{user}/sessions", MAY, Paged[PlaceOut], SCOPE)
def sessions(request: HttpRequest, user: Key, asked: Asked) -> Any:
    """Where a person is signed in."""
    return paged(list(places(target(user), at=timezone.now())), asked)


@area.do("/accounts/{user}/sessions", MAY, Done, SCOPE, method="DELETE")
def end_sessions(request: HttpRequest, user: Key) -> Any:
    """End all sessions of a person."""
    return {"done": operations.end_sessions(user=target(user), by=caller(request), at=timezone.now())}
