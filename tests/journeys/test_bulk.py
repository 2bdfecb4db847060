"""Venues from a sheet, and one inspection of all of them, in a real browser."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from luoshi.apps.register.models import Entry
from tests.apps.bulk.factories import VENUE, filled_in
from tests.apps.register.factories import make_place
from tests.journeys.conftest import OpenPage, assert_sound

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WRONG = {**VENUE, "name": "没有日期的阵地", "built-on": "去年"}


def test_a_sheet_becomes_entries_and_all_are_inspected(open_page: OpenPage, committed: None) -> None:
    place = make_place()
    page = open_page("/registers/culture-venues/", user=place.stranger)
    page.get_by_role("link", name="批量登记").click()
    assert_sound(page, 360, 1440)
    with page.expect_download() as template:
        page.get_by_role("link", name="登记已建成阵地").click()
    assert template.value.suggested_filename.endswith(".xlsx")

    page.locator("#id_transition").select_option("register")
    _send(page, filled_in([{**VENUE, "name": "北门长廊"}, WRONG, {**VENUE, "name": "南门长廊"}]))
    expect(page.locator(".bulk-facts")).to_contain_text("2 行可以登记")
    expect(page.locator("#upload tbody tr")).to_contain_text("“去年”不是日期")
    assert_sound(page, 360, 1440)
    assert not Entry.objects.exists()
    page.get_by_role("button", name="登记没有问题的 2 行").click()
    expect(page.locator(".bulk-facts")).to_contain_text("2 行已登记")
    assert_sound(page, 360, 1440)

    # What was wrong comes back as it is, is mended, and goes in.
    with page.expect_download() as faults:
        page.get_by_role("link", name="下载有问题的行").click()
    assert Path(faults.value.path()).stat().st_size > 0
    page.get_by_role("link", name="再导入一份").click()
    page.locator("#id_transition").select_option("register")
    _send(page, filled_in([{**WRONG, "built-on": "2024-05-01"}]))
    page.get_by_role("button", name="全部登记").click()
    expect(page.locator(".bulk-facts")).to_contain_text("1 行已登记")
    assert Entry.objects.count() == 3

    page.get_by_role("link", name="查看列表").click()
    assert_sound(page, 360, 1440)
    page.get_by_role("checkbox", name="选择：北门长廊").check()
    page.get_by_role("checkbox", name="选择：南门长廊").check()
    page.get_by_role("button", name="批量办理所选").click()
    assert_sound(page, 360, 1440)
    page.get_by_role("button", name="记录检查").click()
    page.locator("[id='f.inspected-on']").fill("2026-01-05")
    page.locator("[id='f.condition']").select_option("good")
    page.get_by_role("button", name="预览").click()
    expect(page.locator(".bulk-facts")).to_contain_text("2 条可以办理")
    assert_sound(page, 360, 1440)
    page.get_by_role("button", name="办理 2 条").click()
    expect(page.locator(".bulk-facts")).to_contain_text("2 条已办理")
    assert_sound(page, 360, 1440)
    assert Entry.objects.filter(revision=2).count() == 2


def _send(page: Page, content: bytes) -> None:
    page.locator("#id_workbook").set_input_files({"name": "阵地.xlsx", "mimeType": XLSX, "buffer": content})
    page.get_by_role("button", name="检查并预览").click()
