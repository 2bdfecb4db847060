"""Indicators by tokens: whose numbers somebody sees, down to bodies, months and entries."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from luoshi.apps.indicator.models import Addition
from luoshi.apps.organization.models import Body, Role
from luoshi.apps.register.models import Entry
from luoshi.apps.register.operations.taking import begin
from luoshi.core.register.procedure import Actor
from tests.apps.api.calling import problem, program
from tests.apps.register.factories import AT, Place, apply_for_aid, make_place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
ONE = "/indicators/legal-aid/received"


def _value(told: dict[str, Any]) -> Decimal:
    return Decimal(told["figure"]["value"])


def test_the_office_sees_a_number_and_what_it_is_made_of(place: Place) -> None:
    row = apply_for_aid(place)
    office = program(place.office, "office")
    told = office.get(ONE)
    assert (_value(told), told["unit"], told["figure"]["totals"]["entries"]) == (1, "件", 1)
    assert [(one["body_id"], _value(one)) for one in office.get(f"{ONE}/bodies")["items"]] == [
        (place.centre.pk, 1)
    ]
    months = office.get(f"{ONE}/months")["items"]
    assert [(one["body_id"], one["month"], Decimal(one["top"])) for one in months] == [
        (place.centre.pk, "2026-03", 1)
    ]
    behind = office.get(f"{ONE}/entries?body={place.centre.pk}")["items"]
    assert [(one["entry"]["id"], one["day"]) for one in behind] == [(row.pk, "2026-03-02")]
    assert office.get(f"{ONE}/entries?body={place.other.pk}")["count"] == 0
    found = office.get("/indicators?size=200")["items"]
    assert {"legal-aid"} <= {one["mechanism"] for one in found}
    assert "甲某" not in office("GET", f"{ONE}/entries").content.decode()


def test_numbers_are_those_of_the_period(place: Place) -> None:
    apply_for_aid(place)
    caller = program(place.office, "read")
    for period, entries in (("2026Q1", 1), ("2026-03", 1), ("2026-02", 0), ("2025", 0)):
        assert caller.get(f"{ONE}?period={period}")["figure"]["totals"]["entries"] == entries
        assert caller.get(f"{ONE}/entries?period={period}")["count"] == entries
        assert caller.get(f"{ONE}/months?period={period}")["count"] == entries
    for wrong in ("2026W10", "2026Q5"):
        problem(caller("GET", f"{ONE}?period={wrong}"), 422, "period-unknown")


def test_a_body_sees_its_own_numbers_only(place: Place) -> None:
    apply_for_aid(place)
    liaison, stranger = program(place.liaison, "read"), program(place.stranger, "read")
    assert _value(liaison.get(ONE)) == 1
    assert stranger.get(ONE)["figure"]["totals"]["entries"] == 0
    for part in ("bodies", "months", "entries"):
        assert liaison.get(f"{ONE}/{part}")["count"] == 1
        assert stranger.get(f"{ONE}/{part}")["count"] == 0
    for part in ("months", "entries"):
        problem(stranger("GET", f"{ONE}/{part}?body={place.centre.pk}"), 403, "api-not-allowed")
    assert "legal-aid" not in {one["mechanism"] for one in stranger.get("/indicators?size=200")["items"]}


def test_other_regions_stay_closed(place: Place) -> None:
    apply_for_aid(place)
    neighbour = program(make_place("990111").office, "office")
    assert neighbour.get(ONE)["figure"]["totals"]["entries"] == 0
    problem(neighbour("GET", f"{ONE}?region={place.region.pk}"), 403, "api-not-allowed")


@pytest.mark.parametrize("path", ["/indicators/no-such/received", "/indicators/legal-aid/no-such"])
def test_what_is_not_declared_is_not_found(place: Place, path: str) -> None:
    problem(program(place.office, "office")("GET", path), 404, "api-not-there")


@pytest.fixture
def counted(place: Place) -> Entry:
    """A hall that one body keeps and that counts for a town, whose liaison is the stranger."""
    town = Body.objects.create(region=place.region, name="青山镇", kind="town", line="township")
    Role.objects.filter(user=place.stranger).update(body=town)
    return begin(
        mechanism="culture-venues",
        body=place.other,
        transition="register",
        given={
            "name": "青山镇大讲堂",
            "kind": "hall",
            "for-body": str(town.pk),
            "address": "青山镇一号",
            "built-on": "2026-01-01",
        },
        actor=Actor.OFFICE,
        by=place.office,
        at=AT,
    )


def test_an_entry_of_others_counts_without_being_shown(place: Place, counted: Entry) -> None:
    town, office = program(place.stranger, "read"), program(place.office, "office")
    path = "/indicators/culture-venues/halls-covered"
    assert _value(town.get(path)) == 1
    assert office.get(f"{path}/entries")["items"][0]["entry"]["title"] == counted.title
    problem(town("GET", f"/registers/culture-venues/entries/{counted.pk}"), 403, "api-not-allowed")
    assert town.get(f"{path}/entries")["count"] == 0
    browser = Client()
    browser.force_login(place.stranger)
    page = browser.get(reverse("indicator:one", args=["culture-venues", "halls-covered"]))
    assert page.status_code == 200
    assert counted.title not in page.content.decode()


def test_of_a_destroyed_entry_the_count_remains(place: Place) -> None:
    row = apply_for_aid(place)
    Addition.objects.filter(entry=row).update(entry=None)
    for user in (place.liaison, place.office):
        behind = program(user, "read").get(f"{ONE}/entries")["items"]
        assert [(one["entry"], one["body_id"]) for one in behind] == [(None, place.centre.pk)]


@pytest.mark.parametrize("part", ["", "/bodies", "/months", "/entries"])
def test_reading_costs_the_same_however_much_is_counted(
    place: Place, part: str, django_assert_max_num_queries: Any
) -> None:
    apply_for_aid(place)
    caller = program(place.office, "read")
    with django_assert_max_num_queries(20) as one:
        caller.get(ONE + part)
    for _ in range(5):
        apply_for_aid(place)
    with django_assert_max_num_queries(len(one)):
        caller.get(ONE + part)


def test_the_list_costs_the_same_however_much_there_is(
    place: Place, django_assert_max_num_queries: Any
) -> None:
    caller = program(place.office, "read")
    with django_assert_max_num_queries(20) as one:
        caller.get("/indicators?size=200")
    for _ in range(3):
        apply_for_aid(place)
    with django_assert_max_num_queries(len(one)):
        caller.get("/indicators?size=200")
