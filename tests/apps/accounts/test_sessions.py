"""Sessions end: by themselves, by their owner, by an administrator; and everybody sees their own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings as configured
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from luoshi.apps.accounts.middleware import BEGUN, SEEN
from luoshi.apps.accounts.operations import reset_password
from luoshi.apps.accounts.queries.sessions import places
from luoshi.apps.audit.models import Event
from tests.apps.accounts.conftest import PASSWORD, Staff, is_in, sign_in

AGENT = "Mozilla/5.0 (Windows NT 10.0) Chrome/131.0 Safari/537.36"


def turn_back(client: Client, **by: timedelta) -> None:
    """Let the session of the browser have begun or been used earlier."""
    session = client.session
    for key, change in by.items():
        session[key] = session[key] - change.total_seconds()
    session.save()


@pytest.fixture
def inside(client: Client, person: User) -> Client:
    """A browser in which the person has signed in."""
    sign_in(client, "wang.min", PASSWORD, HTTP_USER_AGENT=AGENT)
    return client


def test_idle_sessions_end(inside: Client) -> None:
    almost = configured.LUOSHI_IDLE - timedelta(seconds=30)
    turn_back(inside, **{SEEN: almost})
    assert is_in(inside)
    turn_back(inside, **{SEEN: configured.LUOSHI_IDLE})
    page = inside.get("/account/", follow=True)
    assert page.redirect_chain == [("/login/?next=/account/", 302)]
    assert "请重新登录" in page.content.decode()
    assert Event.objects.filter(type="accounts.session.left").latest("pk").detail["reason"] == "idle"


def test_use_keeps_them_alive_but_not_for_ever(inside: Client) -> None:
    for _ in range(4):
        turn_back(inside, **{SEEN: configured.LUOSHI_IDLE / 2})
        assert is_in(inside)
    turn_back(inside, **{BEGUN: timedelta(seconds=configured.SESSION_COOKIE_AGE)})
    assert not is_in(inside)
    assert Event.objects.filter(type="accounts.session.left").latest("pk").detail["reason"] == "long"


def test_a_session_without_a_beginning_is_over(inside: Client) -> None:
    session = inside.session
    del session[BEGUN]
    session.save()
    assert not is_in(inside)


def test_quiet_reading_writes_nothing(inside: Client, django_assert_num_queries: Any) -> None:
    inside.get("/help/")
    # The session and the user, their roles and what they administer for the head of the page.
    with django_assert_num_queries(4):
        inside.get("/help/")


def test_everybody_sees_and_ends_their_own(inside: Client, person: User) -> None:
    other = Client()
    sign_in(
        other,
        "wang.min",
        PASSWORD,
        HTTP_USER_AGENT="Mozilla/5.0 (iPhone) Safari/604.1",
        REMOTE_ADDR="10.0.0.8",
    )
    page = inside.get("/account/").content.decode()
    for said in ("Chrome · Windows", "Safari · iPhone", "10.0.0.8", "这里"):
        assert said in page
    [elsewhere] = UserSession.objects.filter(ip="10.0.0.8")
    assert inside.post(f"/account/sessions/{elsewhere.pk}/end/").status_code == 302
    assert not is_in(other)
    assert is_in(inside)


def test_nobody_ends_another_ones(inside: Client, staff: Staff) -> None:
    [session] = UserSession.objects.all()
    stranger = staff.browsers["system"]
    assert stranger.post(f"/account/sessions/{session.pk}/end/").status_code == 404
    assert is_in(inside)


def test_all_others_end_at_once(inside: Client) -> None:
    others = [Client() for _ in range(3)]
    for other in others:
        sign_in(other, "wang.min", PASSWORD)
    inside.post("/account/sessions/end/")
    assert is_in(inside)
    assert not any(is_in(other) for other in others)
    assert Event.objects.filter(type="accounts.session.ended").latest("pk").detail["sessions"] == 3


def test_a_new_password_ends_the_others_and_keeps_this_one(inside: Client, person: User) -> None:
    other = Client()
    sign_in(other, "wang.min", PASSWORD)
    fields = {"present": PASSWORD, "password": "Liu-he-77", "again": "Liu-he-77"}
    assert inside.post("/account/password/", fields).status_code == 302
    assert is_in(inside)
    assert not is_in(other)
    key = inside.session.session_key or ""
    assert [place.here for place in places(person, here=key, at=timezone.now())] == [True]


def test_a_reset_ends_all(inside: Client, person: User, staff: Staff) -> None:
    reset_password(user=person, by=staff.security, at=timezone.now())
    assert not is_in(inside)
    assert not UserSession.objects.filter(user=person).exists()


def test_dead_sessions_are_not_listed(inside: Client, person: User) -> None:
    Session.objects.all().delete()
    assert places(person, at=timezone.now()) == []


@pytest.mark.django_db
def test_the_person_at_this_machine_has_none(client: Client, settings: Any) -> None:
    settings.LUOSHI_LOCAL = True
    here = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1"}
    page = client.get("/account/", **here)
    assert page.status_code == 200
    assert "不用密码" in page.content.decode()
    assert "在哪里登录着" not in page.content.decode()
    assert client.get("/account/password/", **here)["Location"] == "/account/"
