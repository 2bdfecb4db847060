"""A task with its whole history, and who reads what of it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from luoshi.apps.work.models import Report
from luoshi.apps.work.operations.deciding import accept, send_back
from luoshi.apps.work.operations.reporting import open_report, save, submit
from luoshi.apps.work.queries.history import history, told
from luoshi.apps.work.queries.task_work import Reading
from tests.apps.work.factories import World, issued_plan, morning

AT = morning(2026, 3, 18)
BODY = "区教育局"
REASON = "请补充参加人数。"


@pytest.fixture
def world(db: None) -> World:
    """A report that was returned once, sent again and accepted."""
    world = issued_plan(until=morning(2026, 3, 17))
    occurrence, clerk = world.occurrence(4, "区人民法院"), world.liaison("区人民法院")
    report = open_report(occurrence=occurrence, by=clerk, at=AT)
    saved = save(report=report, values={"progress": "首稿"}, base=0, by=clerk, at=AT)
    submit(report=report, seen=saved.latest, by=clerk, at=AT)
    send_back(report=Report.objects.get(), reason=REASON, by=world.office, at=morning(2026, 3, 19))
    saved = save(
        report=Report.objects.get(), values={"progress": "二稿"}, base=1, by=clerk, at=morning(2026, 3, 20)
    )
    submit(report=Report.objects.get(), seen=saved.latest, by=clerk, at=morning(2026, 3, 20))
    accept(report=Report.objects.get(), seen=2, by=world.office, at=morning(2026, 3, 21))
    return world


def page(client: Client, world: World, user: User, part: str, task: int = 4) -> str:
    client.force_login(user)
    address = reverse("work:task", args=[world.plan.pk, world.tasks[task - 1].pk])
    return client.get(address, {"part": part}).text


def test_what_happened_is_told_newest_first(world: World) -> None:
    found = told(list(history(world.tasks[3])))

    assert [str(one.title) for one in found[:4]] == ["采纳报送", "提交报送", "退回报送", "提交报送"]
    assert [one.at for one in found] == sorted((one.at for one in found), reverse=True)
    (returned,) = [one for one in found if one.words]
    assert (returned.by, returned.words, returned.period) == (world.office, REASON, "2026Q1")
    assert returned.body == world.bodies["区人民法院"]
    assert any(str(one.title) == "签收任务" and one.body == returned.body for one in found)
    assert any(str(one.title) == "交办方案" for one in found)


def test_nothing_of_another_task_is_told(world: World) -> None:
    assert not [one for one in told(list(history(world.tasks[0]))) if one.words]


def test_the_version_that_counts_is_shown_to_whoever_may_read_it(world: World, client: Client) -> None:
    for user in (world.office, world.viewer(), world.liaison("区人民法院")):
        text = page(client, world, user, "reports")
        assert "二稿" in text
        assert "首稿" not in text
    assert "二稿" not in page(client, world, world.liaison(BODY), "reports")


def test_reasons_are_not_for_everybody(world: World, client: Client) -> None:
    assert REASON in page(client, world, world.office, "history")
    assert REASON in page(client, world, world.liaison("区人民法院"), "history")
    text = page(client, world, world.liaison(BODY), "history")
    assert REASON not in text
    assert "退回" in text


def test_leads_read_all_of_their_task_and_no_other(world: World) -> None:
    lead, other = world.liaison("区民政局"), world.liaison("区财政局")
    first = world.tasks[0]
    parts = frozenset(first.assignments.values_list("body", flat=True))

    assert Reading.of(lead, first, parts).everything
    reading = Reading.of(other, first, parts)
    assert (reading.everything, reading.takes_part) == (False, True)
    assert reading.allows(world.bodies["区财政局"].pk)
    assert not reading.allows(world.bodies["区民政局"].pk)
    assert not reading.allows(None)
    assert not Reading.of(lead, world.tasks[3], frozenset()).everything


def test_steps_are_offered_to_whoever_may_take_them(world: World, client: Client) -> None:
    occurrence = world.occurrence(1, BODY)
    own = reverse("work:report", args=[occurrence.pk])
    step = reverse("work:step", args=[occurrence.assignment_id, "suspend"])

    text = page(client, world, world.liaison(BODY), "bodies", 1)
    assert own in text
    assert step not in text
    text = page(client, world, world.office, "bodies", 1)
    assert step in text
    assert own not in text
