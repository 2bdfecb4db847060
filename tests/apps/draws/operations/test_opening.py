"""Entries opened from the result of a draw: one for each drawn, with who serves in it, never a second."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.apps.audit.models import Event
from luoshi.apps.draws.models import Draw, Opened
from luoshi.apps.draws.operations import refusals
from luoshi.apps.draws.operations.following import drawing_of
from luoshi.apps.draws.operations.opening import open_entries
from luoshi.apps.draws.operations.running import answer_place, cancel_draw
from luoshi.apps.draws.queries.places import holders
from luoshi.apps.draws.queries.stages import result_of
from luoshi.apps.register.models import Entry
from luoshi.apps.register.queries.loading import loaded
from luoshi.core.draw.values import Answer
from luoshi.core.errors import LuoshiError
from luoshi.core.register.person import Person
from luoshi.core.register.refusals import StepNotHere
from tests.apps.draws.factories import (
    Rosters,
    all_answered,
    committed,
    drawn,
    make_rosters,
    on,
    plan_round,
    step,
)

pytestmark = pytest.mark.django_db
RECORDS = "inspection-records"


@pytest.fixture
def rosters() -> Rosters:
    return make_rosters(objects=8, staff=6)


def held(draw: Draw, pool: str) -> list[str]:
    """The keys of those who hold places of a pool now."""
    return [one.candidate.key for one in holders(draw, drawing_of(draw), result_of(draw))[pool]]


def opened(rosters: Rosters, draw: Draw) -> list[Opened]:
    return open_entries(draw=draw, by=rosters.liaison, at=on(6))


def ready(rosters: Rosters, *, objects: int = 3, inspectors: int = 2) -> Draw:
    """A draw with its result, every inspector's answer recorded."""
    draw = drawn(rosters, plan_round(rosters, objects=objects, inspectors=inspectors))
    all_answered(rosters, draw)
    return draw


def names(entry: Entry) -> list[str]:
    """The inspectors of a record."""
    rows = loaded(entry).values["inspectors"]
    found = [row["name"] for row in rows]  # type: ignore[union-attr,index]
    return [one.name for one in found if isinstance(one, Person)]


def test_each_object_gets_a_record_of_its_own_linked_back_to_the_draw(rosters: Rosters) -> None:
    draw = ready(rosters)
    made = opened(rosters, draw)
    assert [one.candidate.key for one in made] == held(draw, "objects")
    for one in made:
        values = one.entry.values
        assert (one.entry.mechanism, one.entry.state) == (RECORDS, "waiting")
        assert (values["round"], values["object"]) == (str(draw.entry_id), str(one.candidate.entry_id))
        assert values["name"] == one.candidate.name == one.entry.title
        assert values["planned-for"] == "2026-03-10"
        assert one.entry.holder == rosters.market
        assert len(names(one.entry)) == 2
    row = Entry.objects.get(pk=draw.entry_id)
    assert row.state == "drawn"
    assert row.steps.latest("pk").transition == "open-records"
    event = Event.objects.get(type="draws.entries.opened")
    assert event.detail["entries"] == [one.entry_id for one in made]


def test_inspectors_take_turns_in_the_order_of_the_draw(rosters: Rosters) -> None:
    draw = ready(rosters, objects=3, inspectors=3)
    made = opened(rosters, draw)
    places = holders(draw, drawing_of(draw), result_of(draw))["inspectors"]
    order = [one.candidate.entry.values["name"]["name"] for one in places]
    assert [names(one.entry) for one in made] == [
        [order[0], order[1]],
        [order[2], order[0]],
        [order[1], order[2]],
    ]


def test_never_twice(rosters: Rosters) -> None:
    draw = ready(rosters)
    made = opened(rosters, draw)
    with pytest.raises(refusals.OpenedAlready):
        opened(rosters, draw)
    assert Entry.objects.filter(mechanism=RECORDS).count() == len(made) == 3
    with pytest.raises(IntegrityError), transaction.atomic():
        Opened.objects.create(draw=draw, candidate=made[0].candidate, entry=rosters.item, at=on(6))


def test_a_substitute_that_moves_up_gets_the_only_new_record(rosters: Rosters) -> None:
    draw = ready(rosters)
    made = opened(rosters, draw)
    gone = made[0].candidate.key
    answer_place(draw=draw, key=gone, answer=Answer.refused, reason="已搬离", by=rosters.liaison, at=on(7))
    (more,) = opened(rosters, draw)
    assert more.candidate.key not in {one.candidate.key for one in made}
    assert more.candidate.key in held(draw, "objects")


def test_a_refusal_opens_nothing(rosters: Rosters) -> None:
    fresh = committed(rosters, plan_round(rosters))
    with pytest.raises(refusals.NotAtThisStage):
        opened(rosters, fresh)
    draw = drawn(rosters, plan_round(rosters))
    with pytest.raises(refusals.PlacesUnanswered):
        opened(rosters, draw)
    all_answered(rosters, draw)
    step(draw.entry, "visit", {}, at=on(6))
    step(
        draw.entry,
        "report",
        {"visited-on": "2026-03-06", "results": [{"name": "甲", "result": "none"}]},
        at=on(6),
    )
    with pytest.raises(StepNotHere):
        opened(rosters, draw)
    assert not Entry.objects.filter(mechanism=RECORDS).exists()


def test_when_one_record_is_refused_none_is_opened(rosters: Rosters, monkeypatch: pytest.MonkeyPatch) -> None:
    draw = ready(rosters)
    before = Entry.objects.get(pk=draw.entry_id).revision
    from luoshi.apps.draws.operations import opening

    real, calls = opening.begin, []

    def third_fails(**given: object) -> Entry:
        calls.append(given)
        if len(calls) == 3:
            raise refusals.NoAnswer
        return real(**given)  # type: ignore[arg-type]

    monkeypatch.setattr(opening, "begin", third_fails)
    with pytest.raises(refusals.NoAnswer):
        opened(rosters, draw)
    assert not Entry.objects.filter(mechanism=RECORDS).exists()
    assert not Opened.objects.exists()
    assert Entry.objects.get(pk=draw.entry_id).revision == before


def test_a_draw_is_not_called_off_while_its_records_are_open(rosters: Rosters) -> None:
    draw = ready(rosters)
    made = opened(rosters, draw)
    with pytest.raises(refusals.EntriesOpen):
        cancel_draw(draw=draw, reason="重抽", by=rosters.head, at=on(7))
    for one in made:
        step(one.entry, "drop", {}, at=on(7), reason="名单有误")
    cancel_draw(draw=draw, reason="名单有误", by=rosters.head, at=on(7))
    draw.refresh_from_db()
    assert draw.stage == "cancelled"


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    moves=st.lists(
        st.tuples(st.sampled_from(("open", "leave", "ill", "answer", "pass", "cancel")), st.integers(0, 9)),
        max_size=10,
    )
)
def test_whatever_is_tried_nobody_has_two_records(rosters: Rosters, moves: list[tuple[str, int]]) -> None:
    with transaction.atomic():
        draw = ready(rosters)
        for name, which in moves:
            try:
                _tried(rosters, draw, name, which)
            except LuoshiError:
                continue
            rows = list(Opened.objects.filter(draw=draw).select_related("entry", "candidate"))
            records = Entry.objects.filter(mechanism=RECORDS, links__target=draw.entry_id).distinct()
            assert {one.entry_id for one in rows} == set(records.values_list("pk", flat=True))
            assert len({one.candidate_id for one in rows}) == len(rows)
            assert all(one.entry.values["name"] == one.candidate.name for one in rows)
            if name == "open":
                assert set(held(draw, "objects")) <= {one.candidate.key for one in rows}
        transaction.set_rollback(True)


def _tried(rosters: Rosters, draw: Draw, name: str, which: int) -> None:
    common = {"by": rosters.liaison, "at": on(7)}
    if name == "open":
        opened(rosters, draw)
    elif name == "answer":
        all_answered(rosters, draw)
    elif name == "cancel":
        cancel_draw(draw=draw, reason="撤销", **common)  # type: ignore[arg-type]
    elif name == "pass":
        records = list(Entry.objects.filter(mechanism=RECORDS, state="waiting").order_by("pk"))
        for one in records[which : which + 1]:
            step(one, "pass", {"visited-on": "2026-03-06"}, at=on(7))
    else:
        keys = held(draw, "objects" if name == "leave" else "inspectors")
        for key in keys[which : which + 1]:
            answer_place(draw=draw, key=key, answer=Answer.refused, reason="理由", **common)  # type: ignore[arg-type]
