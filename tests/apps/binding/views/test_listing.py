"""The page of a plan's bindings: who settles, what is listed, and how many questions it asks."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from luoshi.apps.binding.models import Binding
from luoshi.apps.binding.queries.listing import certain_of
from tests.apps import factories
from tests.apps.binding.factories import World, confirmed_plan, suggested

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    """The plan with its suggestions."""
    return suggested()


@pytest.fixture
def office(client: Client, world: World) -> Client:
    """The browser of the office."""
    client.force_login(world.office)
    return client


def _list(world: World) -> str:
    return reverse("binding:list", args=[world.plan.pk])


def test_the_office_finds_confirms_and_takes_back(client: Client) -> None:
    world = confirmed_plan()
    client.force_login(world.office)
    assert "还没有可用的机制" in client.get(_list(world)).content.decode()
    client.post(reverse("binding:find", args=[world.plan.pk]))
    page = client.get(_list(world)).content.decode()
    assert "<mark>普法学法大讲堂</mark>" in page
    row = world.binding("mechanism", "culture-venues")
    address = reverse("binding:settle", args=[row.pk])
    back = client.post(address, {"action": "confirm", "seen": 1, "next": _list(world) + "?q=1"})
    assert back["Location"] == f"{_list(world)}?q=1#task-{row.task_id}"
    row.refresh_from_db()
    assert row.state == "confirmed"
    client.post(address, {"action": "reopen", "seen": row.version})
    row.refresh_from_db()
    assert row.state == "suggested"


def test_a_duty_is_the_plans_own_or_another(office: Client, world: World) -> None:
    page = office.get(_list(world)).content.decode()
    assert "是同一件事吗" in page
    row = world.binding("duty", "decision-catalogue", "yearly-catalogue")
    office.post(reverse("binding:settle", args=[row.pk]), {"action": "confirm|yearly:Q1", "seen": 1})
    row.refresh_from_db()
    assert (row.state, row.same_as) == ("confirmed", "yearly:Q1")


def test_what_is_certain_goes_in_one_click(office: Client, world: World) -> None:
    n = certain_of(world.plan.pk).count()
    address = reverse("binding:certain", args=[world.plan.pk])
    office.post(address, {"seen": n + 1})
    assert not Binding.objects.filter(state="confirmed").exists()
    office.post(address, {"seen": n})
    assert Binding.objects.filter(state="confirmed").count() == n
    assert office.post(address, {"seen": "x"}).status_code == 400


def test_the_count_is_what_is_listed(office: Client, world: World) -> None:
    for query, numbers in (
        ("", ["1", "2", "3"]),
        ("?mechanism=data-centre-reports", ["3"]),
        ("?kind=target", ["1", "2"]),
        ("?q=讲堂", ["1"]),
        ("?state=confirmed", []),
        ("?state=wrong", ["1", "2", "3"]),
        (f"?task={world.task('2').pk}", ["2"]),
    ):
        context = office.get(_list(world) + query).context
        assert [row.task.number for row in context["rows"]] == numbers, query
        assert context["page"].paginator.count == len(numbers)


def test_parts_of_a_declined_mechanism_are_not_asked_about(office: Client, world: World) -> None:
    world.settle(world.binding("mechanism", "culture-venues"), "decline")
    (row,) = (one for one in office.get(_list(world)).context["rows"] if one.task.number == "1")
    assert [one.kind for one in row.bindings if one.mechanism == "culture-venues"] == ["mechanism"]


def test_the_sheet_holds_every_binding(office: Client, world: World) -> None:
    content = office.get(_list(world) + "?format=xlsx").content
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert len(rows) == 1 + Binding.objects.filter(plan=world.plan).count()


def test_nobody_is_led_to_another_host(office: Client, world: World) -> None:
    row = world.binding("mechanism", "culture-venues")
    sent = {"action": "decline", "seen": 1, "next": "https://example.com/"}
    back = office.post(reverse("binding:settle", args=[row.pk]), sent)
    assert back["Location"] == f"{_list(world)}#task-{row.task_id}"


def test_others_look_and_change_nothing(client: Client, world: World) -> None:
    client.force_login(factories.user_with("viewer", "viewer"))
    page = client.get(_list(world))
    assert page.status_code == 200
    assert 'name="action"' not in page.content.decode()
    row = world.binding("mechanism", "culture-venues")
    sent = {"action": "confirm", "seen": 1}
    assert client.post(reverse("binding:settle", args=[row.pk]), sent).status_code == 403


def test_queries_do_not_grow_with_the_list(
    office: Client, world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    office.get(_list(world))
    with django_assert_max_num_queries(16):
        office.get(_list(world))
