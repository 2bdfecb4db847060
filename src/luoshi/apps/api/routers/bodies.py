"""What the registry knows of a body beside its row: names, groups, history, and who asks it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Schema

from luoshi.apps.api.area import Asked, Key, Paged, paged
from luoshi.apps.api.routers.groups import OnDay
from luoshi.apps.api.routers.registry import area
from luoshi.apps.api.shapes import TaskRow
from luoshi.apps.organization.queries.members import load_roster
from luoshi.apps.organization.queries.names import names_of
from luoshi.apps.registry.queries import body as queries
from luoshi.apps.registry.queries.reached import tasks_of
from luoshi.apps.registry.views.opened import VIEW, open_body


class NamedOut(Schema):
    """A name of a body for a time: `name`, `full`, `short`, `alias` or `former`."""

    name: str
    kind: str
    valid_from: date | None
    valid_to: date | None


class HappeningOut(Schema):
    """Something in the history of a body: `begin`, `end`, `rename`, `from` others or `into` others."""

    on: date
    what: str
    how: str
    name: str
    others: list[int]


class InGroupOut(Schema):
    """A group that a body is in or left out of; without a membership by a rule or another group."""

    group_id: int
    name: str
    membership_id: int | None
    excluded: bool


class InPlanOut(Schema):
    """How a plan asks a body: by name, and through collectives."""

    plan_id: int
    title: str
    leads: int
    responsibles: int
    through: dict[str, int]


@area.read("/bodies/{body}/names", VIEW, Paged[NamedOut])
def names(request: HttpRequest, body: Key, asked: Asked) -> Any:
    """Every name of a body with its days, those in use first."""
    page = paged(names_of(open_body(request, body)), asked)
    told = [
        {"name": one.text, "kind": one.kind, "valid_from": one.valid.start, "valid_to": one.valid.end}
        for one in page["items"]
    ]
    return {**page, "items": told}


@area.read("/bodies/{body}/history", VIEW, Paged[HappeningOut])
def history(request: HttpRequest, body: Key, asked: Asked) -> Any:
    """What became of a body, the latest first."""
    page = paged(queries.history(open_body(request, body)), asked)
    told = [
        {
            **{name: getattr(one, name) for name in ("on", "what", "how", "name")},
            "others": [other.pk for other in one.others],
        }
        for one in page["items"]
    ]
    return {**page, "items": told}


@area.read("/bodies/{body}/groups", VIEW, Paged[InGroupOut])
def belongs(request: HttpRequest, body: Key, asked: Annotated[OnDay, Query()]) -> Any:
    """The groups of a body, on a day where a rule or another group puts it in."""
    found = open_body(request, body)
    rows = queries.groups_of(found, asked.on or timezone.localdate(), load_roster(found.region_id))
    page = paged([one for one in rows if asked.q in one.group.name], asked)
    told = [
        {
            "group_id": one.group.pk,
            "name": one.group.name,
            "membership_id": one.membership.pk if one.membership else None,
            "excluded": bool(one.membership and one.membership.excluded),
        }
        for one in page["items"]
    ]
    return {**page, "items": told}


@area.read("/bodies/{body}/plans", VIEW, Paged[InPlanOut])
def asked_by(request: HttpRequest, body: Key, asked: Asked) -> Any:
    """The plans whose tasks ask a body, the latest first."""
    page = paged(queries.plans_of(open_body(request, body)), asked)
    told = [
        {
            "plan_id": one.plan.pk,
            "title": str(one.plan),
            "leads": one.leads,
            "responsibles": one.responsibles,
            "through": one.through,
        }
        for one in page["items"]
    ]
    return {**page, "items": told}


@area.read("/bodies/{body}/tasks", VIEW, Paged[TaskRow])
def tasks(request: HttpRequest, body: Key, asked: Asked) -> Any:
    """The tasks that ask a body, by its name or through a group."""
    return paged(tasks_of(open_body(request, body)), asked)
