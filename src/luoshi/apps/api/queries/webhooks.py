"""Webhooks and what became of their deliveries."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from luoshi.apps.api.models import Delivery, Webhook

SORTS = {"new": ("-pk",), "tried": ("-tried_at", "-pk")}


def webhooks_of(regions: Collection[str]) -> QuerySet[Any]:
    """The webhooks of these regions with how many deliveries wait, arrived and failed."""
    state = Delivery.State
    return (
        Webhook.objects.filter(region__in=regions)
        .annotate(
            waiting=Count("deliveries", filter=Q(deliveries__state=state.WAITING)),
            done=Count("deliveries", filter=Q(deliveries__state=state.DONE)),
            failed=Count("deliveries", filter=Q(deliveries__state=state.FAILED)),
            tried=Max("deliveries__tried_at"),
        )
        .order_by("-made_at", "-pk")
    )


def deliveries_of(
    webhook: Webhook, *, text: str = "", state: str = "", kind: str = "", sort: str = "new"
) -> QuerySet[Delivery]:
    """What was sent to a webhook.

    Args:
        text: in the reason why it did not arrive.
        sort: a key of `SORTS`.
    """
    rows = Delivery.objects.filter(webhook=webhook).select_related("event")
    if state:
        rows = rows.filter(state=state)
    if kind:
        rows = rows.filter(kind=kind)
    if text:
        rows = rows.filter(error__icontains=text)
    return rows.order_by(*SORTS[sort])
