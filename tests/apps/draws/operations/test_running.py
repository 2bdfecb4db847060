"""The life of a draw: frozen, committed to, drawn, answered, cancelled, and drawn again."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from luoshi.apps.audit.models import Event
from luoshi.apps.draws import models
from luoshi.apps.draws.operations.refusals import (
    AnotherDraw,
    MustRecuse,
    NotAsked,
    NotAtThisStage,
    TooLong,
)
from luoshi.apps.draws.operations.running import answer_place, cancel_draw, commit_draw, draw_places
from luoshi.apps.draws.queries.listing import counted, left_out
from luoshi.apps.draws.queries.stages import result_of, state_of
from luoshi.core.draw.checking import check_proof
from luoshi.core.draw.errors import (
    AcceptedBefore,
    CommittedTooLate,
    DrawnBefore,
    DrawnTooEarly,
    HoldsNoPlace,
    PoolTooSmall,
    UnfitText,
)
from luoshi.core.draw.record import head, proof
from luoshi.core.draw.values import Answer, Cancelled, Drawn
from luoshi.core.register.procedure import Actor
from luoshi.core.register.refusals import StepNotHere, StepNotYours
from tests.apps.draws.factories import (
    AT,
    SECRET,
    VALUE,
    VALUE_ON,
    committed,
    drawn,
    make_rosters,
    on,
    plan_round,
    prepared,
    step,
)

pytestmark = pytest.mark.django_db


def held(draw: models.Draw, pool: str = "检查人员") -> list[str]:
    """The keys of those who hold the places of the inspectors."""
    return [place.key for place in result_of(draw).places[pool]]


def test_the_frozen_list_says_why_somebody_is_left_out() -> None:
    rosters = make_rosters()
    draw = prepared(rosters, plan_round(rosters))
    assert {words: number for (words,), number in left_out(draw)} == {
        "不属于本次抽查的对象类别": 1,
        "执法证件在计划检查日前到期": 1,
    }
    assert draw.candidates.filter(eligible=True).count() == 13
    assert counted(draw)["检查人员"] == (6, 5)
    assert sum(one["number"] for one in draw.strata if one["pool"] == "objects") == 3
    # Persons go by their certificate, never by name.
    assert set(draw.candidates.filter(pool="inspectors").values_list("name", flat=True)) == {""}


def test_a_list_that_nobody_knows_of_is_frozen_anew() -> None:
    rosters = make_rosters()
    entry = plan_round(rosters)
    first = prepared(rosters, entry)
    step(rosters.objects[1], "suspend", {}, reason="停业", by=rosters.liaison, at=AT)
    second = prepared(rosters, entry)
    assert not models.Draw.objects.filter(pk=first.pk).exists()
    assert (["已停业或者暂停抽取"], 1) in left_out(second)


def test_too_small_a_pool_is_refused() -> None:
    rosters = make_rosters(staff=3)
    with pytest.raises(PoolTooSmall):
        prepared(rosters, plan_round(rosters))
    assert not models.Draw.objects.exists()


def test_what_does_not_fit_the_record_is_refused_and_said() -> None:
    rosters = make_rosters()
    entry = plan_round(rosters)
    draw = committed(rosters, entry)
    with pytest.raises(TooLong, match=r"公开值.*最多300个字，现有301个"):
        draw_places(draw=draw, value="7" * 301, by=rosters.liaison, at=on(4))
    draw.refresh_from_db()
    assert draw.stage == models.Draw.Stage.COMMITTED


def test_the_commitment_is_published_and_kept_by_the_entry() -> None:
    rosters = make_rosters()
    entry = plan_round(rosters)
    draw = committed(rosters, entry)
    entry.refresh_from_db()
    assert entry.state == "committed"
    assert entry.values["commitment"] == draw.commitment
    assert entry.values["roster-objects"] == "8"
    assert draw.sealed
    assert SECRET.hex() not in draw.sealed
    assert draw.secret == ""
    kept = Event.objects.get(type="draws.draw.committed")
    assert SECRET.hex() not in json.dumps(kept.detail)


def test_the_public_value_comes_after_the_commitment() -> None:
    rosters = make_rosters()
    entry = plan_round(rosters)
    late = prepared(rosters, entry)
    with pytest.raises(CommittedTooLate):
        commit_draw(draw=late, secret=SECRET, by=rosters.liaison, at=on(4))
    draw = commit_draw(draw=late, secret=SECRET, by=rosters.liaison, at=AT)
    with pytest.raises(DrawnTooEarly):
        draw_places(draw=draw, value=VALUE, by=rosters.liaison, at=on(3))


def test_the_result_fills_the_entry_and_its_proof_holds(tmp_path: Path) -> None:
    rosters = make_rosters()
    entry = plan_round(rosters)
    draw = drawn(rosters, entry)
    entry.refresh_from_db()
    assert entry.state == "drawn"
    assert len(entry.values["objects"]) == 3
    assert {row["accepted"] for row in entry.values["inspectors"]} == {"no"}
    assert entry.values["public-value"] == VALUE
    made = state_of(draw)
    assert isinstance(made, Drawn)
    written = json.dumps(proof(made), ensure_ascii=False)
    assert check_proof(written, commitment=draw.commitment, value=VALUE) == made
    file = tmp_path / "proof.json"
    file.write_text(written, encoding="utf-8")
    program = Path("src/luoshi/cli/verify_draw.py")
    arguments = [file, "--commitment", draw.commitment, "--value", VALUE]
    found = subprocess.run([sys.executable, program, *arguments], capture_output=True, check=False)
    assert found.returncode == 0, found.stdout


def test_who_leaves_makes_room_and_who_has_an_interest_does_not_serve() -> None:
    rosters = make_rosters()
    entry = plan_round(rosters)
    draw = drawn(rosters, entry)
    first, second = held(draw)
    order = draw.orders["检查人员"]
    common = {"by": rosters.liaison, "at": on(5)}
    if "云溪执001" not in order[:2]:
        answer_place(draw=draw, key=first, answer=Answer.refused, reason="病假", **common)
        draw.refresh_from_db()
    while "云溪执001" not in held(draw):
        answer_place(draw=draw, key=held(draw)[0], answer=Answer.refused, reason="出差", **common)
    with pytest.raises(MustRecuse):
        answer_place(draw=draw, key="云溪执001", answer=Answer.accepted, **common)
    with pytest.raises(UnfitText):
        answer_place(draw=draw, key="云溪执001", answer=Answer.recused, **common)
    answer_place(draw=draw, key="云溪执001", answer=Answer.recused, reason="与检查对象有利害关系", **common)
    draw.refresh_from_db()
    assert "云溪执001" not in held(draw)
    assert draw.head == head(result_of(draw))
    assert second in order


def test_objects_are_not_asked_but_make_room() -> None:
    rosters = make_rosters()
    draw = drawn(rosters, plan_round(rosters))
    stratum = next(one["key"] for one in draw.strata if one["pool"] == "objects")
    key = draw.orders[stratum][0]
    with pytest.raises(NotAsked):
        answer_place(draw=draw, key=key, answer=Answer.accepted, by=rosters.liaison, at=on(5))
    with pytest.raises(HoldsNoPlace):
        answer_place(draw=draw, key="nobody", answer=Answer.accepted, by=rosters.liaison, at=on(5))
    answer_place(draw=draw, key=key, answer=Answer.refused, reason="已搬离", by=rosters.liaison, at=on(5))
    assert key not in [place.key for place in result_of(draw).places[stratum]]


def test_two_who_accepted_are_needed_for_the_visit() -> None:
    rosters = make_rosters(objects=8, staff=8)
    entry = plan_round(rosters)
    draw = drawn(rosters, entry)
    for _ in range(4):
        for place in result_of(draw).places["检查人员"]:
            if place.accepted:
                continue
            recused = place.key == "云溪执001"
            answer_place(
                draw=draw,
                key=place.key,
                answer=Answer.recused if recused else Answer.accepted,
                reason="利害关系" if recused else "",
                by=rosters.liaison,
                at=on(5),
            )
    assert result_of(draw).places["检查人员"][0].accepted
    with pytest.raises(AcceptedBefore):
        answer_place(draw=draw, key=held(draw)[0], answer=Answer.accepted, by=rosters.liaison, at=on(5))
    visited = step(entry, "visit", {}, by=rosters.liaison)
    assert visited.state == "visiting"


def test_nobody_takes_the_steps_of_a_draw_by_hand() -> None:
    rosters = make_rosters()
    entry = plan_round(rosters)
    with pytest.raises(StepNotYours):
        step(entry, "commit", {"commitment": "0" * 64, "committed-on": "2026-03-02"}, by=rosters.liaison)


def test_nothing_is_drawn_for_twice_without_a_public_cancellation() -> None:
    rosters = make_rosters()
    entry = plan_round(rosters)
    draw = drawn(rosters, entry)
    with pytest.raises(DrawnBefore):
        prepared(rosters, entry, at=on(5))
    with pytest.raises(NotAtThisStage):
        draw_places(draw=draw, value="1", by=rosters.liaison, at=on(5))
    with pytest.raises(UnfitText):
        cancel_draw(draw=draw, reason=" ", by=rosters.head, at=on(5))
    cancelled = cancel_draw(draw=draw, reason="名录有重复", by=rosters.head, at=on(5))
    entry.refresh_from_db()
    assert (entry.state, entry.values.get("objects"), entry.values.get("commitment")) == (
        "planned",
        None,
        None,
    )
    made = state_of(cancelled)
    assert isinstance(made, Cancelled)
    assert check_proof(json.dumps(proof(made))) == made
    second = prepared(rosters, entry, at=on(6), value_on=VALUE_ON.replace(day=9))
    again = commit_draw(draw=second, secret=bytes(32), by=rosters.liaison, at=on(6))
    assert again.purpose == draw.purpose
    result = draw_places(draw=again, value="9", by=rosters.liaison, at=on(9))
    text = json.dumps(proof(state_of(result)))  # type: ignore[arg-type]
    assert "名录有重复" in json.loads(text)["announced"]["earlier"][0]["reason"]
    check_proof(text)


def test_a_cancelled_commitment_opens_its_secret() -> None:
    rosters = make_rosters()
    draw = committed(rosters, plan_round(rosters))
    done = cancel_draw(draw=draw, reason="公开值停发", by=rosters.head, at=on(3))
    assert (done.secret, done.sealed) == (SECRET.hex(), "")
    check_proof(json.dumps(proof(state_of(done))))  # type: ignore[arg-type]


def test_a_list_is_frozen_only_where_the_entry_is_drawn_for() -> None:
    rosters = make_rosters()
    entry = plan_round(rosters)
    step(entry, "cancel", {}, reason="计划调整", by=rosters.head, actor=Actor.HEAD)
    entry.refresh_from_db()
    with pytest.raises(AnotherDraw):
        prepared(rosters, entry)


def test_answers_end_with_the_visit() -> None:
    rosters = make_rosters()
    entry = plan_round(rosters)
    draw = drawn(rosters, entry)
    entry.refresh_from_db()
    entry.state = "reported"
    entry.save()
    with pytest.raises(StepNotHere):
        answer_place(
            draw=draw, key=held(draw)[0], answer=Answer.refused, reason="病假", by=rosters.liaison, at=on(5)
        )
    assert not draw.replies.exists()


def test_the_database_holds_one_draw_for_a_purpose() -> None:
    rosters = make_rosters()
    draw = committed(rosters, plan_round(rosters))
    with pytest.raises(IntegrityError), transaction.atomic():
        models.Draw.objects.create(
            entry=draw.entry,
            key=draw.key,
            purpose="又一次",
            strata=[],
            source="x",
            value_on=VALUE_ON,
            form="x",
            prepared_at=AT,
        )
