"""Duties become requests, entries answer them, and no fact is asked for twice."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.models import QuerySet
from django.utils.timezone import localdate

from luoshi.apps.binding.models import Fulfilment
from luoshi.apps.work.models import Occurrence
from luoshi.apps.work.operations.timing import advance
from tests.apps.binding.factories import World, issued
from tests.apps.work.factories import morning

pytestmark = pytest.mark.django_db
DUTY = ("duty", "data-centre-reports", "half-yearly")


def _own(world: World) -> QuerySet[Occurrence]:
    return Occurrence.objects.filter(task=world.task("3"), key__contains="+").order_by("scheduled")


def test_a_duty_of_its_own_asks_the_body_it_is_for_and_says_why() -> None:
    world = issued()
    assert not _own(world).exists()
    world.confirm(*DUTY)
    first = _own(world)[0]
    assert first.body == world.bodies["区大数据中心"]
    assert (first.period, first.state) == ("2026H1", "scheduled")
    assert first.reason == "报送半年基础数据"
    assert first.basis
    before = _own(world).count()
    world.settle(world.binding(*DUTY), "reopen")
    assert set(_own(world).values_list("state", flat=True)) == {"cancelled"}
    world.confirm(*DUTY)
    assert _own(world).count() == before
    assert "cancelled" not in _own(world).values_list("state", flat=True)


def test_the_plans_own_duty_is_not_asked_for_twice_and_its_entry_answers_it() -> None:
    world = issued(until=morning(2026, 6, 17))
    world.confirm(*DUTY, same_as="half-yearly")
    assert not _own(world).exists()
    body = world.bodies["区大数据中心"]
    asked = Occurrence.objects.get(task=world.task("3"), body=body, key="2026Q2")
    entry = world.returned("2026H1", at=morning(2026, 7, 2))
    asked.refresh_from_db()
    assert (asked.state, asked.answered_at) == ("closed", morning(2026, 7, 2))
    assert Fulfilment.objects.get(occurrence=asked).entry == entry


def test_a_duty_is_due_after_its_period_and_not_within_it() -> None:
    world = issued()
    world.confirm(*DUTY)
    first = _own(world)[0]
    assert (first.scheduled, first.due) == (date(2026, 7, 15), date(2026, 7, 15))
    advance(region=world.plan.region_id, at=morning(2026, 7, 2))
    world.returned("2026H1", at=morning(2026, 7, 3))
    kept = Fulfilment.objects.get()
    assert kept.occurrence == first
    assert localdate(kept.at) <= kept.occurrence.due


def test_the_plans_own_request_is_due_when_the_duty_is_until_it_is_bound_no_more() -> None:
    world = issued(until=morning(2026, 6, 17))
    row = world.confirm(*DUTY, same_as="half-yearly")
    body = world.bodies["区大数据中心"]
    mine = Occurrence.objects.filter(task=world.task("3"), body=body)
    asked = mine.get(key="2026Q2")
    assert (asked.scheduled, asked.due, asked.state) == (date(2026, 6, 30), date(2026, 7, 15), "open")
    assert mine.get(key="2026Q4").due > date(2027, 1, 14)
    others = Occurrence.objects.filter(task=world.task("3"), key="2026Q2").exclude(body=body)
    assert set(others.values_list("due", flat=True)) == {date(2026, 6, 30)}
    assert mine.get(key="2026Q3").due <= date(2026, 10, 15)
    world.settle(row, "reopen")
    asked.refresh_from_db()
    assert (asked.due, asked.moved) == (date(2026, 6, 30), None)


def test_a_later_day_that_was_granted_stays() -> None:
    world = issued(until=morning(2026, 6, 17))
    body = world.bodies["区大数据中心"]
    granted = Occurrence.objects.filter(task=world.task("3"), body=body, key="2026Q2")
    granted.update(moved=date(2026, 7, 31), due=date(2026, 7, 31))
    row = world.confirm(*DUTY, same_as="half-yearly")
    assert granted.get().due == date(2026, 7, 31)
    world.settle(row, "reopen")
    assert granted.get().due == date(2026, 7, 31)


def test_requests_that_are_made_later_are_due_when_the_duty_is() -> None:
    world = issued(until=morning(2026, 6, 17))
    world.confirm(*DUTY, same_as="half-yearly")
    body = world.bodies["区大数据中心"]
    advance(region=world.plan.region_id, at=morning(2027, 6, 1))
    made = Occurrence.objects.get(task=world.task("3"), body=body, key="2027Q2")
    assert made.due == date(2027, 7, 15)


def test_another_period_answers_nothing() -> None:
    world = issued(until=morning(2026, 6, 17))
    world.confirm(*DUTY, same_as="half-yearly")
    world.returned("2025H2", at=morning(2026, 7, 2))
    assert not Fulfilment.objects.exists()


def test_an_entry_from_before_the_binding_answers_as_soon_as_the_duty_is_bound() -> None:
    world = issued(until=morning(2026, 6, 17))
    world.returned("2026H1", at=morning(2026, 7, 2))
    assert not Fulfilment.objects.exists()
    world.confirm(*DUTY, same_as="half-yearly", at=morning(2026, 7, 3))
    kept = Fulfilment.objects.get()
    assert (kept.occurrence.period, kept.occurrence.state) == ("2026Q2", "closed")


def test_an_entry_answers_the_request_that_the_duty_made() -> None:
    world = issued()
    world.confirm(*DUTY)
    advance(region=world.plan.region_id, at=morning(2026, 7, 1))
    world.returned("2026H1", at=morning(2026, 7, 2))
    kept = Fulfilment.objects.get()
    assert "+" in kept.occurrence.key
    assert (kept.occurrence.period, kept.occurrence.state) == ("2026H1", "closed")


def test_taking_a_duty_back_asks_again() -> None:
    world = issued(until=morning(2026, 6, 17))
    row = world.confirm(*DUTY, same_as="half-yearly")
    world.returned("2026H1", at=morning(2026, 7, 2))
    asked = Fulfilment.objects.get().occurrence
    world.settle(row, "reopen", at=morning(2026, 7, 3))
    asked.refresh_from_db()
    assert (asked.state, asked.answered_at) == ("open", None)
