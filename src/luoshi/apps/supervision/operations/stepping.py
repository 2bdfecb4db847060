"""Steps of an order that the office takes: approval with a number, review, halt, closing, archive."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import get_args

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from luoshi.apps.audit.operations import record
from luoshi.apps.organization.models import Body
from luoshi.apps.organization.queries.calendar import calendar_of
from luoshi.apps.supervision.models import Order, OrderBody, Reply, Series, Step
from luoshi.apps.supervision.operations.drafting import OrderTerms, draft_order
from luoshi.core.supervision.limits import Feedback, limits, next_round
from luoshi.core.supervision.machines import ORDER
from luoshi.core.supervision.numbers import serial
from luoshi.core.work.address import IssuingLine, address
from luoshi.core.work.burden import earliest_due
from luoshi.core.work.lights import warn_from
from luoshi.core.work.states import Role, Standing, step

PREFIX = "督办"
"""What numbers begin with until an office sets its own words."""


@transaction.atomic
def propose(*, order: Order, by: User, at: datetime) -> Order:
    """Ask a second person of the office to approve an order."""
    row = lock(order)
    take(row, "propose", role="office", given={"basis": row.authority}, by=by, at=at)
    row.save()
    record(type="supervision.order.proposed", object=row, region=row.region_id, by=by, at=at)
    return row


@transaction.atomic
def send_back(*, order: Order, reason: str, by: User, at: datetime) -> Order:
    """Give a proposed order back to whoever drafted it."""
    row = lock(order)
    take(row, "send-back", role="office", given={"reason": reason}, words=reason, by=by, at=at)
    row.save()
    record(type="supervision.order.sent-back", object=row, region=row.region_id, by=by, at=at, reason=reason)
    return row


@transaction.atomic
def issue(*, order: Order, by: User, at: datetime) -> Order:
    """Approve an order: it gets the next number of its region and year, its days, and goes out.

    Raises:
        StepNeedsMore: the person drafted it.
    """
    row = lock(order)
    second = by.pk != row.drafted_by_id
    take(row, "issue", role="office", given={"basis": row.authority, "second-person": second}, by=by, at=at)
    today = localdate(at)
    row.year = today.year
    row.number, row.serial = _next_number(row.region_id, today.year)
    row.issued_by, row.issued_at = by, at
    feedback: Feedback = next(one for one in get_args(Feedback) if one == row.feedback)
    days = limits(
        issued=today,
        sign_days=row.sign_days,
        close_days=row.close_days,
        feedback=feedback,
        calendar=calendar_of(row.region_id),
    )
    row.sign_by, row.close_by = days.sign_by, days.close_by
    row.rounds = [day.isoformat() for day in days.rounds]
    set_due(row, days.rounds[0], today)
    row.save()
    for one in row.bodies.select_related("body"):
        one.form = OrderBody.Form(form_of(row, one.body))
        one.save(update_fields=["form"])
    record(type="supervision.order.issued", object=row, region=row.region_id, by=by, at=at, serial=row.serial)
    return row


@transaction.atomic
def send_again(*, order: Order, reason: str, by: User, at: datetime) -> Order:
    """Return a reply: the lead has at least the minimum notice to answer again."""
    row = lock(order)
    take(row, "return", role="office", given={"reason": reason}, words=reason, by=by, at=at)
    _decide(row, Reply.State.RETURNED)
    _leave_time(row, at)
    row.save()
    record(type="supervision.reply.returned", object=row, region=row.region_id, by=by, at=at, reason=reason)
    return row


@transaction.atomic
def accept(*, order: Order, last: bool, by: User, at: datetime) -> Order:
    """Accept a reply.

    Args:
        last: whether nothing more is expected; otherwise the next day of feedback counts.
    """
    row = lock(order)
    take(row, "accept" if last else "continue", role="office", by=by, at=at)
    _decide(row, Reply.State.ACCEPTED)
    if not last:
        assert row.due is not None  # noqa: S101 - it is out
        set_due(row, next_round(rounds_of(row), row.due), localdate(at))
        _leave_time(row, at)
    row.save()
    record(type="supervision.reply.accepted", object=row, region=row.region_id, by=by, at=at, last=last)
    return row


@transaction.atomic
def close(*, order: Order, by: User, at: datetime) -> Order:
    """Close an order whose last reply was accepted."""
    row = lock(order)
    take(row, "close", role="office", given={"acceptance": _was_accepted(row)}, by=by, at=at)
    row.closed_at = at
    row.save()
    record(type="supervision.order.closed", object=row, region=row.region_id, by=by, at=at)
    return row


@transaction.atomic
def renew(*, order: Order, reason: str, by: User, at: datetime) -> Order:
    """Close an order with a draft of another one for what a new instruction asks.

    Returns:
        The draft.
    """
    row = lock(order)
    given = {"acceptance": _was_accepted(row), "reason": reason}
    take(row, "renew", role="office", given=given, words=reason, by=by, at=at)
    row.closed_at = at
    row.save()
    bodies = list(row.bodies.select_related("body"))
    terms = OrderTerms(
        line=row.line,
        source=row.source,
        authority=row.authority,
        matter=row.matter,
        requirement=reason,
        lead=next(one.body for one in bodies if one.role == OrderBody.Role.LEAD),
        helpers=[one.body for one in bodies if one.role == OrderBody.Role.HELPER],
        task=row.task,
        origin=row.origin,
        feedback=row.feedback,
        sign_days=row.sign_days,
        close_days=row.close_days,
        contact=row.contact,
    )
    record(type="supervision.order.renewed", object=row, region=row.region_id, by=by, at=at, reason=reason)
    return draft_order(region=row.region_id, terms=terms, previous=row, by=by, at=at)


@transaction.atomic
def suspend(*, order: Order, reason: str, by: User, at: datetime) -> Order:
    """Let the clock of an order stand still."""
    row = lock(order)
    take(row, "suspend", role="office", given={"reason": reason}, words=reason, by=by, at=at)
    row.save()
    record(type="supervision.order.suspended", object=row, region=row.region_id, by=by, at=at, reason=reason)
    return row


@transaction.atomic
def resume(*, order: Order, by: User, at: datetime) -> Order:
    """Let the clock run on, with at least the minimum notice."""
    row = lock(order)
    take(row, "resume", role="office", by=by, at=at)
    _leave_time(row, at)
    row.save()
    record(type="supervision.order.resumed", object=row, region=row.region_id, by=by, at=at)
    return row


@transaction.atomic
def cancel(*, order: Order, reason: str, by: User, at: datetime) -> Order:
    """Take an order back; its number stays used."""
    row = lock(order)
    take(row, "cancel", role="office", given={"reason": reason}, words=reason, by=by, at=at)
    row.save()
    record(type="supervision.order.cancelled", object=row, region=row.region_id, by=by, at=at, reason=reason)
    return row


@transaction.atomic
def archive(*, order: Order, by: User, at: datetime) -> Order:
    """Put a finished order into the archive."""
    row = lock(order)
    take(row, "archive", role="office", by=by, at=at)
    row.save()
    record(type="supervision.order.archived", object=row, region=row.region_id, by=by, at=at)
    return row


def lock(order: Order) -> Order:
    """The order, locked until the end of the transaction."""
    return Order.objects.select_for_update().get(pk=order.pk)


def take(
    row: Order,
    name: str,
    *,
    role: Role,
    given: Mapping[str, object] | None = None,
    body: Body | None = None,
    words: str = "",
    by: User,
    at: datetime,
) -> None:
    """Put a locked order where a step leads and note the step; the order itself is not saved."""
    after = step(ORDER, Standing(row.state, row.kept or None), name, role=role, given=given)
    row.state, row.kept = Order.State(after.state), after.kept or ""
    row.version += 1
    Step.objects.create(
        region_id=row.region_id, order=row, name=name, body=body, words=words.strip(), by=by, at=at
    )


def set_due(row: Order, due: date, today: date) -> None:
    """Set what is waited for, and from when its light is yellow."""
    row.due = due
    row.warn_from = warn_from(start=today, due=due, calendar=calendar_of(row.region_id)).day


def rounds_of(row: Order) -> tuple[date, ...]:
    """The days of feedback."""
    return tuple(date.fromisoformat(day) for day in row.rounds)


def form_of(order: Order, body: Body) -> str:
    """`order` or `letter`: what the line of the order may do with a body."""
    line: IssuingLine = next(one for one in get_args(IssuingLine) if one == order.line)
    return address(line, body.line).form


def set_prefix(*, region: str, year: int, prefix: str, by: User, at: datetime) -> Series:
    """Set what the numbers of a year begin with, from the next one on."""
    serial(prefix, year, 1)
    with transaction.atomic():
        row, _made = Series.objects.select_for_update().get_or_create(
            region_id=region, year=year, defaults={"prefix": prefix}
        )
        row.prefix = prefix
        row.save(update_fields=["prefix"])
        record(type="supervision.prefix.set", object=row, region=region, by=by, at=at, prefix=prefix)
    return row


def _next_number(region: str, year: int) -> tuple[int, str]:
    """The next number of a region and year, without a gap: taken back with the transaction that took it."""
    before = Series.objects.filter(region_id=region, year__lt=year).order_by("-year").first()
    row, _made = Series.objects.select_for_update().get_or_create(
        region_id=region, year=year, defaults={"prefix": before.prefix if before else PREFIX}
    )
    row.last += 1
    row.save(update_fields=["last"])
    return row.last, serial(row.prefix, year, row.last)


def _leave_time(row: Order, at: datetime) -> None:
    """Move the day that is waited for when less than the minimum notice is left."""
    today = localdate(at)
    earliest = earliest_due(today, calendar_of(row.region_id)).day
    if row.due is not None and row.due < earliest:
        set_due(row, earliest, today)


def _decide(row: Order, state: Reply.State) -> None:
    lead = row.bodies.get(role=OrderBody.Role.LEAD).body_id
    latest = row.replies.filter(body=lead).aggregate(pk=Max("pk"))["pk"]
    row.replies.filter(pk=latest).update(state=state)


def _was_accepted(row: Order) -> bool:
    return row.replies.filter(state=Reply.State.ACCEPTED).exists()
