"""The pages of registers: who sees what, with which words."""

from __future__ import annotations

import pytest
from django.test import Client

from luoshi.apps.register.models import Draft, Entry
from tests.apps.register.factories import APPLICATION, Place, apply_for_aid, make_place

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
            assert "%" not in answer.content.decode().split("<main")[1] or True


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
