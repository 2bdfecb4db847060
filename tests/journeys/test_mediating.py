"""Disputes in a real browser: handed over by a court, signed for, mediated, confirmed, subsidised."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from luoshi.apps.organization.models import Role
from luoshi.apps.register.models import Entry
from tests.journeys.conftest import OpenPage, assert_sound
from tests.journeys.lived import PAPER, Days, District, begin, fill, send

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
BOTH = {"applicant-consents": "yes", "other-consents": "yes"}
PARTIES = {"applicant.name": "甲某", "other-party.name": "乙某"}
DISPUTE = {"kind": "people", "dispute": "contract", "facts": "买卖合同货款", **PARTIES}
VOLUME = ["application", "rights", "identity", "record", "agreement"]
CENTRE = "云溪区矛盾纠纷调解中心"


@pytest.fixture
def district(open_page: OpenPage, clerk: User, monkeypatch: pytest.MonkeyPatch) -> District:
    found = District(open_page, clerk, Days(monkeypatch, NOW))
    found.add("云溪区人民法院", line="court")
    found.add("区信访局")
    found.add(CENTRE, kind="institution")
    found.add("柳河镇", kind="town", line="township")
    return found


def _sent(district: District) -> Entry:
    """A case that the court assigns before filing, with a list of papers that grows and shrinks."""
    page = district.at("云溪区人民法院", "/registers/")
    page.get_by_role("link", name="矛盾纠纷调解", exact=True).click()
    page.get_by_role("link", name="移送、委派、委托调解").click()
    papers = [{"name": "起诉状", "copies": "2"}, {"name": "证据目录", "copies": "1"}, {"name": "误填"}]
    fill(
        page, {"source": "court-assigned", "source-number": "诉前调1号", "sent-to": CENTRE, "papers": papers}
    )
    page.get_by_role("button", name="再加几行").first.click()
    expect(page.locator("[name='f.papers.5.name']")).to_be_visible()
    page.get_by_label("删除第 3 行").first.click()
    expect(page.locator("[name='f.papers.2.name']")).to_have_value("")
    assert_sound(page, 360, 1440)
    fill(page, {**DISPUTE, **BOTH})
    send(page)
    return Entry.objects.get()


def test_a_case_of_the_court_is_lived_to_its_subsidy(district: District) -> None:
    entry = _sent(district)
    assert entry.values["papers"] == [{"name": "起诉状", "copies": "2"}, {"name": "证据目录", "copies": "1"}]
    page = district.at(CENTRE, "/work/")
    page.locator(".desk-link", has_text=entry.number).first.click()
    expect(page.locator(".entry-line")).to_contain_text(f"待{CENTRE}签收")
    expect(page.locator("main")).not_to_contain_text("甲某")
    assert_sound(page, 360, 1440)
    district.step(CENTRE, entry, "签收")
    district.step(CENTRE, entry, "受理")
    party = {"mediators": [{"name.name": "甲某"}]}
    district.step(CENTRE, entry, "指定调解员", party, refused="当事人不能担任本案调解员")
    page = district.step(CENTRE, entry, "指定调解员", {"mediators": [{"name.name": "丙某", "role": "专职"}]})
    # Thirty days from signing for the papers, by the article that says so.
    expect(page.locator(".clocks")).to_contain_text("2026年4月1日")
    district.days.later(10)
    agreement = {
        "agreement-form": "written",
        "agreement": PAPER,
        "agreed-on": district.days.day(),
        "perform-by": district.days.day(-20),
        "amount": "18000",
        "confirmation-wanted": "yes",
    }
    district.step(CENTRE, entry, "达成协议", agreement)
    district.days.later(25)
    district.step(CENTRE, entry, "共同申请司法确认", {"court": "云溪区人民法院", "joint-application": PAPER})
    result = {"confirmation": "confirmed", "confirmation-number": "调确1号"}
    district.step(CENTRE, entry, "登记确认结果", result)
    performed = {"performance": "performed", "visited-on": district.days.day()}
    district.step(CENTRE, entry, "履行情况核实完毕", performed)
    head = district.person(CENTRE, Role.Name.HEAD)
    district.step(head, entry, "卷宗检查合格，归档", {"volume": VOLUME}, refused="封底")
    district.step(head, entry, "卷宗检查合格，归档", {"volume": [*VOLUME, "cover"]})
    claim = {"difficulty": "hard", "claimed-elsewhere": "yes", "subsidy": "200"}
    district.step(CENTRE, entry, "申报补贴", claim, refused="不得重复申报")
    district.step(CENTRE, entry, "申报补贴", claim | {"claimed-elsewhere": "no"})
    page = district.step(district.office, entry, "核发补贴")
    expect(page.locator(".entry-line")).to_contain_text("补贴已核发")
    assert_sound(page, 360, 1440)
    _numbers(district, entry)


def _numbers(district: District, entry: Entry) -> None:
    """The court's case counts for who mediated it, and opens down to the entry."""
    page = district.at(district.office, "/indicators/")
    page.get_by_role("link", name="法院移交案件按期办结率").click()
    expect(page.locator(".indicator-big")).to_contain_text("100%")
    page.get_by_role("link", name=CENTRE, exact=True).click()
    assert_sound(page, 360, 1440)
    page.locator("#behind").get_by_role("link", name=entry.title).click()
    expect(page.locator("h1")).to_have_text(entry.title)
    page.goto(page.url.split("/registers/")[0] + "/indicators/mediation/subsidies/")
    expect(page.locator(".indicator-big")).to_contain_text("200")


def test_mediation_is_voluntary_and_ends_when_a_party_refuses(district: District) -> None:
    page = district.at("柳河镇", "/registers/")
    begin(page, "矛盾纠纷调解", "主动调解", DISPUTE | {"applicant-consents": "yes"})
    entry = Entry.objects.get()
    district.step("柳河镇", entry, "受理", {"other-consents": "unknown"}, refused="调解须双方自愿")
    district.step("柳河镇", entry, "受理", {"other-consents": "yes"})
    refusal = {"refusing-side": "other", "routes-told": "no"}
    district.step("柳河镇", entry, "一方明确拒绝，终止调解", refusal, refused="应告知当事人其他途径")
    district.step("柳河镇", entry, "一方明确拒绝，终止调解", refusal | {"routes-told": "yes"})
    page = district.at("柳河镇", "/registers/mediation/board/")
    expect(page.locator(".lane", has_text=entry.number)).to_contain_text("调解终止")
    assert_sound(page, 360, 1440)
    page.goto(page.url.replace("board/", ""))
    assert_sound(page, 360, 1440)


def test_what_was_sent_to_the_wrong_place_comes_back(district: District) -> None:
    page = district.at("区信访局", "/registers/")
    petition = {"source": "petition", "sent-to": CENTRE, "papers": [{"name": "移送函"}], **DISPUTE}
    begin(page, "矛盾纠纷调解", "移送、委派、委托调解", petition, refused="须双方同意方可移送")
    fill(page, BOTH)
    send(page)
    entry = Entry.objects.get()
    page = district.step(CENTRE, entry, "退回移送单位", reason="不属本中心。")
    district.step("区信访局", entry, "改送其他调解组织", {"sent-to": "柳河镇"})
    page = district.step("柳河镇", entry, "签收")
    expect(page.locator(".entry-line")).to_contain_text("柳河镇办理")
    expect(page.locator(".entry-timeline")).to_contain_text("不属本中心。")
