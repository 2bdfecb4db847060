"""The office's steps: numbers without gaps, a second person, review, time that is left."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction

from luoshi.apps.supervision.models import Order, Reply, Series
from luoshi.apps.supervision.operations import answering, stepping
from luoshi.core.supervision.numbers import PrefixUnusable
from luoshi.core.work.states import StepNeedsMore, StepNotFromHere
from tests.apps.factories import NOW, REGION
from tests.apps.supervision.factories import LEAD, drafted, issued, replied, signed
from tests.apps.work.factories import World, confirmed_plan, morning

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return confirmed_plan()


def test_numbers_have_no_gap_whatever_fails(world: World) -> None:
    stepping.set_prefix(region=REGION, year=2026, prefix="云督", by=world.office, at=NOW)
    first = issued(world)
    proposed = stepping.propose(order=drafted(world, matter="二"), by=world.office, at=NOW)
    with pytest.raises(StepNeedsMore):
        stepping.issue(order=proposed, by=world.office, at=NOW)
    with transaction.atomic():
        assert stepping.issue(order=proposed, by=world.colleague(), at=NOW).number == 2
        transaction.set_rollback(True)
    second = stepping.issue(order=proposed, by=world.colleague(), at=NOW)
    assert (first.serial, second.serial) == ("云督〔2026〕1号", "云督〔2026〕2号")
    stepping.cancel(order=second, reason="重复", by=world.office, at=NOW)
    third = issued(world, matter="三")
    assert third.number == 3


def test_a_year_begins_anew_and_keeps_the_words(world: World) -> None:
    stepping.set_prefix(region=REGION, year=2026, prefix="云督", by=world.office, at=NOW)
    issued(world)
    following = issued(world, at=morning(2027, 1, 5), matter="二")
    assert following.serial == "云督〔2027〕1号"
    with pytest.raises(PrefixUnusable):
        stepping.set_prefix(region=REGION, year=2027, prefix="YD-", by=world.office, at=NOW)
    assert Series.objects.get(year=2027).prefix == "云督"


def test_days_are_counted_from_the_issue(world: World) -> None:
    order = issued(world)
    assert (order.sign_by, order.due) == (date(2026, 3, 4), date(2026, 3, 23))
    assert order.warn_from is not None
    assert order.warn_from < order.due


def test_a_court_is_asked_by_letter_and_a_department_ordered(world: World) -> None:
    order = issued(world, lead=world.bodies["区人民法院"])
    forms = {one.body.name: one.form for one in order.bodies.select_related("body")}
    assert forms == {"区人民法院": "letter", "区教育局": "order"}


def test_a_returned_reply_leaves_time_to_answer_again(world: World) -> None:
    order = replied(world, at=morning(2026, 3, 20))
    late = morning(2026, 4, 20)
    order = stepping.send_again(order=order, reason="没有数字", by=world.office, at=late)
    assert (order.state, order.due) == ("returned", date(2026, 4, 23))
    assert order.replies.get().state == Reply.State.RETURNED


def test_periodic_feedback_goes_on_until_the_last(world: World) -> None:
    order = replied(world, feedback="monthly", close_days=60)
    assert order.rounds == ["2026-03-31", "2026-04-30", "2026-05-28"]
    order = stepping.accept(order=order, last=False, by=world.office, at=morning(2026, 3, 20))
    assert (order.state, order.due) == ("signed", date(2026, 4, 30))
    with pytest.raises(StepNotFromHere):
        stepping.close(order=order, by=world.office, at=NOW)


def test_closing_needs_an_accepted_reply_and_archiving_an_end(world: World) -> None:
    order = replied(world)
    with pytest.raises(StepNotFromHere):
        stepping.archive(order=order, by=world.office, at=NOW)
    order = stepping.accept(order=order, last=True, by=world.office, at=NOW)
    order = stepping.close(order=order, by=world.office, at=NOW)
    assert order.closed_at == NOW
    assert stepping.archive(order=order, by=world.office, at=NOW).state == "archived"


def test_a_new_instruction_makes_a_new_order(world: World) -> None:
    order = stepping.accept(order=replied(world), last=True, by=world.office, at=NOW)
    following = stepping.renew(order=order, reason="请再查一次。", by=world.office, at=NOW)
    order.refresh_from_db()
    assert order.state == "renewed"
    assert (following.state, following.previous, following.requirement) == ("draft", order, "请再查一次。")
    assert following.bodies.count() == 2


def test_a_suspension_gives_its_time_back(world: World) -> None:
    order = signed(world)
    order = stepping.suspend(order=order, reason="等规划批复", by=world.office, at=NOW)
    order = stepping.resume(order=order, by=world.office, at=morning(2026, 5, 11))
    assert (order.state, order.due) == ("signed", date(2026, 5, 14))
    answering.reply(order=order, body=world.bodies[LEAD], progress="好了。", by=world.head(LEAD), at=NOW)
    assert Order.objects.get().state == "replied"
