"""What journeys through registers share: a district, its days, and forms filled in as people do it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Page, expect

from luoshi.apps.organization.models import Body, Region, Role
from luoshi.apps.register.models import Entry
from tests.apps import factories
from tests.journeys.conftest import OpenPage, come_to_rest

PAPER = {"name": "材料.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 made up"}


class Days:
    """The day on which the server and the test are: journeys go through weeks in seconds."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
        self.now = now
        monkeypatch.setattr(timezone, "now", lambda: self.now)

    def later(self, days: int) -> None:
        """Some days later."""
        self.now += timedelta(days=days)

    def day(self, ago: int = 0) -> str:
        """Today, or so many days ago, as forms take it."""
        return timezone.localdate(self.now - timedelta(days=ago)).isoformat()


@dataclass
class District:
    """A district with bodies and their people, each with a page of the browser."""

    open_page: OpenPage
    office: User
    days: Days
    bodies: dict[str, Body] = field(default_factory=dict)

    @property
    def region(self) -> Region:
        return Region.objects.get(pk=factories.REGION)

    def add(self, *names: str, kind: str = "organ", line: str = "government") -> None:
        """Bodies of the district."""
        for name in names:
            self.bodies[name] = Body.objects.create(region=self.region, name=name, kind=kind, line=line)

    def person(self, body: str, role: str = Role.Name.LIAISON) -> User:
        """The liaison or the head of a body."""
        user, created = User.objects.get_or_create(username=f"{role}-{body}", last_name=f"{body}{role}")
        if created:
            Role.objects.create(region=self.region, user=user, name=role, body=self.bodies[body])
        return user

    def deputy(self) -> User:
        """The second person of the office."""
        user, created = User.objects.get_or_create(username="deputy", last_name="副手")
        if created:
            Role.objects.create(region=self.region, user=user, name=Role.Name.OFFICE)
        return user

    def at(self, who: str | User, path: str, **more: object) -> Page:
        """A page as somebody sees it today: the liaison of a body, or a person. Refusals are looked at."""
        user = self.person(who) if isinstance(who, str) else who
        return self.open_page(path, user=user, refusals=True, **more)

    def step(
        self,
        who: str | User,
        entry: Entry,
        label: str,
        values: Mapping[str, object] | None = None,
        *,
        refused: str = "",
        reason: str = "",
    ) -> Page:
        """Take a step from the page of an entry, and see that it was taken, or refused with these words."""
        page = self.at(who, f"/registers/{entry.mechanism}/{entry.pk}/")
        page.locator(".next-own").get_by_role("link", name=label, exact=True).click()
        fill(page, values or {})
        if reason:
            page.locator("#reason").fill(reason)
        send(page, refused=refused)
        return page


def fill(page: Page, values: Mapping[str, object]) -> None:
    """Fill in a form: lists into rows or boxes, files into fields of files, the rest as it is typed."""
    for key, value in values.items():
        name = f"f.{key}"
        one = page.locator(f"[name='{name}']")
        match value:
            case dict():
                page.locator(f"[name='{name}'][type=file]").set_input_files([value])
            case [dict(), *_]:
                for number, row in enumerate(value):
                    fill(page, {f"{key}.{number}.{column}": words for column, words in row.items()})
            case list():
                for option in value:
                    page.locator(f"[name='{name}'][value='{option}']").check()
            case _ if one.first.get_attribute("type") == "radio":
                page.locator(f"[name='{name}'][value='{value}']").check()
            case _ if one.evaluate("one => one.tagName") == "SELECT":
                if one.locator(f"option[value='{value}']").count():
                    one.select_option(str(value))
                else:
                    one.select_option(label=str(value))
            case _:
                one.fill(str(value))
        # What depends on an answer comes after it.
        come_to_rest(page)


def write(page: Page, **values: str) -> None:
    """Write into fields, one after the other and without waiting for what follows."""
    for key, value in values.items():
        page.locator(f"[id='f.{key}']").fill(value)


def choose(page: Page, **values: str) -> None:
    """Choose in drop-down lists, one after the other and without waiting for what follows."""
    for key, value in values.items():
        page.locator(f"[id='f.{key}']").select_option(value)


def press_send(page: Page) -> None:
    """Send a form, whatever becomes of it."""
    page.locator("button[value=send]").click()


def send(page: Page, *, refused: str = "") -> None:
    """Send a form, and see that it was taken, or refused with these words."""
    press_send(page)
    if refused:
        expect(page.locator(".notice-error")).to_contain_text(refused)
    else:
        expect(page.locator(".notice-success")).to_be_visible()


def begin(page: Page, register: str, label: str, values: Mapping[str, object], *, refused: str = "") -> None:
    """Begin an entry from the start page of registers."""
    page.get_by_role("link", name=register, exact=True).first.click()
    page.locator(".page-actions").get_by_role("link", name=label, exact=True).click()
    fill(page, values)
    send(page, refused=refused)
