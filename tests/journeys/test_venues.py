"""Venues of legal culture and returns of data centres in a real browser, up to who lacks one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from luoshi.apps.register.models import Entry
from tests.journeys.conftest import OpenPage, assert_sound
from tests.journeys.lived import PAPER, Days, District, begin, fill, send

# A Monday after the first half of a year.
NOW = datetime(2026, 7, 6, 2, 0, tzinfo=UTC)
BOARDS, HALLS = "社区法治文化宣传栏（长廊）覆盖率", "镇、街道普法学法大讲堂覆盖率"


@pytest.fixture
def district(open_page: OpenPage, clerk: User, monkeypatch: pytest.MonkeyPatch) -> District:
    found = District(open_page, clerk, Days(monkeypatch, NOW))
    found.add("柳河镇", kind="town", line="township")
    found.add("云门街道", kind="street", line="township")
    found.add("云门社区", "新华社区", kind="community", line="township")
    found.add("云溪数据中心", "青石数据中心", kind="enterprise", line="enterprise")
    return found


def test_each_community_has_its_board_or_is_named(district: District) -> None:
    street = district.at("云门街道", "/registers/")
    board = {
        "name": "新华社区法治文化宣传栏",
        "kind": "board",
        "for-body": "新华社区",
        "address": "新华路一号",
        "built-on": district.days.day(-1),
        "photos": PAPER,
    }
    begin(street, "法治文化阵地", "登记已建成阵地", board, refused="建成日期不能晚于今天")
    assert_sound(street, 360, 1440)
    fill(street, {"built-on": district.days.day(30)})
    send(street)
    entry = Entry.objects.get()
    expect(street.locator(".entry-line")).to_contain_text("使用中")
    assert_sound(street, 360, 1440)
    damage = {"inspected-on": district.days.day(), "condition": "damaged", "problem": "展板脱落"}
    district.step("云门街道", entry, "记录检查", damage, refused="损坏的请办理“报修”")
    district.step("云门街道", entry, "报修", damage)
    district.step(
        district.office, entry, "延长维修期限", {"more-days": "31"}, reason="订货", refused="至多还可延长30"
    )
    _office_sees_who_has_none(district, entry)
    district.days.later(20)
    mended = {"mended-on": district.days.day(), "condition": "good"}
    page = district.step("云门街道", entry, "修复", mended)
    expect(page.locator(".clocks li", has_text="维修期限")).to_contain_text("按期")


def _office_sees_who_has_none(district: District, entry: Entry) -> None:
    page = district.at(district.office, "/indicators/")
    page.get_by_role("link", name=BOARDS).click()
    expect(page.locator(".indicator-big")).to_contain_text("50%")
    expect(page.locator(".indicator-lacking")).to_contain_text("云门社区")
    expect(page.locator(".indicator-lacking")).not_to_contain_text("新华社区")
    assert_sound(page, 360, 1440)
    page.get_by_role("link", name="新华社区", exact=True).click()
    page.locator("#behind").get_by_role("link", name=entry.title).click()
    expect(page.locator("h1")).to_have_text(entry.title)


def test_a_hall_counts_when_it_opens(district: District) -> None:
    page = district.at("柳河镇", "/registers/")
    hall = {"name": "柳河大讲堂", "kind": "hall", "for-body": "柳河镇", "address": "镇政府一楼"}
    begin(page, "法治文化阵地", "登记在建阵地", hall)
    assert _figure(district, HALLS) == "0%"
    district.step("柳河镇", Entry.objects.get(), "建成启用", {"built-on": district.days.day()})
    assert _figure(district, HALLS) == "50%"
    page = district.at(district.office, "/registers/culture-venues/board/")
    expect(page.locator(".lane", has_text="柳河大讲堂")).to_contain_text("使用中")
    assert_sound(page, 360, 1440)


def _figure(district: District, label: str) -> str:
    page = district.at(district.office, "/indicators/")
    page.get_by_role("link", name=label).click()
    return page.locator(".indicator-big strong").inner_text()


RETURN = {
    "period": "2026H1",
    "contact.name": "甲某",
    "racks-built": "100",
    "racks-used": "120",
    "servers": "1200",
    "bandwidth": "40",
    "power": "300",
    "it-power": "140",
    "incidents": "0",
}


def test_a_data_centre_reports_its_half_year(district: District) -> None:
    page = district.at("云溪数据中心", "/registers/")
    begin(
        page, "互联网数据中心基础数据半年报送", "报送", RETURN | {"period": "2026Q2"}, refused="报送期是半年"
    )
    fill(page, {"period": "2026H1"})
    send(page, refused="在用机架不能多于已建机架")
    assert_sound(page, 360, 1440)
    fill(page, {"racks-used": "80"})
    send(page)
    expect(page.locator("main")).to_contain_text("2.14")
    entry = Entry.objects.get()
    district.step(district.office, entry, "确认", refused="须有说明才能确认")
    district.step(district.office, entry, "退回补正", reason="请说明能效")
    district.step("云溪数据中心", entry, "重新报送", {"unusual": "新机房试运行"})
    district.step(district.office, entry, "确认")
    page = _reported(district)
    expect(page.locator(".indicator-big")).to_contain_text("50%")
    expect(page.locator(".indicator-lacking")).to_contain_text("青石数据中心")
    page.get_by_role("link", name=entry.title).click()
    expect(page.locator(".entry-line")).to_contain_text("已确认")
    assert_sound(page, 360, 1440)


def _reported(district: District) -> Page:
    page = district.at(district.office, "/indicators/?period=2026H1")
    page.get_by_role("link", name="已报送的数据中心占比").click()
    return page
