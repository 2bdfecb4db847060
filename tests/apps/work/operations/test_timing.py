"""Time passes: occurrences are made once and opened with notice, however often and wherever it is cut off."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from luoshi.apps.audit.models import Event
from luoshi.apps.organization.models import RegionDay
from luoshi.apps.organization.queries.calendar import calendar_of
from luoshi.apps.work.models import Assignment, Occurrence
from luoshi.apps.work.operations import timing
from luoshi.apps.work.operations.timing import advance, recalculate
from luoshi.core.work.schedule import clock_of
from tests.apps.work.factories import NOW, REGION, issued_plan, morning

COLUMNS = ("assignment", "key", "scheduled", "due", "opens_on", "warn_from", "state")


def rows() -> list[tuple[Any, ...]]:
    return list(Occurrence.objects.order_by("assignment", "key").values_list(*COLUMNS))


@pytest.mark.django_db
def test_the_first_quarter_opens_ten_working_days_ahead_and_only_once() -> None:
    world = issued_plan()
    assert not Occurrence.objects.filter(state="open").exists()
    advance(region=REGION, at=morning(2026, 3, 16))
    assert not Occurrence.objects.filter(state="open").exists()
    done = advance(region=REGION, at=morning(2026, 3, 17))
    assert (done.made, done.opened) == (0, Assignment.objects.count())
    first = world.occurrence(1, "区民政局")
    assert (first.opens_on, first.due, first.warn_from) == (
        date(2026, 3, 17),
        date(2026, 3, 31),
        date(2026, 3, 26),
    )
    events = Event.objects.count()
    assert advance(region=REGION, at=morning(2026, 3, 17)).opened == 0
    assert Event.objects.count() == events


@pytest.mark.django_db
def test_what_opens_late_leaves_the_notice_all_the_same() -> None:
    world = issued_plan(at=morning(2026, 3, 30))
    first = world.occurrence(1, "区民政局")
    assert (first.scheduled, first.due, first.state) == (date(2026, 3, 31), date(2026, 4, 2), "open")
    assert world.occurrence(1, "区民政局", "2026Q2").state == "scheduled"


@pytest.mark.django_db
def test_what_was_due_before_the_issue_is_never_asked_for() -> None:
    issued_plan(at=morning(2026, 4, 2))
    assert not Occurrence.objects.filter(key="2026Q1").exists()


@pytest.mark.django_db
def test_suspended_and_ended_tasks_are_left_alone() -> None:
    world = issued_plan()
    states = ("suspended", "closed", "cancelled", "handed-over")
    assignments = Assignment.objects.filter(task=world.tasks[0]).order_by("pk")
    for assignment, state in zip(assignments, states, strict=False):
        Assignment.objects.filter(pk=assignment.pk).update(state=state)
    world.advance(morning(2026, 3, 17))
    still = (
        Occurrence.objects.filter(task=world.tasks[0], state="open").values("assignment__state").distinct()
    )
    assert {row["assignment__state"] for row in still} == {"signed"}


@pytest.mark.django_db
def test_a_changed_working_day_moves_what_is_not_done() -> None:
    world = issued_plan(until=morning(2026, 3, 17))
    for day in (date(2026, 3, 31), date(2026, 6, 30)):
        RegionDay.objects.create(region_id=REGION, day=day, working=False, reason="防汛")
    closed = world.occurrence(1, "区民政局")
    Occurrence.objects.filter(pk=closed.pk).update(state="closed", closed_at=NOW)
    assert (
        recalculate(region=REGION, at=NOW)
        == Occurrence.objects.filter(key__in=["2026Q1", "2026Q2"]).count() - 1
    )
    assert world.occurrence(2, "区民政局").due == date(2026, 4, 1)
    assert world.occurrence(2, "区民政局").opens_on == date(2026, 3, 17)
    assert world.occurrence(1, "区民政局").due == date(2026, 3, 31)
    assert world.occurrence(1, "区民政局", "2026Q2").due == date(2026, 7, 1)
    assert recalculate(region=REGION, at=NOW) == 0


class Killed(Exception):
    pass


class Interrupted(TestCase):
    """Advancing that is cut off anywhere, and repeated, ends as if it had run through once."""

    @settings(max_examples=12, suppress_health_check=list(HealthCheck))
    @given(st.integers(3, 300), st.integers(0, 12), st.integers(1, 3))
    def test_it_ends_the_same(self, days: int, cut: int, times: int) -> None:
        issued_plan(1)
        at = NOW + timedelta(days=days)
        calls = 0
        real = clock_of

        def failing(*args: Any, **kwargs: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls > cut:
                raise Killed
            return real(*args, **kwargs)

        before = rows()
        with patch.object(timing, "clock_of", failing):
            try:
                advance(region=REGION, at=at)
            except Killed:
                assert rows() == before
        for _ in range(times):
            advance(region=REGION, at=at)
        found = rows()
        Occurrence.objects.all().delete()
        self._from_the_issue_on(at)
        assert [row[:1] + row[1:] for row in rows()] == found

    def _from_the_issue_on(self, at: Any) -> None:
        advance(region=REGION, at=NOW)
        advance(region=REGION, at=at)
        calendar = calendar_of(REGION)
        for row in Occurrence.objects.filter(state="open"):
            assert calendar.working_days_between(row.opens_on, row.due).days >= 3
            assert row.opens_on <= row.due
