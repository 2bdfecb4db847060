"""Orders in the made-up district, at every stage."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from luoshi.apps.supervision.models import Order
from luoshi.apps.supervision.operations import answering, stepping
from luoshi.apps.supervision.operations.drafting import OrderTerms, draft_order
from luoshi.apps.work.models import Issue
from tests.apps.factories import NOW, REGION
from tests.apps.work.factories import World

LEAD, HELPER, OTHER = "区民政局", "区教育局", "区财政局"


def terms(world: World, **changes: Any) -> OrderTerms:
    """What an order says."""
    usual = OrderTerms(
        line=Issue.Line.GOVERNMENT.value,
        source=Order.Source.MEETING.value,
        authority="区政府常务会议纪要〔2026〕4号，授权区政府办公室督办",
        matter="社区服务点选址",
        requirement="三月底前定下全部选址。",
        lead=world.bodies[LEAD],
        helpers=[world.bodies[HELPER]],
        close_days=15,
    )
    return replace(usual, **changes)


def drafted(world: World, at: datetime = NOW, **changes: Any) -> Order:
    """A draft."""
    return draft_order(region=REGION, terms=terms(world, **changes), by=world.office, at=at)


def issued(world: World, at: datetime = NOW, **changes: Any) -> Order:
    """An order that is out."""
    order = stepping.propose(order=drafted(world, at, **changes), by=world.office, at=at)
    return stepping.issue(order=order, by=world.colleague(), at=at)


def signed(world: World, at: datetime = NOW, **changes: Any) -> Order:
    """An order that its lead has signed for."""
    order = issued(world, at, **changes)
    answering.sign(order=order, body=world.bodies[LEAD], by=world.liaison(LEAD), at=at)
    order.refresh_from_db()
    return order


def replied(world: World, at: datetime = NOW, **changes: Any) -> Order:
    """An order whose lead has answered."""
    order = signed(world, at, **changes)
    answering.reply(
        order=order, body=world.bodies[LEAD], progress="已定五处。", by=world.liaison(LEAD), at=at
    )
    order.refresh_from_db()
    return order
