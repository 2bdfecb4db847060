"""Tokens and webhooks in a real browser: made, used by a program, revoked; where events go."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect
from pytest_django import Settings

from luoshi.apps.api.operations.delivering import deliver
from luoshi.apps.api.operations.tokens import make_token
from luoshi.apps.api.operations.webhooks import make_webhook
from tests.apps import factories
from tests.apps.work.factories import issued_plan, morning
from tests.journeys.conftest import OpenPage, assert_sound


def test_a_token_from_making_to_revoking(open_page: OpenPage, clerk: User) -> None:
    page = open_page(reverse("accounts:own"))
    page.click("text=管理令牌")
    page.fill("#id_name", "数据平台")
    page.select_option("#id_scope", "office")
    page.locator(".issue-acts button").click()
    token = page.locator(".given-password").inner_text()
    headers = {"Authorization": f"Bearer {token}"}
    assert Client().get("/api/v1/plans", headers=headers).status_code == 200
    page.goto(page.url)
    expect(page.locator(".given-password")).to_have_count(0)
    page.locator("td form button").click()
    expect(page.locator(".state-word", has_text="已停用")).to_be_visible()
    assert Client().get("/api/v1/plans", headers=headers).status_code == 401


def test_a_webhook_and_what_was_sent_to_it(open_page: OpenPage, clerk: User, settings: Settings) -> None:
    settings.LUOSHI_WEBHOOKS_INSIDE = True
    page = open_page(reverse("api:webhooks"))
    page.fill("#id_url", "https://127.0.0.1:9/in")
    page.check("input[value='plan.issued']")
    page.locator(".issue-acts button").click()
    expect(page.locator(".given-password")).to_contain_text("whsec_")
    page.click(".row-link")
    expect(page.locator(".empty")).to_be_visible()
    page.click("text=停用这个推送")
    expect(page.locator(".state-word", has_text="已停用")).to_be_visible()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_is_accessible_and_fits(
    open_page: OpenPage, clerk: User, settings: Settings, language: str
) -> None:
    settings.LUOSHI_WEBHOOKS_INSIDE = True
    now = morning(2026, 3, 2)
    make_token(user=clerk, name="数据平台", scope="office", days=300, by=clerk, at=now)
    hook, _secret = make_webhook(
        region=factories.REGION, url="https://127.0.0.1:9/in", events=["plan.issued"], by=clerk, at=now
    )
    issued_plan()
    deliver(at=now)
    pictures = os.environ.get("LUOSHI_PICTURES")
    for name, address in (
        ("tokens", reverse("api:tokens")),
        ("webhooks", reverse("api:webhooks")),
        ("webhook", reverse("api:webhook", args=[hook.pk])),
    ):
        page = open_page(address, language=language)
        for width in (1440, 360):
            assert_sound(page, width)
            if pictures:
                page.screenshot(path=Path(pictures) / f"{name}-{language}-{width}.png", full_page=True)
