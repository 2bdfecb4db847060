"""More time, asked for and decided through its pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from luoshi.apps.work.models import Extension
from luoshi.apps.work.operations.extending import ask_extension
from tests.apps.work.factories import World, issued_plan, morning

Queries = Callable[[int], Any]
DAY = morning(2026, 3, 24)
ASKED = {"new_due": "2026-04-15", "reason": "雨季", "progress": "过半"}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is 24 March 2026."""
    monkeypatch.setattr(timezone, "now", lambda: DAY)


@pytest.fixture
def world() -> World:
    return issued_plan(until=morning(2026, 3, 17))


def form_of(world: World, body: str = "区教育局") -> str:
    return reverse("work:extend", args=[world.occurrence(1, body).pk])


def test_asked_supported_and_granted_by_three_people(client: Client, world: World) -> None:
    client.force_login(world.liaison("区教育局"))
    address = client.post(form_of(world), ASKED).headers["location"]
    assert "同意申请" not in client.get(address).text
    client.force_login(world.head("区教育局"))
    assert 'value="endorse"' in client.get(address).text
    client.post(address, {"step": "endorse"})
    client.force_login(world.office)
    assert client.post(address, {"step": "grant", "answer": "同意"}).status_code == 302
    assert Extension.objects.get().state == "granted"
    assert world.occurrence(1, "区教育局").due == date(2026, 4, 15)


def test_what_was_typed_stays_when_it_is_refused(client: Client, world: World) -> None:
    client.force_login(world.liaison("区教育局"))
    for wrong in ("2026-04-18", "2026-03-20"):
        refused = client.post(form_of(world), {**ASKED, "new_due": wrong, "reason": "道路施工"})
        assert refused.status_code == 422
        assert "道路施工" in refused.text
    assert not Extension.objects.exists()


def test_a_refusal_needs_a_reason(client: Client, world: World) -> None:
    client.force_login(world.liaison("区教育局"))
    address = client.post(form_of(world), ASKED).headers["location"]
    client.force_login(world.head("区教育局"))
    assert client.post(address, {"step": "refuse", "answer": " "}).status_code == 422
    assert client.post(address, {"step": "refuse", "answer": "进度正常"}).status_code == 302
    assert client.post(address, {"step": "nonsense"}).status_code == 404


def test_who_asked_is_told_that_somebody_else_decides(client: Client, world: World) -> None:
    client.force_login(world.head("区教育局"))
    address = client.post(form_of(world), ASKED).headers["location"]
    shown = client.get(address).text
    assert 'value="endorse"' not in shown
    assert "不能是同一人" in shown


def test_a_sole_lead_without_a_head_is_decided_on_by_the_office(client: Client, world: World) -> None:
    client.force_login(world.liaison("区民政局"))
    form = form_of(world, "区民政局")
    assert "这项申请直接由办公室审批" in client.get(form).text
    address = client.post(form, ASKED).headers["location"]
    assert "待办公室审批" in client.get(address).text
    client.force_login(world.office)
    listed = reverse("work:extensions")
    assert client.get(listed, {"state": "asked"}).context["page"].paginator.count == 0
    assert "待办公室审批" in client.get(listed, {"state": "endorsed"}).text
    assert client.get(reverse("work:desk-list", args=["grant"])).context["page"].paginator.count == 1
    shown = client.get(address).text
    assert "由办公室直接审批" in shown
    assert 'value="grant"' in shown
    world.head("区民政局")
    assert 'value="grant"' not in client.get(address).text
    assert client.post(address, {"step": "grant"}).status_code == 422
    assert client.get(reverse("work:desk-list", args=["grant"])).context["page"].paginator.count == 0
    User.objects.filter(first_name="区民政局head").update(is_active=False)
    assert client.post(address, {"step": "grant"}).status_code == 302
    assert Extension.objects.get().state == "granted"


def test_others_neither_ask_for_a_body_nor_see_its_requests(client: Client, world: World) -> None:
    client.force_login(world.liaison("区教育局"))
    address = client.post(form_of(world), ASKED).headers["location"]
    client.force_login(world.liaison("区财政局"))
    assert client.get(form_of(world)).status_code == 403
    assert client.post(form_of(world), ASKED).status_code == 403
    assert client.get(address).status_code == 403
    assert client.get(reverse("work:extensions")).context["page"].paginator.count == 0
    client.force_login(world.liaison("区民政局"))
    assert client.get(address).status_code == 200
    assert client.get(reverse("work:extensions")).context["page"].paginator.count == 1


def test_the_list_searches_filters_and_exports_in_few_queries(
    client: Client, django_assert_max_num_queries: Queries
) -> None:
    world = issued_plan(20, until=morning(2026, 3, 17))
    for task in range(1, 20):
        for body in ("区教育局", "区财政局"):
            ask_extension(
                occurrence=world.occurrence(task, body),
                new_due=date(2026, 4, 15),
                reason="雨季" if task % 2 else "人手",
                by=world.liaison(body),
                at=DAY,
            )
    client.force_login(world.office)
    address = reverse("work:extensions")
    with django_assert_max_num_queries(25):
        assert client.get(address).context["page"].paginator.count == 38
    assert client.get(address, {"q": "人手"}).context["page"].paginator.count == 18
    assert client.get(address, {"state": "granted"}).context["page"].paginator.count == 0
    assert client.get(address, {"format": "xlsx", "sort": "body"}).content.startswith(b"PK")
