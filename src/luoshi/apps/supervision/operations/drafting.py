"""Drafting an order: what is asked of whom, on what authority."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Q

from luoshi.apps.audit.operations import record
from luoshi.apps.organization.models import Body, Region
from luoshi.apps.plan.models import Task
from luoshi.apps.supervision.models import Order, OrderBody
from luoshi.apps.supervision.operations import refusals
from luoshi.core.errors import Phrase
from luoshi.core.supervision.limits import LimitsUnusable
from luoshi.core.supervision.machines import OPEN
from luoshi.core.supervision.numbers import matter_key
from luoshi.core.work.burden import MINIMUM_NOTICE


@dataclass(frozen=True, slots=True)
class OrderTerms:
    """What an order says.

    Attributes:
        line: in whose name it goes out (`Issue.Line`).
        source: where the matter comes from (`Order.Source`).
        origin: the words of the source.
        authority: what it rests on, or who empowered the office.
        matter: one matter.
        requirement: what has to be done.
        lead: the one body that answers.
        helpers: bodies that contribute.
        task: of a plan, if it is about one.
        feedback: `Order.Feedback`.
        sign_days, close_days: limits in working days.
        contact: where the office can be asked.
    """

    line: str
    source: str
    authority: str
    matter: str
    requirement: str
    lead: Body
    helpers: Sequence[Body] = ()
    task: Task | None = None
    origin: str = ""
    feedback: str = Order.Feedback.ONCE
    sign_days: int = 2
    close_days: int = 15
    contact: str = ""


@transaction.atomic
def draft_order(
    *, region: str, terms: OrderTerms, previous: Order | None = None, by: User, at: datetime
) -> Order:
    """Write an order that nobody outside the office sees yet.

    Raises:
        MatterOrderedAlready: an order for the matter or the task is open.
        AuthorityMissing, LeadHelpsToo, BodyNotOfRegion, LimitsUnusable.
    """
    _check(region, terms)
    values = _values(terms)
    # Two people who write the same order at once queue here, so that the second one is told.
    Region.objects.select_for_update().get(pk=region)
    _refuse_second(region, terms)
    made = Order.objects.create(region_id=region, previous=previous, drafted_by=by, drafted_at=at, **values)
    _set_bodies(made, terms)
    record(type="supervision.order.drafted", object=made, region=region, by=by, at=at, matter=made.matter)
    return made


@transaction.atomic
def revise_order(*, order: Order, terms: OrderTerms, base: int, by: User, at: datetime) -> Order:
    """Change a draft.

    Args:
        base: number of the version that was opened.

    Raises:
        OrderMovedOn: somebody changed it meanwhile.
        NotOutToReply: it is no draft any more.
    """
    row = Order.objects.select_for_update().get(pk=order.pk)
    if row.version != base:
        raise refusals.OrderMovedOn(seen=base, latest=row.version)
    if row.state != Order.State.DRAFT:
        raise refusals.NotOutToReply(state=str(row.get_state_display()))
    _check(row.region_id, terms)
    _refuse_second(row.region_id, terms, but=row)
    for name, value in _values(terms).items():
        setattr(row, name, value)
    row.version += 1
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise refusals.MatterOrderedAlready(matter=terms.matter, which="—") from error
    row.bodies.all().delete()
    _set_bodies(row, terms)
    record(type="supervision.order.revised", object=row, region=row.region_id, by=by, at=at)
    return row


def open_order(region: str, matter: str, task: Task | None) -> Order | None:
    """The open order for a matter or a task."""
    same = Q(matter_key=matter_key(matter))
    if task is not None:
        same |= Q(task=task)
    return Order.objects.filter(same, region_id=region, state__in=OPEN).first()


def _refuse_second(region: str, terms: OrderTerms, but: Order | None = None) -> None:
    other = open_order(region, terms.matter, terms.task)
    if other is not None and other != but:
        which = other.serial or Phrase("拟办中", "being drafted")
        raise refusals.MatterOrderedAlready(matter=other.matter, which=which)


def _check(region: str, terms: OrderTerms) -> None:
    for field, value in (
        (Phrase("依据或授权", "authority"), terms.authority),
        (Phrase("督办事项", "matter"), matter_key(terms.matter)),
        (Phrase("办理要求", "requirement"), terms.requirement),
    ):
        if not value.strip():
            raise refusals.AuthorityMissing(field=field)
    if terms.close_days < terms.sign_days + MINIMUM_NOTICE:
        raise LimitsUnusable(sign=terms.sign_days, close=terms.close_days, least=MINIMUM_NOTICE)
    for body in (terms.lead, *terms.helpers):
        if body.region_id != region or body.is_collective:
            raise refusals.BodyNotOfRegion(body=body.name)
    if any(helper.pk == terms.lead.pk for helper in terms.helpers):
        raise refusals.LeadHelpsToo(body=terms.lead.name)


def _values(terms: OrderTerms) -> dict[str, object]:
    return {
        "line": terms.line,
        "source": terms.source,
        "origin": terms.origin.strip(),
        "authority": terms.authority.strip(),
        "matter": terms.matter.strip(),
        "matter_key": matter_key(terms.matter),
        "requirement": terms.requirement.strip(),
        "task": terms.task,
        "feedback": terms.feedback,
        "sign_days": terms.sign_days,
        "close_days": terms.close_days,
        "contact": terms.contact.strip(),
    }


def _set_bodies(order: Order, terms: OrderTerms) -> None:
    roles = [(terms.lead, OrderBody.Role.LEAD), *((one, OrderBody.Role.HELPER) for one in terms.helpers)]
    OrderBody.objects.bulk_create(
        OrderBody(region_id=order.region_id, order=order, body=body, role=role) for body, role in roles
    )
