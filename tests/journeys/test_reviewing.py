"""Reviewing an import: each side moves the other, keys settle findings, every step can be undone."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Page, expect

from luoshi.apps.plan.models import Finding, Plan, Task, TaskBody
from luoshi.apps.plan.operations.matching import register_all
from tests.apps import factories
from tests.journeys.conftest import OpenPage, assert_accessible, assert_fits, come_to_rest


def _in_view(page: Page, pane: str, selector: str) -> bool:
    """Whether the element stands in the visible part of its pane."""
    return bool(
        page.evaluate(
            """([pane, selector]) => {
                const whole = document.getElementById(pane).getBoundingClientRect();
                const part = document.querySelector(selector)?.getBoundingClientRect();
                return !!part && part.top >= whole.top - 1 && part.top < whole.bottom;
            }""",
            [pane, selector],
        )
    )


@pytest.mark.parametrize(
    ("width", "language", "text"),
    [(360, "zh-hans", "normal"), (360, "en", "large"), (1440, "zh-hans", "normal"), (1440, "en", "large")],
)
def test_every_view(open_page: OpenPage, sample: Plan, width: int, language: str, text: str) -> None:
    review = reverse("plan:review", args=[sample.pk])
    page = open_page(reverse("plan:upload"), width=width, language=language, text=text)
    home = page.url.removesuffix(reverse("plan:upload"))
    # Colours are the same in either language, and looking at those of a whole document takes seconds.
    assert_well = partial(assert_accessible, colors=language == "zh-hans")
    assert_fits(page)
    assert_well(page)
    for address in (reverse("plan:review-names", args=[sample.pk]), review):
        page.goto(home + address)
        come_to_rest(page)
        assert_fits(page)
        assert_well(page)
    for view in ("tasks", "findings") if width > 1000 else ("text", "tasks", "findings"):
        page.locator(f"#review-tabs [data-view={view}]").click()
        assert page.locator(f"#pane-{view}").is_visible()
        assert_fits(page)
        assert_well(page)
    page.locator("#review-tabs [data-view=tasks]").click()
    page.locator("#task-0 .card-acts a").click()
    expect(page.locator("#task-0.is-editing")).to_be_visible()
    assert_fits(page)
    assert_well(page)


def test_a_click_on_either_side_moves_the_other(open_page: OpenPage, clerk: User) -> None:
    plan = factories.stored_plan(120, by=clerk)
    page = open_page(reverse("plan:review", args=[plan.pk]) + "#tasks")
    assert page.locator(".is-waiting").count() > 5
    # A task whose text has not been fetched yet …
    page.locator("#pane-tasks").evaluate("pane => pane.scrollTo(0, pane.scrollHeight)")
    card = page.locator(f"#task-{plan.tasks.count() - 1}")
    expect(card).to_be_visible()
    card.locator(".card-head [data-goto]").click()
    expect(page.locator("#pane-text .para.is-here").first).to_be_in_viewport()
    # … and words whose task has not been fetched yet.
    page.locator("#pane-text").evaluate("pane => pane.scrollTo(0, 0)")
    word = page.locator(".sheet mark.mark-lead").nth(8)
    word.click()
    expect(page.locator("#task-8.is-here")).to_be_visible()
    assert _in_view(page, "pane-tasks", "#task-8")


def test_keys_settle_and_undo(open_page: OpenPage, sample: Plan) -> None:
    page = open_page(reverse("plan:review", args=[sample.pk]) + "#findings")
    first = page.locator("#finding-list .doubt").first
    page.keyboard.press("n")
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    expect(first).to_have_class(re.compile("is-settled"))
    assert Finding.objects.filter(plan=sample, state="accepted").count() == 1
    expect(page.locator("#finding-list .doubt").nth(1)).to_be_focused()
    page.keyboard.press("d")
    expect(page.locator("#finding-list .doubt.is-settled")).to_have_count(2)
    page.keyboard.press("u")
    expect(page.locator("#finding-list .doubt.is-settled")).to_have_count(1)
    page.keyboard.press("u")
    expect(page.locator("#finding-list .doubt.is-settled")).to_have_count(0)
    assert not Finding.objects.filter(plan=sample).exclude(state="open").exists()


def test_an_answer_of_ones_own(open_page: OpenPage, clerk: User) -> None:
    plan = factories.stored_plan(by=clerk)
    page = open_page(reverse("plan:review", args=[plan.pk]) + "#findings")
    page.keyboard.press("n")
    page.keyboard.press("e")
    page.keyboard.type("区委宣传部")
    page.keyboard.press("Enter")
    expect(page.locator("#finding-list .doubt.is-settled")).to_have_count(1)
    page.locator("#review-tabs [data-view=tasks]").click()
    expect(page.locator("#task-3 .chip-lead")).to_contain_text("区委宣传部")
    page.get_by_role("button", name="确认方案").click()
    page.wait_for_url(re.compile(reverse("plan:overview", args=[plan.pk])))
    plan.refresh_from_db()
    assert plan.status == Plan.Status.CONFIRMED


def test_open_errors_stop_the_confirmation(open_page: OpenPage, clerk: User) -> None:
    plan = factories.stored_plan(by=clerk)
    page = open_page(reverse("plan:review", args=[plan.pk]) + "#tasks")
    page.get_by_role("button", name="确认方案").click()
    expect(page.locator("#messages")).to_contain_text("任务4")
    expect(page.locator("#pane-findings")).to_be_visible()


def test_a_task_is_edited_in_place(open_page: OpenPage, clerk: User) -> None:
    plan = factories.stored_plan(by=clerk)
    page = open_page(reverse("plan:review", args=[plan.pk]) + "#tasks")
    page.locator("#task-1 .card-acts a").click()
    form = page.locator("#task-1.is-editing")
    form.locator("textarea").fill("办好助餐服务")
    form.locator("[data-add-row=body]").click()
    form.locator(".edit-body .edit-row").last.locator("input[name$=name]").fill("区卫健局")
    form.locator(".edit-body .edit-row").nth(1).get_by_label("移除").check()
    form.get_by_role("button", name="保存").click()
    expect(page.locator("#task-1:not(.is-editing)")).to_contain_text("办好助餐服务")
    assert list(Task.objects.get(plan=plan, key="t2").bodies.values_list("name", flat=True)) == [
        "区民政局",
        "区财正局",
        "各镇",
        "区卫健局",
    ]
    page.keyboard.press("u")
    expect(page.locator("#task-1")).to_contain_text("办好第2项服务")


def test_names_are_registered_and_matched_in_place(open_page: OpenPage, clerk: User) -> None:
    plan = factories.stored_plan(by=clerk)
    page = open_page(reverse("plan:review-names", args=[plan.pk]))
    row = page.locator("tr", has_text="区民政局")
    row.get_by_role("button", name="登记为新单位").click()
    expect(row).to_contain_text("取消对应")
    expect(page.locator("#review-tabs .count").last).to_have_text("3")
    page.get_by_role("button", name="把其余 3 个登记为新单位").click()
    expect(page.locator("tbody")).not_to_contain_text("登记为新单位")


def test_a_file_goes_in_and_its_review_comes_up(open_page: OpenPage, samples: Path) -> None:
    page = open_page(reverse("plan:upload"))
    page.locator("input[type=file]").set_input_files(samples / "yunxi.docx")
    expect(page.locator("[data-chosen]")).to_have_text("yunxi.docx")
    page.get_by_role("button", name="导入").click()
    page.wait_for_url(re.compile(r"/review/"))
    assert page.locator(".card-task").count() > 10


def test_an_address_leads_to_a_task(open_page: OpenPage, clerk: User) -> None:
    plan = factories.stored_plan(60, by=clerk)
    page = open_page(reverse("plan:review", args=[plan.pk]) + "#task-55")
    expect(page.locator("#task-55.is-here")).to_be_in_viewport()
    expect(page.locator(".para.is-here").first).to_be_in_viewport()
    assert page.evaluate("scrollY") == 0
    page.evaluate("location.hash = '#task-3'")
    expect(page.locator("#task-3.is-here")).to_be_in_viewport()
    assert page.evaluate("scrollY") == 0


def test_two_people_edit_one_task(open_page: OpenPage, clerk: User) -> None:
    plan = factories.stored_plan(by=clerk)
    address = reverse("plan:review", args=[plan.pk]) + "#tasks"
    one, other = open_page(address), open_page(address, refusals=True)
    for page, title in ((one, "甲写的标题"), (other, "乙写的标题")):
        page.locator("#task-1 .card-acts a").click()
        expect(page.locator("#task-1 textarea")).to_be_focused()
        page.locator("#task-1 textarea").fill(title)
    save = {"name": "保存"}
    one.locator("#task-1").get_by_role("button", **save).click()
    expect(one.locator("#task-1:not(.is-editing)")).to_be_focused()
    # The other one slips first; what the first one wrote must not be lost over it.
    day = other.locator("#task-1 .edit-deadline input[name$=value]").first
    day.fill("明年")
    other.locator("#task-1").get_by_role("button", **save).click()
    expect(other.locator("#task-1 .field-error")).to_contain_text("“明年”不是日期")
    expect(day).to_have_value("明年")
    day.fill("2027年3月1日")
    other.locator("#task-1").get_by_role("button", **save).click()
    notice = other.locator("#task-1 .notice-error")
    expect(notice).to_be_focused()
    expect(notice).to_be_in_viewport()
    expect(other.locator("#task-1 .edit-conflict")).to_contain_text("甲写的标题")
    expect(other.locator("#task-1 textarea")).to_have_value("乙写的标题")
    other.locator("#task-1").get_by_role("button", **save).click()
    expect(other.locator("#task-1:not(.is-editing)")).to_contain_text("乙写的标题")
    assert Task.objects.get(plan=plan, key="t2").deadlines.filter(value="2027-03-01").exists()


def test_a_refused_answer_stays_with_its_reason(open_page: OpenPage, clerk: User) -> None:
    plan = factories.stored_plan(by=clerk)
    page = open_page(reverse("plan:review", args=[plan.pk]) + "#findings")
    doubt = page.locator("#finding-list .doubt", has_text="时限不明确").first
    doubt.locator("summary").click()
    doubt.locator("input[name=value]").fill("下周五")
    doubt.get_by_role("button", name="保存").click()
    expect(doubt.locator(".field-error")).to_contain_text("“下周五”不能用作时限")
    expect(doubt.locator("input[name=value]")).to_be_focused()
    expect(doubt.locator("input[name=value]")).to_have_value("下周五")
    page.keyboard.press("Control+A")
    page.keyboard.type("2026年6月30日")
    page.keyboard.press("Enter")
    expect(page.locator("#finding-list .doubt.is-settled")).to_have_count(1)


@pytest.mark.parametrize("width", [360, 1440])
def test_the_whole_review_without_scripts(open_page: OpenPage, clerk: User, width: int) -> None:
    plan = factories.stored_plan(30, by=clerk)
    page = open_page(reverse("plan:review", args=[plan.pk]), scripts=False, width=width)
    page.get_by_role("link", name="改用分页核对").click()
    page.get_by_role("link", name="下一页").click()
    page.locator("#task-25 .card-acts a").click()
    page.locator("textarea").fill("办好助餐服务")
    page.get_by_label("单位名称").last.fill("区卫健局")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("#task-25")).to_contain_text("办好助餐服务")
    expect(page.locator("#task-25 .chip-lead").last).to_contain_text("区卫健局")
    page.locator("#review-tabs [data-view=findings]").click()
    page.locator(".doubt-error").get_by_role("button", name="不是问题").click()
    expect(page.locator(".doubt-error")).to_have_count(0)
    page.get_by_role("button", name="撤销").first.click()
    page.locator(".doubt-error").get_by_role("button", name="按读取结果").click()
    page.get_by_role("button", name="确认方案").click()
    expect(page.locator("#messages")).to_contain_text("方案已确认")


def test_a_file_that_is_too_large_is_not_sent(
    open_page: OpenPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LUOSHI_LIMIT_BYTES", "1000")
    page = open_page(reverse("plan:upload"))
    (tmp_path / "大文件.txt").write_bytes(b"x" * 1001)
    page.locator("input[type=file]").set_input_files(tmp_path / "大文件.txt")
    expect(page.locator("[data-wrong]")).to_contain_text("大文件.txt")
    page.get_by_role("button", name="导入").click()
    assert page.url.endswith(reverse("plan:upload"))
    assert not page.evaluate("document.querySelector('form.upload').checkValidity()")


@pytest.mark.parametrize("text", ["normal", "large"])
def test_long_names_that_are_matched_fit(open_page: OpenPage, clerk: User, text: str) -> None:
    plan = factories.stored_plan(by=clerk)
    TaskBody.objects.filter(task__plan=plan, name="区财正局").update(
        name="平安云溪建设工作领导小组办公室及其成员单位"
    )
    register_all(plan=plan, by=clerk, at=factories.NOW)
    page = open_page(reverse("plan:review-names", args=[plan.pk]), width=360, text=text)
    assert_fits(page)
