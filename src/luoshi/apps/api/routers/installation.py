"""The installation as its system administrator sees it, and whose token it is that calls."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Path, Query, Schema, Status
from pydantic import Field

from luoshi.apps.accounts.queries.health import health
from luoshi.apps.accounts.queries.people import duties_of
from luoshi.apps.accounts.queries.regions import regions as listed
from luoshi.apps.api.access import token_of
from luoshi.apps.api.area import Area, Listing, Paged, Sent, caller, paged
from luoshi.apps.api.models import Token
from luoshi.apps.organization.models import Region
from luoshi.apps.organization.operations import change_region, create_region

area, account = Area("installation"), Area("account")
Code = Annotated[str, Path(min_length=1, max_length=12)]


class RegionsAsked(Listing):
    """Which regions."""

    level: Literal[("", *(str(one) for one in Region.Level.values))] = ""  # type: ignore[valid-type]
    sort: Literal["code", "name"] = "code"


class RegionIn(Sent):
    """The name of a region, and the code of the one above it; empty for none."""

    name: Annotated[str, Field(min_length=1, max_length=100)]
    parent: Annotated[str, Field(max_length=12)] = ""


class NewRegion(RegionIn):
    """A region that is not there yet; its level follows from the code, and both stay."""

    code: Annotated[str, Field(min_length=1, max_length=12)]


class RegionOut(Schema):
    """A region."""

    code: str
    name: str
    level: int
    parent_id: str | None


class RegionRow(RegionOut):
    """A region in a list, with how many persons hold a role there."""

    people: int


class StateOut(Schema):
    """How the installation is; nothing of anybody's work."""

    version: str
    database: str
    waiting_migrations: int
    free_bytes: int
    total_bytes: int
    space_is_short: bool
    accounts: int
    disabled: int
    locked: int
    present: int
    refused_today: int


class OwnOut(Schema):
    """Who calls, what they do, and what the token is good for."""

    id: int
    username: str
    name: str
    duties: list[str]
    scope: str
    expires_at: datetime


@account.read("/account", "account.own", OwnOut, *Token.Scope.values)
def own(request: HttpRequest) -> Any:
    """Whose token it is, what they do, and how long it lasts."""
    user, token = caller(request), token_of(request)
    assert token is not None  # noqa: S101 - nobody gets here without one
    return {
        "id": user.pk,
        "username": user.username,
        "name": user.first_name,
        "duties": duties_of(user),
        "scope": token.scope,
        "expires_at": token.expires_at,
    }


@area.read("/regions", "region.name", Paged[RegionRow], "system")
def regions(request: HttpRequest, asked: Annotated[RegionsAsked, Query()]) -> Any:
    """The regions of the installation."""
    return paged(listed(text=asked.q, level=asked.level, sort=asked.sort), asked)


@area.do("/regions", "region.name", {201: RegionOut}, "system")
def new_region(request: HttpRequest, sent: NewRegion) -> Any:
    """Make a region, such as the city above a district."""
    return Status(201, create_region(by=caller(request), at=timezone.now(), **sent.model_dump()))


@area.read("/regions/{code}", "region.name", RegionOut, "system")
def region(request: HttpRequest, code: Code) -> Any:
    """A region."""
    return get_object_or_404(Region, pk=code)


@area.do("/regions/{code}", "region.name", RegionOut, "system", method="PUT")
def edit_region(request: HttpRequest, code: Code, sent: RegionIn) -> Any:
    """Give a region its name and its place in the tree."""
    found, by, now = get_object_or_404(Region, pk=code), caller(request), timezone.now()
    return change_region(region=found, by=by, at=now, **sent.model_dump())


@area.read("/state", "health.view", StateOut, "system")
def state(request: HttpRequest) -> Any:
    """How the installation is."""
    return health(at=timezone.now())
