"""Draws by tokens: run step by step, seen whole by those at work on them and by others as announced."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from django.test import Client, override_settings
from django.utils import timezone
from python_calamine import CalamineWorkbook

from luoshi.apps.draws.models import Draw
from tests.apps.api.calling import Caller, problem, program
from tests.apps.draws.factories import (
    AT,
    KEY,
    MECHANISM,
    VALUE,
    Rosters,
    all_answered,
    committed,
    drawn,
    make_rosters,
    on,
    plan_round,
    prepared,
)

pytestmark = pytest.mark.django_db
FROZEN = {"source": "某彩票第26030期开奖号码", "value_on": "2026-03-04", "form": "七个两位数"}


class Clock:
    """What time it is."""

    now: datetime = AT


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    """It is 2 March 2026 until a test says otherwise, and tokens live on."""
    found = Clock()
    with override_settings(LUOSHI_API_CALLS=10_000):
        monkeypatch.setattr(timezone, "now", lambda: found.now)
        yield found


@pytest.fixture
def rosters() -> Rosters:
    return make_rosters()


@pytest.fixture
def liaison(rosters: Rosters) -> Caller:
    return program(rosters.liaison, "report")


@pytest.fixture
def head(rosters: Rosters) -> Caller:
    return program(rosters.head, "report")


def _of(entry: Any) -> str:
    return f"/registers/{MECHANISM}/entries/{entry.pk}/draws"


def _inspectors(told: dict[str, Any]) -> list[dict[str, Any]]:
    return next(one for one in told["strata"] if one["pool"] == "inspectors")["places"]


def test_a_draw_is_run_from_the_list_to_its_proof(
    rosters: Rosters, liaison: Caller, head: Caller, clock: Clock
) -> None:
    entry = plan_round(rosters)
    (before,) = liaison.get(_of(entry))
    assert (before["drawing"], before["may_run"], before["may_cancel"], before["draw"]) == (
        KEY,
        True,
        False,
        None,
    )
    made = liaison("POST", f"{_of(entry)}/{KEY}", FROZEN)
    assert made.status_code == 201, made.content.decode()
    path = f"/draws/{made.json()['id']}"
    assert liaison.get(_of(entry))[0]["draw"]["stage"] == "prepared"
    told = liaison.get(path)
    assert sum(one["candidates"] for one in told["left_out"]) == 2
    assert all(one["places"] == [] for one in told["strata"])
    done = liaison.do(f"{path}/commit")
    assert (done["stage"], len(done["commitment"])) == ("committed", 64)
    problem(liaison("POST", f"{path}/commit", {}), 409, "draw-stage")
    problem(liaison("POST", f"{path}/draw", {"value": VALUE}), 409, "draw-early")
    problem(liaison("GET", f"{path}/proof"), 404, "api-not-there")
    clock.now = on(4)
    assert liaison.do(f"{path}/draw", {"value": VALUE})["stage"] == "drawn"
    places = [one for one in _inspectors(liaison.get(path)) if one["holds"]]
    assert all(one["standing"] == "asked" and one["who"] for one in places)
    served = next(one for one in places if not one["clashes"])
    head_before = liaison.get(path)["draw"]["head"]
    answered = liaison.do(f"{path}/answers", {"key": served["key"], "answer": "accepted"})
    assert answered["head"] != head_before
    told = liaison.get(path)
    assert next(one for one in _inspectors(told) if one["key"] == served["key"])["standing"] == "accepted"
    assert [one["kind"] for one in told["log"]] == ["accepted", "drawn", "committed", "prepared"]
    assert json.loads(liaison.file(f"{path}/proof"))
    problem(liaison("POST", f"{path}/cancel", {"reason": "重复"}), 403, "api-not-allowed")
    assert head.do(f"{path}/cancel", {"reason": "重复"})["stage"] == "cancelled"
    # The next one for the same purpose names what was cancelled.
    clock.now = AT
    again = liaison.do(f"{_of(entry)}/{KEY}", FROZEN)
    assert [one["reason"] for one in liaison.get(f"/draws/{again['id']}")["earlier"]] == ["重复"]


def test_who_leaves_makes_room(rosters: Rosters, liaison: Caller, clock: Clock) -> None:
    draw = drawn(rosters, plan_round(rosters))
    clock.now, path = on(4, 11), f"/draws/{draw.pk}"
    holder = next(one for one in _inspectors(liaison.get(path)) if one["holds"])
    waits = next(one for one in _inspectors(liaison.get(path)) if one["standing"] == "waiting")
    given = {"key": holder["key"], "answer": "refused"}
    problem(liaison("POST", f"{path}/answers", given), 422, "draw-text")
    liaison.do(f"{path}/answers", {**given, "reason": "出差"})
    after = {one["key"]: one for one in _inspectors(liaison.get(path))}
    assert (after[holder["key"]]["standing"], after[holder["key"]]["reason"]) == ("refused", "出差")
    assert after[waits["key"]]["standing"] == "asked"
    problem(liaison("POST", f"{path}/answers", {**given, "reason": "x"}), 409, "draw-no-place")
    problem(liaison("POST", f"{path}/answers", {**given, "answer": "maybe"}), 422, "api-body-wrong")
    clashing = _clashing(liaison.get(path))
    if clashing:
        accepts = {"key": clashing["key"], "answer": "accepted"}
        problem(liaison("POST", f"{path}/answers", accepts), 409, "draw-must-recuse")


def _clashing(told: dict[str, Any]) -> dict[str, Any] | None:
    return next((one for one in _inspectors(told) if one["holds"] and one["clashes"]), None)


def test_those_drawn_get_their_entries(rosters: Rosters, liaison: Caller, head: Caller, clock: Clock) -> None:
    draw = drawn(rosters, plan_round(rosters))
    clock.now, path = on(4, 11), f"/draws/{draw.pk}"
    told = liaison.get(path)["opened"]
    assert (told["mechanism"], told["entries"], told["waiting"]) == ("inspection-records", [], 3)
    problem(liaison("POST", f"{path}/entries", {}), 409, "draw-places-unanswered")
    all_answered(rosters, draw)
    clock.now = on(6)
    problem(head("POST", f"{path}/entries", {}), 403, "api-not-allowed")
    made = liaison.do(f"{path}/entries")
    assert len(made) == 3
    told = liaison.get(path)["opened"]
    assert (told["entries"], told["waiting"]) == (made, 0)
    shown = liaison.get(f"/registers/inspection-records/entries/{made[0]['entry_id']}")
    assert shown["title"] == made[0]["title"]
    problem(liaison("POST", f"{path}/entries", {}), 409, "draw-opened-already")
    problem(head("POST", f"{path}/cancel", {"reason": "重复"}), 409, "draw-entries-open")
    assert program(rosters.stranger, "read").get(path)["opened"] is None


@pytest.mark.parametrize(
    ("who", "sees", "runs"),
    [
        ("liaison", 200, 200),
        ("head", 200, 403),
        ("office", 200, 403),
        ("viewer", 200, 403),
        ("stranger", 403, 403),
    ],
)
def test_who_runs_a_draw(rosters: Rosters, who: str, sees: int, runs: int) -> None:
    entry = plan_round(rosters)
    draw, user = prepared(rosters, entry), getattr(rosters, who)
    caller = program(user, "office" if who == "office" else "report")
    for path in (_of(entry), f"/draws/{draw.pk}", f"/draws/{draw.pk}/candidates"):
        assert caller("GET", path).status_code == sees
    again = caller("POST", f"{_of(entry)}/{KEY}", FROZEN)
    assert again.status_code == (201 if runs == 200 else runs)
    draw = Draw.objects.get()
    assert caller("POST", f"/draws/{draw.pk}/commit", {}).status_code == runs
    problem(program(user, "read")("POST", f"/draws/{draw.pk}/commit", {}), 403, "api-token-too-narrow")


def test_others_see_what_was_announced(rosters: Rosters, clock: Clock) -> None:
    entry = plan_round(rosters)
    stranger = program(rosters.stranger, "read")
    hidden = prepared(rosters, entry)
    assert stranger.get("/draws")["count"] == 0
    problem(stranger("GET", f"/draws/{hidden.pk}/commitment"), 404, "api-not-there")
    draw = committed(rosters, entry)
    path = f"/draws/{draw.pk}"
    told = stranger.get(path)
    assert (told["inside"], told["left_out"], told["may_run"]) == (False, [], False)
    assert [one["kind"] for one in told["log"]] == ["committed"]
    # The list of businesses is open, that of the inspectors is not.
    pools = {one["pool"] for one in stranger.get(f"{path}/candidates?size=200")["items"]}
    inside = {
        one["pool"] for one in program(rosters.viewer, "read").get(f"{path}/candidates?size=200")["items"]
    }
    assert "inspectors" in inside - pools
    assert json.loads(stranger.file(f"{path}/commitment"))["commitment"] == draw.commitment
    for sheet, seen in ((stranger, pools), (program(rosters.viewer, "read"), inside)):
        content = sheet.file(f"/sheets/draws/{draw.pk}/candidates")
        rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
        assert len(rows) - 1 == draw.candidates.filter(pool__in=seen).count()
    own = program(rosters.stranger, "report")
    problem(own("POST", f"{path}/draw", {"value": VALUE}), 403, "api-not-allowed")


def test_inspectors_are_told_by_their_codes(rosters: Rosters, liaison: Caller, clock: Clock) -> None:
    draw = drawn(rosters, plan_round(rosters))
    for caller in (liaison, program(rosters.stranger, "read")):
        for path in ("", "/candidates?size=200", "/proof"):
            assert "检查员" not in caller("GET", f"/draws/{draw.pk}{path}").content.decode()
    whole, outside = liaison.get(f"/draws/{draw.pk}"), program(rosters.stranger, "read")
    assert "检*" in {one["who"][:2] for one in _inspectors(whole)}
    assert {one["who"] for one in _inspectors(outside.get(f"/draws/{draw.pk}"))} == {""}
    # What a token gets is what anybody gets.
    assert outside.file(f"/draws/{draw.pk}/proof") == Client().get(f"/draws/{draw.pk}/proof.json").content


def test_lists_are_narrowed_as_on_their_pages(rosters: Rosters, liaison: Caller) -> None:
    draw = committed(rosters, plan_round(rosters))

    def found(asked: str) -> int:
        return liaison.get(f"/draws?{asked}")["count"]

    assert found("") == found("stage=committed") == found(f"q={draw.commitment[:8]}") == 1
    assert found(f"region={rosters.region.pk}") == 1
    assert found("stage=drawn") == found("q=没有这样的词") == 0
    for where in ("/draws?region=000000", "/sheets/draws?region=000000"):
        problem(liaison("GET", where), 422, "api-filter-unknown")
    problem(liaison("GET", "/draws?stage=prepared"), 422, "api-body-wrong")
    names = f"/draws/{draw.pk}/candidates?size=200"
    all_of_them = liaison.get(names)["count"]
    out = liaison.get(f"{names}&eligible=no")["items"]
    assert (len(out), all(one["kept_out"] for one in out)) == (2, True)
    assert liaison.get(f"{names}&pool=inspectors")["count"] == 6
    assert liaison.get(f"{names}&eligible=yes")["count"] == all_of_them - 2
    assert liaison.get(f"{names}&q=云溪3号超市")["count"] == 1
    keys = [one["key"] for one in liaison.get(f"{names}&pool=inspectors&sort=key")["items"]]
    assert keys == sorted(keys)


def test_what_is_said_of_the_value_has_to_fit(rosters: Rosters, liaison: Caller) -> None:
    path = f"{_of(plan_round(rosters))}/{KEY}"
    problem(liaison("POST", path, {**FROZEN, "source": " "}), 422, "draw-text")
    problem(liaison("POST", path, {**FROZEN, "value_on": "明天"}), 422, "api-body-wrong")
    problem(liaison("POST", path, {**FROZEN, "form": "数" * 201}), 422, "api-body-wrong")
    problem(liaison("POST", path[: -len(KEY)] + "no-such", FROZEN), 404, "api-not-there")
    late = liaison.do(path, {**FROZEN, "value_on": "2026-03-02"})
    problem(liaison("POST", f"/draws/{late['id']}/commit", {}), 409, "draw-late")
    # What was frozen anew is another list; nobody commits to one that they have not seen.
    liaison.do(path, FROZEN)
    problem(liaison("POST", f"/draws/{late['id']}/commit", {}), 404, "api-not-there")


@pytest.mark.parametrize("part", ["", "/candidates?size=200"])
def test_reading_costs_the_same_however_many_are_listed(
    part: str, clock: Clock, django_assert_max_num_queries: Any
) -> None:
    costs = []
    for code, objects in (("990110", 8), ("990111", 40)):
        rosters = make_rosters(objects=objects, staff=objects // 2 + 2, region_code=code)
        draw = drawn(rosters, plan_round(rosters))
        caller = program(rosters.liaison, "report")
        with django_assert_max_num_queries(60) as asked:
            caller.get(f"/draws/{draw.pk}{part}")
        costs.append(len(asked))
    assert costs[0] == costs[1]
