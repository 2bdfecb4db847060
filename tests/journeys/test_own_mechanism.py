"""A mechanism of an office's own, from a telephone: reported, kept by receipt, and counted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.urls import reverse
from playwright.sync_api import expect

from luoshi.apps.organization.models import Body, Region, Role
from luoshi.apps.register.models import Entry
from tests.journeys.conftest import OpenPage, assert_sound
from tests.journeys.test_outside import NUMERALS
from tests.mechanisms.owned import own_folder
from tests.mechanisms.test_own_mechanism import FILES, KEY


@pytest.fixture
def worker(clerk: object, tmp_path: Path) -> Iterator[User]:
    """Somebody of the body that keeps such entries."""
    region = Region.objects.create(code="990111", name="云溪区", level=Region.Level.COUNTY)
    body = Body.objects.create(region=region, name="云溪区残联", kind="social", line="government")
    user = User.objects.create(username="worker", last_name="经办")
    Role.objects.create(region=region, user=user, name="liaison", body=body)
    with own_folder(tmp_path, FILES):
        yield user


def test_reported_from_a_telephone_and_seen_by_the_body(open_page: OpenPage, worker: User) -> None:
    page = open_page(reverse("register:filing"), width=360, user=AnonymousUser())
    page.click(f".outside-cards a[href='{reverse('register:form', args=[KEY])}']")
    page.select_option("[name='f.facility']", "ramp")
    page.fill("[name='f.place']", "云溪路一号")
    page.fill("[name='f.damage']", "坡道开裂。")
    page.fill("[name='f.reporter.name']", "甲某")
    question = page.locator("#question").inner_text()
    page.fill("#answer", str(sum(NUMERALS.index(one) for one in question if one in NUMERALS)))
    page.check("[name=told]")
    assert_sound(page, 360)
    page.click("button[value=send]")
    expect(page.locator("h1")).to_have_text("已提交")
    assert_sound(page, 360)
    entry = Entry.objects.get()
    inside = open_page(reverse("register:list", args=[KEY]), width=360, user=worker)
    assert_sound(inside, 360)
    inside.click(f"text={entry.title}")
    expect(inside.locator("main")).to_contain_text("按本机制第 1 版规则办理")
    assert_sound(inside, 360)
    inside.click(".next-own a >> nth=0")
    inside.click("button[value=send]")
    expect(inside.locator("main")).to_contain_text("修复中")
    inside.goto(inside.url.split("/registers/")[0] + reverse("indicator:one", args=[KEY, "reports"]))
    expect(inside.locator("#behind")).to_contain_text(entry.title)
    assert_sound(inside, 360)
