"""How many tasks ask a body: as many as its page lists, whether they name it or a group of it."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from luoshi.apps.organization.models import Body, GroupRule, Membership
from luoshi.apps.organization.operations import create_body
from luoshi.apps.plan.models import Plan, TaskBody
from luoshi.apps.registry.queries.listing import BODY_SORTS, bodies
from luoshi.apps.registry.queries.reached import tasks_of
from tests.apps.factories import NOW, REGION, region

TODAY = date(2026, 5, 20)


@pytest.fixture
def asked(plan: Plan, bodies: dict[str, Body]) -> dict[str, Body]:
    """The registry with the mentions of the plan matched: three tasks name the bureau, three the group."""
    for name in ("区民政局", "各镇"):
        TaskBody.objects.filter(task__plan=plan, name=name).update(body=bodies[name])
    return bodies


def _counts(sort: str = "name") -> dict[str, int]:
    found = bodies([REGION], today=TODAY, state="all", sort=sort)
    return {body.name: body.task_count for body in found}  # type: ignore[attr-defined]


def test_tasks_that_name_a_group_count_for_its_members(asked: dict[str, Body]) -> None:
    assert _counts() == {"区民政局": 3, "区殡葬所": 0, "区老龄办": 0, "各镇": 3, "柳河镇": 3, "石桥镇": 0}


def test_a_task_that_names_a_body_and_its_group_counts_once(asked: dict[str, Body]) -> None:
    mention = TaskBody.objects.filter(body=asked["各镇"]).first()
    assert mention is not None
    named = TaskBody(task=mention.task, region_id=REGION, role="lead", name="柳河镇", body=asked["柳河镇"])
    named.position = 99
    named.save()
    assert _counts()["柳河镇"] == 3
    through = [task.through for task in tasks_of(asked["柳河镇"])]  # type: ignore[attr-defined]
    assert sorted(through) == ["", "各镇", "各镇"]


def test_members_are_those_on_the_day_of_the_plan(plan: Plan, asked: dict[str, Body]) -> None:
    GroupRule.objects.all().delete()
    Membership.objects.filter(member=asked["柳河镇"]).update(valid_from=date(2020, 1, 1))
    for written, number in (("2019-12-31", 0), ("2020-01-01", 3)):
        Plan.objects.filter(pk=plan.pk).update(date=written)
        assert _counts()["柳河镇"] == tasks_of(asked["柳河镇"]).count() == number


@pytest.mark.parametrize("sort", BODY_SORTS)
def test_the_count_is_what_the_body_s_page_lists(desk: Client, asked: dict[str, Body], sort: str) -> None:
    page = desk.get(reverse("registry:list"), {"sort": sort, "state": "all"}).context["page"]
    for body in page:
        listed = desk.get(reverse("registry:body", args=[body.pk])).context["page"]
        assert body.task_count == listed.paginator.count == len(listed.object_list), body.name


def test_most_tasks_come_first(asked: dict[str, Body]) -> None:
    counts = list(_counts("tasks").values())
    assert counts == sorted(counts, reverse=True)
    assert counts[2] == 3


def test_queries_do_not_grow_with_the_list(
    desk: Client, office: User, asked: dict[str, Body], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    address = reverse("registry:list")
    desk.get(address)
    for number in range(12):
        town = create_body(region=REGION, name=f"白石{number}镇", kind="town", by=office, at=NOW)
        Membership.objects.create(region_id=REGION, group=asked["各镇"], member=town)
    with django_assert_max_num_queries(16):
        page = desk.get(address, {"sort": "tasks"}).context["page"]
    assert sum(body.task_count == 3 for body in page) >= 13
    with django_assert_max_num_queries(24):
        desk.get(reverse("registry:body", args=[asked["柳河镇"].pk]))


def test_regions_are_counted_together_and_each_by_its_own_groups(
    office: User, asked: dict[str, Body], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    alone = _counts()
    other = region("990103", "石桥县").pk
    create_body(region=other, name="青山镇", kind="town", by=office, at=NOW)
    create_body(region=other, name="全县各镇", kind="group", by=office, at=NOW)
    for regions in ([REGION], [REGION, other]):
        with django_assert_num_queries(6):
            found = {body.name: body.task_count for body in bodies(regions, today=TODAY, state="all")}  # type: ignore[attr-defined]
    assert found == alone | {"青山镇": 0, "全县各镇": 0}
