"""One quarter of the real plan, lived in the browser by those who live it: from the file to what counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from luoshi.apps.organization.models import Body, Region, Role
from luoshi.apps.organization.operations import add_rule, create_body, grant
from luoshi.apps.plan.models import Finding, Plan, Task
from luoshi.apps.work.models import Assignment, Occurrence, Report
from luoshi.core.calendar.periods import Period
from tests.apps import factories
from tests.journeys.conftest import OpenPage, assert_accessible, assert_fits, come_to_rest

# The task that two bodies lead and five take part in.
TASK = "11"
FIRST_LEAD, SECOND_LEAD = "区教体局", "区司法局"
OTHERS = ("区委宣传部", "团区委", "区法院", "区检察院", "区妇联")
TOWNS = ("柳河镇", "青石镇")


@dataclass
class Quarter:
    """What the people of the journey share."""

    open_page: OpenPage
    office: User
    plan: Plan

    @property
    def task(self) -> Task:
        return self.plan.tasks.get(number=TASK)

    def occurrence(self, body: str) -> Occurrence:
        """The request to a body for the task that is due first."""
        return Occurrence.objects.filter(task=self.task, body__name=body).order_by("due", "pk")[0]

    def report(self, body: str) -> Report:
        return Report.objects.get(occurrence=self.occurrence(body))

    def person(self, body: str, role: str = Role.Name.LIAISON) -> User:
        """Somebody of a body, made when first needed."""
        name = f"{role}-{body}"
        user = User.objects.filter(username=name).first()
        if user is None:
            user = User.objects.create_user(name, first_name=f"{body}{role}")
            one = Body.objects.get(name=body, region=factories.REGION)
            region = Region.objects.get(pk=factories.REGION)
            grant(user=user, region=region, role=role, body=one, by=self.office, at=timezone.now())
        return user

    def report_page(self, body: str, role: str = Role.Name.LIAISON) -> Page:
        address = reverse("work:report", args=[self.occurrence(body).pk])
        return self.open_page(address, user=self.person(body, role))


def test_a_quarter_of_the_real_plan(open_page: OpenPage, clerk: User, corpus: Path) -> None:
    plan = _import(open_page, corpus / "plans/000_59e480d8bb04c074.txt")
    _settle_and_confirm(open_page, plan)
    quarter = Quarter(open_page, clerk, plan)
    _make_towns(clerk)
    _issue(quarter)
    for body in (FIRST_LEAD, SECOND_LEAD, *OTHERS):
        _sign(quarter, body)
    for body in (*OTHERS, SECOND_LEAD):
        _report(quarter, body, f"{body}已组织活动3次。")
    _return_and_correct(quarter, "区法院")
    _draw_together(quarter)
    _cosign_and_submit(quarter)
    _accept(quarter)
    _look_back(quarter)


def _import(open_page: OpenPage, file: Path) -> Plan:
    page = open_page(reverse("plan:upload"))
    page.set_input_files("#id_documents", file)
    page.get_by_role("button", name="导入").click()
    page.wait_for_url(re.compile("/review/"))
    plan = Plan.objects.get()
    assert plan.tasks.count() == 79
    return plan


def _settle_and_confirm(open_page: OpenPage, plan: Plan) -> None:
    """Every finding is settled by a click, every name gets a body, and the plan is confirmed."""
    page = open_page(reverse("plan:review", args=[plan.pk]) + "#findings")
    page.get_by_role("button", name=re.compile("提示")).first.click()
    come_to_rest(page)
    names = open_page(reverse("plan:review-names", args=[plan.pk]))
    names.get_by_role("button", name=re.compile("登记为新单位")).first.click()
    come_to_rest(names)
    page = open_page(reverse("plan:review", args=[plan.pk]) + "#findings")
    open_ones = Finding.objects.filter(plan=plan, state=Finding.State.OPEN)
    while found := open_ones.order_by("severity", "start", "position").first():
        card = page.locator(f"#finding-{found.pk}")
        card.locator("[data-act=accept]").click()
        expect(card).to_have_class(re.compile("is-settled"))
    page.get_by_role("button", name="确认方案").click()
    page.wait_for_url(re.compile(rf"/plans/{plan.pk}/$"))
    plan.refresh_from_db()
    assert plan.status == Plan.Status.CONFIRMED


def _make_towns(clerk: User) -> None:
    now = timezone.now()
    for name in TOWNS:
        create_body(region=factories.REGION, name=name, line="township", kind="town", by=clerk, at=now)
    add_rule(group=Body.objects.get(name="各镇"), kind="town", by=clerk, at=now)


def _issue(quarter: Quarter) -> None:
    page = quarter.open_page(reverse("work:issue", args=[quarter.plan.pk]))
    assert_accessible(page)
    page.get_by_label("交办名义").select_option("rule-of-law")
    page.get_by_label("报送依据").fill("云依法委发〔2023〕5号")
    first = Period.containing(timezone.localdate(), "quarter").start
    page.get_by_label("起算日期").fill(first.isoformat())
    page.locator("summary", has_text="时限和灯色").click()
    page.get_by_label("提前开启").fill("65")
    page.locator("[name=without_empty]").check()
    page.locator(".issue-acts button").click()
    page.wait_for_url(re.compile("/issued/|/work/"))
    towns = Assignment.objects.filter(body__name__in=TOWNS).values("task").distinct().count()
    assert towns > 20, "各镇 was not taken apart"
    assert Occurrence.objects.filter(task=quarter.task, state="open").exists()


def _sign(quarter: Quarter, body: str) -> None:
    page = quarter.open_page(reverse("work:signing"), user=quarter.person(body))
    page.get_by_role("button", name=re.compile("全部签收")).click()
    come_to_rest(page)
    assert not Assignment.objects.filter(body__name=body, signed_at=None).exists()


def _report(quarter: Quarter, body: str, words: str) -> None:
    page = quarter.report_page(body)
    page.fill("#id_progress", words)
    page.locator(".report-acts button", has_text="提交").click()
    expect(page.locator(".notice-success")).to_be_visible()
    assert quarter.report(body).state == Report.State.SUBMITTED


def _return_and_correct(quarter: Quarter, body: str) -> None:
    """The lead returns a report with a reason; the body adds what was missing."""
    page = quarter.open_page(
        reverse("work:report", args=[quarter.occurrence(body).pk]), user=quarter.person(FIRST_LEAD)
    )
    page.locator("summary", has_text="退回").click()
    page.fill("#reason-return", "请写明参加人数。")
    page.locator(".step-reason[open] button").click()
    expect(page.locator(".notice-success")).to_be_visible()
    page = quarter.report_page(body)
    expect(page.locator(".notice-warning")).to_contain_text("请写明参加人数。")
    page.locator("#id_progress").press("End")
    page.keyboard.type("参加420人。")
    page.locator(".report-acts button", has_text="提交").click()
    expect(page.locator(".said")).to_contain_text("参加420人。")


def _draw_together(quarter: Quarter) -> None:
    """Liaison and head of the first lead write the conclusion at the same time; nothing of either is lost."""
    first = quarter.report_page(FIRST_LEAD)
    assert_accessible(first)
    first.fill("#id_progress", "各单位均已开展活动。")
    _saved(first)
    second = quarter.report_page(FIRST_LEAD, Role.Name.HEAD)
    second.locator("#id_progress").press("End")
    second.keyboard.type("共覆盖学生1260人。")
    _saved(second)
    first.fill("#id_next_step", "下季度检查薄弱学校。")
    expect(first.locator("#report-merge .merge")).to_be_visible()
    expect(first.locator("#id_progress")).to_have_value("各单位均已开展活动。共覆盖学生1260人。")
    first.get_by_role("button", name="送会签").click()
    expect(first.locator(".notice-success")).to_be_visible()
    assert quarter.report(FIRST_LEAD).state == Report.State.PROPOSED


def _saved(page: Page) -> None:
    expect(page.locator("#report-saved[data-state=kept]")).to_be_visible()


def _cosign_and_submit(quarter: Quarter) -> None:
    address = reverse("work:report", args=[quarter.occurrence(FIRST_LEAD).pk])
    page = quarter.open_page(address, user=quarter.person(SECOND_LEAD))
    page.get_by_role("button", name=f"代表{SECOND_LEAD}会签").click()
    expect(page.locator(".notice-success")).to_be_visible()
    page = quarter.open_page(address, user=quarter.person(FIRST_LEAD))
    page.locator(".report-steps button", has_text="提交").click()
    expect(page.locator(".notice-success")).to_be_visible()
    assert quarter.report(FIRST_LEAD).state == Report.State.SUBMITTED


def _accept(quarter: Quarter) -> None:
    """The office accepts the conclusion, and with it what it rests on."""
    page = quarter.open_page(reverse("work:accepting"))
    assert_accessible(page)
    page.goto(page.url.split("/work/")[0] + reverse("work:report", args=[quarter.occurrence(FIRST_LEAD).pk]))
    page.get_by_role("button", name="采纳").click()
    expect(page.locator(".notice-success")).to_be_visible()
    states = Report.objects.filter(task=quarter.task).values_list("state", flat=True)
    assert set(states) == {Report.State.ACCEPTED}
    closed = Occurrence.objects.filter(task=quarter.task, state="closed").count()
    assert closed == len(states) == len(OTHERS) + 2


def _look_back(quarter: Quarter) -> None:
    """The history of the task tells it all, also on a telephone."""
    address = reverse("work:task", args=[quarter.plan.pk, quarter.task.pk])
    told = ""
    for number in (1, 2):
        page = quarter.open_page(f"{address}?part=history&page={number}", width=360 if number == 1 else 1440)
        assert_fits(page)
        assert_accessible(page)
        told += page.locator("main").inner_text()
    assert all(words in told for words in ("签收", "请写明参加人数。", "会签", "采纳")), told


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_before_anything_is_issued(open_page: OpenPage, clerk: User, language: str) -> None:
    for name in ("work:desk", "work:calendar", "work:burden", "work:extensions", "work:accepting"):
        page = open_page(reverse(name), language=language)
        assert_fits(page)
        assert_accessible(page)
