"""The registry of bodies, and who belongs to which group."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, TypeAlias

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Status
from pydantic import Field

from luoshi.apps.api.area import (
    AnyKey,
    Area,
    Asked,
    Key,
    Listing,
    Name,
    Paged,
    Sent,
    caller,
    mark,
    paged,
    seen,
)
from luoshi.apps.api.problems import showing
from luoshi.apps.api.shapes import BodyOut, BodyWhole, Day, MembershipOut, ResolvedOut, RuleOut
from luoshi.apps.organization import operations
from luoshi.apps.organization.models import Body, BodyAlias, GroupRule, Membership, Region
from luoshi.apps.organization.operations.bodies import AliasValues
from luoshi.apps.organization.queries.members import load_roster
from luoshi.apps.registry.queries import listing
from luoshi.apps.registry.queries.members import memberships, resolved, rules
from luoshi.apps.registry.views.opened import EDIT, VIEW, open_body, region, regions

area = Area("registry")
Kind: TypeAlias = Literal[tuple(Body.Kind.values)]  # type: ignore[valid-type]
Line: TypeAlias = Literal[tuple(Body.Line.values)]  # type: ignore[valid-type]
Level: TypeAlias = Literal[tuple(Region.Level.values)]  # type: ignore[valid-type]


class BodiesAsked(Listing):
    """Which bodies."""

    kind: Literal[("", *Body.Kind.values)] = ""  # type: ignore[valid-type]
    line: Literal[("", *Body.Line.values)] = ""  # type: ignore[valid-type]
    sort: Literal["name", "tasks"] = "name"


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


class MembersIn(Sent):
    """Bodies to put into a group, or to leave out of it."""

    members: Annotated[list[AnyKey], Field(min_length=1, max_length=500)]
    excluded: bool = False
    valid_from: Day | None = None
    valid_to: Day | None = None


class Dates(Sent):
    """The days of a membership."""

    excluded: bool
    valid_from: Day | None = None
    valid_to: Day | None = None


class RuleIn(Sent):
    """What bodies a group takes in; something has to be said."""

    kind: Literal[("", *Body.Kind.values)] = ""  # type: ignore[valid-type]
    line: Literal[("", *Body.Line.values)] = ""  # type: ignore[valid-type]
    level: Level | None = None


class OnDay(Listing):
    """On which day; today when it is not said."""

    on: Day | None = None


@area.read("/bodies", VIEW, Paged[BodyOut])
def index(request: HttpRequest, asked: Annotated[BodiesAsked, Query()]) -> Any:
    """Registered bodies of one's regions."""
    found = listing.bodies(
        regions(request),
        today=timezone.localdate(),
        text=asked.q,
        kind=asked.kind,
        line=asked.line,
        sort=asked.sort,
    )
    return paged(found, asked)


@area.do("/bodies", EDIT, {201: BodyWhole}, "office")
def create(request: HttpRequest, response: HttpResponse, sent: BodyIn) -> Any:
    """Register a body."""
    code = region(request)
    made = operations.create_body(region=code, by=caller(request), at=timezone.now(), **_values(sent, code))
    return Status(201, _told(response, made))


@area.read("/bodies/{body}", VIEW, BodyWhole)
def one(request: HttpRequest, response: HttpResponse, body: Key) -> Any:
    """A body with its names."""
    return _told(response, open_body(request, body))


@area.do("/bodies/{body}", EDIT, BodyWhole, "office", method="PUT", versioned=True)
def change(request: HttpRequest, response: HttpResponse, body: Key, sent: BodyIn) -> Any:
    """Correct what the registry says of a body."""
    found, base = open_body(request, body, EDIT), seen(request)
    values = _values(sent, found.region_id)
    with showing(lambda: BodyWhole.from_orm(Body.objects.get(pk=body))):
        changed = operations.change_body(
            body=found, version=base, by=caller(request), at=timezone.now(), **values
        )
    return _told(response, changed)


@area.do("/reorganizations", EDIT, Paged[BodyOut], "office")
def reorganize(request: HttpRequest, sent: Reorganization) -> Any:
    """Rename, merge, split or replace bodies from a day on."""
    old = [open_body(request, key, EDIT) for key in sent.predecessors]
    new = [one if isinstance(one, str) else open_body(request, one, EDIT) for one in sent.successors]
    by, now = caller(request), timezone.now()
    made = operations.reorganize(
        change=sent.change, predecessors=old, successors=new, on=sent.on, by=by, at=now
    )
    return {"items": made, "count": len(made), "page": 1, "pages": 1}


def _values(sent: BodyIn, code: str) -> dict[str, Any]:
    values = sent.model_dump(exclude={"aliases", "parent"})
    parent = get_object_or_404(Body, pk=sent.parent, region=code) if sent.parent else None
    aliases = [AliasValues(**one.model_dump()) for one in sent.aliases]
    return {**values, "parent": parent, "aliases": aliases}


def _told(response: HttpResponse, body: Body) -> Body:
    mark(response, body.version)
    return body


# --- groups ---------------------------------------------------------------------------------------------


@area.read("/groups", VIEW, Paged[BodyOut])
def groups(request: HttpRequest, asked: Annotated[Listing, Query()]) -> Any:
    """Everything that can have members."""
    return paged(listing.groups(regions(request), text=asked.q), asked)


@area.read("/groups/{group}/members", VIEW, Paged[ResolvedOut])
def members(request: HttpRequest, group: Key, asked: Annotated[OnDay, Query()]) -> Any:
    """Whom a group stands for on a day."""
    found = _group(request, group, VIEW)
    day: date = asked.on or timezone.localdate()
    return paged(resolved(found, day, load_roster(found.region_id), memberships(found), asked.q), asked)


@area.read("/groups/{group}/memberships", VIEW, Paged[MembershipOut])
def ties(request: HttpRequest, group: Key, asked: Asked) -> Any:
    """What was said of single bodies."""
    return paged(memberships(_group(request, group, VIEW)), asked)


@area.do("/groups/{group}/memberships", EDIT, {201: Paged[MembershipOut]}, "office")
def add(request: HttpRequest, group: Key, sent: MembersIn) -> Any:
    """Put bodies into a group, or leave them out of it."""
    found = _group(request, group, EDIT)
    bodies = [get_object_or_404(Body, pk=key, region=found.region_id) for key in sent.members]
    values = sent.model_dump(exclude={"members"})
    by, now = caller(request), timezone.now()
    made = operations.add_members(group=found, members=bodies, by=by, at=now, **values)
    return Status(201, {"items": made, "count": len(made), "page": 1, "pages": 1})


@area.do("/groups/{group}/memberships/{membership}", EDIT, MembershipOut, "office", method="PUT")
def date_membership(request: HttpRequest, group: Key, membership: Key, sent: Dates) -> Any:
    """Change the days of a membership."""
    tie = get_object_or_404(Membership, pk=membership, group=_group(request, group, EDIT))
    by, now = caller(request), timezone.now()
    return operations.change_membership(membership=tie, by=by, at=now, **sent.model_dump())


@area.do("/groups/{group}/memberships/{membership}", EDIT, {204: None}, "office", method="DELETE")
def remove(request: HttpRequest, group: Key, membership: Key) -> Any:
    """Take back a membership that never was."""
    tie = get_object_or_404(Membership, pk=membership, group=_group(request, group, EDIT))
    operations.remove_membership(membership=tie, by=caller(request), at=timezone.now())
    return Status(204, None)


@area.read("/groups/{group}/rules", VIEW, Paged[RuleOut])
def group_rules(request: HttpRequest, group: Key, asked: Asked) -> Any:
    """By what bodies a group takes in."""
    return paged(rules(_group(request, group, VIEW)), asked)


@area.do("/groups/{group}/rules", EDIT, {201: RuleOut}, "office")
def add_rule(request: HttpRequest, group: Key, sent: RuleIn) -> Any:
    """Take bodies into a group by what they are."""
    found, by = _group(request, group, EDIT), caller(request)
    return Status(201, operations.add_rule(group=found, by=by, at=timezone.now(), **sent.model_dump()))


@area.do("/groups/{group}/rules/{rule}", EDIT, {204: None}, "office", method="DELETE")
def remove_rule(request: HttpRequest, group: Key, rule: Key) -> Any:
    """Take a rule back."""
    found = get_object_or_404(GroupRule, pk=rule, group=_group(request, group, EDIT))
    operations.remove_rule(rule=found, by=caller(request), at=timezone.now())
    return Status(204, None)


def _group(request: HttpRequest, group: int, permission: str) -> Body:
    return open_body(request, group, permission, kind__in=Body.WITH_MEMBERS)
