"""The same duty in two plans, a text from above, and the city that looks on, in a real browser."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from luoshi.apps.alignment.models import Comparison, Link
from luoshi.apps.alignment.operations.comparing import compare
from luoshi.apps.alignment.operations.linking import suggest_links
from luoshi.apps.organization.models import Region
from luoshi.apps.organization.operations import ensure_region, place_region
from luoshi.apps.work.models import Occurrence
from luoshi.core.document.open import open_document
from luoshi.core.plan.read import read_plan
from tests.apps import factories
from tests.apps.alignment.factories import OPENS, Twins, twins
from tests.apps.work.factories import NOW, REGION, morning
from tests.journeys.conftest import OpenPage, assert_sound

UPSTREAM = (
    "云溪市社区服务实施意见\n"
    "1.办好社区服务。每个社区至少有1个服务点，2026年底前覆盖率达到95%，适时评估。\n"
    "2.完善社会组织年度检查办法，检查结果向社会公布。\n"
)


@pytest.fixture
def pair(clerk: User, monkeypatch: pytest.MonkeyPatch) -> Twins:
    """Two plans at work whose first quarter has opened; it is 18 March 2026."""
    monkeypatch.setattr(timezone, "now", lambda: morning(2026, 3, 18))
    made = twins()
    made.world.advance(OPENS)
    return made


def compared(pair: Twins) -> Comparison:
    """The first plan beside a text from above."""
    document = open_document(UPSTREAM.encode(), "市实施意见.txt")
    return compare(
        plan=pair.world.plan,
        document=document,
        read=read_plan(document),
        content=UPSTREAM.encode(),
        by=pair.world.office,
        at=NOW,
    )


def look_down() -> User:
    """Somebody of the city above."""
    city = ensure_region(code="990100", name="澄江市", level=2, by=None, at=NOW)
    place_region(region=Region.objects.get(pk=REGION), parent=city, by=None, at=NOW)
    return factories.user_with("city", "viewer", "990100")


@dataclass(frozen=True)
class Words:
    """What the journey clicks and reads, in one language."""

    find: str
    confirm: str
    report: str
    along: str
    answers: str
    done: str


CHINESE = Words(
    "查找重复任务", "确认", "报送", "一并回答，采纳后自动完成", "本次报送采纳后，同时回答", "报送一并回答"
)
ENGLISH = Words(
    "Look for the same duty",
    "Confirm",
    "report",
    "done once that is accepted",
    "Once accepted, this report answers as well",
    "Answered by the report",
)


@pytest.mark.parametrize(
    ("width", "language", "words"), [(1440, "zh-hans", CHINESE), (360, "en", ENGLISH)], ids=["wide", "phone"]
)
def test_one_report_answers_both(
    open_page: OpenPage, pair: Twins, width: int, language: str, words: Words
) -> None:
    page = open_page(reverse("alignment:links"), user=pair.world.office, width=width, language=language)
    page.get_by_role("button", name=words.find).click()
    page.wait_for_selector(".pair-item mark.shared")
    page.get_by_role("button", name=words.confirm).first.click()
    page.wait_for_selector(".pair-confirmed")
    link = Link.objects.get(state="confirmed")
    joined = Occurrence.objects.filter(goes_with__isnull=False, body=pair.world.bodies["区教育局"])
    other = joined.select_related("goes_with").order_by("due")[0]
    assert {other.task_id, other.goes_with.task_id} == {link.first_id, link.second_id}  # type: ignore[union-attr]

    page = open_page(
        reverse("work:report", args=[other.pk]),
        user=pair.world.liaison("区教育局"),
        width=width,
        language=language,
    )
    assert words.along in page.inner_text("main")
    assert_sound(page, width)
    page.get_by_role("link", name=words.report, exact=True).first.click()
    page.wait_for_url(f"**{reverse('work:report', args=[other.goes_with_id])}")
    assert words.answers in page.inner_text("main")
    assert_sound(page, width)

    pair.accepted(other.goes_with, morning(2026, 3, 18))  # type: ignore[arg-type]
    first, second = (reverse("work:report", args=[key]) for key in (other.goes_with_id, other.pk))
    page.goto(page.url.replace(first, second))
    assert words.done in page.inner_text("main")
    assert_sound(page, width)


def test_a_clause_is_settled_without_scripts(open_page: OpenPage, pair: Twins) -> None:
    made = compared(pair)
    page = open_page(reverse("alignment:comparison", args=[made.pk]), user=pair.world.office, scripts=False)
    page.locator(".align-table a.row-link").first.click()
    page.get_by_role("button", name="确认", exact=False).first.click()
    page.wait_for_selector(".pair-confirmed")
    page.goto(page.url.split("/alignment/")[0] + reverse("alignment:comparison", args=[made.pk]))
    expect(page.locator(".align-table .standing-settled")).to_have_count(1)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page(open_page: OpenPage, pair: Twins, language: str) -> None:
    made, city = compared(pair), look_down()
    suggest_links(region=REGION, by=pair.world.office, at=NOW)
    task = pair.world.tasks[0].pk
    comparison = reverse("alignment:comparison", args=[made.pk])
    mine = [
        reverse("alignment:links"),
        reverse("alignment:link-task", args=[task]),
        reverse("alignment:comparisons", args=[made.plan_id]),
        *(f"{comparison}?view={view}" for view in ("clauses", "tasks", "matrix")),
        reverse("alignment:clause", args=[made.clauses.order_by("position")[0].pk]),
        reverse("alignment:clause", args=[made.clauses.order_by("position")[1].pk]),
    ]
    theirs = [
        reverse("alignment:region", args=["990100"]),
        reverse("alignment:region-plans", args=[REGION]),
        reverse("alignment:above-plan", args=[made.plan_id]),
        reverse("alignment:above-task", args=[task]),
    ]
    for user, (first, *rest) in ((pair.world.office, mine), (city, theirs)):
        page = open_page(first, user=user, language=language)
        home = page.url.removesuffix(first)
        for address in [first, *rest]:
            page.goto(home + address)
            assert_sound(page, 1440, 360)
