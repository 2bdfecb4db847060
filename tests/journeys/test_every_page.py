"""Every page that shows: accessible, whole and quiet at every width, in both languages, in large text.

The pages are those of the address resolver, as each of the walkers is answered them: a new page is walked as
soon as it is declared in `tests/apps/accounts/matrix.py`, which a test there asks for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from urllib.parse import urljoin

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from luoshi.apps.plan.models import Plan, Task, TaskBody
from tests.apps import factories
from tests.apps.accounts.test_matrix import ADDRESSES, PATTERNS, pages_of
from tests.apps.accounts.world import OWN_BODY, World, build
from tests.journeys.conftest import OpenPage, assert_accessible, assert_fits, show_at

WALKERS = ("stranger", "office", "liaison_a", "head_a", "system", "security", "audit")
PASSWORD = "Yunxi-2026-every-page"

# The part of a page that differs from that of others. Sample: "<main id="main">…</main>"
MAIN = re.compile(r"<main.*</main>", re.DOTALL)
# The key of a form, which is new each time. Sample: `name="csrfmiddlewaretoken" value="Ab3…"`
FORM_KEY = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


# The sizes of window and text in which every page is looked at, and in which one page of each kind is too.
SIZES = {
    "zh-hans": ([(360, "normal")], [(1440, "normal"), (1920, "large")]),
    "en": ([(1440, "normal")], [(360, "large")]),
}


@dataclass(frozen=True)
class Shown:
    """A page as somebody is shown it; pages of one kind come from one template."""

    path: str
    person: str
    kind: str


def paths(world: World) -> Iterator[tuple[str, list[str]]]:
    """Every address of the product that a page may stand at, and the walkers who may go there."""
    values = world.values[OWN_BODY]
    for key, name in ADDRESSES.items():
        pages = pages_of(key)
        words = {part: word for page in pages for part, word in page.parts.items()}
        parts = {part: words.get(part, part) for part in PATTERNS[name].pattern.converters}
        path = reverse(name, kwargs={part: values.get(word, word) for part, word in parts.items()})
        yield path, [person for person in WALKERS if any(person in page.who for page in pages)]


def shown(world: World) -> list[Shown]:
    """Every page, for every walker whom it shows something else than those before."""
    found, seen = [], set()
    for path, people in paths(world):
        for person in people:
            answer = world.clients[person].get(path)
            if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
                continue
            main = MAIN.search(answer.content.decode())
            if main is not None and (what := (path, FORM_KEY.sub("", main[0]))) not in seen:
                seen.add(what)
                found.append(Shown(path, person, str(answer.templates[0].name)))
    return found


@pytest.fixture
def world(committed: None) -> World:
    """Two districts at work, whose people have a password, so that pages which ask for it show."""
    made = build()
    for name in set(WALKERS) - {"stranger"}:
        made.users[name].set_password(PASSWORD)
        made.users[name].save()
        made.clients[name] = Client()
        made.clients[name].force_login(made.users[name])
    return made


def walk(open_page: OpenPage, world: World, pages: list[Shown], language: str) -> list[str]:
    """Look at pages, those of one person in one window; says what is wrong with them.

    A page is loaded at its first size, and drawn anew at the others. Colours belong to a template: their
    contrast is looked at in the first page of each.
    """
    of_all, of_kinds = SIZES[language]
    first_of_kind = {one.kind: one for one in reversed(pages)}
    windows, wrong = {}, []
    for one in pages:
        if one.person not in windows:
            user = world.users.get(one.person, AnonymousUser())
            windows[one.person] = open_page(one.path, user=user, language=language)
        page = windows[one.person]
        show_at(page, *of_all[0])
        page.goto(urljoin(page.url, one.path))
        is_first = first_of_kind[one.kind] is one
        for size in [*of_all, *(of_kinds if is_first else ())]:
            show_at(page, *size)
            for fault in (assert_fits, partial(assert_accessible, colors=is_first)):
                try:
                    fault(page)
                except AssertionError as error:
                    wrong.append(f"{one.person}, {language}, {size}: {error}")
    for page in windows.values():
        page.context.close()
    return wrong


def test_every_page(open_page: OpenPage, world: World) -> None:
    pages = shown(world)
    for language in SIZES:
        assert walk(open_page, world, pages, language) == []


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
    expect(page.locator(".map .tile")).to_have_count(521)
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
