"""Orders that a person may see, with their lights, and everything that happened to one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Case, Exists, OuterRef, Prefetch, Q, QuerySet, SmallIntegerField, Value, When

from luoshi.apps.organization.models import Role
from luoshi.apps.organization.rules import bodies_with, regions_with
from luoshi.apps.supervision.models import Order, OrderBody, Reply, Step
from luoshi.apps.supervision.rules import UNSEEN
from luoshi.apps.work.queries.standing import RANK, of_light
from luoshi.core.errors import Phrase
from luoshi.core.supervision.machines import ORDER, WAITING
from luoshi.core.supervision.urging import RUNGS, WORDS
from luoshi.core.work.lights import Light

SORTS = {
    "new": ("-drafted_at", "-pk"),
    "due": ("due", "pk"),
    "number": ("-year", "-number", "-pk"),
}


def visible(user: User | AnonymousUser) -> QuerySet[Order]:
    """All of a region for its office and viewers; for a body those that concern it and are out."""
    own = bodies_with(user, Role.Name.LIAISON, Role.Name.HEAD, Role.Name.VIEWER)
    mine = Exists(OrderBody.objects.filter(order=OuterRef("pk"), body__in=own))
    out = Q(issued_at__isnull=False) & ~Q(state__in=UNSEEN)
    whole = regions_with(user, Role.Name.OFFICE, Role.Name.VIEWER)
    return Order.objects.filter(Q(region__in=whole) | (mine & out))


def with_rank(rows: QuerySet[Order], today: date) -> QuerySet[Order]:
    """The same orders with the rank of their light, as `luoshi.apps.work.queries.standing` ranks lights."""
    running = Q(state__in=WAITING)
    return rows.annotate(
        rank_of_light=Case(
            When(closed_at__isnull=False, then=_rank(Light.BLUE)),
            When(running & Q(due__lt=today), then=_rank(Light.RED)),
            When(running & Q(warn_from__lte=today), then=_rank(Light.YELLOW)),
            When(Q(state__in=[*WAITING, Order.State.REPLIED, Order.State.ACCEPTED]), then=_rank(Light.GREEN)),
            default=_rank(Light.GREY),
            output_field=SmallIntegerField(),
        )
    )


def listed(
    user: User | AnonymousUser,
    today: date,
    *,
    text: str = "",
    state: str = "",
    light: str = "",
    source: str = "",
    body: int | None = None,
    task: int | None = None,
    sort: str = "new",
) -> QuerySet[Order]:
    """The orders of a list, with what a row shows.

    Args:
        user: for whom.
        today: for lights.
        text: words that all stand in number, matter, requirement or the name of a body.
        state: a state, `open` for what is not done, or `unsigned` for what was not signed for in time.
        light: only of this light.
        source: only from this source.
        body: only with this body as lead.
        task: only for this task.
        sort: a key of `SORTS`.
    """
    found = with_rank(visible(user), today)
    for word in text.split():
        named = OrderBody.objects.filter(order=OuterRef("pk"), body__name__icontains=word)
        found = found.filter(
            Q(serial__icontains=word)
            | Q(matter__icontains=word)
            | Q(requirement__icontains=word)
            | Exists(named)
        )
    if state == "open":
        found = found.exclude(
            state__in=[Order.State.CLOSED, Order.State.RENEWED, Order.State.CANCELLED, Order.State.ARCHIVED]
        )
    elif state == "unsigned":
        found = found.filter(state=Order.State.ISSUED, sign_by__lt=today)
    elif state:
        found = found.filter(state=state)
    if light:
        found = of_light(found, light)
    if source:
        found = found.filter(source=source)
    if body is not None:
        lead = OrderBody.objects.filter(order=OuterRef("pk"), role=OrderBody.Role.LEAD, body=body)
        found = found.filter(Exists(lead))
    if task is not None:
        found = found.filter(task=task)
    bodies = Prefetch("bodies", OrderBody.objects.select_related("body").order_by("-role", "pk"))
    return found.prefetch_related(bodies).order_by(*SORTS[sort])


def leads_of(user: User | AnonymousUser) -> list[tuple[int, str]]:
    """The bodies that lead an order which the person may see."""
    rows = OrderBody.objects.filter(order__in=visible(user), role=OrderBody.Role.LEAD)
    return list(rows.order_by("body__name").values_list("body", "body__name").distinct())


@dataclass(frozen=True, slots=True)
class Happened:
    """An entry of the timeline: a step with its words, or a reply."""

    at: datetime
    words: Phrase
    name: str
    step: Step | None = None
    reply: Reply | None = None


def timeline(order: Order, bodies: frozenset[int] | None) -> list[Happened]:
    """Everything that happened to an order, the latest first.

    Args:
        order: the order.
        bodies: whose replies may be read; None for all of them.
    """
    found = [
        Happened(one.at, _word(one.name), one.name, step=one)
        for one in order.steps.select_related("by", "body")
        if one.name not in {"reply", "contribute"}
    ]
    replies = order.replies.select_related("by", "body")
    if bodies is not None:
        replies = replies.filter(body__in=bodies)
    found += [Happened(one.at, Phrase("反馈", "reply"), "reply", reply=one) for one in replies]
    return sorted(found, key=lambda one: one.at, reverse=True)


def _word(name: str) -> Phrase:
    rungs = {str(rung): WORDS[rung] for rung in RUNGS}
    steps = {row.name: row.words for row in ORDER.transitions}
    return rungs.get(name) or steps.get(name) or Phrase("配合情况", "contribution")


def _rank(light: Light) -> Value:
    return Value(RANK[light], output_field=SmallIntegerField())
