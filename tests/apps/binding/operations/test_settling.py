"""Confirming, declining and taking back."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from luoshi.apps.audit.models import Event
from luoshi.apps.binding.models import Binding
from luoshi.apps.binding.operations import refusals
from luoshi.apps.binding.operations.settling import confirm_certain, settle
from luoshi.apps.binding.queries.listing import certain_of
from tests.apps.binding.factories import NOW, suggested

pytestmark = pytest.mark.django_db


def test_a_settlement_is_kept_with_who_and_when_and_can_be_taken_back() -> None:
    world = suggested()
    row = world.confirm("mechanism", "culture-venues")
    assert (row.state, row.settled_by, row.settled_at) == ("confirmed", world.office, NOW)
    row = world.settle(row, "reopen")
    assert (row.state, row.settled_by, row.settled_at) == ("suggested", None, None)
    event = Event.objects.filter(type="binding.settled").order_by("-pk")[0]
    assert (event.detail["before"], event.detail["after"]) == ("confirmed", "suggested")


def test_who_saw_an_older_state_is_refused() -> None:
    world = suggested()
    row = world.binding("mechanism", "culture-venues")
    world.settle(row, "confirm")
    with pytest.raises(refusals.SettledMeanwhile):
        settle(binding=row, action="decline", seen=1, by=world.office, at=NOW)


def test_a_target_has_one_number() -> None:
    world = suggested()
    row = world.confirm("target", "culture-venues", "halls-covered")
    other = Binding.objects.create(
        region_id=row.region_id,
        plan=row.plan,
        task=row.task,
        kind="target",
        mechanism="culture-venues",
        part="in-use",
        target=row.target,
    )
    with pytest.raises(refusals.TargetMeasured):
        world.settle(other, "confirm")
    with pytest.raises(IntegrityError), transaction.atomic():
        Binding.objects.filter(pk=other.pk).update(state="confirmed", settled_at=NOW)


def test_a_mechanism_with_confirmed_parts_is_not_given_up_and_parts_need_it() -> None:
    world = suggested()
    own = world.confirm("mechanism", "culture-venues")
    part = world.confirm("target", "culture-venues", "parks")
    with pytest.raises(refusals.MechanismInUse):
        world.settle(own, "decline")
    world.settle(part, "reopen")
    world.settle(own, "decline")
    with pytest.raises(refusals.MechanismDeclined):
        world.settle(part, "confirm")


def test_a_duty_may_be_the_plans_own_but_only_one_that_it_has() -> None:
    world = suggested()
    duty = world.binding("duty", "decision-catalogue", "yearly-catalogue")
    with pytest.raises(refusals.NoSuchRhythm):
        world.settle(duty, "confirm", same_as="monthly")
    assert world.settle(duty, "confirm", same_as="yearly:Q1").same_as == "yearly:Q1"
    assert world.settle(duty, "reopen").same_as == ""


def test_a_part_that_is_declared_no_longer_is_refused() -> None:
    world = suggested()
    row = world.binding("target", "culture-venues", "parks")
    Binding.objects.filter(pk=row.pk).update(part="gone")
    with pytest.raises(refusals.NoLongerDeclared):
        world.settle(row, "confirm")


def test_what_is_certain_is_confirmed_in_one_go_as_it_was_seen() -> None:
    world = suggested()
    n = certain_of(world.plan.pk).count()
    with pytest.raises(refusals.ListChanged):
        confirm_certain(plan=world.plan, seen=n + 1, by=world.office, at=NOW)
    assert confirm_certain(plan=world.plan, seen=n, by=world.office, at=NOW) == n > 3
    assert certain_of(world.plan.pk).count() == 0
    assert not Binding.objects.filter(plan=world.plan, state="confirmed", certain=False).exists()
    assert not Binding.objects.filter(plan=world.plan, state="confirmed", kind="duty").exists()
