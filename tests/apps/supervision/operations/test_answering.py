"""Bodies sign and reply, the office urges."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from luoshi.apps.supervision.models import Order
from luoshi.apps.supervision.operations import refusals, stepping
from luoshi.apps.supervision.operations.answering import reply, sign, urge, urged
from luoshi.core.supervision.urging import UrgingOutOfOrder, UrgingTooEarly, UrgingTooOften
from luoshi.core.work.states import StepNotFromHere
from tests.apps.factories import NOW
from tests.apps.supervision.factories import HELPER, LEAD, OTHER, issued, replied, signed
from tests.apps.work.factories import World, confirmed_plan, morning

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return confirmed_plan()


def test_the_leads_signature_begins_the_work_a_helpers_does_not(world: World) -> None:
    order = issued(world)
    sign(order=order, body=world.bodies[HELPER], by=world.liaison(HELPER), at=NOW)
    order.refresh_from_db()
    assert order.state == "issued"
    sign(order=order, body=world.bodies[LEAD], by=world.head(LEAD), at=NOW)
    order.refresh_from_db()
    assert order.state == "signed"
    with pytest.raises(refusals.SignedAlready):
        sign(order=order, body=world.bodies[LEAD], by=world.head(LEAD), at=NOW)


def test_nobody_signs_or_answers_for_another_body(world: World) -> None:
    order = issued(world)
    for body, by in ((LEAD, world.liaison(HELPER)), (OTHER, world.liaison(OTHER)), (LEAD, world.office)):
        with pytest.raises(PermissionDenied):
            sign(order=order, body=world.bodies[body], by=by, at=NOW)
        with pytest.raises(PermissionDenied):
            reply(order=order, body=world.bodies[body], progress="好。", by=by, at=NOW)


def test_a_reply_comes_after_the_signature_and_says_something(world: World) -> None:
    order = issued(world)
    with pytest.raises(StepNotFromHere):
        reply(order=order, body=world.bodies[LEAD], progress="好。", by=world.liaison(LEAD), at=NOW)
    sign(order=order, body=world.bodies[LEAD], by=world.liaison(LEAD), at=NOW)
    with pytest.raises(refusals.ReplyEmpty):
        reply(order=order, body=world.bodies[LEAD], progress="  ", by=world.liaison(LEAD), at=NOW)


def test_a_helper_contributes_and_the_lead_answers(world: World) -> None:
    order = signed(world)
    with pytest.raises(refusals.NotOutToReply):
        reply(order=order, body=world.bodies[HELPER], progress="借出两处。", by=world.head(HELPER), at=NOW)
    sign(order=order, body=world.bodies[HELPER], by=world.head(HELPER), at=NOW)
    made = reply(order=order, body=world.bodies[HELPER], progress="借出两处。", by=world.head(HELPER), at=NOW)
    order.refresh_from_db()
    assert (order.state, made.round) == ("signed", order.due)


def test_urging_goes_up_one_rung_at_a_time(world: World) -> None:
    order = signed(world)
    urge(order=order, rung="reminder", by=world.office, at=morning(2026, 3, 17))
    with pytest.raises(UrgingTooEarly):
        urge(order=order, rung="letter", by=world.office, at=morning(2026, 3, 23))
    with pytest.raises(UrgingOutOfOrder):
        urge(order=order, rung="notice", by=world.office, at=morning(2026, 3, 24))
    urge(order=order, rung="letter", words="已逾期。", by=world.office, at=morning(2026, 3, 24))
    with pytest.raises(UrgingTooOften):
        urge(order=order, rung="notice", by=world.office, at=morning(2026, 3, 25))
    urge(order=order, rung="notice", by=world.office, at=morning(2026, 3, 27))
    assert [one.rung for one in urged(order)] == ["reminder", "letter", "notice"]


def test_the_ladder_begins_anew_with_each_round(world: World) -> None:
    order = signed(world, feedback="monthly", close_days=60)
    urge(order=order, rung="reminder", by=world.office, at=morning(2026, 3, 24))
    at = morning(2026, 3, 30)
    reply(order=order, body=world.bodies[LEAD], progress="好。", by=world.liaison(LEAD), at=at)
    stepping.accept(order=order, last=False, by=world.office, at=morning(2026, 3, 31))
    order.refresh_from_db()
    assert urged(order) == []


def test_what_was_answered_is_not_urged(world: World) -> None:
    order = replied(world)
    with pytest.raises(refusals.NotOutToReply):
        urge(order=order, rung="reminder", by=world.office, at=NOW)
    assert Order.objects.get().steps.filter(name="reminder").count() == 0
