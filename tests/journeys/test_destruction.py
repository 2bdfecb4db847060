"""An entry whose time is over, destroyed by two people in the browser; its number and its figures remain."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from luoshi.apps.organization.models import Role
from luoshi.apps.register.models import Entry
from tests.apps.register.factories import Place, apply_for_aid, make_place
from tests.journeys.conftest import OpenPage, assert_sound

OPINION = "保存期限已满三十年，没有继续保存的价值。"


@pytest.fixture
def place(clerk: object) -> Place:
    """A region with two entries that ended more than thirty years ago, and two people of the office."""
    place = make_place()
    second = User.objects.create(username="second", last_name="复核")
    Role.objects.create(region=place.region, user=second, name="office")
    long_ago = timezone.localdate() - timedelta(days=31 * 366)
    for _ in range(2):
        row = apply_for_aid(place)
        Entry.objects.filter(pk=row.pk).update(began=long_ago, ended=long_ago, state="closed")
    return place


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_two_people_destroy_what_has_been_kept_for_its_time(
    open_page: OpenPage, place: Place, language: str
) -> None:
    address = reverse("register:destruction", args=["legal-aid"])
    page = open_page(address, user=place.office, language=language)
    assert_sound(page, 360, 1440)
    page.fill("#opinion", OPINION)
    page.click("form.panel button")
    expect(page.locator("tbody tr")).to_have_count(2)
    assert page.locator("button[value=confirm]").count() == 0
    assert_sound(page, 360, 1440)
    second = open_page(urlsplit(page.url).path, user=_second(), language=language)
    second.click("tbody button >> nth=0")
    expect(second.locator("tbody tr")).to_have_count(1)
    assert_sound(second, 360, 1440)
    second.click("button[value=confirm]")
    expect(second.locator("tbody .digest")).to_have_count(1)
    assert_sound(second, 360, 1440)
    assert Entry.objects.count() == 1
    # The filter narrows the record without a reload, and the sheets have a list of their own.
    second.get_by_role("searchbox").fill("没有的词")
    expect(second.locator("#results .empty")).to_be_visible()
    sheets = open_page(f"{address}sheets/", user=place.office, language=language)
    expect(sheets.locator("tbody tr")).to_have_count(1)
    assert_sound(sheets, 360, 1440)


def _second() -> User:
    return User.objects.get(username="second")
