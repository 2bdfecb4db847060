"""The results of a round, brought into its form from the records of what was inspected."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from luoshi.apps.draws.operations.opening import open_entries
from luoshi.apps.register.models import Entry
from luoshi.apps.register.queries.bringing import brought
from luoshi.apps.register.queries.loading import register_of
from luoshi.core.register.procedure import Actor
from tests.apps.draws.factories import Rosters, all_answered, drawn, make_rosters, on, plan_round, step

pytestmark = pytest.mark.django_db
VISITED = {"visited-on": "2026-03-10"}


@pytest.fixture
def rosters() -> Rosters:
    return make_rosters(objects=8, staff=6)


@pytest.fixture
def records(rosters: Rosters) -> list[Entry]:
    """One without a problem, one with, one corrected, one that could not be inspected."""
    draw = drawn(rosters, plan_round(rosters, objects=4))
    all_answered(rosters, draw)
    made = [one.entry for one in open_entries(draw=draw, by=rosters.liaison, at=on(6))]
    by = rosters.liaison
    step(made[0], "pass", VISITED, by=by)
    for one in made[1:3]:
        step(one, "find", {**VISITED, "problem": "pending", "note": "标签不全"}, by=by)
    step(made[2], "correct", {"corrected-on": "2026-03-10"}, by=by)
    step(made[3], "drop", {}, reason="已停业", by=by)
    return made


def visited(records: list[Entry]) -> Entry:
    """The round, its visits begun."""
    found = Entry.objects.get(pk=int(records[0].values["round"]))
    return step(found, "visit", {}, actor=Actor.HANDLER)


def test_each_record_with_a_result_is_a_row(rosters: Rosters, records: list[Entry]) -> None:
    row = visited(records)
    register = register_of(row)
    with_rows = brought(row, register.field, register.transition["report"], rosters.liaison, 9)["results"]
    assert with_rows.source.zh == "抽查检查记录"
    assert with_rows.rows == [
        {"name": records[0].values["name"], "result": "none"},
        {"name": records[1].values["name"], "result": "pending"},
        {"name": records[2].values["name"], "result": "corrected"},
    ]
    # Whoever does not see the records is brought nothing of them.
    assert not brought(row, register.field, register.transition["report"], rosters.stranger, 9)[
        "results"
    ].rows


def test_the_form_begins_with_them_and_what_is_typed_wins(
    rosters: Rosters, records: list[Entry], client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = visited(records)
    client.force_login(rosters.liaison)
    monkeypatch.setattr(timezone, "now", _now)
    path = reverse("register:step", args=["random-inspection", row.pk, "report"])
    page = client.get(path).content.decode()
    assert "已从 3 份“抽查检查记录”带入" in page
    assert f'name="f.results.0.name" value="{records[0].values["name"]}"' in page
    assert '<option value="pending" selected>' in page

    shown = {"shown": ["visited-on", "results"], "f.visited-on": "2026-03-10", "f.results.count": "1"}
    typed = {"f.results.0.name": "云溪1号超市", "f.results.0.result": "none", "action": "show"}
    again = client.post(path, {**shown, **typed}).content.decode()
    assert "已从 3 份" not in again
    assert '<option value="pending" selected>' not in again


def _now() -> datetime:
    return on(10, 12)
