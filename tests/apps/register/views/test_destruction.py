"""The pages of destruction: a list of what is due, a sheet, two people, and the record afterwards."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from luoshi.apps.organization.models import Role
from luoshi.apps.register.models import Destroyed, Destruction, Entry, Link
from tests.apps.register.factories import AT, Place, apply_for_aid, make_place
from tests.apps.register.operations.test_destroying import OPINION, OVER, _ended

pytestmark = pytest.mark.django_db

DUE = reverse("register:destruction", args=["legal-aid"])
# However long the list is; most of it is what every page reads.
MOST_QUERIES = 18


@pytest.fixture(autouse=True)
def _later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: OVER)


@pytest.fixture
def place() -> Place:
    return make_place()


@pytest.fixture
def office(place: Place) -> Client:
    return _client(place.office)


@pytest.fixture
def second(place: Place) -> Client:
    user = User.objects.create(username="second", last_name="复核")
    Role.objects.create(region=place.region, user=user, name="office")
    return _client(user)


def _client(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _drawn_up(office: Client) -> str:
    answer = office.post(DUE, {"opinion": OPINION})
    assert answer.status_code == 302
    return str(answer["Location"])


def test_what_is_due_is_listed_and_drawn_up_with_a_reason(office: Client, place: Place) -> None:
    row, young = _ended(place), _ended(place, at=AT + timedelta(days=9))
    page = office.get(DUE).content.decode()
    assert row.number in page
    assert young.number not in page
    assert "保存 30 年" in page
    assert office.post(DUE, {"opinion": "到期"}).status_code == 422
    sheet = _drawn_up(office)
    assert row.number in office.get(sheet).content.decode()
    assert row.number not in office.get(DUE).content.decode()
    assert Entry.objects.count() == 2


def test_the_second_person_destroys_and_the_record_stays(
    office: Client, second: Client, place: Place
) -> None:
    row = _ended(place)
    sheet = _drawn_up(office)
    assert "须由另一名工作人员复核" in office.get(sheet).content.decode()
    assert "confirm" not in office.get(sheet).content.decode()
    assert office.post(sheet, {"action": "confirm"}).status_code == 422
    assert second.post(sheet, {"action": "confirm"}).status_code == 302
    assert not Entry.objects.exists()
    page = office.get(sheet).content.decode()
    line = Destroyed.objects.get()
    assert row.number in page
    assert line.digest in page
    assert office.get(reverse("register:entry", args=["legal-aid", row.pk])).status_code == 404
    assert office.get(sheet, {"format": "xlsx"})["Content-Type"].endswith("sheet")
    assert office.get(DUE, {"format": "xlsx"})["Content-Type"].endswith("sheet")


def test_a_line_is_left_out_and_a_sheet_withdrawn(office: Client, second: Client, place: Place) -> None:
    _ended(place), _ended(place)
    sheet = _drawn_up(office)
    line = Destroyed.objects.first()
    assert second.post(sheet, {"action": "leave-out", "line": line.pk}).status_code == 302
    assert Destroyed.objects.count() == 1
    assert second.post(sheet, {"action": "leave-out", "line": "x"}).status_code == 404
    assert office.post(sheet, {"action": "withdraw"}).status_code == 302
    assert Destruction.objects.get().state == "withdrawn"
    assert office.post(sheet, {"action": "withdraw"}).status_code == 422
    assert Entry.objects.count() == 2


@pytest.mark.parametrize("who", ["liaison", "head", "stranger"])
def test_only_the_office_comes_here(office: Client, place: Place, who: str) -> None:
    _ended(place)
    sheet = _drawn_up(office)
    other = _client(getattr(place, who))
    for address in (DUE, sheet):
        assert other.get(address).status_code == 403
        assert other.post(address, {"action": "confirm", "opinion": OPINION}).status_code == 403


def test_an_office_sees_its_own_region_only(office: Client, place: Place) -> None:
    _ended(place)
    sheet = _drawn_up(office)
    there = make_place("990120")
    neighbour = _client(there.office)
    assert neighbour.get(sheet).status_code == 403
    assert neighbour.post(sheet, {"action": "confirm"}).status_code == 403
    assert Destruction.objects.get().opinion not in neighbour.get(DUE).content.decode()


def test_who_named_it_reads_its_number_and_figures_say_so(
    office: Client, second: Client, place: Place
) -> None:
    row = _ended(place)
    other = apply_for_aid(place, at=AT + timedelta(days=9))
    Link.objects.create(entry=other, field="of", target=row)
    Entry.objects.filter(pk=other.pk).update(ended=OVER.date())
    second.post(_drawn_up(office), {"action": "confirm"})
    page = office.get(reverse("indicator:one", args=["legal-aid", "received"]), {"period": "all"})
    assert "其中 1 件条目保存期满已经销毁" in page.content.decode()
    assert "条目已销毁" in page.content.decode()


def test_the_list_costs_the_same_however_long(
    office: Client, place: Place, django_assert_max_num_queries: object
) -> None:
    for _ in range(4):
        _ended(place)
    with django_assert_max_num_queries(MOST_QUERIES):  # type: ignore[operator]
        office.get(DUE)
