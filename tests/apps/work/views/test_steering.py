"""Steps of the office and reports asked for beside the rules, through their pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from luoshi.apps.work.models import Assignment, Occurrence
from luoshi.apps.work.views.steering import STEPS
from tests.apps.work.factories import World, issued_plan, morning

Queries = Callable[[int], Any]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is 8 April 2026."""
    monkeypatch.setattr(timezone, "now", lambda: morning(2026, 4, 8))


@pytest.fixture
def world() -> World:
    return issued_plan()


def page(world: World, step: str, body: str = "区教育局", task: int = 1) -> str:
    return reverse("work:step", args=[world.assignment(task, body).pk, step])


def states(world: World, **given: object) -> set[str]:
    return set(Assignment.objects.filter(**given).values_list("state", flat=True))


def test_every_step_has_its_page(client: Client, world: World) -> None:
    client.force_login(world.office)
    for step in STEPS:
        assert client.get(page(world, step)).status_code == 200, step
    assert client.get(page(world, "abolish")).status_code == 404


def test_all_tasks_of_a_body_go_to_another_in_one_step(client: Client, world: World) -> None:
    client.force_login(world.office)
    sent = {"scope": "body", "receiver": world.bodies["区司法局"].pk, "reason": "机构改革"}
    assert client.post(page(world, "hand-over"), sent).status_code == 302
    assert states(world, body=world.bodies["区教育局"]) == {"handed-over"}


def test_a_whole_task_is_suspended_resumed_and_cancelled(client: Client, world: World) -> None:
    client.force_login(world.office)
    task = world.tasks[0]
    client.post(page(world, "suspend"), {"scope": "task", "reason": "疫情"})
    assert states(world, task=task) == {"suspended"}
    client.post(page(world, "resume"), {"scope": "task"})
    assert states(world, task=task) == {"signed"}
    refused = client.post(
        page(world, "cancel", "区民政局"), {"scope": "one", "reason": "并入", "basis": "纪要"}
    )
    assert refused.status_code == 422
    assert "并入" in refused.text
    client.post(page(world, "cancel"), {"scope": "task", "reason": "并入", "basis": "纪要"})
    assert states(world, task=task) == {"cancelled"}


def test_a_standing_duty_is_not_closed(client: Client, world: World) -> None:
    client.force_login(world.office)
    refused = client.post(page(world, "close", "区人民法院", 4), {"scope": "one"})
    assert refused.status_code == 422


def test_a_report_is_asked_for_with_a_basis(client: Client, world: World) -> None:
    client.force_login(world.office)
    address = reverse("work:ask", args=[world.tasks[0].pk])
    body = world.bodies["区教育局"].pk
    sent = {"bodies": [body], "due": "2026-04-20", "basis": "市通知", "reason": "专项检查"}
    refused = client.post(address, {**sent, "due": "2026-04-09"})
    assert refused.status_code == 422
    assert "专项检查" in refused.text
    assert client.post(address, {**sent, "bodies": [world.bodies["区人民法院"].pk]}).status_code == 422
    assert client.post(address, sent).status_code == 302
    assert Occurrence.objects.filter(asked_by=world.office).count() == 1


def test_only_the_office_steers(client: Client, world: World) -> None:
    ask = reverse("work:ask", args=[world.tasks[0].pk])
    for user in (world.head("区教育局"), world.viewer()):
        client.force_login(user)
        for address in (ask, *(page(world, step) for step in STEPS)):
            assert client.get(address).status_code == 403
            assert client.post(address, {"scope": "one", "reason": "x"}).status_code == 403


def test_steps_on_many_tasks_ask_few_queries(client: Client, django_assert_max_num_queries: Queries) -> None:
    world = issued_plan(20)
    client.force_login(world.office)
    with django_assert_max_num_queries(25):
        client.get(page(world, "hand-over"))
    with django_assert_max_num_queries(25):
        client.get(reverse("work:ask", args=[world.tasks[0].pk]))
