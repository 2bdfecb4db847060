"""The pages of registers: who sees what, with which words."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from django.utils import timezone

from luoshi.apps.register.models import Draft, Entry
from tests.apps.register.factories import APPLICATION, Place, apply_for_aid, granted, make_place

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    """A region at work."""
    return make_place()


def client_of(user: object) -> Client:
    """A browser in which somebody is signed in."""
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    return client


def form(**more: object) -> dict[str, object]:
    """An application as a browser sends it."""
    fields = ["applicant", "form", "matter", "facts", "means", "exemption", "evidence"]
    sent: dict[str, object] = {"shown": fields, "action": "send", "f.applicant.name": "甲某"}
    sent |= {f"f.{key}": value for key, value in APPLICATION.items() if key != "applicant"}
    return sent | more


def test_an_application_is_taken_in_through_the_form(place: Place) -> None:
    """The form opens, tells the limit with its source, and makes an entry."""
    client = client_of(place.liaison)
    page = client.get("/registers/legal-aid/new/apply/").content.decode()
    assert "《法律援助法》第43条" in page
    answer = client.post("/registers/legal-aid/new/apply/", form())
    entry = Entry.objects.get()
    assert answer.headers["Location"] == f"/registers/legal-aid/{entry.pk}/"
    shown = client.get(answer.headers["Location"]).content.decode()
    assert "甲*" in shown
    assert "甲某" not in shown
    assert "拖欠工资" not in shown


def test_pages_open(place: Place) -> None:
    """Start, list, board, entry, paper and forms of steps."""
    entry = apply_for_aid(place)
    for user in (place.liaison, place.head, place.office):
        client = client_of(user)
        for address in (
            "",
            "legal-aid/",
            "legal-aid/board/",
            f"legal-aid/{entry.pk}/",
            f"legal-aid/{entry.pk}/paper/",
        ):
            answer = client.get(f"/registers/{address}")
            assert answer.status_code == 200, address


def test_what_was_typed_stays_when_a_step_is_refused(place: Place) -> None:
    """A form that lacks something comes back with what it holds, and as a draft."""
    client = client_of(place.liaison)
    answer = client.post("/registers/legal-aid/new/apply/", form(**{"f.matter": ""}))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "拖欠工资三个月" in page
    assert "请填写这一项" in page
    assert not Entry.objects.exists()
    again = client.get("/registers/legal-aid/new/apply/").content.decode()
    assert "拖欠工资三个月" in again
    client.post("/registers/legal-aid/new/apply/", form())
    assert not Draft.objects.exists()


def test_only_who_has_to_do_with_an_entry_sees_it(place: Place) -> None:
    """Another body is refused the entry, its steps and its list stays empty."""
    entry = apply_for_aid(place)
    stranger = client_of(place.stranger)
    for address in ("", "paper/", "step/grant/"):
        assert stranger.get(f"/registers/legal-aid/{entry.pk}/{address}").status_code == 403
    assert entry.number not in stranger.get("/registers/legal-aid/").content.decode()
    # A step of the head is refused to the liaison.
    assert client_of(place.liaison).get(f"/registers/legal-aid/{entry.pk}/step/grant/").status_code == 403


@pytest.mark.parametrize("number", [1, 12])
def test_a_list_costs_the_same_however_long(
    place: Place, number: int, django_assert_max_num_queries: Any
) -> None:
    """Queries of the list and the board do not grow with the entries."""
    for _ in range(number):
        apply_for_aid(place)
    client = client_of(place.office)
    client.get("/registers/legal-aid/")
    with django_assert_max_num_queries(14):
        client.get("/registers/legal-aid/")
    with django_assert_max_num_queries(22):
        client.get("/registers/legal-aid/board/")
    with django_assert_max_num_queries(10):
        client.get("/registers/")


def test_filters_narrow_and_the_sheet_holds_the_same(place: Place) -> None:
    """State, value, day and words; the count is that of what is listed, the workbook has the same rows."""
    first = apply_for_aid(place)
    injury = apply_for_aid(place, matter="injury")
    client = client_of(place.office)
    for query, count in (
        ("v_matter=injury", 1),
        ("state=received", 2),
        ("state=closed", 0),
        (f"q={injury.number}", 1),
        ("since=2026-03-03", 0),
        ("until=2026-03-02", 2),
        ("late=late", 2),
        ("sort=due", 2),
    ):
        page = client.get(f"/registers/legal-aid/?{query}").content.decode()
        assert f"共 <strong>{count}</strong> 条" in page, query
    answer = client.get("/registers/legal-aid/?v_matter=injury&format=xlsx")
    with ZipFile(BytesIO(b"".join(answer.streaming_content))) as book:
        words = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
    assert injury.number in words
    assert first.number not in words


def test_what_changes_meanwhile_is_told_and_nothing_is_lost(place: Place) -> None:
    """Two people have the same form open; the second reads who was first, and keeps what they wrote."""
    entry = apply_for_aid(place)
    form_of = {"shown": ["missing-papers"], "f.missing-papers": "身份证明", "seen": 1, "action": "send"}
    client_of(place.head).post(f"/registers/legal-aid/{entry.pk}/step/refuse/", {**form_of, "seen": 9})
    Entry.objects.filter(pk=entry.pk).update(revision=2)
    answer = client_of(place.liaison).post(f"/registers/legal-aid/{entry.pk}/step/ask-papers/", form_of)
    assert answer.status_code == 422
    assert "身份证明" in answer.content.decode()
    assert "刚刚更新了这一条目" in answer.content.decode()


def test_personal_values_are_not_shown_again_and_stay(place: Place) -> None:
    """A form that asks again for something personal shows it masked; left empty, it stays as it was."""
    entry = apply_for_aid(place)
    client = client_of(place.liaison)
    client.post(
        f"/registers/legal-aid/{entry.pk}/step/ask-papers/",
        {"shown": ["missing-papers"], "f.missing-papers": "身份证明", "seen": 1},
    )
    address = f"/registers/legal-aid/{entry.pk}/step/supply/"
    assert "拖欠工资" not in client.get(address).content.decode()
    client.post(address, {"shown": ["evidence", "facts"], "f.facts": "", "seen": 2})
    entry.refresh_from_db()
    assert (entry.state, entry.values["facts"]) == ("received", "拖欠工资三个月")


def test_what_was_begun_is_offered_as_long_as_the_step_is(place: Place) -> None:
    """A form that was kept leads back from the entry, until the entry goes on and nobody can send it."""
    entry = apply_for_aid(place)
    client = client_of(place.liaison)
    address = f"/registers/legal-aid/{entry.pk}/"
    kept = {"shown": "missing-papers", "f.missing-papers": "户口簿复印件", "action": "keep"}
    client.post(f"{address}step/ask-papers/", kept)
    assert "您有未办完的草稿" in client.get(address).content.decode()
    entry.refresh_from_db()
    granted(entry, place, timezone.now())
    assert "您有未办完的草稿" not in client.get(address).content.decode()


def test_answers_that_change_the_form_are_asked_for_and_kept(place: Place) -> None:
    """The part that htmx replaces shows what has come to be asked; autosave says when it was kept."""
    client = client_of(place.liaison)
    address = "/registers/legal-aid/new/apply/"
    answer = client.post(address, form(action="show"), headers={"HX-Request": "true"})
    assert "f.exemption" in answer.content.decode()
    assert "<html" not in answer.content.decode()
    answer = client.post(address, form(action="autosave"), headers={"HX-Request": "true"})
    assert "草稿已自动保存" in answer.content.decode()
    assert Draft.objects.get().values["facts"] == "拖欠工资三个月"
    client.post(address, {"action": "forget"})
    assert not Draft.objects.exists()
