"""Signing in: the right password, the wrong ones, the lock, the temporary password, the way out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from luoshi.apps.accounts.operations import create_account, disable, unlock
from luoshi.apps.audit.models import Event
from luoshi.apps.organization.models import Role
from tests.apps.accounts.conftest import PASSWORD, Staff, is_in, sign_in
from tests.apps.factories import NOW, region, user_with


def told(type: str) -> list[dict[str, Any]]:
    """The details of all entries of that type, the oldest first."""
    return list(Event.objects.filter(type=type).order_by("pk").values_list("detail", flat=True))


def test_the_right_password_opens(client: Client, person: User) -> None:
    assert sign_in(client, "wang.min", PASSWORD) == 302
    assert is_in(client)
    assert told("accounts.session.begun")[-1] == {
        "user": "wang.min",
        "way": "password",
        "address": "127.0.0.1",
    }


@pytest.mark.parametrize(("name", "known"), [("wang.min", True), ("nobody.here", False)])
def test_wrong_ones_are_refused_alike(client: Client, person: User, name: str, known: bool) -> None:
    page = client.post("/login/", {"login": name, "password": "Wrong-2026"})
    assert page.status_code == 200
    assert "用户名或密码不对" in page.content.decode()
    assert not is_in(client)
    # What was typed into the wrong field may be a password; only names of accounts are kept.
    assert ("user" in told("accounts.session.refused")[-1]) == known


def test_the_account_is_locked_whatever_the_browser(person: User, settings: Any) -> None:
    for number in range(settings.AXES_FAILURE_LIMIT):
        sign_in(
            Client(), "wang.min", "Wrong", HTTP_USER_AGENT=f"agent {number}", REMOTE_ADDR=f"10.0.0.{number}"
        )
    client = Client()
    page = client.post("/login/", {"login": "wang.min", "password": PASSWORD})
    assert page.status_code == 429
    assert "账号已锁定" in page.content.decode()
    assert not is_in(client)
    assert len(told("accounts.account.locked")) == 1


def test_the_lock_ends_by_itself(client: Client, person: User, settings: Any) -> None:
    for _ in range(settings.AXES_FAILURE_LIMIT + 3):
        sign_in(client, "wang.min", "Wrong")
    AccessAttempt.objects.update(
        attempt_time=timezone.now() - settings.AXES_COOLOFF_TIME - timedelta(seconds=1)
    )
    assert sign_in(client, "wang.min", PASSWORD) == 302


def test_an_administrator_unlocks(client: Client, person: User, staff: Staff, settings: Any) -> None:
    for _ in range(settings.AXES_FAILURE_LIMIT):
        sign_in(client, "wang.min", "Wrong")
    assert unlock(user=person, by=staff.security, at=timezone.now())
    assert not unlock(user=person, by=staff.security, at=timezone.now())
    assert sign_in(client, "wang.min", PASSWORD) == 302


def test_success_forgets_the_failures(client: Client, person: User, settings: Any) -> None:
    for _ in range(2):
        for _ in range(settings.AXES_FAILURE_LIMIT - 1):
            sign_in(client, "wang.min", "Wrong")
        assert sign_in(Client(), "wang.min", PASSWORD) == 302


def test_disabled_accounts_are_refused_and_thrown_out(client: Client, person: User, staff: Staff) -> None:
    sign_in(client, "wang.min", PASSWORD)
    disable(user=person, by=staff.system, at=timezone.now())
    assert not is_in(client)
    assert sign_in(client, "wang.min", PASSWORD) == 200


@pytest.mark.django_db
def test_a_temporary_password_comes_before_everything(client: Client) -> None:
    user, temporary = create_account(username="li.hua", name="李华", by=None, at=timezone.now())
    from luoshi.apps.organization.operations import grant

    grant(user=user, region=region(), role=Role.Name.OFFICE, by=None, at=NOW)
    sign_in(client, "li.hua", temporary)
    for address in ("/plans/", "/account/", "/imports/"):
        response = client.get(address)
        assert (response.status_code, response["Location"]) == (302, "/account/password/")
    assert client.get("/plans/", headers={"HX-Request": "true"}).status_code == 403
    assert client.get("/help/").status_code == 200
    fields = {"present": temporary, "password": PASSWORD, "again": PASSWORD}
    assert client.post("/account/password/", {**fields, "again": "Other-2026"}).status_code == 422
    assert client.post("/account/password/", fields).status_code == 302
    assert client.get("/plans/").status_code == 200


def test_everybody_begins_where_their_work_is(staff: Staff, person: User) -> None:
    homes = {"system": "/admin/accounts/", "security": "/admin/accounts/", "audit": "/admin/log/"}
    for kind, home in homes.items():
        user = getattr(staff, kind)
        user.set_password(PASSWORD)
        user.save()
        # Sent here from the front page, which is not theirs.
        response = Client().post(
            "/login/?next=/", {"login": user.username, "password": PASSWORD, "next": "/"}
        )
        assert response["Location"] == home
    assert Client().post("/login/", {"login": "wang.min", "password": PASSWORD})["Location"] == "/account/"


def test_next_leads_to_our_own_pages_only(client: Client, person: User) -> None:
    fields = {"login": "wang.min", "password": PASSWORD}
    assert client.post("/login/", {**fields, "next": "/help/"})["Location"] == "/help/"
    assert "example" not in client.post("/login/", {**fields, "next": "https://example.org/"})["Location"]


def test_leaving_is_on_record(client: Client, person: User) -> None:
    sign_in(client, "wang.min", PASSWORD)
    assert client.get("/logout/").status_code == 200
    assert is_in(client)
    client.post("/logout/")
    assert not is_in(client)
    assert told("accounts.session.left") == [{"user": "wang.min"}]


def test_nobody_signs_up(client: Client, db: None) -> None:
    for address in ("/signup/", "/accounts/signup/", "/account/signup/", "/accounts/login/"):
        assert client.get(address).status_code == 404


def test_the_page_has_no_code_of_its_own(client: Client, db: None) -> None:
    page = client.get("/login/")
    assert "unsafe" not in page["Content-Security-Policy"]
    assert "no-store" in page["Cache-Control"]


class TestDemo:
    """In the demo the person at this machine is anybody they like."""

    HERE: ClassVar = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1"}

    @pytest.fixture(autouse=True)
    def _demo(self, settings: Any, db: None) -> None:
        settings.LUOSHI_DEMO = settings.LUOSHI_LOCAL = True
        User.objects.filter(pk=user_with("demo-viewer", Role.Name.VIEWER).pk).update(first_name="演示 许一鸣")
        user_with("viewer", Role.Name.VIEWER)

    def test_one_click(self, client: Client) -> None:
        page = client.get("/login/", **self.HERE).content.decode()
        assert 'value="demo-viewer"' in page
        assert 'value="viewer"' not in page
        assert client.post("/login/demo/", {"person": "demo-viewer"}, **self.HERE).status_code == 302
        page = client.get("/help/", **self.HERE)
        assert page.wsgi_request.user.username == "demo-viewer"
        assert "演示：您现在是 <strong>演示 许一鸣</strong>" in page.content.decode()
        assert told("accounts.session.begun")[-1]["way"] == "demo"

    def test_leaving_gives_the_machine_back(self, client: Client) -> None:
        client.post("/login/demo/", {"person": "demo-viewer"}, **self.HERE)
        client.post("/logout/", **self.HERE)
        assert client.get("/help/", **self.HERE).wsgi_request.user.username == "local-office"

    def test_only_people_of_the_demo(self, client: Client) -> None:
        for person in ("viewer", "demo-nobody", ""):
            assert client.post("/login/demo/", {"person": person}, **self.HERE).status_code == 404

    @pytest.mark.parametrize(
        "change",
        [{"REMOTE_ADDR": "10.0.0.7"}, {"HTTP_HOST": "testserver"}, {"HTTP_X_FORWARDED_FOR": "10.0.0.7"}],
    )
    def test_only_at_this_machine(self, client: Client, change: dict[str, str]) -> None:
        where = {**self.HERE, **change}
        assert "demo-viewer" not in client.get("/login/", **where).content.decode()
        assert client.post("/login/demo/", {"person": "demo-viewer"}, **where).status_code == 404

    def test_only_in_the_demo(self, client: Client, settings: Any) -> None:
        settings.LUOSHI_DEMO = False
        assert "demo-viewer" not in client.get("/login/", **self.HERE).content.decode()
        assert client.post("/login/demo/", {"person": "demo-viewer"}, **self.HERE).status_code == 404
