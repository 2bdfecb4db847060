"""The working days of a region through their page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from luoshi.apps.organization.queries.calendar import calendar_of
from tests.apps import factories
from tests.apps.work.factories import REGION, World, issued_plan, morning

Queries = Callable[[int], Any]
PAGE = "/calendar/days/"
DAY_OFF = {"set": "1", "first": "2026-03-31", "last": "", "working": "off", "reason": "区庆"}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is 17 March 2026."""
    monkeypatch.setattr(timezone, "now", lambda: morning(2026, 3, 17))


@pytest.fixture
def world() -> World:
    return issued_plan(until=morning(2026, 3, 17))


def test_a_day_off_moves_what_is_due_on_it_and_back(client: Client, world: World) -> None:
    client.force_login(world.office)
    assert "区庆" in client.post(PAGE, DAY_OFF, follow=True).text
    assert world.occurrence(1, "区民政局").due == date(2026, 4, 1)
    client.post(PAGE, {"restore": "2026-03-31"})
    assert world.occurrence(1, "区民政局").due == date(2026, 3, 31)


def test_a_year_without_a_schedule_says_so_until_it_is_entered(client: Client, world: World) -> None:
    client.force_login(world.office)
    address = f"{PAGE}?region={REGION}&year=2031"
    assert "尚未公布" in client.get(address).text
    client.post(address, {"complete": "yes"})
    assert "标记为完整" in client.get(address).text
    assert calendar_of(REGION).knows(2031)
    client.post(address, {"complete": "no"})
    assert not calendar_of(REGION).knows(2031)


def test_what_was_typed_stays_when_it_is_refused(client: Client, world: World) -> None:
    client.force_login(world.office)
    refused = client.post(PAGE, {**DAY_OFF, "last": "2026-03-01"})
    assert refused.status_code == 422
    assert "区庆" in refused.text
    assert client.post(PAGE, {**DAY_OFF, "last": "2026-12-01"}).status_code == 422
    assert client.post(PAGE, {"restore": "never"}).status_code == 404
    assert client.post(PAGE, {}).status_code == 404
    assert not calendar_of(REGION).overrides


def test_a_body_looks_and_changes_nothing_and_nobody_looks_elsewhere(client: Client, world: World) -> None:
    client.force_login(world.liaison("区教育局"))
    shown = client.get(PAGE)
    assert shown.status_code == 200
    assert "登记调整" not in shown.text
    assert client.post(PAGE, DAY_OFF).status_code == 403
    factories.region("990103", "青石区")
    assert client.get(PAGE, {"region": "990103"}).status_code == 403
    assert client.get(PAGE, {"year": "99999", "region": REGION}).status_code == 200


def test_the_page_asks_few_queries(
    client: Client, world: World, django_assert_max_num_queries: Queries
) -> None:
    client.force_login(world.office)
    client.post(PAGE, {**DAY_OFF, "first": "2026-07-01", "last": "2026-08-20"})
    with django_assert_max_num_queries(25):
        assert client.get(PAGE).status_code == 200
