"""A law changes while cases are open: who came before keeps the old limits, who comes after has new ones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from luoshi.apps.indicator.operations.verifying import discrepancies
from luoshi.apps.register.models import Entry
from luoshi.apps.register.operations.taking import bring_up_to_date
from tests.apps.register.factories import Place, apply_for_aid, granted, make_place
from tests.mechanisms.owned import own_folder

pytestmark = pytest.mark.django_db

# From this Wednesday on: five days instead of seven, two instead of three, and one question more.
LAW = """\
key: legal-aid
version: 2
in-force: {start: 2026-03-18}
extends: 1
limits:
  review: {amount: 5, source: {law: 法律援助法（修订）, article: "40"}}
  appoint: {amount: 2}
fields:
  channel:
    type: text
    label: {zh: 得知途径, en: How they heard of it}
transitions:
  apply: {asks: [applicant, channel, language, form, matter, facts, opponent, means, exemption, evidence]}
"""
BEFORE, AFTER = (datetime(2026, 3, day, 2, tzinfo=UTC) for day in (17, 18))
DECIDED = datetime(2026, 3, 23, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _law(tmp_path: Path) -> Iterator[None]:
    with own_folder(tmp_path, {"legal-aid@2.yaml": LAW}):
        yield


@pytest.fixture
def place() -> Place:
    return make_place()


@pytest.fixture
def old(place: Place) -> Entry:
    return apply_for_aid(place, at=BEFORE)


@pytest.fixture
def new(place: Place) -> Entry:
    return apply_for_aid(place, at=AFTER)


def _due(row: Entry, limit: str) -> date:
    return row.clocks.get(limit=limit).due


def _shown(place: Place, row: Entry, name: str, at: datetime, monkeypatch: pytest.MonkeyPatch) -> str:
    """A page of an entry as its handler sees it on a day."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: at)
    client = Client()
    client.force_login(place.liaison)
    return client.get(reverse(name, args=["legal-aid", row.pk])).content.decode()


def test_the_day_on_which_an_entry_begins_decides(old: Entry, new: Entry) -> None:
    assert (old.version, new.version) == (1, 2)
    assert (_due(old, "review"), _due(new, "review")) == (date(2026, 3, 24), date(2026, 3, 23))


def test_later_steps_of_an_old_entry_follow_the_old_rules(place: Place, old: Entry, new: Entry) -> None:
    for row in (old, new):
        granted(row, place, at=DECIDED)
    assert [row.clocks.get(limit="review").outcome for row in (old, new)] == ["kept", "kept"]
    assert (_due(old, "appoint"), _due(new, "appoint")) == (date(2026, 3, 26), date(2026, 3, 25))
    assert discrepancies(place.region.pk, "legal-aid", date(2026, 3, 23)) == []


def test_each_runs_out_on_its_own_day(old: Entry, new: Entry) -> None:
    for row in (old, new):
        bring_up_to_date(entry=row, at=datetime(2026, 3, 24, 2, tzinfo=UTC))
    assert [row.clocks.get(limit="review").outcome for row in (old, new)] == ["running", "overrun"]


@pytest.mark.parametrize("at", [AFTER, DECIDED])
def test_the_page_says_by_which_rules_and_since_when(
    place: Place, old: Entry, new: Entry, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = _shown(place, old, "register:entry", at, monkeypatch)
    assert "按本机制第 1 版规则办理（2022年1月1日至2026年3月17日登记的适用）" in page
    assert "2026年3月24日" in page
    assert "时限“审查期限”：7日 → 5日" in page
    assert "时限“审查期限”：依据：《法律援助法》第43条 → 《法律援助法（修订）》第40条" in page
    assert "字段“得知途径”：新增" in page
    assert "步骤“提出申请”：填写内容有变化" in page
    page = _shown(place, new, "register:entry", at, monkeypatch)
    assert "按本机制第 2 版规则办理（自2026年3月18日起施行）" in page
    assert "2026年3月23日" in page


def test_the_printed_form_has_the_limits_of_its_version(
    place: Place, old: Entry, new: Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = _shown(place, old, "register:paper", DECIDED, monkeypatch)
    assert '<td>7日</td><td class="nowrap">2026-03-24</td>' in page
    assert "第 1 版规则" in page
    page = _shown(place, new, "register:paper", DECIDED, monkeypatch)
    assert '<td>5日</td><td class="nowrap">2026-03-23</td>' in page
    assert "第 2 版规则" in page


@pytest.mark.parametrize(("at", "asked", "told"), [(BEFORE, False, "7日"), (AFTER, True, "5日")])
def test_forms_are_those_of_the_day(
    place: Place, at: datetime, asked: bool, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: at)
    client = Client()
    client.force_login(place.liaison)
    page = client.get(reverse("register:new", args=["legal-aid", "apply"])).content.decode()
    assert ("f.channel" in page) is asked
    assert told in Client().get(reverse("register:form", args=["legal-aid"])).content.decode()


def test_lists_show_both(place: Place, old: Entry, new: Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: DECIDED)
    client = Client()
    client.force_login(place.liaison)
    page = client.get(reverse("register:list", args=["legal-aid"])).content.decode()
    assert old.number in page
    assert new.number in page
