"""Handing a plan out: who gets what, by which rules, and what stands in the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from luoshi.apps.audit.models import Event
from luoshi.apps.organization.operations import change_membership
from luoshi.apps.plan.models import Plan, TaskBody
from luoshi.apps.plan.operations.confirming import reopen_plan
from luoshi.apps.plan.operations.refusals import PlanIsIssued
from luoshi.apps.work.models import Assignment, Issue, Occurrence, ReportingRule
from luoshi.apps.work.operations import refusals
from luoshi.apps.work.operations.issuing import issue_plan
from luoshi.apps.work.queries.drafting import RuleValues
from tests.apps.work.factories import NOW, TERMS, World, confirmed_plan, issued_plan

pytestmark = pytest.mark.django_db


def issue(world: World, **terms: object) -> Issue:
    return issue_plan(plan=world.plan, terms=replace(TERMS, **terms), by=world.office, at=NOW)  # type: ignore[arg-type]


def test_every_body_gets_its_part_and_leads_are_ranked_as_the_plan_lists_them() -> None:
    world = issued_plan(signed=False)
    second = Assignment.objects.filter(task=world.tasks[1]).order_by("pk")
    assert [(row.body.name, row.role, row.rank) for row in second if row.rank is not None] == [
        ("区民政局", "lead", 0),
        ("区司法局", "lead", 1),
    ]
    towns = {row.body.name: row.via.name for row in second if row.via}
    assert towns == {"青山镇": "各镇", "绿水镇": "各镇"}
    assert {str(row.sign_by) for row in second} == {"2026-03-09"}
    assert {row.state for row in second} == {Assignment.State.ISSUED}


def test_the_document_sets_days_beside_the_default() -> None:
    world = issued_plan()
    rules = ReportingRule.objects.filter(task=world.tasks[0]).order_by("origin")
    assert [(rule.origin, rule.recurrence, rule.day, rule.ends) for rule in rules] == [
        ("default", "quarterly", None, False),
        ("document", "", date(2026, 12, 31), True),
    ]
    keys = Occurrence.objects.filter(assignment=world.assignment(1, "区民政局")).values_list("key", flat=True)
    assert list(keys) == ["2026Q1", "2026Q2", "2026Q3", "2026Q4"]


def test_the_office_sets_rules_for_a_task() -> None:
    world = confirmed_plan()
    task = world.tasks[0]
    issue(world, rules={task.pk: [RuleValues("monthly", origin="office")]})
    assert [rule.recurrence for rule in ReportingRule.objects.filter(task=task)] == ["monthly"]
    assert Occurrence.objects.filter(task=task, key="2026-03").count() == 5


def test_an_issued_plan_is_closed_to_changes() -> None:
    world = issued_plan()
    assert world.plan.status == Plan.Status.ISSUED
    with pytest.raises(PlanIsIssued):
        reopen_plan(plan=world.plan, by=world.office, at=NOW)
    with pytest.raises(refusals.PlanIssuedAlready):
        issue(world)
    assert Event.objects.filter(type="work.plan.issued").count() == 1


def test_what_stands_in_the_way_is_named() -> None:
    world = confirmed_plan()
    mention = TaskBody.objects.filter(task__plan=world.plan, name="区教育局").first()
    assert mention is not None
    body, mention.body = mention.body, None
    mention.save()
    with pytest.raises(refusals.NamesUnregistered, match="区教育局"):
        issue(world)
    mention.body = body
    mention.save()
    for membership in world.bodies["青山镇"].groups.all() | world.bodies["绿水镇"].groups.all():
        change_membership(
            membership=membership, valid_from=None, valid_to=date(2020, 1, 1), by=world.office, at=NOW
        )
    with pytest.raises(refusals.GroupsEmpty, match="各镇"):
        issue(world)
    assert not Issue.objects.exists()
    made = issue(world, without_empty=True)
    assert not made.assignments.filter(body__name="青山镇").exists()


def test_a_draft_is_not_issued() -> None:
    world = confirmed_plan()
    reopen_plan(plan=world.plan, by=world.office, at=NOW)
    with pytest.raises(refusals.PlanNotConfirmed):
        issue(world)


def test_the_number_of_queries_does_not_grow_with_the_plan(django_assert_max_num_queries: object) -> None:
    world = confirmed_plan(12)
    with django_assert_max_num_queries(45):  # type: ignore[operator]
        issue(world)
