"""Computed targets on pages, opened down to an entry; numbers of reports, fixed when they are sent."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from luoshi.apps.binding.models import CarriedFigure
from luoshi.apps.binding.queries.carrying import carried
from luoshi.apps.work.models import Occurrence, Report
from luoshi.apps.work.operations.reporting import open_report, save, submit
from tests.apps.alignment.factories import WORDS
from tests.apps.binding.factories import World, issued, suggested
from tests.apps.work.factories import morning

pytestmark = pytest.mark.django_db
OPENS = morning(2026, 3, 18)


def _bound(world: World) -> World:
    world.confirm("mechanism", "culture-venues")
    for part in ("parks", "halls-covered", "boards-covered"):
        world.confirm("target", "culture-venues", part)
    return world


def _task_page(client: Client, world: World) -> str:
    address = reverse("plan:task", args=[world.plan.pk, world.task("1").pk])
    return re.sub(r"<[^>]+>|\s+", " ", client.get(address).content.decode()).replace("  ", " ")


def test_nothing_is_computed_before_somebody_says_so(client: Client) -> None:
    world = suggested()
    client.force_login(world.office)
    assert "条登记计算" not in _task_page(client, world)


def test_missing_zero_and_not_reached_stand_apart(client: Client) -> None:
    world = _bound(suggested())
    client.force_login(world.office)
    page = _task_page(client, world)
    assert re.search(r"实际\s+0 个\s+未达到", page)
    assert re.search(r"0%\s+0/2\s+未达到", page)
    world.venue("hall", "青山镇")
    assert re.search(r"50%\s+1/2\s+未达到", _task_page(client, world))
    world.venue("hall", "绿水街道")
    assert re.search(r"100%\s+2/2\s+已达到", _task_page(client, world))


def test_who_lacks_one_is_named_and_the_number_opens_down_to_an_entry(client: Client) -> None:
    world = _bound(suggested())
    entry = world.venue("board", "河东社区")
    client.force_login(world.office)
    page = client.get(reverse("plan:task", args=[world.plan.pk, world.task("1").pk])).content.decode()
    assert "河西社区" in page
    found = re.findall(r'href="(/indicators/culture-venues/boards-covered/[^"]*)"', page)
    opened = client.get(found[0].replace("&amp;", "&")).content.decode()
    address = reverse("register:entry", args=["culture-venues", entry.pk])
    assert address in opened
    assert client.get(address).status_code == 200


def test_a_list_of_tasks_shows_the_values_and_asks_no_more_for_more(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    world = _bound(suggested())
    world.confirm("target", "decision-catalogue", "reviewed")
    world.venue("park", "青山镇")
    client.force_login(world.office)
    address = reverse("plan:overview", args=[world.plan.pk])
    client.get(address)
    with django_assert_max_num_queries(25):
        page = client.get(address).content.decode()
    assert page.count("computed-row") == 4
    assert "不适用" in page


def test_a_task_at_work_shows_its_targets(client: Client) -> None:
    world = _bound(issued())
    client.force_login(world.office)
    page = client.get(reverse("work:task", args=[world.plan.pk, world.task("1").pk])).content.decode()
    assert "目标的实际数值" in page


def _report(world: World, body: str) -> Occurrence:
    return Occurrence.objects.filter(task=world.task("1"), body=world.bodies[body], state="open").get()


def _sent(world: World, occurrence: Occurrence, body: str) -> Report:
    by = world.liaison(body)
    made = open_report(occurrence=occurrence, by=by, at=OPENS)
    saved = save(report=made, values=WORDS, base=made.latest, by=by, at=OPENS)
    return submit(report=made, seen=saved.latest, by=by, at=OPENS)


def test_a_report_shows_its_numbers_and_keeps_those_it_was_sent_with(client: Client) -> None:
    world = _bound(issued(until=OPENS))
    occurrence = _report(world, "青山镇")
    world.venue("hall", "青山镇")
    client.force_login(world.liaison("青山镇"))
    address = reverse("work:report", args=[occurrence.pk])
    form = client.get(address).content.decode()
    assert "由台账计算，不必填写" in form
    report = _sent(world, occurrence, "青山镇")
    fixed = carried(report, None)
    assert {one.indicator: one.value for one in fixed}["halls-covered"] == 1
    assert not any(one.whole for one in fixed)
    world.venue("hall", "青山镇")
    again = carried(report, None)
    assert [(one.value, one.entries) for one in again] == [(one.value, one.entries) for one in fixed]
    assert "报送时已固定" in client.get(address).content.decode()


def test_a_lead_reports_the_numbers_of_the_region() -> None:
    world = _bound(issued(until=OPENS))
    world.venue("hall", "青山镇")
    from luoshi.apps.binding.queries.carrying import Carrying

    lead = Occurrence.objects.select_related("assignment").get(
        task=world.task("1"), body=world.bodies["区司法局"], state="open"
    )
    found = {one.indicator: one for one in Carrying([lead], OPENS).of(lead)}
    assert found["halls-covered"].value is not None
    assert float(found["halls-covered"].value) == 0.5
    assert found["halls-covered"].lacking == ["绿水街道"]
    assert found["halls-covered"].whole


def test_nothing_is_carried_where_nothing_is_bound() -> None:
    world = issued(until=OPENS)
    _sent(world, _report(world, "青山镇"), "青山镇")
    assert not CarriedFigure.objects.exists()
