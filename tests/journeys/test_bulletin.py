"""A bulletin in a real browser: numbers that open their lists, two editors, a second person, a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from luoshi.apps.bulletin.models import Bulletin
from tests.apps.bulletin.factories import COURT, drafted, quarter
from tests.apps.work.factories import World
from tests.journeys.conftest import OpenPage, assert_accessible, assert_sound


@pytest.fixture
def world(clerk: object) -> World:
    """A quarter with every outcome."""
    return quarter()


def test_from_the_draft_to_publication(open_page: OpenPage, world: World, tmp_path: Path) -> None:
    row = drafted(world)
    address = reverse("bulletin:bulletin", args=[row.pk])
    office = open_page(address, user=world.office)
    number = office.locator(".bulletin-words a.bulletin-number").first
    said = number.inner_text()
    number.click()
    expect(office.locator("#results [role=status] strong")).to_have_text(said)
    office.goto(office.url.split("/bulletins/")[0] + address)
    office.click("text=选用典型做法")
    office.locator("button[value=choose]").first.click()
    expect(office.locator(".practice-chosen")).to_contain_text(COURT)
    office.goto(office.url.replace("practices/", "edit/"))
    office.fill("#id_title", "第一季度落实情况通报")
    assert_accessible(office)
    office.locator(".issue-acts button").click()
    with office.expect_download() as download:
        office.click("text=下载 Word")
    file = tmp_path / "通报.docx"
    download.value.save_as(file)
    assert file.read_bytes()[:2] == b"PK"
    office.locator("button[value=submit]").click()
    expect(office.locator(".notice", has_text="另一位同事审定").first).to_be_visible()
    second = open_page(reverse("work:desk"), user=world.colleague())
    second.locator(".desk-link", has_text="第一季度落实情况通报").click()
    second.locator("button[value=publish]").click()
    expect(second.locator(".status-confirmed")).to_have_text("已发布")
    assert Bulletin.objects.get().state == "published"
    reader = open_page(address, user=world.liaison(COURT))
    expect(reader.locator(".bulletin-paper h1")).to_have_text("第一季度落实情况通报")


def test_whoever_saves_second_is_shown_both(open_page: OpenPage, world: World) -> None:
    row = drafted(world)
    address = reverse("bulletin:edit", args=[row.pk])
    first = open_page(address, user=world.office)
    second = open_page(address, user=world.colleague(), refusals=True)
    for page, words in ((first, "先保存的。"), (second, "后保存的。")):
        page.fill("#id_text", words)
        page.locator(".issue-acts button").click()
    expect(second.locator(".bulletin-theirs")).to_contain_text("先保存的。")
    expect(second.locator("#id_text")).to_have_value("后保存的。")
    assert_accessible(second)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_is_accessible_and_fits(open_page: OpenPage, world: World, language: str) -> None:
    row = drafted(world)
    for name, parts in (
        ("bulletin:list", []),
        ("bulletin:new", []),
        ("bulletin:bulletin", [row.pk]),
        ("bulletin:edit", [row.pk]),
        ("bulletin:practices", [row.pk]),
        ("bulletin:figure", [row.pk, "overdue"]),
    ):
        page = open_page(reverse(name, args=parts), user=world.office, language=language)
        assert_sound(page, 1440, 360)
        page.context.close()
