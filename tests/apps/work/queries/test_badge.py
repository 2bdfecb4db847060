"""The number in the head of every page: kept while nothing happens, and never for long."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from luoshi.apps.work.models import Assignment
from luoshi.apps.work.operations.reporting import open_report, save
from luoshi.apps.work.operations.signing import sign
from luoshi.apps.work.queries.badge import LONGEST, badge
from luoshi.apps.work.queries.desk import Scope, waiting
from tests.apps.work.factories import World, issued_plan, morning

AT = morning(2026, 3, 3)


@pytest.fixture
def world(db: None) -> World:
    """An issued plan that nobody has signed for."""
    return issued_plan(signed=False)


def test_it_is_what_waits_and_is_counted_once(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    user = world.liaison("区人民法院")
    scope = Scope.of(user)
    there = waiting(scope, AT.date())
    assert there
    assert badge(user, scope, AT) == there
    with django_assert_num_queries(1):
        assert badge(user, scope, AT + LONGEST / 2) == there


def test_what_is_done_is_seen_at_once(world: World) -> None:
    user = world.liaison("区人民法院")
    scope, later = Scope.of(user), AT + timedelta(seconds=1)
    before = badge(user, scope, AT)
    sign(assignments=Assignment.objects.filter(body__in=scope.bodies), by=user, at=later)
    assert badge(user, scope, later) == waiting(scope, AT.date()) < before


def test_what_the_log_does_not_tell_is_seen_soon(world: World) -> None:
    user = world.liaison("区人民法院")
    scope = Scope.of(user)
    before = badge(user, scope, AT)
    Assignment.objects.filter(body__in=scope.bodies).update(state=Assignment.State.SIGNED)
    assert badge(user, scope, AT + LONGEST / 2) == before
    assert badge(user, scope, AT + LONGEST) == waiting(scope, AT.date()) < before


def test_what_somebody_types_counts_nothing_anew(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    world.sign_all(AT)
    world.advance(morning(2026, 3, 17))
    user, other = world.liaison("区人民法院"), world.liaison("青山镇")
    now = morning(2026, 3, 18)
    scope = Scope.of(user)
    report = open_report(occurrence=world.occurrence(1, "青山镇"), by=other, at=now)
    base = save(report=report, values={"progress": "写"}, base=0, by=other, at=now).latest
    before = badge(user, scope, now)
    save(report=report, values={"progress": "写完"}, base=base, by=other, at=now + timedelta(seconds=1))
    with django_assert_num_queries(1):
        assert badge(user, scope, now + timedelta(seconds=2)) == before
    assert before == waiting(scope, now.date())


def test_another_day_is_counted_anew(world: World, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    user = world.liaison("区人民法院")
    scope, midnight = Scope.of(user), AT.replace(hour=16, minute=0)
    badge(user, scope, midnight - timedelta(seconds=1))
    with django_assert_num_queries(2):
        badge(user, scope, midnight)
