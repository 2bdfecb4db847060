"""Brings entries up to date whose limits have run out, or whose time has come, unasked."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime
from functools import cache

from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate

from luoshi.apps.register.declared import catalogue
from luoshi.apps.register.models import Clock, Entry
from luoshi.apps.register.operations.taking import bring_up_to_date
from luoshi.core.errors import LuoshiError
from luoshi.core.expression import depends_on
from luoshi.core.expression.dependence import On
from luoshi.core.register.declaration import Register
from luoshi.core.register.procedure import Actor

_log = logging.getLogger(__name__)
# Entries of which the keys are read at once.
BATCH = 500


def advance_entries(*, at: datetime) -> int:
    """Bring every entry up to date that may not be; tells how many were changed.

    Each entry is a transaction of its own: whoever is stopped half-way goes on where they were, and doing it
    twice changes nothing. An entry that cannot be advanced is told to the log of the server and left alone.
    """
    return sum(_advanced(key, at) for key in _behind(at))


def _advanced(key: int, at: datetime) -> bool:
    try:
        return bring_up_to_date(entry=Entry(pk=key), at=at)
    except (LuoshiError, Entry.DoesNotExist):
        _log.exception("entry %s cannot be brought up to date", key)
        return False


def _behind(at: datetime) -> Iterator[int]:
    """Entries with a limit past its end, and those where a step of the system hangs on the day."""
    today = localdate(at)
    ended = Clock.objects.filter(outcome=Clock.Outcome.RUNNING, due__lt=today, entry=OuterRef("pk"))
    rows = Entry.objects.filter(Q(Exists(ended)) | _by_the_day()).order_by("pk").values_list("pk", flat=True)
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        yield from batch
        last = batch[-1]


@cache
def _by_the_day() -> Q:
    """Where a step of the system can come true by itself, because a day has passed."""
    found = Q(pk__in=[])
    for versions in catalogue().versions.values():
        for one in versions:
            states = _moved_by_days(one.register)
            if states:
                found |= Q(mechanism=one.key, version=one.version, state__in=states)
    return found


def _moved_by_days(register: Register) -> list[str]:
    return sorted(
        {
            origin
            for step in register.transitions
            if Actor.SYSTEM in step.who and step.when is not None
            for origin in step.origins
            if {On.TODAY, On.CALENDAR} & depends_on(step.when)
        }
    )
