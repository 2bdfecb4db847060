"""A legal aid case in a real browser, from the application to the rating, by the people whose case it is."""

from __future__ import annotations

from django.urls import reverse
from playwright.sync_api import Page, expect

from luoshi.apps.register.models import Entry
from tests.apps.register.factories import make_place
from tests.journeys.conftest import OpenPage, assert_sound
from tests.journeys.lived import choose, press_send, write


def test_a_case_is_lived_to_its_end(open_page: OpenPage, committed: None) -> None:
    place = make_place()
    liaison = open_page("/registers/", user=place.liaison, refusals=True)
    liaison.get_by_role("link", name="法律援助", exact=True).click()
    liaison.get_by_role("link", name="提出申请").first.click()
    write(liaison, **{"applicant.name": "甲某", "facts": "拖欠工资三个月"})
    choose(liaison, form="civil", matter="labour", means="exempt")
    # What depends on an answer is there as soon as it is given, and what was typed stays.
    expect(liaison.locator("[id='f.exemption']")).to_be_visible()
    press_send(liaison)
    expect(liaison.locator(".ask-wrong")).to_have_count(1)
    expect(liaison.locator("[id='f.facts']")).to_have_value("拖欠工资三个月")
    assert_sound(liaison, 360, 1440)
    choose(liaison, exemption="wages")
    press_send(liaison)
    expect(liaison.locator(".entry-line")).to_contain_text("待审查")
    expect(liaison.locator("main")).not_to_contain_text("甲某")
    assert_sound(liaison, 360, 1440)
    entry = Entry.objects.get()
    address = f"/registers/legal-aid/{entry.pk}/"
    head = open_page(reverse("work:desk"), user=place.head)
    head.locator(".desk-link", has_text=entry.number).first.click()
    _step(head, "决定援助")
    liaison.goto(liaison.url)
    _step(liaison, "指派", **{"lawyer.name": "李明", "firm": "云溪律师事务所"})
    liaison.get_by_role("link", name="报送结案").click()
    liaison.locator("[name='f.closing-papers']").set_input_files(
        {"name": "结案报告.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 closed"}
    )
    choose(liaison, result="won")
    write(liaison, recovered="12000")
    press_send(liaison)
    expect(liaison.locator(".entry-files")).to_contain_text("结案报告.pdf")
    head.goto(head.url)
    head.get_by_role("link", name="案卷审查合格").click()
    choose(head, **{"file-check": "passed"})
    press_send(head)
    # Four eyes: who checked the file does not pay; the refusal stands on top and says what to do.
    head = open_page(f"{address}step/pay/", user=place.head, refusals=True)
    write(head, subsidy="800")
    press_send(head)
    expect(head.locator(".notice-error")).to_contain_text("不能由办理“案卷审查合格”的同一人办理")
    expect(head.locator("[id='f.subsidy']")).to_have_value("800")
    entry.refresh_from_db()
    assert entry.state == "checked"
    board = open_page("/registers/legal-aid/board/", user=place.office)
    expect(board.locator(".lane", has_text=entry.number)).to_contain_text("案卷合格")
    assert_sound(board, 360, 1440)
    paper = open_page(f"{address}paper/", user=place.office)
    expect(paper.locator(".paper-steps tbody tr")).to_have_count(5)


def _step(page: Page, label: str, **values: str) -> None:
    page.get_by_role("link", name=label, exact=True).click()
    write(page, **values)
    press_send(page)
    expect(page.locator(".notice-success")).to_be_visible()
