"""What orders put on the desk: to sign for, to answer, to approve, to review, and what is overdue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from luoshi.apps.supervision.models import Order, OrderBody
from luoshi.apps.supervision.queries.orders import with_rank
from luoshi.apps.work.queries.desk import Scope
from luoshi.apps.work.queries.desk_sources import Line, Source, register
from luoshi.core.supervision.machines import WAITING

OUT = (*WAITING, Order.State.REPLIED)


def _part(scope: Scope, **wanted: Any) -> Exists:
    return Exists(OrderBody.objects.filter(order=OuterRef("pk"), body__in=scope.bodies, **wanted))


def _to_sign(scope: Scope, today: date) -> QuerySet[Order]:
    return _shown(Order.objects.filter(_part(scope, signed_at=None), state__in=OUT), today)


def _to_answer(scope: Scope, today: date) -> QuerySet[Order]:
    leads = _part(scope, role=OrderBody.Role.LEAD)
    return _shown(Order.objects.filter(leads, state__in=[Order.State.SIGNED, Order.State.RETURNED]), today)


def _to_approve(scope: Scope, today: date) -> QuerySet[Order]:
    rows = Order.objects.filter(region__in=scope.regions, state=Order.State.PROPOSED)
    return _shown(rows.exclude(drafted_by=scope.user), today)


def _to_review(scope: Scope, today: date) -> QuerySet[Order]:
    states = [Order.State.REPLIED, Order.State.ACCEPTED]
    return _shown(Order.objects.filter(region__in=scope.regions, state__in=states), today)


def _overdue(scope: Scope, today: date) -> QuerySet[Order]:
    return _shown(Order.objects.filter(region__in=scope.regions, state__in=WAITING, due__lt=today), today)


def _shown(rows: QuerySet[Order], today: date) -> QuerySet[Order]:
    return with_rank(rows, today).select_related("issued_by")


def _lines(day: str) -> Any:
    def lines(rows: Iterable[Any], today: date) -> Iterator[Line]:
        for row in rows:
            yield Line(
                title=str(row),
                day=getattr(row, day),
                address=reverse("supervision:order", args=[row.pk]),
                rank=row.rank_of_light if row.state in WAITING else None,
                asker=str(row.get_line_display()),
                right=row.authority,
            )

    return lines


def _address(query: str) -> Any:
    return lambda: f"{reverse('supervision:list')}?{query}"


def _of_bodies(scope: Scope) -> bool:
    return bool(scope.bodies)


def _of_office(scope: Scope) -> bool:
    return bool(scope.regions)


for _source in (
    Source(
        "orders-sign",
        _("督办待签收"),
        _of_bodies,
        _to_sign,
        "sign_by",
        _lines("sign_by"),
        _address("state=open"),
    ),
    Source(
        "orders-answer", _("督办待反馈"), _of_bodies, _to_answer, "due", _lines("due"), _address("state=open")
    ),
    Source(
        "orders-approve",
        _("督办待批准"),
        _of_office,
        _to_approve,
        "due",
        _lines("due"),
        _address("state=proposed"),
    ),
    Source(
        "orders-review",
        _("督办反馈待审核"),
        _of_office,
        _to_review,
        "due",
        _lines("due"),
        _address("state=open"),
    ),
    Source(
        "orders-overdue",
        _("督办逾期"),
        _of_office,
        _overdue,
        "due",
        _lines("due"),
        _address("light=red"),
        asks=False,
    ),
):
    register(_source)
