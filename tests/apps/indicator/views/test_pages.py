"""Numbers on pages: whole for the office, of its own for a body, in the same few queries always."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.apps.register.factories import Place, apply_for_aid, make_place

pytestmark = pytest.mark.django_db
ONE = reverse("indicator:one", args=["legal-aid", "received"])
# The list reads sums, bodies and single values; the rest is what every page reads.
MOST_QUERIES = 22


@pytest.fixture
def place() -> Place:
    return make_place()


def _page(user: object, address: str) -> str:
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_office_sees_the_number_and_the_entries_behind_it(place: Place) -> None:
    row = apply_for_aid(place)
    page = _page(place.office, ONE)
    assert "<strong>1 件</strong>" in page
    assert reverse("register:entry", args=["legal-aid", row.pk]) in page
    assert "甲某" not in page


def test_a_body_sees_its_own_numbers_only(place: Place) -> None:
    apply_for_aid(place)
    assert "<strong>1 件</strong>" in _page(place.liaison, ONE)
    page = _page(place.stranger, ONE)
    assert "<strong>0 件</strong>" in page
    assert "没有计入的条目" in page


def test_a_body_cannot_ask_for_another(place: Place) -> None:
    client = Client()
    client.force_login(place.stranger)
    assert client.get(ONE, {"body": place.centre.pk}).status_code == 403


@pytest.mark.parametrize("address", ["/indicators/no-such/received/", "/indicators/legal-aid/no-such/"])
def test_what_is_not_declared_is_not_found(place: Place, address: str) -> None:
    client = Client()
    client.force_login(place.office)
    assert client.get(address).status_code == 404


def test_the_list_reads_everything_in_the_same_few_queries(
    place: Place, django_assert_max_num_queries: object
) -> None:
    for _ in range(3):
        apply_for_aid(place)
    client = Client()
    client.force_login(place.office)
    with django_assert_max_num_queries(MOST_QUERIES):  # type: ignore[operator]
        answer = client.get(reverse("indicator:list"), {"period": "2026Q1"})
    assert "3 件" in answer.content.decode()


def test_the_list_goes_out_as_a_workbook(place: Place) -> None:
    apply_for_aid(place)
    client = Client()
    client.force_login(place.office)
    answer = client.get(reverse("indicator:list"), {"format": "xlsx"})
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
