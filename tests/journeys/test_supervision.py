"""An order in a real browser: from the task to the archive, by the office, its colleague and the lead."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from luoshi.apps.supervision.models import Order
from tests.apps.supervision.factories import LEAD, replied
from tests.apps.work.factories import World, issued_plan, morning
from tests.journeys.conftest import OpenPage, assert_accessible, assert_fits


@pytest.fixture
def world(clerk: object) -> World:
    """An issued plan whose first quarter is open."""
    return issued_plan(until=morning(2026, 3, 17))


def test_from_the_task_to_the_end(open_page: OpenPage, world: World) -> None:
    task = world.tasks[0]
    office = open_page(reverse("work:task", args=[world.plan.pk, task.pk]), user=world.office)
    office.locator(".page-actions a", has_text="督办").click()
    expect(office.locator("#id_requirement")).not_to_be_empty()
    office.fill("#id_contact", "办公室")
    office.click("text=存为拟办稿")
    office.click("text=送批准")
    expect(office.locator(".next-steps", has_text="须由另一位同事批准")).to_be_visible()
    order = Order.objects.get()
    address = reverse("supervision:order", args=[order.pk])
    second = open_page(reverse("work:desk"), user=world.colleague())
    second.locator(".desk-link", has_text=order.matter).click()
    second.click("text=批准并发出")
    expect(second.locator(".order-serial")).to_contain_text("〕1号")
    lead = open_page(reverse("work:desk"), user=world.liaison(LEAD))
    lead.locator(f"a[href='{address}']").first.click()
    lead.click("text=名义签收")
    lead.fill("#id_progress", "已办好三处。")
    assert_accessible(lead)
    lead.click("text=提交反馈")
    office.goto(office.url)
    expect(office.locator(".order-timeline")).to_contain_text("已办好三处。")
    office.click("button:has-text('采纳，准备办结')")
    office.locator("button[value=close]").click()
    office.locator("button[value=archive]").click()
    order.refresh_from_db()
    assert (order.state, order.number) == ("archived", 1)


def test_a_reply_is_returned_and_the_paper_printed(open_page: OpenPage, world: World) -> None:
    order = replied(world, at=morning(2026, 3, 17))
    page = open_page(reverse("supervision:order", args=[order.pk]), user=world.office)
    page.locator("summary", has_text="退回重办").click()
    page.fill("#words-return", "请补充数字。")
    page.locator("button[value=return]").click()
    expect(page.locator(".order-timeline")).to_contain_text("请补充数字。")
    page.locator("a", has_text="打印件").first.click()
    expect(page.locator(".order-paper h1")).to_have_text("督办单")
    page.emulate_media(media="print")
    expect(page.locator(".slip-tools")).to_be_hidden()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("width", [360, 1440])
def test_every_page_is_accessible_and_fits(
    open_page: OpenPage, world: World, width: int, language: str
) -> None:
    order = replied(world, at=morning(2026, 3, 17))
    lead = order.bodies.get(role="lead").body_id
    for name, parts in (
        ("supervision:list", []),
        ("supervision:new", []),
        ("supervision:numbering", []),
        ("supervision:order", [order.pk]),
        ("supervision:paper", [order.pk, lead]),
        ("reminders:list", []),
        ("reminders:settings", []),
        ("work:desk", []),
    ):
        page = open_page(reverse(name, args=parts), user=world.office, width=width, language=language)
        assert_accessible(page, colors=language == "zh-hans")
        assert_fits(page)
        page.context.close()
