"""Tasks that go to another body."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from luoshi.apps.organization.operations import change_body
from luoshi.apps.work.models import Assignment, Occurrence, Report
from luoshi.apps.work.operations import refusals
from luoshi.apps.work.operations.extending import ask_extension
from luoshi.apps.work.operations.handing_over import hand_over
from luoshi.apps.work.operations.signing import sign
from luoshi.core.work.states import StepNeedsMore
from tests.apps.work.factories import BODIES, World, issued_plan, morning

OPEN = morning(2026, 3, 17)


@pytest.fixture
def world(db: None) -> World:
    return issued_plan(until=OPEN)


def all_of(world: World, body: str) -> list[Assignment]:
    return list(Assignment.objects.filter(body=world.bodies[body]).exclude(state__in=Assignment.GONE))


def test_everything_of_a_body_goes_in_one_step_with_drafts_and_pending_requests(world: World) -> None:
    first = world.occurrence(1, "区教育局")
    draft = Report.objects.create(
        region_id=first.region_id, occurrence=first, task=first.task, body=first.body
    )
    more = ask_extension(
        occurrence=first, new_due=date(2026, 4, 15), reason="雨季", by=world.liaison("区教育局"), at=OPEN
    )
    receiver = world.bodies["区人民法院"]
    made = hand_over(
        assignments=all_of(world, "区教育局"), receiver=receiver, reason="机构改革", by=world.office, at=OPEN
    )
    assert len(made) == 3
    assert {(row.state, row.role, str(row.sign_by)) for row in made} == {
        ("issued", "responsible", "2026-03-24")
    }
    assert all_of(world, "区教育局") == []
    for row in (draft, more, first):
        row.refresh_from_db()
        assert row.body == receiver
    old = Assignment.objects.get(task=world.tasks[0], body=world.bodies["区教育局"])
    assert (old.state, old.receiver) == ("handed-over", first.assignment)


def test_what_is_done_stays_and_is_not_asked_of_the_receiver_again(world: World) -> None:
    Occurrence.objects.filter(pk=world.occurrence(1, "区教育局").pk).update(state="closed", closed_at=OPEN)
    hand_over(
        assignments=[world.assignment(1, "区教育局")],
        receiver=world.bodies["区司法局"],
        reason="r",
        by=world.office,
        at=OPEN,
    )
    world.advance(OPEN)
    assert world.occurrence(1, "区教育局").state == "closed"
    assert not Occurrence.objects.filter(
        task=world.tasks[0], body=world.bodies["区司法局"], key="2026Q1"
    ).exists()
    assert world.occurrence(1, "区司法局", "2026Q2").state == "scheduled"


def test_nobody_takes_over_what_is_due_at_once(world: World) -> None:
    hand_over(
        assignments=[world.assignment(1, "区教育局"), world.assignment(2, "区教育局")],
        receiver=world.bodies["区司法局"],
        reason="r",
        by=world.office,
        at=morning(2026, 4, 8),
    )
    assert world.occurrence(1, "区司法局").due == date(2026, 4, 13)
    assert world.occurrence(1, "区司法局").scheduled == date(2026, 3, 31)
    # It led the second task already: its own date stays.
    assert world.occurrence(2, "区司法局").due == date(2026, 3, 31)


def test_a_receiver_that_works_on_it_already_takes_the_weightier_role(world: World) -> None:
    hand_over(
        assignments=[world.assignment(2, "区民政局")],
        receiver=world.bodies["区教育局"],
        reason="r",
        by=world.office,
        at=OPEN,
    )
    row = world.assignment(2, "区教育局")
    assert (row.role, row.rank, row.state) == ("lead", 0, "signed")
    assert world.assignment(2, "区司法局").rank == 1
    assert (
        Occurrence.objects.filter(task=world.tasks[1], key="2026Q1", body=row.body, state="open").count() == 1
    )


def test_it_may_come_back(world: World) -> None:
    for receiver in ("区人民法院", "区教育局"):
        giver = "区教育局" if receiver == "区人民法院" else "区人民法院"
        rows = Assignment.objects.filter(task=world.tasks[0], body=world.bodies[giver])
        hand_over(
            assignments=rows.exclude(state__in=Assignment.GONE),
            receiver=world.bodies[receiver],
            reason="r",
            by=world.office,
            at=OPEN,
        )
    back = Assignment.objects.get(task=world.tasks[0], body=world.bodies["区教育局"], state="issued")
    assert Occurrence.objects.get(assignment=back, key="2026Q1").state == "open"
    assert sign(assignments=[back], by=world.liaison("区教育局"), at=OPEN) == 1


def test_nobody_unfit_takes_over(world: World) -> None:
    row = world.assignment(1, "区教育局")
    towns = world.assignment(1, "青山镇").via
    assert towns is not None
    ended = world.bodies["区人民法院"]
    change_body(body=ended, version=ended.version, active_to=date(2026, 1, 1), by=world.office, at=OPEN)
    ended.refresh_from_db()
    for receiver in (towns, world.bodies["区教育局"], ended):
        with pytest.raises(refusals.ReceiverUnusable, match=receiver.name):
            hand_over(assignments=[row], receiver=receiver, reason="r", by=world.office, at=OPEN)
    with pytest.raises(StepNeedsMore):
        hand_over(assignments=[row], receiver=world.bodies["区司法局"], reason=" ", by=world.office, at=OPEN)


class Totals(TestCase):
    """However tasks are handed about, every task keeps its bodies, its one drawing lead and its periods."""

    @settings(max_examples=10, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.tuples(st.sampled_from(list(BODIES)), st.sampled_from(list(BODIES))), max_size=5))
    def test_nothing_is_lost(self, moves: list[tuple[str, str]]) -> None:
        world = issued_plan(2, until=OPEN)
        before = self._periods()
        for giver, receiver in moves:
            rows = all_of(world, giver)
            if rows and giver != receiver:
                hand_over(
                    assignments=rows, receiver=world.bodies[receiver], reason="r", by=world.office, at=OPEN
                )
        world.advance(OPEN)
        assert self._periods() == before
        for task in world.tasks:
            live = Assignment.objects.filter(task=task).exclude(state__in=Assignment.GONE)
            ranks = sorted(row.rank for row in live if row.rank is not None)
            assert ranks == list(range(len(ranks)))
            assert ranks
            for row in live:
                keys = list(
                    Occurrence.objects.filter(assignment=row, state="open").values_list("key", flat=True)
                )
                assert keys == ["2026Q1"]
                assert not Occurrence.objects.filter(assignment=row).exclude(body=row.body_id).exists()

    def _periods(self) -> set[tuple[int, str]]:
        return set(Occurrence.objects.exclude(state="cancelled").values_list("task", "key"))
