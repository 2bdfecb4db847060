"""The pages of destruction: a list of what is due, a sheet, two people, and the record afterwards."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

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


def test_clearing_the_filter_stays_in_the_region(office: Client, place: Place) -> None:
    _ended(place)
    path = f"{DUE}?region={place.region.pk}"
    assert office.get(f"{path}&q=nobody").content.decode().count(f'href="{path}"') == 2


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


SHEETS = reverse("register:destruction-sheets", args=["legal-aid"])


def _shown(client: Client, address: str, **asked: str) -> str:
    return client.get(address, asked, headers={"HX-Request": "true"}).content.decode()


def test_what_is_due_is_found_narrowed_and_put_in_order(office: Client, place: Place) -> None:
    first, last = _ended(place), _ended(place)
    Entry.objects.filter(pk=first.pk).update(ended=first.ended - timedelta(days=400))
    numbers = (first.number, last.number)
    assert [one in _shown(office, DUE, q=first.number) for one in numbers] == [True, False]
    assert [one in _shown(office, DUE, q="没有的词") for one in numbers] == [False, False]
    day = (last.ended - timedelta(days=1)).isoformat()
    assert [one in _shown(office, DUE, since=day) for one in numbers] == [False, True]
    assert [one in _shown(office, DUE, until=day) for one in numbers] == [True, False]
    assert [one in _shown(office, DUE, body=str(place.centre.pk)) for one in numbers] == [True, True]
    # A body without anything due is not on offer, and so not asked for.
    assert [one in _shown(office, DUE, body=str(place.other.pk)) for one in numbers] == [True, True]
    for sort, order in (("ended", numbers), ("latest", numbers[::-1]), ("number", numbers)):
        page = _shown(office, DUE, sort=sort)
        assert page.index(order[0]) < page.index(order[1]), sort
    book = office.get(DUE, {"format": "xlsx", "q": first.number})
    assert [row[0] for row in _cells(book.content)[1:]] == [first.number]


def test_a_filter_does_not_change_what_a_sheet_takes(office: Client, place: Place) -> None:
    _ended(place), _ended(place)
    page = office.get(DUE, {"q": "没有的词"}).content.decode()
    assert "没有符合条件的内容" in page
    assert "与上面的筛选无关" in page
    _drawn_up(office)
    assert Destroyed.objects.count() == 2


def test_sheets_have_a_list_of_their_own(office: Client, second: Client, place: Place) -> None:
    gone, kept = _ended(place), _ended(place, at=AT - timedelta(days=30))
    sheet = _drawn_up(office)
    # The one that ended first is left out, and put on the next sheet.
    second.post(sheet, {"action": "leave-out", "line": Destroyed.objects.get(entry=kept).pk})
    second.post(sheet, {"action": "confirm"})
    other = _drawn_up(office)
    addresses = (sheet, other)
    for asked, expected in (
        ({}, [True, True]),
        ({"state": "done"}, [True, False]),
        ({"state": "proposed"}, [False, True]),
        ({"q": gone.number}, [True, False]),
        ({"q": "复核"}, [True, False]),
        ({"q": OPINION[:4]}, [True, True]),
        ({"q": "没有的词"}, [False, False]),
    ):
        page = _shown(office, SHEETS, **asked)
        assert [f'href="{one}"' in page for one in addresses] == expected, asked
    page = _shown(office, SHEETS, sort="old")
    assert page.index(sheet) < page.index(other)
    book = _cells(office.get(SHEETS, {"format": "xlsx"}).content)
    assert [row[2] for row in book[1:]] == [1, 1]
    assert SHEETS in office.get(DUE).content.decode()


def test_lines_of_a_sheet_are_found_and_all_of_them_are_confirmed(
    office: Client, second: Client, place: Place
) -> None:
    rows = [_ended(place) for _ in range(2)]
    sheet = _drawn_up(office)
    page = second.get(sheet, {"q": rows[0].number}).content.decode()
    assert [one.number in page for one in rows] == [True, False]
    assert "复核并销毁 2 条" in page
    Entry.objects.filter(pk=rows[0].pk).update(ended=OVER.date())
    second.post(sheet, {"action": "confirm"})
    for outcome, expected in (("destroyed", [False, True]), ("not-due", [True, False]), ("", [True, True])):
        page = _shown(office, sheet, outcome=outcome)
        assert [one.number in page for one in rows] == expected, outcome
    digest = Destroyed.objects.exclude(digest="").get().digest
    assert rows[1].number in _shown(office, sheet, q=digest[:12])


def test_every_list_of_destruction_costs_the_same_however_long(
    office: Client, place: Place, django_assert_max_num_queries: object
) -> None:
    _ended(place)
    sheets = [_drawn_up(office)]
    for _ in range(3):
        _ended(place), _ended(place)
        sheets.append(_drawn_up(office))
    _ended(place)
    for address in (DUE, SHEETS, sheets[0], sheets[-1]):
        for asked in ({}, {"q": "云溪"}, {"format": "xlsx"}):
            with django_assert_max_num_queries(MOST_QUERIES):  # type: ignore[operator]
                office.get(address, asked)


def _cells(content: bytes) -> list[list[object]]:
    rows: list[list[object]] = (
        CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    )
    return rows
