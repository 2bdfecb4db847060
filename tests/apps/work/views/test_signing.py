"""Signing through its page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from luoshi.apps.work.models import Assignment
from tests.apps.work.factories import World, issued_plan

Queries = Callable[[int], Any]
SIGNING = reverse("work:signing")

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return issued_plan(signed=False)


def waiting(world: World, body: str) -> int:
    return Assignment.objects.filter(body=world.bodies[body], state="issued").count()


def test_one_click_signs_for_everything_of_ones_own(client: Client, world: World) -> None:
    client.force_login(world.liaison("区民政局"))
    assert client.get(SIGNING).context["page"].paginator.count == 3
    client.post(SIGNING, {"all": "1"})
    assert (waiting(world, "区民政局"), waiting(world, "区教育局")) == (0, 3)
    assert "没有待签收的任务" in client.get(SIGNING).text
    assert client.get(SIGNING, {"state": "signed"}).context["page"].paginator.count == 3
    assert client.get(SIGNING, {"format": "xlsx", "state": "all"}).content.startswith(b"PK")


def test_chosen_ones_are_signed_for_and_those_of_others_never(client: Client, world: World) -> None:
    client.force_login(world.head("区教育局"))
    own, foreign = world.assignment(1, "区教育局").pk, world.assignment(1, "区民政局").pk
    client.post(SIGNING, {"assignment": [str(own), str(foreign), "x"]})
    assert (waiting(world, "区教育局"), waiting(world, "区民政局")) == (2, 3)
    shown = client.post(SIGNING, {}, follow=True)
    assert "没有选中" in shown.text


def test_the_office_signs_for_nobody(client: Client, world: World) -> None:
    client.force_login(world.office)
    assert client.get(SIGNING).status_code == 403
    assert client.post(SIGNING, {"all": "1"}).status_code == 403


@pytest.mark.parametrize("tasks", [2, 30])
def test_it_asks_no_more_for_more(client: Client, tasks: int, django_assert_max_num_queries: Queries) -> None:
    world = issued_plan(tasks, signed=False)
    client.force_login(world.liaison("区民政局"))
    with django_assert_max_num_queries(25):
        assert client.get(SIGNING).status_code == 200
    with django_assert_max_num_queries(25):
        client.post(SIGNING, {"all": "1"})
