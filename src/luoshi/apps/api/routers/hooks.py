"""Webhooks of a region: where events go, and what became of each."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal, TypeAlias

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Schema, Status
from pydantic import Field

from luoshi.apps.api.area import Area, Asked, Key, Listing, Paged, Sent, Where, caller, paged, shown_once
from luoshi.apps.api.delivered import deliveries_sheet
from luoshi.apps.api.models import Delivery, Webhook
from luoshi.apps.api.operations.webhooks import EVENTS, end_webhook, make_webhook
from luoshi.apps.api.queries.webhooks import deliveries_of, webhooks_of
from luoshi.apps.organization.access import check
from luoshi.apps.organization.models import Role
from luoshi.apps.organization.rules import regions_with

area = Area("webhooks")
EventName: TypeAlias = Literal[tuple(EVENTS)]  # type: ignore[valid-type]


class DeliveriesAsked(Listing):
    """Which deliveries; `q` looks in the reason why one did not arrive."""

    state: Literal[("", *Delivery.State.values)] = ""  # type: ignore[valid-type]
    kind: Literal[("", *EVENTS)] = ""  # type: ignore[valid-type]
    sort: Literal["new", "tried"] = "new"


class WebhookIn(Sent):
    """Where which events go."""

    url: Annotated[str, Field(min_length=8, max_length=500)]
    events: Annotated[list[EventName], Field(min_length=1, max_length=len(EVENTS))]


class WebhookOut(Schema):
    """A webhook."""

    id: int
    region_id: str
    url: str
    events: list[str]
    made_at: datetime
    ended_at: datetime | None


class WebhookMade(WebhookOut):
    """A new webhook; the secret that signs is shown once, and null when the answer is given again."""

    secret: str | None


class WebhookRow(WebhookOut):
    """A webhook in a list, with how many deliveries wait, arrived and failed."""

    waiting: int
    done: int
    failed: int


class DeliveryOut(Schema):
    """An event on its way to a webhook."""

    id: int
    event_id: int
    kind: str
    state: str
    tries: int
    next_at: datetime
    tried_at: datetime | None
    status: int | None
    error: str


@area.read("/webhooks", "api.webhooks", Paged[WebhookRow], "office")
def index(request: HttpRequest, asked: Asked) -> Any:
    """The webhooks of one's regions."""
    return paged(webhooks_of(regions_with(caller(request), Role.Name.OFFICE)), asked)


@area.do("/webhooks", "api.webhooks", {201: WebhookMade}, "office")
def make(request: HttpRequest, sent: WebhookIn, where: Where) -> Any:
    """Send events to an address from now on."""
    user = caller(request)
    regions = sorted(regions_with(user, Role.Name.OFFICE))
    if where.region and where.region not in regions:
        raise PermissionDenied
    shown_once(request, "secret")
    region = where.region or regions[0]
    made, secret = make_webhook(region=region, url=sent.url, events=sent.events, by=user, at=timezone.now())
    return Status(201, {**WebhookOut.from_orm(made).model_dump(), "secret": secret})


@area.read("/webhooks/{webhook}", "api.webhooks", WebhookOut, "office")
def one(request: HttpRequest, webhook: Key) -> Any:
    """A webhook."""
    return _open(request, webhook)


@area.read("/webhooks/{webhook}/deliveries", "api.webhooks", Paged[DeliveryOut], "office")
def deliveries(request: HttpRequest, webhook: Key, asked: Annotated[DeliveriesAsked, Query()]) -> Any:
    """What was sent to a webhook, and what became of it."""
    return paged(_deliveries(request, webhook, asked), asked)


@area.read("/webhooks/{webhook}/deliveries/file", "api.webhooks", None, "office")
def deliveries_file(
    request: HttpRequest, webhook: Key, asked: Annotated[DeliveriesAsked, Query()]
) -> HttpResponse:
    """The same as a workbook, all pages of it."""
    return deliveries_sheet(_deliveries(request, webhook, asked))


def _deliveries(request: HttpRequest, webhook: int, asked: DeliveriesAsked) -> QuerySet[Delivery]:
    found = _open(request, webhook)
    return deliveries_of(found, text=asked.q, state=asked.state, kind=asked.kind, sort=asked.sort)


@area.do("/webhooks/{webhook}", "api.webhooks", {204: None}, "office", method="DELETE")
def end(request: HttpRequest, webhook: Key) -> Any:
    """Send nothing there any more."""
    end_webhook(webhook=_open(request, webhook), by=caller(request), at=timezone.now())
    return Status(204, None)


def _open(request: HttpRequest, webhook: int) -> Webhook:
    found = get_object_or_404(Webhook, pk=webhook)
    check(request, "api.webhooks", found)
    return found
