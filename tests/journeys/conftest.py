"""A real browser on a running server. Whatever the browser complains about fails the test."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from weakref import WeakKeyDictionary

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect, sync_playwright
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from luoshi.apps.plan.models import Plan
from luoshi.apps.plan.operations.storing import import_document
from luoshi.apps.work.queries.badge import forget
from luoshi.core.document.open import open_document
from luoshi.core.plan.read import read_plan
from tests.apps import factories
from tests.conftest import _not_run
from tests.protecting import lift_protection, protect_again
from tools.build_static import is_current

# Nothing that phones home, and no sandbox, which root cannot have.
SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# A form that was refused, as the browser tells of it. Samples: "409 http://…", "… the status of 422 (…)"
REFUSAL = re.compile(r"^(409|422) |status of (409|422) ")
OpenPage = Callable[..., Page]
# Milliseconds that a journey waits for what has to come: machines that run it are busy.
PATIENCE = 60_000
# The same, by 40 milliseconds.
REST_TRIES = PATIENCE // 40


@pytest.fixture(scope="session", autouse=True)
def _database_beside_the_browser() -> None:
    """Playwright keeps an event loop in this thread; the tests' own queries are synchronous all the same."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One Chromium for all journeys."""
    if not is_current():
        _not_run("the front-end kits are not built; run: python tools/build_static.py")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(SWITCHES))
        yield browser
        browser.close()


@pytest.fixture
def _log_is_protected_again(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Runs last: after a journey has cleared the database, nobody can change the audit log any more."""
    yield
    with django_db_blocker.unblock():
        protect_again()


@pytest.fixture
def committed(_log_is_protected_again: None, transactional_db: None) -> Iterator[None]:
    """A database in which transactions end, as the server and its jobs need it; cleared after the test.

    What was counted in another one, tries and what waits, counts no more.
    """
    forget()
    cache.clear()
    yield
    lift_protection()


@pytest.fixture(scope="session")
def _server(django_db_setup: None) -> Iterator[LiveServer]:
    """One server for all journeys: its threads outlive a test, and share the database's connection."""
    server = LiveServer("127.0.0.1")
    yield server
    server.stop()


@pytest.fixture
def site(committed: None, _server: LiveServer) -> str:
    """The address of a running server."""
    return str(_server.url)


@pytest.fixture
def clerk(committed: None) -> User:
    """A user of the coordinating office."""
    return factories.office()


@pytest.fixture
def sample(clerk: User, samples: Path) -> Plan:
    """The sample plan, read and stored as an import does it."""
    content = (samples / "yunxi.txt").read_bytes()
    document = open_document(content, "yunxi.txt")
    return import_document(
        region=factories.REGION,
        document=document,
        plan=read_plan(document),
        content=content,
        by=clerk,
        at=factories.NOW,
    )


@pytest.fixture
def open_page(browser: Browser, site: str, request: pytest.FixtureRequest) -> Iterator[OpenPage]:
    """Opens an address as the clerk; at the end of the test nothing may have gone wrong in the browser.

    The function takes a path and, as it likes, `width` and `height` (pixels), `language`, `text` (`normal` or
    `large`), `scripts` (whether they run), `refusals` (whether the server may refuse a form) and `user`
    (somebody else than the clerk).
    """
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def open_path(
        path: str,
        *,
        width: int = 1440,
        height: int = 900,
        language: str = "zh-hans",
        text: str = "normal",
        scripts: bool = True,
        refusals: bool = False,
        user: User | AnonymousUser | None = None,
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=scripts,
            locale="zh-CN" if language.startswith("zh") else "en",
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        who = user or request.getfixturevalue("clerk")
        cookies = {settings.LANGUAGE_COOKIE_NAME: language, "luoshi_text": text, **_session(who)}
        context.add_cookies([{"name": name, "value": value, "url": site} for name, value in cookies.items()])
        page = context.new_page()
        _listen(page, site, wrong, refusals=refusals)
        page.goto(site + path)
        come_to_rest(page)
        return page

    yield open_path
    for context in contexts:
        # What a page still asks for would be answered while the database is being cleared.
        for page in context.pages:
            come_to_rest(page)
        context.close()
    assert wrong == []


def _session(user: User | AnonymousUser) -> dict[str, str]:
    if user.is_anonymous:
        return {}
    client = Client()
    client.force_login(user)
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}


def _listen(page: Page, home: str, wrong: list[str], *, refusals: bool) -> None:
    """Note down errors, refused content, failed answers and every request that leaves the server."""

    def note(said: object, bad: bool) -> None:
        if bad and not (refusals and REFUSAL.search(str(said))):
            wrong.append(f"{page.url}: {said}")

    page.on("console", lambda message: note(message.text, message.type in {"error", "warning"}))
    page.on("pageerror", lambda error: note(error, True))
    asked = _asked(page)

    def begun(sent: Request) -> None:
        asked.count += 1
        asked.open.add(sent)

    page.on("request", begun)
    page.on("requestfinished", lambda sent: asked.open.discard(sent))
    page.on("requestfailed", lambda sent: asked.open.discard(sent))
    page.on(
        "request", lambda sent: note(f"asks {sent.url}", not sent.url.startswith((home, "data:", "blob:")))
    )
    page.on("response", lambda answer: note(f"{answer.status} {answer.url}", answer.status >= 400))


def come_to_rest(page: Page) -> None:
    """Wait until scripts have asked for nothing for a moment, and everything they asked for is there.

    Playwright's own “network idle” waits for half a second at every page.
    """
    asked = _asked(page)
    page.wait_for_load_state("load")
    quiet = 0
    for _ in range(REST_TRIES):
        before = asked.count
        page.wait_for_timeout(40)
        quiet = 0 if asked.open or asked.count != before else quiet + 1
        if quiet == 2:
            return
    raise AssertionError(f"{page.url} never comes to rest: {[sent.url for sent in asked.open]}")


@dataclass
class _Asked:
    """What a page has asked for, ever and without an answer so far."""

    count: int = 0
    open: set[Request] = field(default_factory=set)


_ASKED: WeakKeyDictionary[Page, _Asked] = WeakKeyDictionary()


def _asked(page: Page) -> _Asked:
    return _ASKED.setdefault(page, _Asked())


def show_at(page: Page, width: int, text: str = "normal") -> None:
    """Show a page that is open in a window of another width, or in text of another size.

    The size of the text is a class that the server gives the page; what else depends on it is its style.
    """
    page.set_viewport_size({"width": width, "height": (page.viewport_size or {"height": 900})["height"]})
    page.evaluate("large => document.documentElement.classList.toggle('text-large', large)", text == "large")


def assert_accessible(page: Page, *, colors: bool = True) -> None:
    """Axe finds nothing. Its script stays in a page that is looked at again.

    Args:
        colors: whether contrast is looked at too, which takes three quarters of the time: it need not be
            where another page of the same template was looked at in the same size.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    options = {"resultTypes": ["violations"], "rules": {"color-contrast": {"enabled": colors}}}
    found = page.evaluate("options => axe.run(options)", options)["violations"]
    said = [
        f"{one['id']}: {one['nodes'][0]['html']} {one['nodes'][0].get('failureSummary')}" for one in found
    ]
    assert not said, f"{page.url}: {said}"


def assert_sound(page: Page, *sizes: int | tuple[int, str]) -> None:
    """The page fits and is accessible at each width, said alone or with the size of its text.

    A click comes back before the page that it leads to has begun, so the page comes to rest first. Contrast
    is looked at in the first size: in all of them it is in `test_every_page`.
    """
    come_to_rest(page)
    for place, size in enumerate(sizes):
        show_at(page, *((size,) if isinstance(size, int) else size))
        assert_fits(page)
        assert_accessible(page, colors=place == 0)


def assert_fits(page: Page) -> None:
    """The page is no wider than its window."""
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert over <= 0, f"{page.url} is {over} pixels too wide"
