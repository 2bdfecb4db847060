"""Binding what no words suggest: kept, logged and taken back like a suggestion that was confirmed."""

from __future__ import annotations

import pytest

from luoshi.apps.audit.models import Event
from luoshi.apps.binding.models import Binding
from luoshi.apps.binding.operations import refusals
from luoshi.apps.binding.operations.choosing import bind_indicator, bind_mechanism
from luoshi.apps.binding.operations.suggesting import suggest
from luoshi.apps.binding.queries.targets import Targets
from luoshi.apps.plan.models import Plan, Target
from luoshi.apps.work.models import Occurrence
from tests.apps.binding.factories import NOW, World, issued, suggested

pytestmark = pytest.mark.django_db


def _bound(world: World, mechanism: str = "data-centre-reports") -> Binding:
    return bind_mechanism(task=world.task("4"), mechanism=mechanism, by=world.office, at=NOW)


def _target(world: World) -> Target:
    """A target that no words of an indicator are about."""
    found = Target.objects.filter(task=world.task("1"), bindings__part="parks").get()
    Binding.objects.filter(target=found).delete()
    return found


def test_a_mechanism_is_bound_where_none_of_its_words_stand() -> None:
    world = suggested()
    row = _bound(world)
    assert (row.state, row.settled_by, row.settled_at) == ("confirmed", world.office, NOW)
    assert (row.plan, row.region_id, row.reasons) == (world.plan, world.plan.region_id, {})
    event = Event.objects.filter(type="binding.settled").latest("pk")
    assert (event.detail["task"], event.detail["after"]) == (world.task("4").pk, "confirmed")
    duties = Binding.objects.filter(task=world.task("4"), kind="duty")
    assert [(one.part, one.state) for one in duties] == [("half-yearly", "suggested")]


def test_looking_for_words_again_leaves_it_and_its_duties_alone() -> None:
    world = suggested()
    row = _bound(world)
    suggest(plan=world.plan, by=world.office, at=NOW)
    assert Binding.objects.filter(task=world.task("4")).count() == 2
    world.settle(row, "reopen")
    suggest(plan=world.plan, by=world.office, at=NOW)
    assert not Binding.objects.filter(task=world.task("4")).exists()


def test_it_is_taken_back_like_any_other() -> None:
    world = suggested()
    row = world.settle(_bound(world), "reopen")
    assert (row.state, row.settled_at) == ("suggested", None)
    assert _bound(world).pk == row.pk


def test_its_duty_asks_the_bodies_of_the_task() -> None:
    world = issued()
    _bound(world)
    duty = Binding.objects.get(task=world.task("4"), kind="duty")
    world.settle(duty, "confirm")
    asked = Occurrence.objects.filter(task=world.task("4"), key__endswith=f"+{duty.pk}")
    assert asked.exists()
    world.settle(duty, "reopen")
    assert set(asked.values_list("state", flat=True)) == {"cancelled"}


def test_an_indicator_computes_a_target_that_does_not_name_it() -> None:
    world = suggested()
    target = _target(world)
    row = bind_indicator(
        target=target, mechanism="culture-venues", indicator="in-use", by=world.office, at=NOW
    )
    assert (row.state, row.target, row.task) == ("confirmed", target, world.task("1"))
    world.venue("park", "青山镇")
    found = Targets(world.plan.pk, world.plan.region_id, world.office, NOW.date()).of(target)
    assert found is not None
    assert (found.indicator.key, found.figure.value) == ("in-use", 1)
    with pytest.raises(refusals.TargetMeasured):
        bind_indicator(target=target, mechanism="culture-venues", indicator="parks", by=world.office, at=NOW)
    world.settle(row, "reopen")
    assert Targets(world.plan.pk, world.plan.region_id, world.office, NOW.date()).of(target) is None


def test_what_was_declined_can_be_chosen_after_all_but_not_its_parts_alone() -> None:
    world = suggested()
    target = _target(world)
    world.settle(world.binding("mechanism", "culture-venues"), "decline")
    with pytest.raises(refusals.MechanismDeclined):
        bind_indicator(target=target, mechanism="culture-venues", indicator="in-use", by=world.office, at=NOW)
    assert not Binding.objects.filter(target=target).exists()
    row = bind_mechanism(task=world.task("1"), mechanism="culture-venues", by=world.office, at=NOW)
    assert row.pk == world.binding("mechanism", "culture-venues").pk


def test_what_is_bound_not_declared_or_of_a_draft_is_refused() -> None:
    world = suggested()
    _bound(world)
    with pytest.raises(refusals.BoundAlready):
        _bound(world)
    with pytest.raises(refusals.NoLongerDeclared):
        _bound(world, "gone")
    with pytest.raises(refusals.NoLongerDeclared):
        bind_indicator(
            target=_target(world), mechanism="culture-venues", indicator="gone", by=world.office, at=NOW
        )
    Plan.objects.filter(pk=world.plan.pk).update(status="draft", confirmed_at=None)
    with pytest.raises(refusals.PlanNotSettled):
        _bound(world, "mediation")
