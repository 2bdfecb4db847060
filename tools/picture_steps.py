"""What is typed and pressed before a picture is taken, where a link does not lead there."""

from __future__ import annotations

import re
from io import BytesIO

from playwright.sync_api import Page
from xlsxwriter import Workbook

# The sum that a form asks of people. Sample: "三加五等于几？"
SUM = re.compile(r"(?P<first>.)加(?P<second>.)等于几")
NUMERALS = "零一二三四五六七八九"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A sheet of venues: the hidden row of the template, its headings, and rows of which two cannot be used.
KEYS = ("luoshi-bulk/1 culture-venues@1 register", "name", "kind", "for-body", "address", "built-on")
HEADINGS = ("", "阵地名称", "类型", "所在镇、街道、社区", "地点", "建成日期")
VENUES = (
    ("", "北桥法治文化长廊", "法治文化长廊", "柳河镇", "北桥村口", "2024-05-01"),
    ("", "西坡法治文化宣传栏", "法治文化宣传栏", "柳河镇", "西坡村口", "去年"),
    ("", "南滩法治文化宣传栏", "法治文化宣传栏", "柳河镇", "南滩村口", "2025年3月1日"),
    ("", "东岭法治文化长廊", "文化墙", "东岭镇", "东岭村口", "2025-09-10"),
)


def see_person(page: Page) -> None:
    """Say for what personal data is needed, and see it."""
    page.fill("[name=purpose]", "电话约定调解时间")
    page.click("main form .btn-primary")
    page.wait_for_load_state("networkidle")


def file_request(page: Page) -> None:
    """File a request for legal services from outside."""
    page.locator("select[name=body]").select_option(label="区司法局")
    page.fill("[name='f.caller.name']", "卫景行")
    page.fill("[name='f.caller.phone']", "13800001357")
    for name, key in (("language", "mandarin"), ("category", "advice"), ("matter", "labour")):
        page.locator(f"select[name='f.{name}']").select_option(key)
        page.wait_for_load_state("networkidle")
    page.fill("[name='f.question']", "在餐馆打工两个月，没有书面合同，工资一直没有发。")
    page.check("[name=told]")
    asked = SUM.search(page.inner_text("#question"))
    if asked is None:
        raise ValueError("the form asks no sum")
    page.fill("[name=answer]", str(sum(NUMERALS.index(one) for one in asked.groups())))
    page.click("[name=action][value=send]")
    page.wait_for_load_state("networkidle")


def send_sheet(page: Page) -> None:
    """Send a sheet of venues with two rows that cannot be used, and wait until it is checked."""
    page.locator("#id_transition").select_option("register")
    page.set_input_files("[name=workbook]", {"name": "阵地.xlsx", "mimeType": XLSX, "buffer": _venues()})
    page.locator("form.upload .btn-primary").click()
    page.locator(".bulk-facts").wait_for()


def _venues() -> bytes:
    """A sheet as the template has it: its mark and the keys of its columns, headings, and rows."""
    saved = BytesIO()
    book = Workbook(saved)
    sheet = book.add_worksheet("条目")
    for number, cells in enumerate((KEYS, HEADINGS, *VENUES)):
        sheet.write_row(number, 0, cells)
    book.close()
    return saved.getvalue()
