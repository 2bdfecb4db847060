"""Events on their way: what was recorded gets its deliveries, and what is due is sent.

Nothing is asked of those who make events. What they recorded is looked for, so that a delivery can neither be
forgotten nor belong to something that was taken back. Both steps may be killed at any moment.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.client import HTTPException

from django.db import transaction
from django.db.models import Exists, OuterRef

from luoshi import __version__
from luoshi.apps.api import sending
from luoshi.apps.api.models import Answer, Delivery, Webhook
from luoshi.apps.api.operations.webhooks import EVENTS, secret_of
from luoshi.apps.audit.models import Event
from luoshi.core.errors import LuoshiError

log = logging.getLogger("luoshi.webhooks")
Post = Callable[[str, bytes, dict[str, str]], int]
# How far back events are looked for: longer than any clock stands still unnoticed.
LOOK_BACK = timedelta(days=7)
# How long after each failed try the next one comes: a quarter of an hour at first, two days in all.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (10, 20, 40, 80, 160, 320, 640, 1280))
AT_ONCE = 500
# A try that is under way is nobody else's: for so long, should its process be killed.
HELD = timedelta(minutes=5)
ANSWERS_KEPT = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Delivered:
    """What one round did: deliveries made, arrived, and failed for now or for good."""

    made: int
    sent: int
    failed: int


def deliver(*, at: datetime, post: Post = sending.post) -> Delivered:
    """One round: make what is missing, send what is due, forget old answers.

    Args:
        post: what sends.
    """
    made = make_deliveries(at=at)
    sent = failed = 0
    for key in _due(at):
        arrived = _try(key, at, post)
        sent += arrived is True
        failed += arrived is False
    Answer.objects.filter(at__lt=at - ANSWERS_KEPT).delete()
    return Delivered(made, sent, failed)


def make_deliveries(*, at: datetime) -> int:
    """A delivery for every event that a webhook asks for and that has none yet."""
    names = {recorded: name for name, recorded in EVENTS.items()}
    made = 0
    for webhook in Webhook.objects.filter(ended_at=None):
        wanted = [EVENTS[name] for name in webhook.events if name in EVENTS]
        known = Delivery.objects.filter(webhook=webhook, event=OuterRef("pk"))
        since = max(webhook.made_at, at - LOOK_BACK)
        found = Event.objects.filter(region=webhook.region_id, at__gte=since, type__in=wanted)
        missing = found.filter(~Exists(known)).order_by("pk").values_list("pk", "type")[:AT_ONCE]
        rows = [Delivery(webhook=webhook, event_id=pk, kind=names[type], next_at=at) for pk, type in missing]
        # Of two clocks that run at once one may be ahead: the row is there then.
        Delivery.objects.bulk_create(rows, ignore_conflicts=True)
        made += len(rows)
    return made


def _due(at: datetime) -> list[int]:
    due = Delivery.objects.filter(state=Delivery.State.WAITING, next_at__lte=at, webhook__ended_at=None)
    return list(due.order_by("next_at", "pk").values_list("pk", flat=True)[:AT_ONCE])


def _try(key: int, at: datetime, post: Post) -> bool | None:
    """Send one delivery; None when somebody else is at it."""
    with transaction.atomic():
        found = (
            Delivery.objects.select_for_update(of=("self",)).select_related("webhook", "event").get(pk=key)
        )
        if found.state != Delivery.State.WAITING or found.next_at > at:
            return None
        # Claimed before it is sent, and outside of any lock while a slow server answers.
        found.tries, found.tried_at, found.next_at = found.tries + 1, at, at + HELD
        found.save(update_fields=["tries", "tried_at", "next_at"])
    found.status, found.error = None, ""
    content = content_of(found)
    stamp = int(at.timestamp())
    try:
        headers = _headers(found, stamp, content)
        found.status = post(found.webhook.url, content, headers)
    except LuoshiError as refusal:
        found.error = refusal.message("zh")[:200]
    except (OSError, HTTPException) as error:
        found.error = f"{type(error).__name__}: {error}"[:200]
    arrived = found.status is not None and 200 <= found.status < 300
    if arrived:
        found.state = Delivery.State.DONE
    elif found.tries > len(WAITS) or found.status == 410:
        found.state = Delivery.State.FAILED
    else:
        found.next_at = at + WAITS[found.tries - 1]
    found.save(update_fields=["state", "status", "error", "next_at"])
    if not arrived:
        log.warning("a webhook did not take an event", extra={"delivery": found.pk, "status": found.status})
    return arrived


def _headers(delivery: Delivery, stamp: int, content: bytes) -> dict[str, str]:
    return {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": f"Luoshi/{__version__}",
        sending.STAMP: str(stamp),
        sending.SIGNATURE: sending.signature(secret_of(delivery.webhook), stamp, content),
        sending.KIND: delivery.kind,
        sending.NUMBER: str(delivery.pk),
    }


def content_of(delivery: Delivery) -> bytes:
    """What is sent: what happened to what and when. What it says is asked for, with a token."""
    event = delivery.event
    told = {
        "id": delivery.event_id,
        "event": delivery.kind,
        "at": event.at.isoformat(),
        "region": event.region,
        "object": {"type": event.object_type, "id": event.object_id},
        "body": event.body,
    }
    return json.dumps(told, ensure_ascii=False).encode()
