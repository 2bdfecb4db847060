"""Every page that shows: accessible, whole and quiet at every width, in both languages, in large text."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from luoshi.apps.plan.models import Plan, Task, TaskBody
from tests.apps import factories
from tests.journeys.conftest import OpenPage, assert_accessible, assert_fits


def _addresses(plan: Plan) -> list[str]:
    task = plan.tasks.get(number="12")
    pages = ("overview", "bodies", "timeline", "findings", "export")
    return [
        reverse("plan:list"),
        *(reverse(f"plan:{page}", args=[plan.pk]) for page in pages),
        reverse("plan:task", args=[plan.pk, task.pk]),
        reverse("plan:body", args=[plan.pk, "区司法局"]),
        reverse("plan:overview", args=[plan.pk]) + "?q=%E6%B2%A1%E6%9C%89%E7%9A%84%E8%AF%8D",
        reverse("interface:help"),
    ]


@pytest.mark.parametrize(
    ("width", "language", "text"),
    [
        (360, "zh-hans", "normal"),
        (360, "en", "large"),
        (1440, "zh-hans", "normal"),
        (1440, "en", "normal"),
        (1920, "zh-hans", "large"),
    ],
)
def test_every_page(open_page: OpenPage, sample: Plan, width: int, language: str, text: str) -> None:
    page = open_page(reverse("plan:list"), width=width, language=language, text=text)
    home = page.url.removesuffix(reverse("plan:list"))
    for address in _addresses(sample):
        page.goto(home + address)
        page.wait_for_load_state("networkidle")
        assert_fits(page)
        assert_accessible(page)


def test_pages_before_the_first_plan(open_page: OpenPage) -> None:
    for width in (360, 1440):
        page = open_page(reverse("plan:list"), width=width)
        assert page.get_by_role("heading", name="从第一份方案开始").is_visible()
        assert_accessible(page)
        assert_fits(page)


def test_error_and_sign_in_pages(open_page: OpenPage) -> None:
    page = open_page(reverse("account_login"), width=360)
    assert_accessible(page)
    assert_fits(page)


@pytest.mark.parametrize("width", [360, 1920])
def test_long_names_and_many_tasks(open_page: OpenPage, clerk: User, width: int) -> None:
    plan = factories.stored_plan(tasks=520, by=clerk)
    plan.title = "云溪区" + "关于进一步深化统筹推进" * 12 + "重点任务分解方案"
    plan.document_number = "云" + "依法委发" * 20 + "〔2026〕1号"
    plan.save()
    long_name = "区" + "网络安全和信息化应急指挥协调" * 8 + "中心"
    TaskBody.objects.filter(task__plan=plan, name="区教育局").update(name=long_name)
    Task.objects.filter(plan=plan, number="3").update(title="W" * 400)
    Task.objects.filter(plan=plan, number="4").update(number="第一百二十三项之四")
    page = open_page(reverse("plan:overview", args=[plan.pk]), width=width)
    home = page.url.removesuffix(reverse("plan:overview", args=[plan.pk]))
    assert page.locator(".map .tile").count() == 521
    for address in (
        reverse("plan:overview", args=[plan.pk]),
        reverse("plan:list"),
        reverse("plan:bodies", args=[plan.pk]),
        reverse("plan:body", args=[plan.pk, long_name]),
        reverse("plan:timeline", args=[plan.pk]),
        reverse("plan:findings", args=[plan.pk]),
        reverse("plan:task", args=[plan.pk, plan.tasks.get(title="W" * 400).pk]),
    ):
        page.goto(home + address)
        assert_fits(page)


def test_printed_page_leaves_the_tools_out(open_page: OpenPage, sample: Plan) -> None:
    page = open_page(reverse("plan:overview", args=[sample.pk]), width=800)
    page.emulate_media(media="print")
    assert not page.locator(".site-header").is_visible()
    assert not page.locator(".filters").is_visible()
    assert page.locator("h1").is_visible()
    assert page.locator(".task-table").is_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")
