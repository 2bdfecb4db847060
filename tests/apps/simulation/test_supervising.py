"""Orders of a simulated year: for what was overdue, step by step, as the rules of orders allow."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import pairwise

import pytest
from django.db import transaction
from django.utils.timezone import localdate

from luoshi.apps.audit.models import Event
from luoshi.apps.organization.queries import calendar_of
from luoshi.apps.simulation.district import District
from luoshi.apps.simulation.supervising import supervise
from luoshi.apps.supervision.models import Order, Reply, Series, Step
from luoshi.apps.supervision.operations import stepping
from luoshi.apps.work.models import Report
from luoshi.core.supervision.machines import ORDER
from luoshi.core.supervision.urging import PAUSE, RUNGS
from luoshi.core.work.states import Standing, step
from tests.apps.simulation.conftest import NOW

pytestmark = pytest.mark.django_db
# Steps of helpers and of urging do not move an order.
BESIDE = {"contribute", *RUNGS}


def _orders(district: District) -> list[Order]:
    rows = Order.objects.filter(region=district.region).order_by("year", "number")
    return list(rows.prefetch_related("steps", "replies", "bodies"))


def test_every_kind_of_thing_happens_to_orders(district: District) -> None:
    orders = _orders(district)
    assert len(orders) > 20
    steps = Counter(Step.objects.filter(region=district.region).values_list("name", flat=True))
    told = {
        "issue",
        "sign",
        "reply",
        "contribute",
        "return",
        "continue",
        "accept",
        "close",
        "renew",
        "archive",
    }
    assert told | {"reminder", "letter", "notice"} <= set(steps)
    late = [one for order in orders for one in order.replies.all() if localdate(one.at) > one.round]
    assert 0 < len(late) < Reply.objects.filter(region=district.region).count() / 2


def test_orders_are_for_what_was_overdue(district: District) -> None:
    first = [order for order in _orders(district) if order.previous_id is None]
    for order in first:
        lead = next(one.body_id for one in order.bodies.all() if one.role == "lead")
        on_the_day = localdate(order.drafted_at)
        duties = order.task.occurrences.filter(body=lead, due__lt=on_the_day)
        answered = Report.objects.filter(
            occurrence__in=duties, submitted_at__isnull=False, submitted_at__date__lte=on_the_day
        )
        assert duties.count() > answered.count()


def test_numbers_have_no_gap_and_follow_time(district: District) -> None:
    for series in Series.objects.filter(region=district.region):
        orders = [order for order in _orders(district) if order.year == series.year]
        assert [order.number for order in orders] == list(range(1, series.last + 1))
        assert all(one.issued_at <= two.issued_at for one, two in pairwise(orders))
        assert all(order.issued_by_id == district.deputy.pk != order.drafted_by_id for order in orders)


def test_the_steps_of_an_order_are_those_of_the_machine(district: District) -> None:
    given = {"basis": "x", "reason": "x", "second-person": True, "acceptance": True}
    for order in _orders(district):
        standing = Standing("draft")
        steps = list(order.steps.all())
        assert all(one.at <= two.at for one, two in pairwise(steps))
        assert all(localdate(one.at) <= localdate(NOW) for one in steps)
        for one in steps:
            if one.name in BESIDE or (one.name == "sign" and standing.state != "issued"):
                continue
            role = "liaison" if one.name in {"sign", "reply"} else "office"
            standing = step(ORDER, standing, one.name, role=role, given=given)
        assert standing.state == order.state


def test_urging_leaves_days_between(district: District) -> None:
    calendar = calendar_of(district.region.pk)

    def days(order: Order) -> list[date]:
        return [localdate(one.at) for one in order.steps.all() if one.name in RUNGS]

    for order in _orders(district):
        urged = days(order)
        assert all(calendar.working_days_between(one, two).days >= PAUSE for one, two in pairwise(urged))


def test_no_task_has_two_orders_at_a_time(district: District) -> None:
    by_task: dict[int, list[Order]] = {}
    for order in sorted(_orders(district), key=lambda one: one.drafted_at):
        by_task.setdefault(order.task_id or 0, []).append(order)
    assert any(len(ones) > 1 for ones in by_task.values())
    for ones in by_task.values():
        assert all(
            one.closed_at is not None and one.closed_at <= two.drafted_at for one, two in pairwise(ones)
        )


def test_every_step_stands_in_the_log(district: District) -> None:
    orders = _orders(district)
    log = Counter(
        Event.objects.filter(region=district.region.pk, type__startswith="supervision.").values_list(
            "type", flat=True
        )
    )
    steps = Counter(one.name for order in orders for one in order.steps.all())
    assert log["supervision.order.issued"] == len(orders) == steps["issue"]
    assert log["supervision.order.signed"] == steps["sign"]
    assert log["supervision.reply.given"] == steps["reply"] + steps["contribute"]
    assert log["supervision.order.urged"] == sum(steps[rung] for rung in RUNGS)


def test_people_can_go_on_from_there(district: District) -> None:
    done = next(order for order in _orders(district) if order.state in {"closed", "renewed"})
    with transaction.atomic():
        assert stepping.archive(order=done, by=district.office, at=NOW).state == "archived"
        transaction.set_rollback(True)


def test_nothing_is_ordered_before_it_is_overdue(district: District) -> None:
    with transaction.atomic():
        before = Order.objects.count()
        assert supervise(district, 8, localdate(district.issue.issued_at)) == before
        transaction.set_rollback(True)
