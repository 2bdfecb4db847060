"""The number of to-dos in the head of every page, counted anew only after something has happened.

Counting what waits takes longer than most pages take by themselves. Every operation writes an event in its
transaction, so as long as the newest event of a person's regions is the same one, so is the number.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from threading import Lock

from django.contrib.auth.models import AnonymousUser, User
from django.utils.timezone import localdate

from luoshi.apps.audit.models import Event
from luoshi.apps.organization.rules import regions_of
from luoshi.apps.work.queries.desk import Scope, waiting

# A transaction that ends after a later one leaves the newest event as it was: no number outlives this.
LONGEST = timedelta(seconds=30)
MOST_KEPT = 10_000
# What people type is saved every few seconds and is nobody else's turn, but for a joint report that one of
# the leads objected to; there the number follows within `LONGEST`.
TYPING = "work.report.saved"


@dataclass(frozen=True, slots=True)
class _Kept:
    event: int | None
    at: datetime
    count: int


_KEPT: OrderedDict[tuple[Scope, date], _Kept] = OrderedDict()
_LOCK = Lock()


def badge(user: User | AnonymousUser, scope: Scope, now: datetime) -> int:
    """How many to-dos somebody has.

    Args:
        user: who looks; `scope` is theirs.
        scope: for whom they work.
        now: the moment; what is due depends on its day.
    """
    key, newest = (scope, localdate(now)), _newest(user)
    kept = _KEPT.get(key)
    if kept is not None and kept.event == newest and abs(now - kept.at) < LONGEST:
        return kept.count
    count = waiting(*key)
    with _LOCK:
        _KEPT[key] = _Kept(newest, now, count)
        _KEPT.move_to_end(key)
        while len(_KEPT) > MOST_KEPT:
            _KEPT.popitem(last=False)
    return count


def forget() -> None:
    """Count anew for everybody: for a database that has become another one."""
    _KEPT.clear()


def _newest(user: User | AnonymousUser) -> int | None:
    events = Event.objects.filter(region__in=regions_of(user)).exclude(type=TYPING)
    return events.order_by("-at", "-pk").values_list("pk", flat=True).first()
