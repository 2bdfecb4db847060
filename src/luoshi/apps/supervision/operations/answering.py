"""What the bodies of an order do, signing and replying, and how the office urges them."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate

from luoshi.apps.audit.operations import record
from luoshi.apps.organization.models import Body
from luoshi.apps.organization.queries.calendar import calendar_of
from luoshi.apps.organization.rules import is_head, is_liaison
from luoshi.apps.supervision.models import Order, OrderBody, Reply, Step
from luoshi.apps.supervision.operations import refusals
from luoshi.apps.supervision.operations.stepping import lock, take
from luoshi.core.supervision.machines import WAITING
from luoshi.core.supervision.urging import RUNGS, Rung, Urged, against_urging
from luoshi.core.work.states import Role


@transaction.atomic
def sign(*, order: Order, body: Body, by: User, at: datetime) -> OrderBody:
    """Sign for an order in the name of a body; with the lead's signature the work begins.

    Raises:
        SignedAlready, NotOutToReply.
    """
    row = lock(order)
    part = _part(row, body, by)
    if part.signed_at is not None:
        raise refusals.SignedAlready(body=body.name)
    if part.role == OrderBody.Role.LEAD:
        take(row, "sign", role=_role(by, part), body=body, by=by, at=at)
        row.save()
    elif row.state not in (*WAITING, Order.State.REPLIED):
        raise refusals.NotOutToReply(state=str(row.get_state_display()))
    else:
        _note(row, "sign", body, "", by, at)
    part.signed_at, part.signed_by = at, by
    part.save(update_fields=["signed_at", "signed_by"])
    record(type="supervision.order.signed", object=row, region=row.region_id, for_body=body, by=by, at=at)
    return part


@transaction.atomic
def reply(
    *,
    order: Order,
    body: Body,
    progress: str,
    problems: str = "",
    next_step: str = "",
    by: User,
    at: datetime,
) -> Reply:
    """Say how a matter stands: the lead's word goes to review, a helper's is there for the lead to use.

    Raises:
        ReplyEmpty, StepNotFromHere, NotOutToReply.
    """
    row = lock(order)
    part = _part(row, body, by)
    if not progress.strip():
        raise refusals.ReplyEmpty
    if part.role == OrderBody.Role.LEAD:
        take(row, "reply", role=_role(by, part), body=body, by=by, at=at)
        row.save()
    elif row.state not in WAITING or part.signed_at is None:
        raise refusals.NotOutToReply(state=str(row.get_state_display()))
    else:
        _note(row, "contribute", body, "", by, at)
    assert row.due is not None  # noqa: S101 - it is out
    made = Reply.objects.create(
        region_id=row.region_id,
        order=row,
        body=body,
        round=row.due,
        progress=progress.strip(),
        problems=problems.strip(),
        next_step=next_step.strip(),
        by=by,
        at=at,
    )
    record(type="supervision.reply.given", object=made, region=row.region_id, for_body=body, by=by, at=at)
    return made


@transaction.atomic
def urge(*, order: Order, rung: Rung, words: str = "", by: User, at: datetime) -> Step:
    """Urge the lead of an order, one rung at a time.

    Raises:
        NotOutToReply: it waits for nobody.
        UrgingTooEarly, UrgingTooOften, UrgingOutOfOrder, UrgingBeyondPowers.
    """
    row = lock(order)
    if row.state not in WAITING or row.due is None:
        raise refusals.NotOutToReply(state=str(row.get_state_display()))
    lead = row.bodies.select_related("body").get(role=OrderBody.Role.LEAD)
    against = against_urging(
        rung,
        urged(row),
        form="letter" if lead.form == OrderBody.Form.LETTER else "order",
        body=lead.body.name,
        due=row.due,
        today=localdate(at),
        calendar=calendar_of(row.region_id),
    )
    if against:
        raise against[0]
    made = _note(row, rung, lead.body, words, by, at)
    record(type="supervision.order.urged", object=row, region=row.region_id, by=by, at=at, rung=rung)
    return made


def urged(order: Order) -> list[Urged]:
    """The steps of urging that were taken for the round that is waited for."""
    since = (
        order.replies.filter(state=Reply.State.ACCEPTED).order_by("-at").values_list("at", flat=True).first()
    )
    rows = order.steps.filter(name__in=RUNGS)
    if since is not None:
        rows = rows.filter(at__gt=since)
    return [
        Urged(rung, localdate(at))
        for name, at in rows.values_list("name", "at")
        for rung in RUNGS
        if rung == name
    ]


def _part(row: Order, body: Body, by: User) -> OrderBody:
    part = row.bodies.filter(body=body).select_related("body").first()
    if part is None or not (is_liaison(by, part) or is_head(by, part)):
        raise PermissionDenied
    return part


def _role(by: User, part: OrderBody) -> Role:
    return "liaison" if is_liaison(by, part) else "head"


def _note(row: Order, name: str, body: Body, words: str, by: User, at: datetime) -> Step:
    return Step.objects.create(
        region_id=row.region_id, order=row, name=name, body=body, words=words.strip(), by=by, at=at
    )
