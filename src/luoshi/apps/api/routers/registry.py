"""The registry of bodies, and who belongs to which group."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal, TypeAlias

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Status
from pydantic import Field

from luoshi.apps.api.area import (
    AnyKey,
    Area,
    Key,
    Listing,
    Name,
    Paged,
    Sent,
    Where,
    caller,
    mark,
    paged,
    seen,
)
from luoshi.apps.api.problems import showing
from luoshi.apps.api.shapes import BodyOut, BodyWhole, Day
from luoshi.apps.organization import operations
from luoshi.apps.organization.models import Body, BodyAlias, Region
from luoshi.apps.organization.operations.bodies import AliasValues
from luoshi.apps.registry.queries import listing
from luoshi.apps.registry.views.opened import EDIT, VIEW, open_body, region, regions

area = Area("registry")
# A change: of which region, and what does it. Called, or only tried to see what it does to tasks.
Deed: TypeAlias = tuple[str, Callable[[], Any]]
Kind: TypeAlias = Literal[tuple(Body.Kind.values)]  # type: ignore[valid-type]
Line: TypeAlias = Literal[tuple(Body.Line.values)]  # type: ignore[valid-type]
Level: TypeAlias = Literal[tuple(Region.Level.values)]  # type: ignore[valid-type]


class RegisteredBodiesAsked(Listing):
    """Which bodies."""

    kind: Literal[("", *Body.Kind.values)] = ""  # type: ignore[valid-type]
    line: Literal[("", *Body.Line.values)] = ""  # type: ignore[valid-type]
    level: Literal[("", *(str(one) for one in Region.Level.values))] = ""  # type: ignore[valid-type]
    state: Literal["", "ended", "all"] = ""
    sort: Literal["name", "kind", "level", "tasks"] = "name"


class AliasIn(Sent):
    """Another name, and on which days it is in use."""

    name: Name
    kind: Literal[tuple(BodyAlias.Kind.values)] = "alias"  # type: ignore[valid-type]
    valid_from: Day | None = None
    valid_to: Day | None = None


class BodyIn(Sent):
    """A body as it should be."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    full_name: Name = ""
    short_name: Name = ""
    kind: Kind = "organ"
    line: Line = "other"
    level: Level | None = None
    parent: AnyKey | None = None
    credit_code: Annotated[str, Field(max_length=18)] = ""
    active_from: Day | None = None
    active_to: Day | None = None
    aliases: Annotated[list[AliasIn], Field(max_length=50)] = Field(default_factory=list)


class Reorganization(Sent):
    """Who becomes what, from a day on. Successors are keys of bodies, or names of new ones."""

    change: Literal[tuple(one.value for one in operations.Change)]  # type: ignore[valid-type]
    predecessors: Annotated[list[AnyKey], Field(min_length=1, max_length=50)]
    successors: Annotated[
        list[AnyKey | Annotated[str, Field(min_length=1, max_length=200)]], Field(min_length=1, max_length=50)
    ]
    on: Day


@area.read("/bodies", VIEW, Paged[BodyOut])
def index(request: HttpRequest, asked: Annotated[RegisteredBodiesAsked, Query()]) -> Any:
    """Registered bodies of one's regions."""
    found = listing.bodies(
        regions(request),
        today=timezone.localdate(),
        text=asked.q,
        kind=asked.kind,
        line=asked.line,
        level=asked.level,
        state=asked.state,
        sort=asked.sort,
    )
    return paged(found, asked)


@area.do("/bodies", EDIT, {201: BodyWhole}, "office")
def create(request: HttpRequest, response: HttpResponse, sent: BodyIn, where: Where) -> Any:
    """Register a body."""
    return Status(201, _told(response, creating(request, sent)[1]()))


@area.read("/bodies/{body}", VIEW, BodyWhole)
def one(request: HttpRequest, response: HttpResponse, body: Key) -> Any:
    """A body with its names."""
    return _told(response, open_body(request, body))


@area.do("/bodies/{body}", EDIT, BodyWhole, "office", method="PUT", versioned=True)
def change(request: HttpRequest, response: HttpResponse, body: Key, sent: BodyIn) -> Any:
    """Correct what the registry says of a body."""
    deed = changing(request, body, sent)[1]
    with showing(lambda: BodyWhole.from_orm(Body.objects.get(pk=body))):
        return _told(response, deed())


@area.do("/reorganizations", EDIT, Paged[BodyOut], "office")
def reorganize(request: HttpRequest, sent: Reorganization) -> Any:
    """Rename, merge, split or replace bodies from a day on."""
    made = reorganizing(request, sent)[1]()
    return {"items": made, "count": len(made), "page": 1, "pages": 1}


def creating(request: HttpRequest, sent: BodyIn) -> Deed:
    """What registering a body is."""
    code = region(request)
    values, by, now = _values(sent, code), caller(request), timezone.now()
    return code, lambda: operations.create_body(region=code, by=by, at=now, **values)


def changing(request: HttpRequest, body: int, sent: BodyIn) -> Deed:
    """What correcting a body is."""
    found, base = open_body(request, body, EDIT), seen(request)
    values, by, now = _values(sent, found.region_id), caller(request), timezone.now()
    return found.region_id, lambda: operations.change_body(body=found, version=base, by=by, at=now, **values)


def reorganizing(request: HttpRequest, sent: Reorganization) -> Deed:
    """What a reorganization is."""
    old = [open_body(request, key, EDIT) for key in sent.predecessors]
    new = [one if isinstance(one, str) else open_body(request, one, EDIT) for one in sent.successors]
    given: dict[str, Any] = {"predecessors": old, "successors": new, "on": sent.on}
    by, now = caller(request), timezone.now()
    return old[0].region_id, lambda: operations.reorganize(change=sent.change, by=by, at=now, **given)


def _values(sent: BodyIn, code: str) -> dict[str, Any]:
    values = sent.model_dump(exclude={"aliases", "parent"})
    parent = get_object_or_404(Body, pk=sent.parent, region=code) if sent.parent else None
    aliases = [AliasValues(**one.model_dump()) for one in sent.aliases]
    return {**values, "parent": parent, "aliases": aliases}


def _told(response: HttpResponse, body: Body) -> Body:
    mark(response, body.version)
    return body
