"""Personal data of one entry: for whom, for what, once; and the sheet of a mechanism."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from luoshi.apps.audit.models import Event
from luoshi.apps.organization.models import Role
from luoshi.apps.register.declared import catalogue
from luoshi.apps.register.models import Correction, Entry
from luoshi.apps.register.queries.personal import revealable
from tests.apps.register.factories import AT, Place, apply_for_aid, make_place

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    return make_place()


@pytest.fixture
def entry(place: Place) -> Entry:
    return apply_for_aid(place, applicant={"name": "甲某", "phone": "13800001234"})


def _address(entry: Entry) -> str:
    return reverse("register:reveal", args=[entry.mechanism, entry.pk])


def _as(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def test_it_is_shown_for_a_purpose_and_not_before(client: Client, place: Place, entry: Entry) -> None:
    _as(client, place.liaison)
    assert "甲某" not in client.get(_address(entry)).content.decode()
    short = client.post(_address(entry), {"purpose": "看"})
    assert short.status_code == 422
    assert "甲某" not in short.content.decode()
    shown = client.post(_address(entry), {"purpose": "电话通知补充材料"})
    assert "甲某 · 13800001234" in shown.content.decode()
    # It was not filed from outside: nobody has a receipt by which they could see who looked.
    assert "本人凭回执" not in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert "甲某" not in client.get(_address(entry)).content.decode()
    assert Event.objects.filter(type="register.person.revealed").count() == 1


def test_who_has_nothing_to_do_with_it_gets_nothing(client: Client, place: Place, entry: Entry) -> None:
    other = make_place("990111")
    viewer = User.objects.create(username="viewer")
    Role.objects.create(region=place.region, user=viewer, name="viewer")
    for user in (place.stranger, other.office, other.head, viewer):
        answer = _as(client, user).post(_address(entry), {"purpose": "电话通知补充材料"})
        assert answer.status_code == 403, user
    assert not Event.objects.filter(type="register.person.revealed").exists()


def test_what_is_sensitive_is_for_handler_and_head_of_the_holder(place: Place, entry: Entry) -> None:
    mechanism = catalogue().latest("legal-aid")
    fields = tuple(
        replace(one, sensitive=True) if one.key == "facts" else one for one in mechanism.register.fields
    )
    guarded = replace(mechanism, register=replace(mechanism.register, fields=fields))

    def keys(user: User) -> set[str]:
        return {one.key for one in revealable(guarded, entry, user)}

    assert keys(place.liaison) == keys(place.head) == {"applicant", "facts"}
    assert keys(place.office) == {"applicant"}


def test_a_request_of_another_entry_cannot_be_answered_here(
    client: Client, place: Place, entry: Entry
) -> None:
    other = apply_for_aid(place)
    asked = Correction.objects.create(entry=other, words="姓名写错了", at=AT)
    address = reverse("register:correction", args=[entry.mechanism, entry.pk, asked.pk])
    assert _as(client, place.liaison).post(address, {"answer": "已经改正"}).status_code == 404


def test_the_sheet_says_what_why_who_and_how_long(client: Client, place: Place, entry: Entry) -> None:
    address = reverse("register:privacy", args=["legal-aid"])
    page = _as(client, place.office).get(address).content.decode()
    for said in ("申请人", "事实与请求", "提出申请", "办结后保存", "《法律援助法》", "共 1 件"):
        assert said in page
    assert "甲某" not in page
    for user in (place.liaison, place.stranger):
        assert _as(client, user).get(address).status_code == 403


def test_the_sheet_asks_the_same_of_the_database_whatever_there_is(
    client: Client, place: Place, django_assert_max_num_queries: Any
) -> None:
    for _ in range(5):
        apply_for_aid(place)
    _as(client, place.office)
    with django_assert_max_num_queries(14):
        client.get(reverse("register:privacy", args=["legal-aid"]))
