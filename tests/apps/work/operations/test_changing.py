"""Other terms and rules for a plan that is out already."""

from __future__ import annotations

from datetime import date

import pytest

from luoshi.apps.work.models import Issue, Occurrence
from luoshi.apps.work.operations import refusals
from luoshi.apps.work.operations.changing import change_rules, change_terms
from luoshi.apps.work.queries.drafting import RuleValues
from tests.apps.work.factories import World, issued_plan, morning

pytestmark = pytest.mark.django_db
OPEN = morning(2026, 3, 17)


@pytest.fixture
def world() -> World:
    return issued_plan(until=OPEN)


def issue_of(world: World) -> Issue:
    return Issue.objects.get(plan=world.plan)


def test_other_thresholds_move_the_first_yellow_day(world: World) -> None:
    before = world.occurrence(1, "区民政局")
    change_terms(issue=issue_of(world), version=1, yellow_days=6, by=world.office, at=OPEN)
    after = world.occurrence(1, "区民政局")
    assert (after.warn_from, after.due) == (date(2026, 3, 23), before.due)
    assert after.warn_from < before.warn_from
    with pytest.raises(refusals.TermsChangedMeanwhile):
        change_terms(issue=issue_of(world), version=1, yellow_days=2, by=world.office, at=OPEN)


def test_an_earlier_opening_opens_at_once_what_should_be_open(world: World) -> None:
    change_terms(
        issue=issue_of(world),
        version=1,
        opening_days=20,
        signing_days=8,
        by=world.office,
        at=morning(2026, 6, 8),
    )
    assert world.occurrence(1, "区民政局", "2026Q2").state == "open"
    assert world.occurrence(1, "区民政局", "2026Q1").opens_on == date(2026, 3, 17)


def test_a_last_day_takes_back_what_nobody_has_seen(world: World) -> None:
    change_terms(issue=issue_of(world), version=1, last_day=date(2026, 9, 30), by=world.office, at=OPEN)
    assert set(Occurrence.objects.values_list("key", flat=True)) == {"2026Q1", "2026Q2", "2026Q3"}


def test_what_is_fixed_stays_fixed(world: World) -> None:
    with pytest.raises(ValueError, match="basis"):
        change_terms(issue=issue_of(world), version=1, basis="另一份文件", by=world.office, at=OPEN)


def test_other_rules_for_a_task_leave_what_is_open_alone(world: World) -> None:
    task = world.tasks[0]
    change_rules(
        issue=issue_of(world),
        task=task,
        rules=[RuleValues("half-yearly", origin="office")],
        by=world.office,
        at=OPEN,
    )
    keys = Occurrence.objects.filter(assignment=world.assignment(1, "区民政局")).values_list("key", flat=True)
    assert list(keys) == ["2026Q1", "2026H1", "2026H2"]
    assert world.occurrence(2, "区民政局", "2026Q3").state == "scheduled"
