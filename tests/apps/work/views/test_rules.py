"""Other rules for a task of an issued plan through their page."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from luoshi.apps.work.models import ReportingRule
from tests.apps.work.factories import World, issued_plan, morning

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is 17 March 2026."""
    monkeypatch.setattr(timezone, "now", lambda: morning(2026, 3, 17))


@pytest.fixture
def world() -> World:
    return issued_plan(until=morning(2026, 3, 17))


def test_a_task_gets_a_rule_of_its_own_and_goes_back(client: Client, world: World) -> None:
    client.force_login(world.office)
    task = world.tasks[0]
    address = reverse("work:rules", args=[task.pk])
    assert "2026年12月31日" in client.get(address).text
    client.post(address, {f"rule-{task.pk}": "yearly", f"day-{task.pk}": "2026-08-20"})
    assert {(rule.recurrence, rule.day) for rule in ReportingRule.objects.filter(task=task)} == {
        ("yearly", None),
        ("", date(2026, 8, 20)),
    }
    assert world.occurrence(1, "区民政局").state == "open"
    client.post(address, {})
    assert world.occurrence(1, "区民政局", "2026Q3").state == "scheduled"
    assert client.post(address, {f"day-{task.pk}": "soon"}).status_code == 422


def test_only_the_office_changes_them(client: Client, world: World) -> None:
    client.force_login(world.head("区民政局"))
    assert client.get(reverse("work:rules", args=[world.tasks[0].pk])).status_code == 403
