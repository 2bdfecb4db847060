"""Supervision orders: drafted, issued, signed for, answered, urged, closed."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Status
from pydantic import Field

from luoshi.apps.api.area import AnyKey, Area, Key, Listing, Paged, Sent, Words, caller, mark, paged, seen
from luoshi.apps.api.problems import showing
from luoshi.apps.api.work_shapes import OrderOut
from luoshi.apps.organization.access import check
from luoshi.apps.organization.models import Body, Role
from luoshi.apps.organization.rules import bodies_with
from luoshi.apps.plan.models import Task
from luoshi.apps.supervision.models import Order
from luoshi.apps.supervision.operations import answering
from luoshi.apps.supervision.operations.drafting import OrderTerms, draft_order, revise_order
from luoshi.apps.supervision.queries.orders import listed
from luoshi.apps.supervision.views.listing import office_region
from luoshi.apps.supervision.views.order import act_on, opened
from luoshi.apps.work.models import Issue
from luoshi.core.supervision.urging import RUNGS
from luoshi.core.work.lights import Light

area = Area("orders")
Said = Annotated[str, Field(min_length=1, max_length=20_000)]
Limit = Annotated[int, Field(ge=1, le=250)]
STEPS = (
    "propose",
    "send-back",
    "issue",
    "return",
    "continue",
    "accept",
    "close",
    "renew",
    "suspend",
    "resume",
    "cancel",
    "archive",
    *RUNGS,
)


class OrdersAsked(Listing):
    """Which orders."""

    state: Literal[("", "open", "unsigned", *Order.State.values)] = ""  # type: ignore[valid-type]
    light: Literal[("", *(one.value for one in Light))] = ""  # type: ignore[valid-type]
    source: Literal[("", *Order.Source.values)] = ""  # type: ignore[valid-type]
    body: AnyKey | None = None
    task: AnyKey | None = None
    sort: Literal["new", "due", "number"] = "new"


class OrderIn(Sent):
    """What an order says: one matter, one lead, and what it rests on."""

    line: Literal[tuple(Issue.Line.values)]  # type: ignore[valid-type]
    source: Literal[tuple(Order.Source.values)]  # type: ignore[valid-type]
    authority: Said
    matter: Annotated[str, Field(min_length=1, max_length=200)]
    requirement: Said
    lead: AnyKey
    helpers: Annotated[list[AnyKey], Field(max_length=100)] = Field(default_factory=list)
    task: AnyKey | None = None
    origin: Words = ""
    feedback: Literal[tuple(Order.Feedback.values)] = "once"  # type: ignore[valid-type]
    sign_days: Limit = 2
    close_days: Limit = 15
    contact: Annotated[str, Field(max_length=100)] = ""


class OrderStepIn(Sent):
    """The words that go with a step."""

    words: Words = ""


class ReplyIn(Sent):
    """What a body answers."""

    progress: Said
    problems: Words = ""
    next_step: Words = ""


@area.read("/orders", "supervision.view", Paged[OrderOut])
def index(request: HttpRequest, asked: Annotated[OrdersAsked, Query()]) -> Any:
    """Orders that one may see."""
    today = timezone.localdate()
    wanted = asked.model_dump(exclude={"q", "page", "size"})
    return paged(listed(caller(request), today, text=asked.q, **wanted), asked)


@area.do("/orders", "supervision.order", {201: OrderOut}, "office")
def draft(request: HttpRequest, response: HttpResponse, sent: OrderIn) -> Any:
    """Draft an order; another person of the office has to issue it."""
    region = office_region(request)
    by, now = caller(request), timezone.now()
    return Status(201, _told(response, draft_order(region=region, terms=_terms(region, sent), by=by, at=now)))


@area.read("/orders/{order}", "supervision.view", OrderOut)
def one(request: HttpRequest, response: HttpResponse, order: Key) -> Any:
    """An order."""
    return _told(response, opened(request, order))


@area.do("/orders/{order}", "supervision.order", OrderOut, "office", method="PUT", versioned=True)
def revise(request: HttpRequest, response: HttpResponse, order: Key, sent: OrderIn) -> Any:
    """Change a draft."""
    found = opened(request, order)
    check(request, "supervision.order", found)
    terms, base = _terms(found.region_id, sent), seen(request)
    by, now = caller(request), timezone.now()
    with showing(lambda: OrderOut.from_orm(Order.objects.get(pk=order))):
        changed = revise_order(order=found, terms=terms, base=base, by=by, at=now)
    return _told(response, changed)


@area.do("/orders/{order}/steps/{step}", "supervision.order", OrderOut, "office")
def take(
    request: HttpRequest,
    response: HttpResponse,
    order: Key,
    step: Literal[STEPS],  # type: ignore[valid-type]
    sent: OrderStepIn,
) -> Any:
    """A step of the office, a rung of urging included; `renew` answers with the new order."""
    found = opened(request, order)
    check(request, "supervision.order", found)
    made = act_on(found, step, sent.words, caller(request), timezone.now())
    return _told(response, Order.objects.get(pk=made.pk if step == "renew" else found.pk))


@area.do("/orders/{order}/bodies/{body}/sign", "supervision.answer", OrderOut, "report")
def sign(request: HttpRequest, response: HttpResponse, order: Key, body: Key) -> Any:
    """Sign for an order in the name of a body."""
    found, part = _part(request, order, body)
    answering.sign(order=found, body=part, by=caller(request), at=timezone.now())
    return _told(response, opened(request, order))


@area.do("/orders/{order}/bodies/{body}/reply", "supervision.answer", OrderOut, "report")
def reply(request: HttpRequest, response: HttpResponse, order: Key, body: Key, sent: ReplyIn) -> Any:
    """Answer an order in the name of a body."""
    found, part = _part(request, order, body)
    answering.reply(order=found, body=part, by=caller(request), at=timezone.now(), **sent.model_dump())
    return _told(response, opened(request, order))


def _part(request: HttpRequest, order: int, body: int) -> tuple[Order, Body]:
    found = opened(request, order)
    part = get_object_or_404(found.bodies.select_related("body"), body=body)
    if part.body_id not in bodies_with(caller(request), Role.Name.LIAISON, Role.Name.HEAD):
        raise PermissionDenied
    return found, part.body


def _terms(region: str, sent: OrderIn) -> OrderTerms:
    def body(key: int) -> Body:
        return get_object_or_404(Body, pk=key, region=region)

    task = get_object_or_404(Task, pk=sent.task, region=region) if sent.task else None
    values = sent.model_dump(exclude={"lead", "helpers", "task"})
    helpers = [body(key) for key in dict.fromkeys(sent.helpers)]
    return OrderTerms(lead=body(sent.lead), helpers=helpers, task=task, **values)


def _told(response: HttpResponse, order: Order) -> Order:
    mark(response, order.version)
    return order
