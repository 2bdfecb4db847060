"""Who belongs to which group: members, exceptions and rules."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Status
from pydantic import Field

from luoshi.apps.api.area import AnyKey, Asked, Key, Listing, Paged, Sent, caller, paged
from luoshi.apps.api.routers.registry import Deed, Level, area
from luoshi.apps.api.shapes import BodyOut, Day, MembershipOut, ResolvedOut, RuleOut
from luoshi.apps.organization import operations
from luoshi.apps.organization.models import Body, GroupRule, Membership
from luoshi.apps.organization.queries.members import load_roster
from luoshi.apps.registry.queries import listing
from luoshi.apps.registry.queries.members import memberships, resolved, rules
from luoshi.apps.registry.views.opened import EDIT, VIEW, open_body, regions


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


class GroupRuleIn(Sent):
    """What bodies a group takes in; something has to be said."""

    kind: Literal[("", *Body.Kind.values)] = ""  # type: ignore[valid-type]
    line: Literal[("", *Body.Line.values)] = ""  # type: ignore[valid-type]
    level: Level | None = None


class GroupsAsked(Listing):
    """Which groups."""

    kind: Literal[("", *(one.value for one in Body.WITH_MEMBERS))] = ""  # type: ignore[valid-type]
    sort: Literal["name", "kind"] = "name"


class OnDay(Listing):
    """On which day; today when it is not said."""

    on: Day | None = None


@area.read("/groups", VIEW, Paged[BodyOut])
def groups(request: HttpRequest, asked: Annotated[GroupsAsked, Query()]) -> Any:
    """Everything that can have members."""
    return paged(listing.groups(regions(request), text=asked.q, kind=asked.kind, sort=asked.sort), asked)


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
    made = adding(request, group, sent)[1]()
    return Status(201, {"items": made, "count": len(made), "page": 1, "pages": 1})


@area.do("/groups/{group}/memberships/{membership}", EDIT, MembershipOut, "office", method="PUT")
def date_membership(request: HttpRequest, group: Key, membership: Key, sent: Dates) -> Any:
    """Change the days of a membership."""
    return dating(request, group, membership, sent)[1]()


@area.do("/groups/{group}/memberships/{membership}", EDIT, {204: None}, "office", method="DELETE")
def remove(request: HttpRequest, group: Key, membership: Key) -> Any:
    """Take back a membership that never was."""
    removing(request, group, membership)[1]()
    return Status(204, None)


@area.read("/groups/{group}/rules", VIEW, Paged[RuleOut])
def group_rules(request: HttpRequest, group: Key, asked: Asked) -> Any:
    """By what bodies a group takes in."""
    return paged(rules(_group(request, group, VIEW)), asked)


@area.do("/groups/{group}/rules", EDIT, {201: RuleOut}, "office")
def add_rule(request: HttpRequest, group: Key, sent: GroupRuleIn) -> Any:
    """Take bodies into a group by what they are."""
    return Status(201, ruling(request, group, sent)[1]())


@area.do("/groups/{group}/rules/{rule}", EDIT, {204: None}, "office", method="DELETE")
def remove_rule(request: HttpRequest, group: Key, rule: Key) -> Any:
    """Take a rule back."""
    unruling(request, group, rule)[1]()
    return Status(204, None)


def adding(request: HttpRequest, group: int, sent: MembersIn) -> Deed:
    """What putting bodies into a group is."""
    found = _group(request, group, EDIT)
    bodies = [get_object_or_404(Body, pk=key, region=found.region_id) for key in sent.members]
    values, by, now = sent.model_dump(exclude={"members"}), caller(request), timezone.now()
    return found.region_id, lambda: operations.add_members(
        group=found, members=bodies, by=by, at=now, **values
    )


def dating(request: HttpRequest, group: int, membership: int, sent: Dates) -> Deed:
    """What changing the days of a membership is."""
    tie = get_object_or_404(Membership, pk=membership, group=_group(request, group, EDIT))
    values, by, now = sent.model_dump(), caller(request), timezone.now()
    return tie.region_id, lambda: operations.change_membership(membership=tie, by=by, at=now, **values)


def removing(request: HttpRequest, group: int, membership: int) -> Deed:
    """What taking a membership back is."""
    tie = get_object_or_404(Membership, pk=membership, group=_group(request, group, EDIT))
    by, now = caller(request), timezone.now()
    return tie.region_id, lambda: operations.remove_membership(membership=tie, by=by, at=now)


def ruling(request: HttpRequest, group: int, sent: GroupRuleIn) -> Deed:
    """What adding a rule is."""
    found, by, now = _group(request, group, EDIT), caller(request), timezone.now()
    return found.region_id, lambda: operations.add_rule(group=found, by=by, at=now, **sent.model_dump())


def unruling(request: HttpRequest, group: int, rule: int) -> Deed:
    """What taking a rule back is."""
    found = get_object_or_404(GroupRule, pk=rule, group=_group(request, group, EDIT))
    by, now = caller(request), timezone.now()
    return found.region_id, lambda: operations.remove_rule(rule=found, by=by, at=now)


def _group(request: HttpRequest, group: int, permission: str) -> Body:
    return open_body(request, group, permission, kind__in=Body.WITH_MEMBERS)
