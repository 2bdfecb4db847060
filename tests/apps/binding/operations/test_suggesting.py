"""Mechanisms offer themselves; what a person has said stays."""

from __future__ import annotations

import pytest

from luoshi.apps.audit.models import Event
from luoshi.apps.binding.models import Binding
from luoshi.apps.binding.operations.refusals import PlanNotSettled
from luoshi.apps.binding.operations.suggesting import suggest
from luoshi.apps.plan.models import Plan, Task
from tests.apps.binding.factories import NOW, World, confirmed_plan, suggested

pytestmark = pytest.mark.django_db


def _rows(world: World) -> set[tuple[str, str, str, str]]:
    rows = Binding.objects.filter(plan=world.plan).select_related("task")
    return {(one.task.number, one.kind, one.mechanism, one.part) for one in rows}


def test_mechanisms_targets_and_duties_are_found_where_their_words_stand() -> None:
    found = _rows(suggested())
    assert {
        ("1", "mechanism", "culture-venues", ""),
        ("1", "target", "culture-venues", "parks"),
        ("1", "target", "culture-venues", "halls-covered"),
        ("1", "target", "culture-venues", "boards-covered"),
        ("2", "mechanism", "decision-catalogue", ""),
        ("2", "target", "decision-catalogue", "reviewed"),
        ("2", "duty", "decision-catalogue", "yearly-catalogue"),
        ("3", "duty", "data-centre-reports", "half-yearly"),
    } <= found
    assert all(number != "4" for number, *_rest in found)


def test_reasons_name_the_words_and_their_place() -> None:
    world = suggested()
    row = world.binding("mechanism", "culture-venues")
    word, start, end = row.reasons["words"][0]
    assert world.task("1").text[start:end] == word
    assert row.certain
    assert not world.binding("duty", "data-centre-reports", "half-yearly").certain


def test_nothing_is_bound_by_itself() -> None:
    world = suggested()
    assert set(Binding.objects.filter(plan=world.plan).values_list("state", flat=True)) == {"suggested"}


def test_declined_stays_declined_and_stale_suggestions_go() -> None:
    world = suggested()
    row = world.settle(world.binding("mechanism", "culture-venues"), "decline")
    again = suggest(plan=world.plan, by=world.office, at=NOW)
    assert again.new == 0
    row.refresh_from_db()
    assert row.state == "declined"
    Task.objects.filter(pk=row.task_id).update(text="加强宣传。")
    suggest(plan=world.plan, by=world.office, at=NOW)
    row.refresh_from_db()
    assert row.state == "declined"
    Task.objects.filter(plan=world.plan, number="3").update(text="加强宣传。")
    suggest(plan=world.plan, by=world.office, at=NOW)
    assert not Binding.objects.filter(plan=world.plan, mechanism="data-centre-reports").exists()


def test_it_is_written_down() -> None:
    world = suggested()
    event = Event.objects.get(type="binding.suggested")
    assert event.detail["new"] == Binding.objects.filter(plan=world.plan).count()


def test_a_draft_is_refused() -> None:
    world = confirmed_plan()
    Plan.objects.filter(pk=world.plan.pk).update(status="draft", confirmed_at=None)
    with pytest.raises(PlanNotSettled):
        suggest(plan=world.plan, by=world.office, at=NOW)
