"""Suspending, resuming, cancelling, closing and reopening tasks."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from datetime import date

import pytest
from pytest_django import DjangoDbBlocker

from luoshi.apps.audit.models import Event
from luoshi.apps.work.models import Assignment, Occurrence
from luoshi.apps.work.operations import refusals
from luoshi.apps.work.operations.halting import cancel, close, reopen, resume, suspend
from luoshi.apps.work.operations.timing import recalculate
from luoshi.core.work.states import StepNeedsMore, StepNotFromHere
from tests.apps.conftest import taken_back
from tests.apps.work.factories import REGION, World, issued_plan, morning

pytestmark = pytest.mark.django_db
OPEN = morning(2026, 3, 17)


@pytest.fixture(scope="module")
def lived(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """The world below, made once."""
    with taken_back(django_db_blocker):
        yield issued_plan(until=OPEN)


@pytest.fixture
def world(lived: World, db: None) -> World:
    """An issued plan whose first quarter is open."""
    return copy.deepcopy(lived)


def test_a_clock_that_stood_still_has_as_much_left_as_before(world: World) -> None:
    assignment = world.assignment(1, "区教育局")
    suspend(assignments=[assignment], reason="疫情", by=world.office, at=morning(2026, 3, 24))
    world.advance(morning(2026, 4, 20))
    assert world.occurrence(1, "区教育局").due == date(2026, 3, 31)
    resume(assignments=[assignment], by=world.office, at=morning(2026, 4, 20))
    # Five working days were left on 24 March.
    assert world.occurrence(1, "区教育局").due == date(2026, 4, 27)
    assert world.assignment(1, "区教育局").state == "signed"
    assert recalculate(region=REGION, at=OPEN) == 0


def test_a_suspension_of_a_day_changes_nothing(world: World) -> None:
    assignment = world.assignment(1, "区教育局")
    suspend(assignments=[assignment], reason="误操作", by=world.office, at=OPEN)
    resume(assignments=[assignment], by=world.office, at=OPEN)
    assert world.occurrence(1, "区教育局").due == date(2026, 3, 31)


def test_periods_that_went_by_while_suspended_are_not_asked_for(world: World) -> None:
    assignment = world.assignment(1, "区教育局")
    suspend(assignments=[assignment], reason="疫情", by=world.office, at=OPEN)
    resume(assignments=[assignment], by=world.office, at=morning(2026, 8, 3))
    assert world.occurrence(1, "区教育局", "2026Q2").state == "cancelled"
    assert world.occurrence(1, "区教育局", "2026Q3").state == "scheduled"


def test_an_overdue_period_stays_overdue(world: World) -> None:
    assignment = world.assignment(1, "区教育局")
    suspend(assignments=[assignment], reason="疫情", by=world.office, at=morning(2026, 4, 2))
    resume(assignments=[assignment], by=world.office, at=morning(2026, 4, 20))
    assert world.occurrence(1, "区教育局").due == date(2026, 3, 31)


def test_a_cancelled_task_asks_for_nothing_more(world: World) -> None:
    assignment = world.assignment(1, "区教育局")
    with pytest.raises(StepNeedsMore):
        cancel(assignments=[assignment], reason="并入他项", basis="", by=world.office, at=OPEN)
    cancel(assignments=[assignment], reason="并入他项", basis="会议纪要", by=world.office, at=OPEN)
    rows = Occurrence.objects.filter(assignment=assignment)
    assert {row.state for row in rows} == {"cancelled"}
    world.advance(morning(2026, 6, 30))
    assert {row.state for row in rows.all()} == {"cancelled"}


def test_the_last_lead_is_not_taken_away_from_those_who_work_on(world: World) -> None:
    lead = world.assignment(1, "区民政局")
    with pytest.raises(refusals.LastLead, match="区民政局"):
        cancel(assignments=[lead], reason="r", basis="b", by=world.office, at=OPEN)
    every = Assignment.objects.filter(task=world.tasks[0])
    cancel(assignments=every, reason="r", basis="b", by=world.office, at=OPEN)
    assert {row.state for row in every.all()} == {"cancelled"}


def test_the_next_lead_moves_up(world: World) -> None:
    cancel(assignments=[world.assignment(2, "区民政局")], reason="r", basis="b", by=world.office, at=OPEN)
    assert world.assignment(2, "区司法局").rank == 0


def test_only_what_ends_and_was_accepted_is_closed_and_it_can_go_on_again(world: World) -> None:
    row = world.assignment(1, "区教育局")
    Assignment.objects.filter(pk=row.pk).update(state="in-progress")
    with pytest.raises(StepNeedsMore):
        close(assignments=[row], by=world.office, at=OPEN)
    Occurrence.objects.filter(assignment=row, key="2026Q1").update(state="closed", closed_at=OPEN)
    close(assignments=[row], by=world.office, at=OPEN)
    assert world.occurrence(1, "区教育局", "2026Q2").state == "cancelled"
    reopen(assignments=[row], reason="仍有尾项", by=world.office, at=morning(2026, 7, 20))
    assert world.assignment(1, "区教育局").state == "in-progress"
    states = {o.key: o.state for o in Occurrence.objects.filter(assignment=row)}
    assert states == {
        "2026Q1": "closed",
        "2026Q2": "cancelled",
        "2026Q3": "scheduled",
        "2026Q4": "scheduled",
        "2027Q1": "scheduled",
        "2027Q2": "scheduled",
    }
    kinds = ("work.assignments.closed", "work.assignments.reopened")
    assert Event.objects.filter(type__in=kinds).count() == 2


def test_a_standing_duty_never_closes(world: World) -> None:
    row = world.assignment(4, "区人民法院")
    Assignment.objects.filter(pk=row.pk).update(state="in-progress")
    Occurrence.objects.filter(assignment=row, key="2026Q1").update(state="closed", closed_at=OPEN)
    with pytest.raises(StepNeedsMore):
        close(assignments=[row], by=world.office, at=OPEN)


def test_what_does_not_fit_is_refused_for_all(world: World) -> None:
    rows = [world.assignment(1, "区教育局"), world.assignment(1, "区财政局")]
    suspend(assignments=rows[:1], reason="r", by=world.office, at=OPEN)
    with pytest.raises(StepNotFromHere):
        suspend(assignments=rows, reason="r", by=world.office, at=OPEN)
    assert world.assignment(1, "区财政局").state == "signed"
    with pytest.raises(refusals.NothingChosen):
        suspend(assignments=[], reason="r", by=world.office, at=OPEN)
