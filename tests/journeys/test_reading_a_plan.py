"""Finding one's way in a plan: filter, open, move on, switch language; without scripts, by keyboard."""

from __future__ import annotations

import re

from django.urls import reverse
from playwright.sync_api import Page, expect

from luoshi.apps.plan.models import Plan
from tests.journeys.conftest import OpenPage


def _count(page: Page) -> int:
    return int(page.locator("#results [role=status] strong").inner_text())


def test_filtering_keeps_the_address_and_the_count(open_page: OpenPage, sample: Plan) -> None:
    page = open_page(reverse("plan:overview", args=[sample.pk]))
    everything = _count(page)
    page.get_by_label("搜索").fill("宪法")
    page.wait_for_url(re.compile(r"q=%E5%AE%AA%E6%B3%95"))
    expect(page.locator("#results [role=status] strong")).not_to_have_text(str(everything))
    assert _count(page) == page.locator(".task-table tbody tr").count() < everything
    # The page was not loaded anew: the picture above is still the same element.
    expect(page.locator(".chart-canvas canvas")).to_have_count(2)
    page.get_by_label("角色").select_option("lead")
    page.wait_for_url(re.compile("role=lead"))
    address = page.url
    page.goto(address)
    assert page.get_by_label("搜索").input_value() == "宪法"
    assert page.get_by_label("角色").input_value() == "lead"
    page.get_by_role("link", name="清除", exact=True).click()
    assert _count(page) == everything


def test_going_back_brings_the_list_back(open_page: OpenPage, sample: Plan) -> None:
    page = open_page(reverse("plan:overview", args=[sample.pk]))
    everything = _count(page)
    page.get_by_label("内容", exact=True).select_option("target")
    page.wait_for_url(re.compile("has=target"))
    expect(page.locator("#results [role=status] strong")).not_to_have_text(str(everything))
    page.go_back()
    expect(page.locator("#results [role=status] strong")).to_have_text(str(everything))
    assert "has=" not in page.url
    expect(page.locator("h1")).to_be_visible()


def test_filtering_without_scripts(open_page: OpenPage, sample: Plan) -> None:
    page = open_page(reverse("plan:overview", args=[sample.pk]), scripts=False)
    page.get_by_label("搜索").fill("宪法")
    page.get_by_role("button", name="筛选").click()
    page.wait_for_load_state()
    assert "q=" in page.url
    assert page.locator(".task-table tbody tr").count() == _count(page) > 0
    # The picture needs scripts; its table does not.
    page.locator("[data-chart] summary").first.click()
    assert page.locator("[data-chart] table").first.is_visible()


def test_charts_tell_what_they_show(open_page: OpenPage, sample: Plan) -> None:
    page = open_page(reverse("plan:overview", args=[sample.pk]))
    picture = page.get_by_role("img", name=re.compile("牵头最多的单位"))
    expect(picture.locator("canvas")).to_have_count(1)
    label = picture.get_attribute("aria-label") or ""
    first = page.locator("[data-chart=stack] tbody tr").first
    name, leads = first.locator("th").text_content(), first.locator("td").first.text_content()
    assert f"{name}: 牵头 {leads}" in label


def test_by_keyboard(open_page: OpenPage, sample: Plan) -> None:
    page = open_page(reverse("plan:overview", args=[sample.pk]))
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="跳到正文")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("/")
    expect(page.get_by_label("搜索")).to_be_focused()
    # While somebody types, keys are letters.
    page.keyboard.type("j?")
    assert page.get_by_label("搜索").input_value() == "j?"


def test_keys_move_between_tasks(open_page: OpenPage, sample: Plan) -> None:
    first, second = sample.tasks.order_by("position")[:2]
    page = open_page(reverse("plan:task", args=[sample.pk, first.pk]))
    page.keyboard.press("j")
    page.wait_for_url(re.compile(reverse("plan:task", args=[sample.pk, second.pk])))
    page.keyboard.press("k")
    page.wait_for_url(re.compile(reverse("plan:task", args=[sample.pk, first.pk])))
    page.keyboard.press("?")
    page.wait_for_url(re.compile(reverse("interface:help")))


def test_every_focus_is_seen(open_page: OpenPage, sample: Plan) -> None:
    page = open_page(reverse("plan:task", args=[sample.pk, sample.tasks.order_by("position")[1].pk]))
    for _ in range(14):
        page.keyboard.press("Tab")
        shadow = page.evaluate("getComputedStyle(document.activeElement).boxShadow")
        assert shadow != "none", page.evaluate("document.activeElement.outerHTML")


def test_switching_language_and_size_stays_on_the_page(open_page: OpenPage, sample: Plan) -> None:
    address = reverse("plan:timeline", args=[sample.pk])
    page = open_page(address)
    before = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1, name="Timeline")).to_be_visible()
    page.get_by_role("button", name="Large text").click()
    assert page.url.endswith(address)
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") > before
    pressed = page.get_by_role("button", name="Large text").get_attribute("aria-pressed")
    assert pressed == "true"


def test_from_map_to_task_to_body_to_download(open_page: OpenPage, sample: Plan) -> None:
    page = open_page(reverse("plan:overview", args=[sample.pk]))
    page.locator(".map .tile").nth(2).click()
    expect(page.locator("blockquote mark.mark-lead").first).to_be_visible()
    lead = page.locator(".roles .chip-lead").first
    name = lead.inner_text()
    lead.click()
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="导出本单位任务").click()
    assert download.value.suggested_filename.endswith(".xlsx")
