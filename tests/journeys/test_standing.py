"""The pages that show how the work stands, in a real browser: whole, quiet, and reached by keys."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from luoshi.apps.organization.models import Body
from luoshi.apps.plan.models import Plan, Task
from tests.apps.work import rows
from tests.journeys.conftest import OpenPage, assert_sound

LONG = "云溪区" + "文化旅游体育与广播电视新闻出版" * 3 + "局"


@pytest.fixture
def at_work(clerk: User, monkeypatch: pytest.MonkeyPatch) -> Plan:
    """A plan with forty tasks, given to thirty bodies; it is 28 September 2026."""
    monkeypatch.setattr(timezone, "now", lambda: rows.at(rows.TODAY))
    plan = rows.plan_of(40, clerk, 4)
    bodies = rows.bodies(30)
    Body.objects.filter(pk=bodies[0].pk).update(name=LONG)
    Task.objects.filter(plan=plan, number="2").update(title="办好服务" * 40)
    rows.spread(rows.issued(plan, clerk), bodies)
    return plan


def addresses(plan: Plan) -> list[str]:
    task, body = Task.objects.filter(plan=plan).earliest("position"), Body.objects.get(name=LONG)
    parts = ("bodies", "reports", "changes", "evidence", "history")
    return [
        reverse("work:desk"),
        reverse("work:desk-list", args=["overdue"]),
        reverse("work:map", args=[plan.pk]),
        f"{reverse('work:map', args=[plan.pk])}?light=red&q=6",
        reverse("work:matrix", args=[plan.pk]),
        reverse("work:calendar"),
        f"{reverse('work:calendar')}?period=2026Q4",
        *(f"{reverse('work:task', args=[plan.pk, task.pk])}?part={part}" for part in parts),
        reverse("work:body", args=[plan.pk, body.pk]),
        reverse("work:burden"),
    ]


@pytest.mark.parametrize(
    ("language", "sizes"),
    [("zh-hans", [(360, "normal"), (1920, "large")]), ("en", [(360, "large"), (1440, "normal")])],
)
def test_every_page(open_page: OpenPage, at_work: Plan, language: str, sizes: list[tuple[int, str]]) -> None:
    first, *rest = addresses(at_work)
    page = open_page(first, width=360, language=language)
    home = page.url.removesuffix(first)
    for address in [first, *rest]:
        page.goto(home + address)
        assert_sound(page, *sizes)


def focused(page: Page) -> str:
    """What a screen reader says of the cell in focus."""
    return str(page.evaluate("document.activeElement.textContent")).strip()


def test_the_matrix_by_keys_and_its_further_bodies(open_page: OpenPage, at_work: Plan) -> None:
    page = open_page(reverse("work:matrix", args=[at_work.pk]))
    expect(page.locator(".matrix .matrix-body")).to_have_count(20)
    cells = page.locator("tbody a.cell")
    expect(page.locator('tbody a.cell[tabindex="0"]')).to_have_count(1)

    cells.first.focus()
    before = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.getAttribute('href')") != before
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.getAttribute('href')") == before
    assert focused(page)

    page.locator(".matrix-more").scroll_into_view_if_needed()
    page.locator(".matrix .matrix-body").nth(29).wait_for()
    expect(page.locator('tbody a.cell[tabindex="0"]')).to_have_count(1)


def test_a_chapter_folds_without_losing_its_lights(open_page: OpenPage, at_work: Plan) -> None:
    page = open_page(reverse("work:matrix", args=[at_work.pk]), scripts=False)
    page.locator(".matrix-chapter a").first.click()
    expect(page.locator(".matrix-chapter.matrix-folded")).to_have_count(1)
    expect(page.locator("tbody .matrix-folded .cell")).to_have_count(20)


def test_a_filter_lets_the_other_tasks_step_back(open_page: OpenPage, at_work: Plan) -> None:
    page = open_page(reverse("work:map", args=[at_work.pk]))
    expect(page.locator(".light-tile")).to_have_count(40)
    page.get_by_label("灯色", exact=True).select_option("red")
    page.wait_for_url("**light=red**")
    page.wait_for_selector(".light-tile-off")
    red = page.locator(".light-tile.light-red")
    assert red.count() + page.locator(".light-tile-off").count() == 40
    assert page.locator(".task-table tbody tr").count() == min(25, red.count())
