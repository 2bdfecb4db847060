"""Issuing a plan through its pages, who may see what of it, and how many queries that takes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from luoshi.apps.plan.models import Plan, TaskBody
from luoshi.apps.work.models import Issue, Occurrence, ReportingRule
from tests.apps import factories
from tests.apps.work.factories import NOW, World, confirmed_plan, issued_plan, morning

Queries = Callable[[int], Any]
TERMS = {
    "line": "government",
    "basis": "云溪区社区服务重点任务分解方案第五部分",
    "recurrence": "quarterly",
    "first_day": "2026-01-01",
    "last_day": "",
    "signing_days": 5,
    "opening_days": 10,
    "notice_days": 3,
    "cosigning_days": 3,
    "yellow_days": 3,
    "yellow_percent": 20,
    "most_extensions": 2,
}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is 2 March 2026."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def page(world: World, name: str = "issue", *more: int) -> str:
    return reverse(f"work:{name}", args=[world.plan.pk, *more])


def signed_in(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def test_the_page_shows_who_gets_what_and_how_each_is_addressed(client: Client) -> None:
    world = confirmed_plan()
    shown = signed_in(client, world.office).get(page(world)).text
    assert all(name in shown for name in world.bodies)
    assert "政府督查工作条例第5条" in shown
    other = client.post(page(world), {**TERMS, "line": "rule-of-law", "preview": "1"})
    assert other.status_code == 200
    assert "商请函" not in other.text
    assert not Issue.objects.exists()


def test_sent_it_is_issued_with_the_rules_of_single_tasks(client: Client) -> None:
    world = confirmed_plan()
    first, second = world.tasks[0].pk, world.tasks[1].pk
    sent = {**TERMS, f"rule-{first}": "monthly", f"day-{second}": "2026-05-20"}
    answer = signed_in(client, world.office).post(page(world), sent)
    assert answer.headers["location"] == page(world, "issued")
    rules = ReportingRule.objects.filter(task=first).values_list("recurrence", "origin")
    assert list(rules) == [("monthly", "office")]
    assert world.occurrence(2, "区民政局", "2026Q2").scheduled == date(2026, 5, 20)
    assert client.get(page(world)).headers["location"] == page(world, "issued")


def test_nothing_typed_is_lost_on_a_refusal(client: Client) -> None:
    world = confirmed_plan()
    TaskBody.objects.filter(task=world.tasks[0], name="区教育局").update(body=None)
    rule = f"rule-{world.tasks[0].pk}"
    sent = {**TERMS, "basis": "会议纪要第7号", "yellow_days": 4, rule: "yearly"}
    refused = signed_in(client, world.office).post(page(world), sent)
    assert refused.status_code == 422
    assert "区教育局" in refused.text
    assert "会议纪要第7号" in refused.text
    assert '<option value="yearly" selected>' in refused.text
    wrong = client.post(page(world), {**TERMS, "notice_days": 1, "last_day": "2025-01-01"})
    assert wrong.status_code == 422
    assert "截止日期早于起算日期" in wrong.text
    assert not Issue.objects.exists()


def test_a_draft_cannot_be_issued_from_the_page(client: Client) -> None:
    world = confirmed_plan()
    Plan.objects.filter(pk=world.plan.pk).update(status="draft", confirmed_at=None, confirmed_by=None)
    refused = signed_in(client, world.office).post(page(world), TERMS)
    assert refused.status_code == 422
    assert not Issue.objects.exists()


def test_only_the_office_of_the_region_issues(client: Client) -> None:
    world = confirmed_plan()
    factories.region("990103", "青石区")
    for user in (world.liaison("区民政局"), world.viewer(), factories.office("stranger", "990103")):
        assert signed_in(client, user).get(page(world)).status_code == 403
        assert client.post(page(world), TERMS).status_code == 403


def test_a_body_sees_its_own_paper_only(client: Client) -> None:
    world = issued_plan()
    own, other = world.bodies["区人民法院"].pk, world.bodies["区民政局"].pk
    signed_in(client, world.liaison("区人民法院"))
    shown = client.get(page(world, "slip", own)).text
    assert "商请函" in shown
    assert world.tasks[-1].text in shown
    assert client.get(page(world, "slip", other)).status_code == 403
    assert client.get(page(world, "issued")).status_code == 200
    assert client.get(page(world, "terms")).status_code == 403
    assert signed_in(client, world.viewer()).get(page(world, "slip", other)).status_code == 200


def test_the_list_counts_narrows_and_exports(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    world = issued_plan(signed=False)
    monkeypatch.setattr(timezone, "now", lambda: morning(2026, 3, 10))
    signed_in(client, world.office)

    def count(**given: str) -> int:
        return int(client.get(page(world, "issued"), given).context["page"].paginator.count)

    assert count() == count(state="open") == count(state="late") == 7
    assert count(state="done") == 0
    assert (count(form="letter"), count(form="order"), count(q="镇")) == (1, 6, 2)
    assert client.get(page(world, "issued"), {"sort": "tasks"}).context["rows"][0][0].tasks == 3
    assert client.get(page(world, "issued"), {"format": "xlsx"}).content.startswith(b"PK")


def test_other_limits_count_at_once_and_two_people_do_not_overwrite_each_other(client: Client) -> None:
    world = issued_plan(until=morning(2026, 3, 17))
    limits = {
        key: value for key, value in TERMS.items() if key not in ("line", "basis", "recurrence", "first_day")
    }
    sent = {**limits, "yellow_days": 6, "seen": 1}
    assert signed_in(client, world.office).post(page(world, "terms"), sent).status_code == 302
    assert Occurrence.objects.filter(key="2026Q1").first().warn_from == date(2026, 3, 23)  # type: ignore[union-attr]
    again = client.post(page(world, "terms"), {**sent, "yellow_days": 9})
    assert again.status_code == 422
    assert 'value="9"' in again.text


@pytest.mark.parametrize("tasks", [2, 30])
def test_no_page_asks_more_for_more(
    client: Client, tasks: int, django_assert_max_num_queries: Queries
) -> None:
    world = confirmed_plan(tasks)
    signed_in(client, world.office)
    with django_assert_max_num_queries(25):
        assert client.get(page(world)).status_code == 200
    client.post(page(world), TERMS)
    body = world.bodies["区民政局"].pk
    for address in (page(world, "issued"), page(world, "slip", body), page(world, "terms")):
        with django_assert_max_num_queries(25):
            assert client.get(address).status_code == 200
