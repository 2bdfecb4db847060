"""Reports in a real browser: two people in one report, a telephone, and a browser without scripts."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Page, expect

from luoshi.apps.work.models import Occurrence, Report, Revision
from luoshi.apps.work.operations.deciding import accept
from luoshi.apps.work.operations.reporting import open_report, save, submit
from tests.apps.work.factories import World, issued_plan, morning
from tests.journeys.conftest import OpenPage, assert_accessible, assert_fits

AT = morning(2026, 3, 18)
COURT, LEAD, SCHOOL = "区人民法院", "区民政局", "区教育局"


@pytest.fixture
def world(clerk: User) -> World:
    """An issued plan whose first quarter is open."""
    return issued_plan(until=morning(2026, 3, 17))


def address(occurrence: Occurrence) -> str:
    return reverse("work:report", args=[occurrence.pk])


def named(user: User, name: str) -> User:
    user.first_name = name
    user.save()
    return user


def saved(page: Page) -> None:
    """Wait until the page says that it has saved."""
    expect(page.locator("#report-saved[data-state=kept]")).to_be_visible()


def test_two_people_in_one_report(open_page: OpenPage, world: World) -> None:
    one = world.occurrence(4, COURT)
    liaison, head = named(world.liaison(COURT), "张三"), named(world.head(COURT), "李四")
    first = open_page(address(one), user=liaison)
    first.fill("#id_progress", "召开宣传会议。")
    saved(first)
    second = open_page(address(one), user=head)
    expect(second.locator("#report-here")).to_have_text("张三 正在编辑")
    expect(second.locator("#id_progress")).to_have_value("召开宣传会议。")
    second.locator("#id_progress").press("End")
    second.keyboard.type("印发手册五百份。")
    saved(second)
    first.fill("#id_problems", "人手不足。")
    expect(first.locator("#report-merge .merge")).to_be_visible()
    expect(first.locator("#id_progress")).to_have_value("召开宣传会议。印发手册五百份。")
    expect(first.locator(".by-first").first).to_contain_text("李四")
    assert_accessible(first)
    first.locator(".report-acts button", has_text="提交").click()
    expect(first.locator(".notice-success")).to_have_text("已提交。")
    report = Report.objects.get(occurrence=one)
    values = {"progress": "召开宣传会议。印发手册五百份。", "problems": "人手不足。"}
    assert Revision.objects.get(report=report, number=report.latest).values == values


def test_no_change_on_a_telephone_is_one_click(open_page: OpenPage, world: World) -> None:
    by, one = world.liaison(COURT), world.occurrence(4, COURT)
    report = open_report(occurrence=one, by=by, at=AT)
    save(report=report, values={"progress": "已宣传三次。", "next_step": "进社区。"}, base=0, by=by, at=AT)
    submit(report=report, seen=1, by=by, at=AT)
    accept(report=report, seen=1, by=world.office, at=AT)
    world.advance(morning(2026, 6, 20))
    following = world.occurrence(4, COURT, "2026Q2")
    page = open_page(address(following), user=by, width=360, height=760)
    expect(page.locator("#id_next_step")).to_have_value("进社区。")
    expect(page.locator(".last-words blockquote")).to_have_text("已宣传三次。")
    assert_fits(page)
    assert_accessible(page)
    page.click("text=无变化，直接报送")
    expect(page.locator(".no-change-mark")).to_be_visible()
    report = Report.objects.get(occurrence=following)
    assert (report.state, report.no_change) == ("submitted", True)


def test_a_report_without_scripts(open_page: OpenPage, world: World) -> None:
    one = world.occurrence(1, SCHOOL)
    page = open_page(address(one), user=world.liaison(SCHOOL), scripts=False, refusals=True)
    page.fill("#id_progress", "新建两个点。")
    page.fill("#id_share_done", "很多")
    page.locator(".report-acts button", has_text="提交").click()
    expect(page.locator("#error-share_done")).to_be_visible()
    page.fill("#id_share_done", "62.5")
    page.set_input_files("#id_upload", {"name": "表.pdf", "mimeType": "x", "buffer": b"%PDF-1.7"})
    page.locator(".report-acts button", has_text="提交").click()
    expect(page.locator(".said")).to_contain_text("62.5%")
    expect(page.locator(".said-files")).to_contain_text("表.pdf")
    assert Report.objects.get(occurrence=one).state == "submitted"


def test_the_office_returns_what_it_has_read(open_page: OpenPage, world: World) -> None:
    by, one = world.liaison(COURT), world.occurrence(4, COURT)
    report = open_report(occurrence=one, by=by, at=AT)
    save(report=report, values={"progress": "已宣传。"}, base=0, by=by, at=AT)
    submit(report=report, seen=1, by=by, at=AT)
    page = open_page(reverse("work:accepting"), user=world.office)
    page.click("text=加强宣传引导")
    page.locator("summary", has_text="退回").click()
    page.fill("#reason-return", "请写明宣传了几次。")
    page.locator(".step-reason[open] button").click()
    expect(page.locator(".notice-success")).to_contain_text("已退回")
    page = open_page(address(one), user=by)
    expect(page.locator(".notice-warning")).to_contain_text("请写明宣传了几次。")
    expect(page.locator("#id_progress")).to_have_value("已宣传。")
