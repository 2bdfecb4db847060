"""The page of an entry says by which version of the rules it runs, and what each version changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from luoshi.apps.register.models import Entry
from tests.apps.register.factories import Place, apply_for_aid, make_place
from tests.journeys.conftest import OpenPage, assert_sound
from tests.mechanisms.owned import own_folder
from tests.mechanisms.test_law_change import LAW


@pytest.fixture
def entries(clerk: object, tmp_path: Path) -> Iterator[tuple[Place, Entry, Entry]]:
    """An entry from before the law changed, another from after it."""
    place = make_place()
    with own_folder(tmp_path, {"legal-aid@2.yaml": LAW}):
        yield place, apply_for_aid(place), apply_for_aid(place, at=timezone.now())


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_old_and_new_entries_say_by_which_rules_they_run(
    open_page: OpenPage, entries: tuple[Place, Entry, Entry], language: str
) -> None:
    place, *rows = entries
    for row, length in zip(rows, ("7", "5"), strict=True):
        page = open_page(
            reverse("register:entry", args=["legal-aid", row.pk]), user=place.liaison, language=language
        )
        page.click(".rule-versions summary")
        expect(page.locator(".rule-list > li")).to_have_count(2)
        expect(page.locator(".rule-list")).to_contain_text(
            "7日 → 5日" if language == "zh-hans" else "7 days → 5 days"
        )
        expect(page.locator(".clocks li").first).to_contain_text(length)
        assert_sound(page, 360, 1440)
