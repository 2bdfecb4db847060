"""Events as entries of the log, read in portions so that memory does not grow with the log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from luoshi.apps.audit.models import Checkpoint, Event, Leaf
from luoshi.core.transparency.canonical import event_bytes
from luoshi.core.transparency.examination import Row
from luoshi.core.transparency.tree import leaf_hash

PORTION = 2000
FIELDS = (
    "id",
    "at",
    "type",
    "region",
    "actor_id",
    "actor_name",
    "body",
    "body_name",
    "object_type",
    "object_id",
    "address",
    "detail",
)
# How much later than an event with a higher key one may be committed. SQLite has one writer, whose keys rise.
LATE = {"sqlite": timedelta(0), "postgresql": timedelta(days=1)}
_SNAPSHOT = {"sqlite": "BEGIN", "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"}


def entry(values: tuple[Any, ...]) -> bytes:
    """The entry of the log that an event is.

    Args:
        values: of `FIELDS`.
    """
    id, at, type, region, actor, actor_name, body, body_name, object_type, object_id, address, detail = values
    return event_bytes(
        id=id,
        at=at,
        type=type,
        region=region,
        actor=actor,
        actor_name=actor_name,
        body=body,
        body_name=body_name,
        object_type=object_type,
        object_id=object_id,
        address=address,
        detail=detail,
    )


@contextmanager
def snapshot() -> Iterator[None]:
    """Whatever is read inside belongs to one moment, and nobody has to wait for it."""
    if connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(_SNAPSHOT[connection.vendor])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")


def portions(start: int = 0) -> Iterator[list[tuple[int, int, bytes, tuple[Any, ...] | None]]]:
    """Places of the tree from `start` on, each with its event: number, key of the event, hash, `FIELDS`."""
    while True:
        leaves = list(
            Leaf.objects.filter(number__gte=start)
            .order_by("number")
            .values_list("number", "event_id", "hash")[:PORTION]
        )
        if not leaves:
            return
        start = leaves[-1][0] + 1
        keys = [event for _, event, _ in leaves]
        events = {values[0]: values for values in Event.objects.filter(pk__in=keys).values_list(*FIELDS)}
        yield [(number, event, bytes(hash), events.get(event)) for number, event, hash in leaves]


def rows() -> Iterator[Row]:
    """The log as it is now, for an examination."""
    for portion in portions():
        for number, event, hash, values in portion:
            found = leaf_hash(entry(values)) if values else None
            yield Row(number, event, hash, found, values[1] if values else None)


def unsealed() -> Iterator[tuple[int, datetime]]:
    """Key and time of every event without a place in the tree."""
    after = None
    while True:
        waiting = Event.objects.filter(leaf=None).order_by("pk").values_list("pk", "at")
        portion = list((waiting if after is None else waiting.filter(pk__gt=after))[:PORTION])
        if not portion:
            return
        yield from portion
        after = portion[-1][0]


def sealed_up_to(*, at: datetime) -> int:
    """The key up to which no event can come late any more; 0 when nothing was sealed so long ago."""
    settled = Checkpoint.objects.filter(at__lte=at - LATE[connection.vendor], size__gt=0)
    size = settled.order_by("-number").values_list("size", flat=True).first()
    if size is None:
        return 0
    return Leaf.objects.filter(number=size - 1).values_list("event_id", flat=True).first() or 0
