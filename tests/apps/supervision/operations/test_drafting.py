"""Drafts: one matter once, one lead, an authority, and nobody overwrites a colleague."""

from __future__ import annotations

from dataclasses import replace

import pytest

from luoshi.apps.audit.models import Event
from luoshi.apps.supervision.models import Order
from luoshi.apps.supervision.operations import refusals, stepping
from luoshi.apps.supervision.operations.drafting import draft_order, revise_order
from luoshi.core.supervision.limits import LimitsUnusable
from tests.apps.factories import NOW, REGION
from tests.apps.supervision.factories import LEAD, drafted, issued, terms
from tests.apps.work.factories import World, confirmed_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return confirmed_plan()


def test_a_draft_is_kept_with_one_event(world: World) -> None:
    order = drafted(world)
    assert [(one.body.name, one.role) for one in order.bodies.select_related("body")] == [
        ("区民政局", "lead"),
        ("区教育局", "helper"),
    ]
    assert (order.serial, order.state, order.due) == ("", "draft", None)
    assert Event.objects.filter(type="supervision.order.drafted").count() == 1


@pytest.mark.parametrize("other", ["社区服务点选址", "《社区服务点》选址。", "社区 服务点 选址"])
def test_one_matter_has_one_open_order(world: World, other: str) -> None:
    issued(world)
    with pytest.raises(refusals.MatterOrderedAlready) as refused:
        drafted(world, matter=other)
    assert "〔2026〕1号" in str(refused.value)
    stepping.cancel(order=Order.objects.get(), reason="不再需要", by=world.office, at=NOW)
    drafted(world, matter=other)


def test_one_task_has_one_open_order_whatever_it_is_called(world: World) -> None:
    drafted(world, task=world.tasks[0])
    with pytest.raises(refusals.MatterOrderedAlready):
        drafted(world, matter="另一种说法", task=world.tasks[0])
    drafted(world, matter="另一种说法", task=world.tasks[1])


@pytest.mark.parametrize("field", ["authority", "matter", "requirement"])
def test_nothing_is_ordered_without_saying_why_and_what(world: World, field: str) -> None:
    with pytest.raises(refusals.AuthorityMissing):
        drafted(world, **{field: " "})


def test_refusals_of_bodies_and_limits(world: World) -> None:
    with pytest.raises(refusals.LeadHelpsToo):
        drafted(world, helpers=[world.bodies[LEAD]])
    with pytest.raises(LimitsUnusable):
        drafted(world, close_days=4)
    towns = world.plan.region_id and world.bodies["青山镇"]
    towns.kind = "group"
    with pytest.raises(refusals.BodyNotOfRegion):
        drafted(world, lead=towns)


def test_a_revision_knows_what_it_is_based_on(world: World) -> None:
    order = drafted(world)
    wanted = replace(terms(world), requirement="四月底前定下。")
    changed = revise_order(order=order, terms=wanted, base=1, by=world.office, at=NOW)
    assert (changed.requirement, changed.version) == ("四月底前定下。", 2)
    with pytest.raises(refusals.OrderMovedOn):
        revise_order(order=order, terms=wanted, base=1, by=world.colleague(), at=NOW)


def test_what_is_out_is_not_rewritten(world: World) -> None:
    order = issued(world)
    with pytest.raises(refusals.NotOutToReply):
        revise_order(order=order, terms=terms(world), base=order.version, by=world.office, at=NOW)


def test_a_revision_cannot_take_over_a_matter(world: World) -> None:
    drafted(world)
    other = draft_order(region=REGION, terms=terms(world, matter="人员培训"), by=world.office, at=NOW)
    with pytest.raises(refusals.MatterOrderedAlready):
        revise_order(order=other, terms=terms(world), base=1, by=world.office, at=NOW)
