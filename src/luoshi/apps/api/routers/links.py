"""The same duty in several plans: suggested by text, settled by a person."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Schema, Status

from luoshi.apps.alignment.models import Link, Settlement
from luoshi.apps.alignment.operations.linking import link_tasks, settle_link, suggest_links
from luoshi.apps.alignment.queries.links import linkable, listed
from luoshi.apps.api.area import AnyKey, Area, Key, Listing, Paged, Sent, caller, mark, paged, seen
from luoshi.apps.api.problems import showing
from luoshi.apps.api.shapes import TaskRow
from luoshi.apps.organization.access import check
from luoshi.apps.organization.models import Role
from luoshi.apps.organization.rules import regions_with
from luoshi.apps.plan.models import Task

area = Area("links")


class LinksAsked(Listing):
    """Which links."""

    state: Literal[("", *Settlement.values)] = ""  # type: ignore[valid-type]
    plan: AnyKey | None = None
    task: AnyKey | None = None
    sort: Literal["score", "task", "new"] = "score"


class SettledOut(Schema):
    """What two duties have to do with each other: how alike they are, why, and what a person says of it."""

    id: int
    score: float
    reasons: dict[str, Any]
    state: str
    by_hand: bool
    settled_at: datetime | None
    version: int


class LinkOut(SettledOut):
    """Two tasks that may be the same duty."""

    first_id: int
    second_id: int


class FoundOut(Schema):
    """How many links are new, and how many wait for a person altogether."""

    new: int
    waiting: int


class LinkIn(Sent):
    """The task of another plan that is the same duty."""

    other: AnyKey


@area.read("/links", "alignment.view", Paged[LinkOut])
def index(request: HttpRequest, asked: Annotated[LinksAsked, Query()]) -> Any:
    """Links of one's regions."""
    regions = regions_with(caller(request), Role.Name.OFFICE, Role.Name.VIEWER)
    wanted = {"state": asked.state, "plan": asked.plan, "task": asked.task, "sort": asked.sort}
    return paged(listed(regions, text=asked.q, **wanted), asked)


@area.do("/links/find", "alignment.settle", FoundOut, "office")
def find(request: HttpRequest) -> Any:
    """Look for the same duty in all confirmed plans of one's regions."""
    by, now = caller(request), timezone.now()
    regions = sorted(regions_with(by, Role.Name.OFFICE))
    found = [suggest_links(region=one, by=by, at=now) for one in regions]
    return {"new": sum(one.new for one in found), "waiting": sum(one.waiting for one in found)}


@area.do("/links/{link}/{action}", "alignment.settle", LinkOut, "office", versioned=True)
def settle(
    request: HttpRequest, response: HttpResponse, link: Key, action: Literal["confirm", "refuse", "reopen"]
) -> Any:
    """Confirm or refuse a link, or take either back; requests are joined or parted with it."""
    found = get_object_or_404(Link.objects.select_related("first", "second"), pk=link)
    check(request, "alignment.settle", found)
    given: dict[str, Any] = {"action": action, "seen": seen(request), "by": caller(request)}
    with showing(lambda: LinkOut.from_orm(Link.objects.get(pk=link))):
        changed = settle_link(link=found, at=timezone.now(), **given)
    mark(response, changed.version)
    return changed


@area.read("/tasks/{task}/linkable", "alignment.settle", Paged[TaskRow], "office")
def possible(request: HttpRequest, task: Key, asked: Annotated[Listing, Query()]) -> Any:
    """Tasks of other plans that a task can be linked with."""
    return paged(linkable(_open(request, task), asked.q), asked)


@area.do("/tasks/{task}/links", "alignment.settle", {201: LinkOut}, "office")
def link(request: HttpRequest, task: Key, sent: LinkIn) -> Any:
    """Link two tasks that are known to be the same duty."""
    found = _open(request, task)
    rows = Task.objects.select_related("plan")
    other = get_object_or_404(rows, pk=sent.other, region_id=found.region_id)
    return Status(201, link_tasks(first=found, second=other, by=caller(request), at=timezone.now()))


def _open(request: HttpRequest, task: int) -> Task:
    found = get_object_or_404(Task.objects.select_related("plan"), pk=task)
    check(request, "alignment.settle", found)
    return found
