"""The pages of accounts at every width, in both languages; signing in by keyboard."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import expect

from luoshi.apps.accounts.operations import create_account
from luoshi.apps.organization.models import Role
from luoshi.apps.organization.operations import appoint, create_body, grant
from tests.apps import factories
from tests.journeys.conftest import OpenPage, assert_accessible, assert_fits, assert_sound


@pytest.fixture
def people(committed: None, clerk: User) -> dict[str, User]:
    """An administrator of each kind and a liaison."""
    at = timezone.now()
    body = create_body(region=factories.REGION, name="区司法局", by=clerk, at=at)
    users = {}
    for kind in ("system", "security", "audit"):
        users[kind] = User.objects.create_user(f"{kind}-admin", first_name=f"{kind} 管理员")
        appoint(user=users[kind], kind=kind, by=None, at=at)
    users["liaison"], _ = create_account(username="wang.min", name="王敏", body=body, by=None, at=at)
    grant(
        user=users["liaison"],
        region=factories.region(),
        role=Role.Name.LIAISON,
        body=body,
        by=None,
        at=at,
    )
    return users


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page(open_page: OpenPage, site: str, people: dict[str, User], language: str) -> None:
    liaison = people["liaison"].pk
    for who, addresses in (
        ("liaison", ["/login/", "/account/", "/account/password/", "/account/confirm/", "/logout/"]),
        (
            "system",
            [
                "/admin/accounts/",
                "/admin/accounts/?q=nobody",
                "/admin/accounts/new/",
                f"/admin/accounts/{liaison}/",
                "/admin/regions/",
                f"/admin/regions/{factories.REGION}/",
                "/admin/state/",
            ],
        ),
        ("security", [f"/admin/accounts/{liaison}/", f"/admin/accounts/{people['security'].pk}/"]),
        ("audit", ["/admin/log/"]),
    ):
        page = open_page("/help/", user=people[who], language=language)
        for address in addresses:
            page.goto(site + address)
            assert_sound(page, 1440, 360)
        page.locator(".user-menu > summary").click()
        expect(page.locator(".user-menu[open]")).to_have_count(1)
        assert_sound(page, 360, 1440)


def test_from_a_temporary_password_to_the_second_factor_by_keyboard(open_page: OpenPage, site: str) -> None:
    page = open_page("/help/", width=360)
    page.context.clear_cookies()
    _user, temporary = create_account(username="li.hua", name="李华", by=None, at=timezone.now())
    page.goto(f"{site}/login/")
    page.get_by_label("用户名").fill("li.hua")
    page.keyboard.press("Tab")
    page.keyboard.type(temporary)
    page.keyboard.press("Enter")
    page.wait_for_url("**/account/password/")
    for label, value in (
        ("现在的密码", temporary),
        ("新密码", "Liu-he-77"),
        ("再输入一次新密码", "Liu-he-77"),
    ):
        page.get_by_label(label, exact=True).fill(value)
    page.keyboard.press("Enter")
    page.wait_for_url("**/account/")
    page.get_by_role("link", name="启用").click()
    page.get_by_label("密码").fill("Liu-he-77")
    page.keyboard.press("Enter")
    page.wait_for_url("**/account/second-factor/on/")
    picture = page.get_by_alt_text("验证器用的二维码")
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0")
    assert_fits(page)
    assert_accessible(page)
