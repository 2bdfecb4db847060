"""A plan bound to mechanisms in a real browser: suggested, confirmed, computed, opened down, and reported."""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page, expect

from luoshi.apps.work.models import Occurrence
from tests.apps.binding.factories import issued
from tests.apps.work.factories import morning
from tests.journeys.conftest import OpenPage, assert_sound

OPENS = morning(2026, 3, 18)


def test_a_target_is_bound_computed_and_reported(open_page: OpenPage, committed: None) -> None:
    world = issued(until=OPENS)
    entry = world.venue("hall", "青山镇")
    page = open_page(reverse("binding:list", args=[world.plan.pk]), user=world.office)
    task = page.locator(f"#task-{world.task('1').pk}")
    expect(task.locator("mark").first).to_have_text("法治文化阵地")
    assert_sound(page, 360, 1440)
    _kept(page, "suggested")
    page.get_by_role("button", name="确认有把握的").click()
    expect(task.locator(".binding-confirmed")).to_have_count(4)
    task.get_by_role("button", name="撤销").first.click()
    page.goto(reverse_on(page, "plan:task", world.plan.pk, world.task("1").pk))
    block = page.locator(".promises li", has_text="普法学法大讲堂")
    expect(block).to_contain_text("1/2")
    block.locator("summary").click()
    expect(block).to_contain_text("绿水街道")
    assert_sound(page, 360, 1440)
    _kept(page, "task")
    block.get_by_role("link", name="由 1 条登记计算").click()
    page.locator("#behind").get_by_role("link", name="青山镇").first.click()
    expect(page).to_have_url(reverse_on(page, "register:entry", "culture-venues", entry.pk))
    town = world.bodies["青山镇"]
    occurrence = Occurrence.objects.get(task=world.task("1"), body=town, state="open")
    form = open_page(reverse("work:report", args=[occurrence.pk]), user=world.liaison("青山镇"))
    expect(form.locator(".computed-report")).to_contain_text("不必填写")
    assert_sound(form, 360, 1440)
    _kept(form, "report")
    form.locator("[name=progress]").fill("大讲堂已建成。")
    form.locator("[name=next_step]").fill("按月开讲。")
    form.locator("[name=share_done]").fill("100")
    form.get_by_role("button", name="提交").click()
    expect(form.locator(".computed-report")).to_contain_text("报送时已固定")
    assert_sound(form, 360, 1440)
    _kept(form, "sent")


def test_a_mechanism_is_bound_by_hand(open_page: OpenPage, committed: None) -> None:
    world = issued(until=OPENS)
    page = open_page(reverse("binding:list", args=[world.plan.pk]), user=world.office)
    page.get_by_role("link", name="手工绑定").click()
    assert_sound(page, 360, 1440)
    page.get_by_label("要绑定的任务").select_option(str(world.task("4").pk))
    page.get_by_label("搜索机制").fill("数据中心")
    page.get_by_role("button", name="查找").click()
    expect(page.locator(".binding-choice")).to_have_count(1)
    page.get_by_role("button", name="绑定到这项任务").click()
    expect(page.locator(".notice-success")).to_be_visible()
    expect(page.locator(".binding-choice .binding-confirmed")).to_be_visible()
    page.get_by_label("要绑定的任务").select_option(str(world.task("1").pk))
    page.get_by_label("搜索机制").fill("阵地")
    page.get_by_role("button", name="查找").click()
    expect(page.locator(".binding-choice")).to_contain_text("法治文化阵地")
    page.locator(".binding-measure summary").click()
    assert_sound(page, 360, 1440)
    page.get_by_role("button", name="计算这个目标").click()
    expect(page.locator(".binding-measured")).to_be_visible()
    page.goto(reverse_on(page, "binding:list", world.plan.pk))
    task = page.locator(f"#task-{world.task('4').pk}")
    expect(task).to_contain_text("由人选定")
    task.get_by_role("button", name="撤销").click()
    expect(task.locator(".binding-of-mechanism .binding-suggested")).to_be_visible()
    assert_sound(page, 360, 1440)


def reverse_on(page: Page, name: str, *parts: object) -> str:
    """An address on the server that a page came from."""
    host = "/".join(page.url.split("/")[:3])
    return host + reverse(name, args=parts)


def _kept(page: Page, name: str) -> None:
    """Keep pictures where a folder for them is named."""
    folder = os.environ.get("LUOSHI_PICTURES")
    if not folder:
        return
    for language in ("zh-hans", "en"):
        page.context.add_cookies(
            [{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": page.url}]
        )
        page.goto(page.url)
        for width in (360, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=Path(folder) / f"{name}-{language}-{width}.png", full_page=True)
    page.context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": "zh-hans", "url": page.url}])
    page.goto(page.url)
