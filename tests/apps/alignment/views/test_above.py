"""The level above sees the same, rolled up: what is issued and accepted beneath, and nothing else."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from luoshi.apps.organization.models import Region
from luoshi.apps.organization.operations import ensure_region, place_region
from luoshi.apps.organization.operations.refusals import RegionInACircle, RegionNotAbove
from tests.apps import factories
from tests.apps.alignment.factories import OPENS, WORDS, Twins, second_plan
from tests.apps.work.factories import NOW, REGION, issued_plan, morning

pytestmark = pytest.mark.django_db
CITY, PROVINCE = "990100", "990000"


@pytest.fixture
def below() -> Twins:
    """A district with an issued plan beneath a city, and a draft of another."""
    world = issued_plan(3)
    plan = second_plan(world, issued=False)
    city = ensure_region(code=CITY, name="澄江市", level=2, by=None, at=NOW)
    province = ensure_region(code=PROVINCE, name="南岭省", level=1, by=None, at=NOW)
    place_region(region=Region.objects.get(pk=REGION), parent=city, by=world.office, at=NOW)
    place_region(region=city, parent=province, by=world.office, at=NOW)
    return Twins(world, plan)


@pytest.fixture
def city(client: Client, below: Twins) -> Client:
    """The browser of somebody of the city."""
    client.force_login(factories.office("city", CITY))
    return client


def page(client: Client, name: str, *keys: object, **given: str) -> str:
    """A page of the level above."""
    answer = client.get(reverse(f"alignment:{name}", args=keys), given, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_region_is_rolled_up_with_everything_beneath(client: Client, below: Twins) -> None:
    client.force_login(factories.user_with("province", "viewer", PROVINCE))
    answer = client.get(reverse("alignment:above"), follow=True)
    (row,) = answer.context["rows"]
    tasks = below.world.plan.tasks.count()
    assert (row.region.name, row.beneath, row.plans, row.tally.total) == ("澄江市", 1, 1, tasks)
    (row,) = client.get(reverse("alignment:region", args=[CITY])).context["rows"]
    assert (row.region.pk, row.beneath, row.plans, row.tally.total) == (REGION, 0, 1, tasks)


def test_drafts_are_never_seen(city: Client, below: Twins) -> None:
    words = page(city, "region-plans", REGION)
    assert str(below.world.plan) in words
    assert str(below.plan) not in words
    assert city.get(reverse("alignment:above-plan", args=[below.plan.pk])).status_code == 404
    assert city.get(reverse("alignment:above-task", args=[below.tasks[0].pk])).status_code == 404


def test_only_accepted_words_are_read(city: Client, below: Twins) -> None:
    below.world.advance(OPENS)
    occurrence, task = below.world.occurrence(1, "区教育局"), below.world.tasks[0]
    below.report(occurrence, OPENS)
    assert WORDS["progress"] not in page(city, "above-task", task.pk)
    below.accepted(below.world.occurrence(1, "青山镇"), morning(2026, 3, 20))
    words = page(city, "above-task", task.pk)
    assert words.count(WORDS["progress"]) == 1
    assert "青山镇" in words


def test_being_above_is_no_role_beneath(city: Client, below: Twins) -> None:
    plan, task = below.world.plan, below.world.tasks[0]
    for address in (
        reverse("plan:overview", args=[plan.pk]),
        reverse("work:map", args=[plan.pk]),
        reverse("work:task", args=[plan.pk, task.pk]),
        reverse("document:original", args=[plan.document_id]),
        reverse("alignment:comparisons", args=[plan.pk]),
    ):
        assert city.get(address).status_code == 403, address


def test_nobody_looks_up_or_beside(client: Client, below: Twins) -> None:
    ensure_region(code="990103", name="望山区", level=3, by=None, at=NOW)
    for user in (below.world.office, factories.office("neighbour", "990103")):
        client.force_login(user)
        for name, key in (("region", CITY), ("region-plans", REGION), ("above-plan", below.world.plan.pk)):
            assert client.get(reverse(f"alignment:{name}", args=[key])).status_code == 403


def test_members_of_a_body_above_do_not_look_down(client: Client, below: Twins) -> None:
    client.force_login(below.world.liaison("区教育局"))
    assert client.get(reverse("alignment:above")).status_code == 403


def test_lists_filter_and_go_into_workbooks(city: Client, below: Twins) -> None:
    for name, key in (("region", CITY), ("region-plans", REGION), ("above-plan", below.world.plan.pk)):
        address = reverse(f"alignment:{name}", args=[key])
        count = city.get(address).context["page"].paginator.count
        book = CalamineWorkbook.from_filelike(BytesIO(city.get(address, {"format": "xlsx"}).content))
        assert len(book.get_sheet_by_index(0).to_python()) == count + 1
        assert city.get(address, {"q": "没有这样的词"}).context["page"].paginator.count == 0
    found = city.get(reverse("alignment:above-plan", args=[below.world.plan.pk]), {"light": "blue"})
    assert found.context["page"].paginator.count == 0


def test_questions_do_not_grow_with_regions(
    city: Client, below: Twins, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    above = Region.objects.get(pk=CITY)
    Region.objects.bulk_create(
        Region(code=f"9901{number}", name=f"第{number}区", level=3, parent=above) for number in range(10, 40)
    )
    with django_assert_max_num_queries(12):
        page(city, "region", CITY)
    with django_assert_max_num_queries(14):
        page(city, "above-task", below.world.tasks[0].pk)


def test_regions_make_no_circle(below: Twins) -> None:
    district, province = Region.objects.get(pk=REGION), Region.objects.get(pk=PROVINCE)
    with pytest.raises(RegionInACircle):
        place_region(region=province, parent=district, by=below.world.office, at=NOW)
    with pytest.raises(RegionInACircle):
        place_region(region=district, parent=district, by=below.world.office, at=NOW)
    beside = ensure_region(code="990103", name="望山区", level=3, by=None, at=NOW)
    with pytest.raises(RegionNotAbove):
        place_region(region=beside, parent=district, by=below.world.office, at=NOW)
