"""Legal aid from a telephone: filed without account or scripts, followed by receipt, read and put right."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from luoshi.apps.register.models import Entry
from luoshi.apps.register.operations.taking import take_step
from luoshi.core.register.procedure import Actor
from tests.apps.register.factories import Place, make_place
from tests.journeys.conftest import OpenPage, assert_accessible, assert_fits

NUMERALS = "零一二三四五六七八九"


@pytest.fixture
def place(clerk: object) -> Place:
    """A region with a legal aid centre."""
    return make_place()


def _fill_in(page: Page) -> None:
    page.fill("[name='f.applicant.name']", "甲某")
    page.fill("[name='f.applicant.phone']", "138 0000 1234")
    page.select_option("[name='f.form']", "civil")
    page.select_option("[name='f.matter']", "labour")
    page.fill("[name='f.facts']", "拖欠工资三个月。")
    page.select_option("[name='f.means']", "pledge")
    question = page.locator("#question").inner_text()
    page.fill("#answer", str(sum(NUMERALS.index(one) for one in question if one in NUMERALS)))
    page.check("[name=told]")
    page.click("button[value=send]")


def test_filed_without_scripts_and_followed_by_receipt(open_page: OpenPage, place: Place) -> None:
    page = open_page(
        reverse("register:filing"), width=360, user=AnonymousUser(), scripts=False, refusals=True
    )
    page.click(".outside-cards .btn-primary")
    page.click("button[value=send]")
    expect(page.locator("[role=alert]")).to_contain_text("验证问题")
    _fill_in(page)
    number, code = page.locator(".receipt-keys dd").all_inner_texts()[:2]
    page.context.clear_cookies()
    page.goto(page.url.split("/file/")[0] + reverse("register:receipt"))
    page.fill("#number", number.lower())
    page.fill("#code", "AAAA-BBBB-CCCC")
    page.click("form.panel button")
    expect(page.locator("[role=alert]")).to_contain_text("不正确")
    page.fill("#code", code)
    page.click("form.panel button")
    expect(page.locator(".outside-state")).to_have_text("已收到，正在审查")
    entry = Entry.objects.get()
    take_step(
        entry=entry,
        transition="ask-papers",
        given={"missing-papers": "请补交工资条。"},
        seen=entry.revision,
        actor=Actor.HANDLER,
        by=place.liaison,
        at=timezone.now(),
    )
    page.reload()
    expect(page.locator("main")).to_contain_text("请补交工资条。")
    page.click(".next-own a >> nth=0")
    page.set_input_files("[type=file]", {"name": "a.pdf", "mimeType": "", "buffer": b"%PDF-1.7 a"})
    page.click("button[value=send]")
    expect(page.locator(".outside-state")).to_have_text("已收到，正在审查")
    entry.refresh_from_db()
    assert (entry.state, entry.files.count()) == ("received", 1)
    page.click("text=我的个人信息")
    expect(page.locator("main")).to_contain_text("13800001234")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_for_people_outside_are_accessible_and_fit(
    open_page: OpenPage, place: Place, language: str
) -> None:
    page = open_page(
        reverse("register:filing"), width=360, language=language, user=AnonymousUser(), refusals=True
    )
    home = page.url.split("/file/")[0]
    for name, parts in (("register:filing", []), ("register:form", ["legal-aid"]), ("register:receipt", [])):
        page.goto(home + reverse(name, args=parts))
        assert_accessible(page)
        assert_fits(page)
