"""The page on which a mechanism is bound by hand, and how what was chosen stands on other pages."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from luoshi.apps.binding.models import Binding
from luoshi.apps.binding.queries.carrying import Carrying
from luoshi.apps.plan.models import Target
from luoshi.apps.work.models import Occurrence
from tests.apps import factories
from tests.apps.binding.factories import World, confirmed_plan, issued
from tests.apps.work.factories import morning

pytestmark = pytest.mark.django_db
OPENS = morning(2026, 3, 18)


@pytest.fixture
def world() -> World:
    """The plan, of which nothing is suggested."""
    return confirmed_plan()


@pytest.fixture
def office(client: Client, world: World) -> Client:
    """The browser of the office."""
    client.force_login(world.office)
    return client


def _page(world: World) -> str:
    return reverse("binding:by-hand", args=[world.plan.pk])


def _chosen(world: World, number: str, mechanism: str, **more: str) -> dict[str, str]:
    return {"task": str(world.task(number).pk), "mechanism": mechanism, **more}


def test_a_mechanism_is_looked_for_and_bound(office: Client, world: World) -> None:
    assert "请先选择任务" in office.get(_page(world)).content.decode()
    asked = {"task": world.task("4").pk, "q": "数据中心"}
    context = office.get(_page(world), asked).context
    assert [one.mechanism.key for one in context["choices"]] == ["data-centre-reports"]
    assert context["page"].paginator.count == 1
    back = office.post(_page(world), _chosen(world, "4", "data-centre-reports", q="数据中心"), follow=True)
    assert back.status_code == 200
    assert "绑定到这项任务" not in back.content.decode()
    listed = office.get(reverse("binding:list", args=[world.plan.pk])).content.decode()
    assert "由人选定，不依据原文词语" in listed


@pytest.mark.parametrize("words", ["data CENTRE", "阵地 公园", "culture-venues"])
def test_every_word_is_looked_for_in_both_languages(office: Client, world: World, words: str) -> None:
    asked = {"task": world.task("4").pk, "q": words}
    assert len(office.get(_page(world), asked).context["choices"]) == 1
    nothing = {"task": world.task("4").pk, "q": f"{words} 并无此事"}
    assert "没有符合条件的内容" in office.get(_page(world), nothing).content.decode()


def test_a_target_is_computed_on_the_task_and_in_the_report(client: Client) -> None:
    world = issued(until=OPENS)
    Binding.objects.all().delete()
    target = Target.objects.filter(task=world.task("1")).order_by("position")[0]
    client.force_login(world.office)
    chosen = _chosen(world, "1", "culture-venues", indicator="in-use", target=str(target.pk))
    assert client.post(_page(world), chosen).status_code == 302
    world.venue("park", "青山镇")
    task = client.get(reverse("plan:task", args=[world.plan.pk, world.task("1").pk])).content.decode()
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", task))
    assert "由 1 条登记计算" in words
    lead = Occurrence.objects.get(task=world.task("1"), body=world.bodies["区司法局"], state="open")
    assert [(one.indicator, one.value) for one in Carrying([lead], OPENS).of(lead)] == [("in-use", 1)]
    asked = {"task": world.task("1").pk, "q": "culture-venues"}
    context = client.get(_page(world), asked).context
    assert target not in context["targets"]
    assert [one.target for one in context["choices"][0].measured] == [target]


def test_a_form_without_a_task_or_with_one_of_another_plan_is_none(office: Client, world: World) -> None:
    assert office.post(_page(world), {"mechanism": "culture-venues"}).status_code == 400
    gone = {"task": "999999", "mechanism": "culture-venues"}
    assert office.post(_page(world), gone).status_code == 404
    assert not Binding.objects.exists()


def test_a_refusal_is_told(office: Client, world: World) -> None:
    office.post(_page(world), _chosen(world, "4", "culture-venues"))
    again = office.post(_page(world), _chosen(world, "4", "culture-venues"), follow=True)
    assert "已经绑定在这里" in again.content.decode()


def test_who_only_looks_is_kept_out(client: Client, world: World) -> None:
    client.force_login(factories.user_with("viewer", "viewer"))
    assert client.get(_page(world)).status_code == 403
    assert client.post(_page(world), _chosen(world, "4", "culture-venues")).status_code == 403


def test_queries_do_not_grow_with_the_mechanisms(
    office: Client, world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    asked = {"task": world.task("1").pk}
    office.get(_page(world), asked)
    with django_assert_max_num_queries(12):
        assert len(office.get(_page(world), asked).context["choices"]) > 5
