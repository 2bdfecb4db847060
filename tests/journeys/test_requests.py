"""A request for legal services, from the telephone to the number it counts in, by those whose work it is."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from playwright.sync_api import Page, expect

from luoshi.apps.register.models import Entry
from tests.apps.register.factories import Place, make_place
from tests.journeys.conftest import OpenPage, assert_sound
from tests.journeys.lived import choose, press_send, write

KEY = "legal-service-requests"
FILED = reverse("register:form", args=[KEY])
NUMERALS = "零一二三四五六七八九"


@pytest.fixture
def place(committed: None) -> Place:
    """A region in which the legal aid centre answers, and the civil affairs bureau is referred to."""
    return make_place()


def test_asked_on_the_web_referred_answered_and_rated(open_page: OpenPage, place: Place) -> None:
    citizen = open_page(FILED, width=360, user=AnonymousUser(), scripts=False, refusals=True)
    number, code = _file(citizen)
    asked = Entry.objects.get()
    assert asked.values["channel"] == "network"

    hotline = open_page(f"/registers/{KEY}/", user=place.liaison, refusals=True)
    hotline.get_by_role("link", name="登记并当场答复").click()
    choose(hotline, channel="hotline", category="advice", matter="family", language="mongolian")
    # What depends on the language is there as soon as it is chosen.
    expect(hotline.locator("[id='f.language-service']")).to_be_visible()
    write(hotline, question="离婚后孩子的抚养费怎么算？", answer="按收入的一定比例，由双方协商或者法院判决。")
    choose(hotline, **{"answer-form": "phone"})
    press_send(hotline)
    expect(hotline.locator(".ask-wrong")).to_have_count(1)
    choose(hotline, **{"language-service": "interpreter"})
    assert_sound(hotline, 360, 1440)
    press_send(hotline)
    expect(hotline.locator(".entry-line")).to_contain_text("已答复")
    assert_sound(hotline, 360, 1440)

    hotline.goto(hotline.url.split("/registers/")[0] + f"/registers/{KEY}/{asked.pk}/")
    hotline.get_by_role("link", name="转办", exact=True).click()
    choose(hotline, **{"refer-to": str(place.other.pk)})
    hotline.fill("#reason", "低保待遇由民政部门负责")
    press_send(hotline)
    expect(hotline.locator(".entry-line")).to_contain_text("待区民政局签收")

    other = open_page(f"/registers/{KEY}/", user=place.stranger)
    other.locator("tbody tr", has_text=asked.number).locator(".row-link").click()
    _step(other, "签收")
    other.get_by_role("link", name="答复", exact=True).click()
    write(other, answer="符合条件的可以向户籍所在镇街申请。")
    choose(other, **{"answer-form": "web"})
    press_send(other)
    expect(other.locator(".entry-line")).to_contain_text("已答复")

    citizen = open_page(reverse("register:receipt"), width=360, user=AnonymousUser())
    citizen.fill("#number", number)
    citizen.fill("#code", code)
    citizen.click("form.panel button")
    expect(citizen.locator(".outside-state")).to_have_text("已答复")
    assert_sound(citizen, 1440, 360)
    expect(citizen.locator("main")).to_contain_text("符合条件的可以向户籍所在镇街申请。")
    expect(citizen.locator("main")).to_contain_text("低保待遇由民政部门负责")
    citizen.get_by_role("link", name="评价服务").click()
    assert_sound(citizen, 1440, 360)
    choose(citizen, satisfaction="satisfied")
    press_send(citizen)
    expect(citizen.locator("main")).to_contain_text("满意")
    expect(citizen.get_by_role("link", name="评价服务")).to_have_count(0)

    office = open_page(f"/registers/{KEY}/{asked.pk}/", user=place.office)
    expect(office.locator("main")).not_to_contain_text("甲某")
    assert_sound(office, 360, 1440)
    _step(office, "办结")
    asked.refresh_from_db()
    assert (asked.state, asked.holder) == ("closed", place.other)

    office.goto(office.url.split("/registers/")[0] + reverse("indicator:one", args=[KEY, "satisfied"]))
    expect(office.locator("main")).to_contain_text("100")
    assert_sound(office, 360, 1440)
    office.get_by_role("link", name="法律咨询 其他").click()
    expect(office.locator(".entry-line")).to_contain_text("已办结")


def test_led_on_to_legal_aid_without_asking_twice(open_page: OpenPage, place: Place) -> None:
    window = open_page(reverse("register:new", args=[KEY, "register"]), user=place.liaison, refusals=True)
    choose(window, channel="window", language="mandarin", category="aid", matter="labour")
    write(window, question="拖欠工资三个月")
    press_send(window)
    expect(window.locator(".entry-line")).to_contain_text("待答复")
    window.get_by_role("link", name="转法律援助").click()
    press_send(window)
    expect(window.locator(".ask-wrong")).to_have_count(1)
    write(window, **{"caller.name": "甲某", "caller.phone": "13800001234"})
    press_send(window)
    window.locator(".entry-linked a").click()
    expect(window.locator(".entry-line")).to_contain_text("待补全申请")
    window.get_by_role("link", name="补全申请").click()
    choose(window, form="civil", matter="labour", means="pledge")
    press_send(window)
    expect(window.locator(".entry-line")).to_contain_text("待审查")
    assert_sound(window, 360, 1440)
    aid = Entry.objects.get(mechanism="legal-aid")
    assert aid.values["applicant"] == {"name": "甲某", "phone": "13800001234"}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_pages_fit_and_are_accessible(open_page: OpenPage, place: Place, language: str) -> None:
    page = open_page(FILED, language=language, user=AnonymousUser())
    assert_sound(page, 360, 1440)
    staff = open_page(f"/registers/{KEY}/", language=language, user=place.liaison)
    assert_sound(staff, 360, 1440)
    staff.goto(staff.url + "board/")
    assert_sound(staff, 360, 1440)


def _file(page: Page) -> tuple[str, str]:
    """Ask on the web; the number and the code of the receipt."""
    choose(page, language="mandarin", category="advice", matter="other")
    write(page, question="父母年老没有收入，能不能申请低保？", **{"caller.name": "甲某"})
    question = page.locator("#question").inner_text()
    page.fill("#answer", str(sum(NUMERALS.index(one) for one in question if one in NUMERALS)))
    page.check("[name=told]")
    press_send(page)
    number, code = page.locator(".receipt-keys dd").all_inner_texts()[:2]
    return number, code


def _step(page: Page, label: str) -> None:
    page.get_by_role("link", name=label, exact=True).click()
    press_send(page)
    expect(page.locator(".notice-success")).to_be_visible()
