"""The second factor: set up, asked for, replaced by a recovery code, given up, and taken away."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from luoshi.apps.accounts.operations import reset_second_factor
from luoshi.apps.audit.models import Event
from luoshi.apps.organization.operations.refusals import NotForOneself
from tests.apps.accounts.conftest import PASSWORD, Staff, is_in, sign_in


def code(secret: str) -> str:
    """What an authenticator shows now."""
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def set_up(client: Client) -> str:
    """Turn the second factor on in the browser, as its page asks; the secret."""
    confirm = client.get("/account/second-factor/on/")["Location"]
    assert client.post(confirm, {"password": PASSWORD})["Location"] == "/account/second-factor/on/"
    page = client.get("/account/second-factor/on/")
    secret = str(page.context["form"].secret)
    assert secret in page.content.decode()
    assert 'src="data:image/svg+xml;base64,' in page.content.decode()
    response = client.post("/account/second-factor/on/", {"code": code(secret)})
    assert response["Location"] == "/account/second-factor/codes/"
    return secret


@pytest.fixture
def secret(client: Client, person: User, django_capture_on_commit_callbacks: Any) -> str:
    """The library tells of what it did after it has done it."""
    sign_in(client, "wang.min", PASSWORD)
    with django_capture_on_commit_callbacks(execute=True):
        return set_up(client)


def types() -> list[str]:
    """The types of all entries about second factors."""
    found = Event.objects.filter(type__startswith="accounts.second_factor").order_by("pk")
    return list(found.values_list("type", flat=True))


def test_it_is_asked_for(secret: str) -> None:
    client = Client()
    assert client.post("/login/", {"login": "wang.min", "password": PASSWORD})["Location"] == "/login/second/"
    assert not is_in(client)
    page = client.post("/login/second/", {"code": "000000" if code(secret) != "000000" else "111111"})
    assert "验证码不对" in page.content.decode()
    assert not is_in(client)
    assert Event.objects.latest("pk").detail == {"user": "wang.min", "address": "127.0.0.1", "step": "code"}
    # A code is good once, and the one of the set-up is used up: the clock is not turned here.
    recovery = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES).wrap().get_unused_codes()
    assert client.post("/login/second/", {"code": recovery[0]}).status_code == 302
    assert is_in(client)
    assert types() == ["accounts.second_factor.added"]


def test_a_recovery_code_works_once(secret: str) -> None:
    codes = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES).wrap().get_unused_codes()
    for number, entered in ((0, True), (1, False)):
        client = Client()
        client.post("/login/", {"login": "wang.min", "password": PASSWORD})
        client.post("/login/second/", {"code": codes[0]})
        assert is_in(client) == entered, number


def test_guessing_ends(secret: str) -> None:
    client = Client()
    client.post("/login/", {"login": "wang.min", "password": PASSWORD})
    for number in range(8):
        page = client.post("/login/second/", {"code": f"{number:06}"})
    assert "次数太多" in page.content.decode()


def test_codes_are_shown_renewed_and_taken_home(
    client: Client, secret: str, django_capture_on_commit_callbacks: Any
) -> None:
    page = client.get("/account/second-factor/codes/")
    before = page.context["unused_codes"]
    assert all(one in page.content.decode() for one in before)
    assert client.get("/account/second-factor/codes/new/").status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/account/second-factor/codes/new/")
    after = client.get("/account/second-factor/codes/").context["unused_codes"]
    assert not set(before) & set(after)
    text = client.get("/account/second-factor/codes/file/")
    assert text["Content-Type"].startswith("text/plain")
    assert all(one in text.content.decode() for one in after)
    assert types()[-1] == "accounts.second_factor.renewed"


def test_it_is_given_up(client: Client, secret: str) -> None:
    assert client.get("/account/second-factor/off/").status_code == 200
    assert client.post("/account/second-factor/off/").status_code == 302
    assert not Authenticator.objects.exists()
    assert types() == ["accounts.second_factor.added", "accounts.second_factor.removed"]
    assert "未启用" in client.get("/account/").content.decode()


def test_changes_ask_for_the_password_again(client: Client, person: User) -> None:
    sign_in(client, "wang.min", PASSWORD)
    response = client.get("/account/second-factor/on/")
    assert response["Location"].startswith("/account/confirm/")
    page = client.post(response["Location"], {"password": "Wrong-2026"})
    assert "密码不对" in page.content.decode()


def test_the_secret_is_not_in_the_database(secret: str) -> None:
    for one in Authenticator.objects.all():
        assert secret not in str(one.data)


def test_an_administrator_takes_it_away(client: Client, secret: str, person: User, staff: Staff) -> None:
    reset_second_factor(user=person, by=staff.security, at=timezone.now())
    assert not Authenticator.objects.exists()
    assert not is_in(client)
    assert Event.objects.latest("pk").detail == {"user": "wang.min", "reset": True}
    with pytest.raises(NotForOneself):
        reset_second_factor(user=staff.security, by=staff.security, at=timezone.now())
