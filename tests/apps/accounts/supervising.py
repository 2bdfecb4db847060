"""Orders and bulletins of the two districts, for the addresses that name one."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import User

from luoshi.apps.bulletin.models import Bulletin
from luoshi.apps.organization.models import Body
from luoshi.apps.plan.models import Plan
from luoshi.apps.supervision.models import Order, OrderBody
from luoshi.apps.work.models import Issue
from tests.apps.factories import NOW


def supervised(plan: Plan, body: Body, office: User, second: User) -> dict[str, object]:
    """What an address names, by the name of its part, where it is about `body`.

    Args:
        plan: of the region.
        second: who approved what the office wrote.
    """
    return {
        "order": _order(body, office, "已发出", out=True).pk,
        "draft order": _order(body, office, "拟办中", out=False).pk,
        "bulletin": _bulletin(plan, office, f"2025Q{1 + body.pk % 4}", second).pk,
        "draft bulletin": _bulletin(plan, office, f"2024-{1 + body.pk % 12:02d}", None).pk,
        "figure": "asked",
        "digest": 0,
        "secret": "guess",
    }


def _order(body: Body, office: User, matter: str, *, out: bool) -> Order:
    order = Order.objects.create(
        region_id=body.region_id,
        line=Issue.Line.GOVERNMENT,
        source=Order.Source.MEETING,
        authority="会议纪要",
        matter=matter,
        matter_key=f"{matter}{body.pk}",
        requirement="办好。",
        drafted_by=office,
        drafted_at=NOW,
    )
    if out:
        order.state, order.year, order.number = Order.State.SIGNED, 2026, body.pk
        order.serial, order.issued_by, order.issued_at = f"督办〔2026〕{body.pk}号", office, NOW
        order.sign_by = order.due = order.close_by = order.warn_from = date(2026, 3, 31)
        order.save()
    OrderBody.objects.create(
        region_id=body.region_id, order=order, body=body, role=OrderBody.Role.LEAD, signed_at=NOW
    )
    return order


def _bulletin(plan: Plan, office: User, period: str, second: User | None) -> Bulletin:
    return Bulletin.objects.create(
        region_id=plan.region_id,
        plan=plan,
        period=period,
        since=date(2025, 1, 1),
        until=date(2025, 3, 31),
        title="通报",
        text="共{应报送}项。",
        counted_at=NOW,
        drafted_by=office,
        drafted_at=NOW,
        state=Bulletin.State.PUBLISHED if second else Bulletin.State.DRAFT,
        submitted_by=office,
        approved_by=second,
        published_at=NOW if second else None,
    )
