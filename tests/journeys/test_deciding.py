"""A major decision in a real browser, from the catalogue to publication; not without a legality opinion."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from luoshi.apps.organization.models import Role
from luoshi.apps.register.models import Entry
from tests.journeys.conftest import OpenPage, assert_sound
from tests.journeys.lived import PAPER, Days, District, begin, send

NOW = datetime(2026, 2, 2, 2, 0, tzinfo=UTC)
HOUSING, JUSTICE = "区住建局", "区司法局"
ITEM = {
    "title": "老旧小区改造计划",
    "year": "2026",
    "kind": "project",
    "excluded": "macro",
    "hearing-needed": "no",
    "experts-needed": "yes",
    "risk-needed": "yes",
    "competition": "due",
}
RATE = "重大行政决策合法性审查率"


@pytest.fixture
def district(open_page: OpenPage, clerk: User, monkeypatch: pytest.MonkeyPatch) -> District:
    found = District(open_page, clerk, Days(monkeypatch, NOW))
    found.add(HOUSING, JUSTICE, "区政府办")
    return found


def _listed(district: District) -> Entry:
    """An item of the catalogue whose draft is open for comments."""
    page = district.at(HOUSING, "/registers/")
    begin(page, "重大行政决策", "申报决策事项", ITEM, refused="不列入本目录")
    assert_sound(page, 360, 1440)
    page.locator("[name='f.excluded']").select_option("none")
    send(page)
    entry = Entry.objects.get()
    district.step(district.deputy(), entry, "同级党委同意列入")
    listing = {"listing-number": "云政办发〔2026〕3号", "listed-on": district.days.day()}
    district.step(district.office, entry, "公布目录", listing)
    district.step(HOUSING, entry, "公开征求意见", {"draft": PAPER})
    return entry


def _assessed(district: District, item: Entry) -> None:
    """The assessment of its risks, begun by hand, with a link to the decision that is chosen from a list."""
    page = district.at(HOUSING, "/registers/")
    begin(page, "重大决策社会稳定风险评估", "启动评估", {"subject": item.title, "decision": str(item.pk)})
    expect(page.locator(".entry-linked")).to_contain_text(item.title)
    inside = Entry.objects.get(mechanism="risk-assessment")
    scheme = {"assessor": "云溪咨询中心", "scheme": PAPER, "ways": ["survey", "meeting"]}
    district.step(HOUSING, inside, "确定方案，听取意见", scheme)
    graded = {"consulted": "120", "grade": "medium"}
    district.step(HOUSING, inside, "评定等级", graded, refused="须列明风险点和防范措施")
    concerns = [{"risk": "施工扰民", "measure": "分期施工"}]
    district.step(HOUSING, inside, "评定等级", graded | {"concerns": concerns})
    head = district.person(HOUSING, Role.Name.HEAD)
    page = district.step(head, inside, "作出结论", {"conclusion": "go", "report": PAPER})
    expect(page.locator(".rows-table")).to_contain_text("分期施工")
    assert_sound(page, 360, 1440)
    district.step(district.office, inside, "备案")


def _opinion(district: District, opinion: str) -> None:
    """The opinion of the justice bureau, not before seven working days have passed."""
    inside = Entry.objects.filter(mechanism="legality-review").latest("pk")
    head = district.person(JUSTICE, Role.Name.HEAD)
    papers = {"submitted": ["draft", "basis", "procedure"]}
    district.step(JUSTICE, inside, "材料齐备，开始审查", papers)
    draft = {"proposed-opinion": opinion, "opinion-words": "理由和修改意见。"}
    district.step(JUSTICE, inside, "拟出审查意见", draft)
    paper = {"opinion": opinion, "opinion-paper": PAPER}
    district.step(head, inside, "出具审查意见", paper, refused="合法性审查时间")
    district.days.later(14)
    district.step(head, inside, "出具审查意见", paper)


def test_no_decision_without_a_legality_opinion(district: District) -> None:
    entry = _listed(district)
    _assessed(district, entry)
    experts = {"experts": [{"name.name": "丁某", "subject": "建筑"}], "experts-opinion": PAPER}
    district.step(HOUSING, entry, "登记专家论证", experts)
    comments = {"comments": "20", "comments-taken": "5", "comments-words": "采纳停车意见。"}
    district.step(HOUSING, entry, "公众参与和论证评估完成", comments, refused="公开征求意见时间")
    district.days.later(31)
    district.step(HOUSING, entry, "公众参与和论证评估完成", comments)
    district.step(
        HOUSING, entry, "登记公平竞争审查结论", {"competition": "passed", "competition-words": "无"}
    )
    district.step(HOUSING, entry, "送合法性审查")
    district.step(HOUSING, entry, "提交集体讨论", refused="未经合法性审查或者审查不合法的，不得提交讨论")
    _opinion(district, "unlawful")
    district.step(HOUSING, entry, "提交集体讨论", refused="未经合法性审查或者审查不合法的，不得提交讨论")
    district.step(HOUSING, entry, "退回修改，重新送审", reason="按审查意见修改。")
    district.step(HOUSING, entry, "送合法性审查")
    _opinion(district, "lawful-if-changed")
    district.step(HOUSING, entry, "提交集体讨论", refused="应先按意见修改")
    page = district.step(HOUSING, entry, "提交集体讨论", {"changes-made": "yes"})
    assert_sound(page, 360, 1440)
    _decided(district, entry)
    _numbers(district, entry)


def _decided(district: District, entry: Entry) -> None:
    head = district.person(HOUSING, Role.Name.HEAD)
    meeting = {
        "due": "9",
        "present": "8",
        "in-favour": "4",
        "head-last": "yes",
        "minutes": PAPER,
        "decided-on": district.days.day(),
    }
    district.step(head, entry, "集体讨论通过", meeting, refused="同意")
    district.step(head, entry, "集体讨论通过", meeting | {"in-favour": "7"})
    district.step(district.office, entry, "请示同级党委并获答复", {"party-reply": "agreed"})
    published = {"document": "云政发〔2026〕5号", "published-at": "区政府门户网站", "interpretation": "图解"}
    page = district.step(district.office, entry, "公布并解读", published)
    expect(page.locator(".entry-line")).to_contain_text("可以公开")
    district.step(HOUSING, entry, "执行完毕", refused="请先归档")
    district.step(HOUSING, entry, "归档", {"archive": PAPER})
    district.step(HOUSING, entry, "执行完毕")


def _numbers(district: District, entry: Entry) -> None:
    """The rate of task 32, lowered by a decision that was made without a review, opened down to both."""
    page = district.at(district.office, "/registers/")
    made = {
        "title": "广场改造",
        "year": "2026",
        "kind": "project",
        "excluded": "none",
        **dict.fromkeys(("hearing-needed", "experts-needed", "risk-needed", "legality-reviewed"), "no"),
        "competition": "not-applicable",
        "submitted-on": district.days.day(20),
        "decided-on": district.days.day(18),
    }
    begin(page, "重大行政决策", "补录已作出的决策", made, refused="理由")
    page.locator("#reason").fill("督察发现。")
    send(page)
    page = district.at(district.office, "/indicators/")
    page.get_by_role("link", name=RATE).click()
    expect(page.locator(".indicator-big")).to_contain_text("50%")
    assert_sound(page, 360, 1440)
    expect(page.locator("#behind")).to_contain_text("广场改造")
    page.locator("#behind").get_by_role("link", name=entry.title).click()
    expect(page.locator(".entry-linked")).to_contain_text("合法性审查")
    page = district.at(district.office, "/registers/decision-catalogue/board/")
    expect(page.locator(".lane", has_text=entry.title)).to_contain_text("已执行完毕")
    assert_sound(page, 360, 1440)
