"""A round of random inspection in a real browser: announced, drawn, answered, visited, published, checked."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from luoshi.apps.draws.models import Draw
from luoshi.apps.draws.views import working
from luoshi.apps.register.models import Entry
from tests.apps.draws.factories import MECHANISM, make_rosters, plan_round
from tests.journeys.conftest import OpenPage, assert_sound

VALUE = "03 07 11 15 22 29 08"
INTERESTED = "云溪执001"


class Yesterday:
    """The clock of the day before; a draw takes two days."""

    @staticmethod
    def now() -> datetime:
        return timezone.now() - timedelta(days=1)

    @staticmethod
    def localdate() -> object:
        return timezone.localdate() - timedelta(days=1)


def test_a_round_is_drawn_and_anybody_checks_it(
    open_page: OpenPage, committed: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    rosters = make_rosters(objects=8, staff=4)
    entry = plan_round(rosters)
    with monkeypatch.context() as before:
        before.setattr(working, "timezone", Yesterday)
        liaison = open_page(reverse("work:desk"), user=rosters.liaison, refusals=True)
        liaison.locator(".desk-link", has_text=entry.number).first.click()
        _freeze(liaison, timezone.localdate())
        assert_sound(liaison, 360, 1440)
        liaison.get_by_role("link", name="查看名单").click()
        expect(liaison.locator(".unfit")).to_have_count(2)
        assert_sound(liaison, 360, 1440)
        liaison.go_back()
        _press(liaison, "commit")
        draw = Draw.objects.get()
        anybody = open_page(reverse("draws:index"), user=AnonymousUser())
        anybody.get_by_role("link", name=entry.title).click()
        expect(anybody.locator(".commitment-hash")).to_have_text(draw.commitment)
        expect(anybody.locator("main")).not_to_contain_text(INTERESTED)
        assert_sound(anybody, 360, 1440)
    liaison.goto(liaison.url)
    liaison.locator("#value").fill(VALUE)
    _press(liaison, "draw")
    _answer_all(liaison, entry)
    expect(liaison.locator(".place-asked .place-answer [value=accepted]")).to_have_count(0)
    assert_sound(liaison, 360, 1440)
    _record_each(liaison)
    _visit_and_report(liaison, entry)
    # Four eyes: the head publishes what the other has recorded.
    head = open_page(f"/registers/{MECHANISM}/{entry.pk}/step/publish/", user=rosters.head)
    head.locator("[id='f.published-at']").fill("区政府门户网站")
    head.locator("button[value=send]").click()
    expect(head.locator(".entry-line")).to_contain_text("已公示")
    anybody.reload()
    expect(anybody.locator("#result-title")).to_be_visible()
    expect(anybody.locator("main")).not_to_contain_text("检查员")
    assert_sound(anybody, 360, 1440)
    _check_alone(anybody, Draw.objects.get(), tmp_path)


def _freeze(page: Page, day: object) -> None:
    page.locator("#source").fill("某彩票第26134期开奖号码")
    page.locator("#value_on").fill(str(day))
    page.locator("#form").fill("七个两位数，按开出的顺序，以一个空格分隔")
    _press(page, "prepare")


def _press(page: Page, action: str) -> None:
    page.locator(f"main button[value={action}]").click()
    expect(page.locator(".notice-success")).to_be_visible()


def _answer_all(page: Page, entry: Entry) -> None:
    """All accept but one who falls ill and the one who has an interest, whose acceptance is refused."""
    draw = Draw.objects.get()
    first = next(one for one in draw.orders["检查人员"][:2] if one != INTERESTED)
    place = page.locator(".place", has_text=first)
    place.locator("summary").click()
    place.locator("[name=reason]").fill("病假")
    place.get_by_role("button", name="登记不能参加").click()
    expect(page.locator(".place-refused")).to_contain_text("病假")
    for _ in range(4):
        waiting = page.locator(".place-asked [value=accepted]")
        if not waiting.count():
            break
        place = page.locator(".place-asked", has=page.locator("[value=accepted]")).first
        who = place.locator("input[name=key]").input_value()
        place.locator("[value=accepted]").click()
        if who != INTERESTED:
            expect(page.locator(".notice-success")).to_be_visible()
            continue
        expect(page.locator(".notice-error")).to_contain_text("应当回避")
        place = page.locator(".place", has_text=INTERESTED)
        place.locator("summary").click()
        place.locator("[name=reason]").fill("与检查对象有利害关系")
        place.get_by_role("button", name="登记回避").click()
        expect(page.locator(".place-recused")).to_contain_text("利害关系")
    entry.refresh_from_db()
    assert [row["accepted"] for row in entry.values["inspectors"]] == ["yes", "yes"]


def _record_each(page: Page) -> None:
    """Each object that was drawn gets its record in one click; what was found is written down there."""
    draw, here = Draw.objects.get(), page.url
    _press(page, "open")
    expect(page.locator(".draw-opened tbody tr")).to_have_count(3)
    expect(page.locator("button[value=open]")).to_have_count(0)
    assert_sound(page, 360, 1440)
    for name in draw.openings.values_list("candidate__name", flat=True):
        page.goto(here)
        page.locator(".draw-opened").get_by_role("link", name=name).click()
        page.get_by_role("link", name="未发现问题").click()
        page.locator("[id='f.visited-on']").fill(timezone.localdate().isoformat())
        page.locator("button[value=send]").click()
        expect(page.locator(".entry-line")).to_contain_text("未发现问题")
    page.goto(here)
    expect(page.locator(".draw-opened .tone-good")).to_have_count(3)


def _visit_and_report(page: Page, entry: Entry) -> None:
    page.goto(page.url.split("/draw/")[0] + "/")
    page.get_by_role("link", name="开始检查").click()
    page.locator("button[value=send]").click()
    page.get_by_role("link", name="录入检查结果").click()
    page.locator("[id='f.visited-on']").fill(timezone.localdate().isoformat())
    page.locator("[name='f.results.0.name']").fill(entry.values["objects"][0]["name"])
    page.locator("[name='f.results.0.result']").select_option("none")
    page.locator("button[value=send]").click()
    expect(page.locator(".entry-line")).to_contain_text("结果待公示")


def _check_alone(page: Page, draw: Draw, folder: Path) -> None:
    """Anybody takes the proof and the program from the page, and needs nothing else."""
    for name, file in (("下载抽取证明", "proof.json"), ("下载核验程序", "verify_draw.py")):
        with page.expect_download() as loaded:
            page.get_by_role("link", name=name).click()
        loaded.value.save_as(folder / file)
    command = [
        sys.executable,
        "verify_draw.py",
        "proof.json",
        "--commitment",
        draw.commitment,
        "--value",
        VALUE,
    ]
    checked = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    assert checked.returncode == 0, checked.stdout
