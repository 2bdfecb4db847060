"""Counts what comes from one address, in the database: several processes count together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction
from django.db.models import F

from luoshi.apps.register.models import Tally
from luoshi.apps.register.operations.outside_refusals import TooManyTries
from luoshi.apps.register.outside import hidden


@dataclass(frozen=True, slots=True)
class Measure:
    """How often something may be tried within so many seconds.

    A whole office may stand behind one address, so there is room for many.
    """

    kind: str
    most: int
    seconds: int


FILING = Measure("file", 30, 60 * 60)
OPENING = Measure("receipt", 60, 10 * 60)
ONCE = Measure("once", 1, 24 * 60 * 60)


def count_try(*, measure: Measure, who: str, at: datetime) -> None:
    """Count a try; those that are refused count, too.

    Raises:
        TooManyTries: there were too many within the running stretch of time.
    """
    if _counted(measure, who, at) > measure.most:
        left = measure.seconds - int(at.timestamp()) % measure.seconds
        raise TooManyTries(minutes=-(-left // 60))


def is_first(*, what: str, at: datetime) -> bool:
    """Whether something that is good for one time is used for the first time; using it up is counted."""
    return _counted(ONCE, what, at, window=0) == 1


@transaction.atomic
def _counted(measure: Measure, who: str, at: datetime, window: int | None = None) -> int:
    now = int(at.timestamp())
    place = now // measure.seconds if window is None else window
    key = hidden(measure.kind, who)
    row, _ = Tally.objects.get_or_create(
        kind=measure.kind,
        key=key,
        window=place,
        defaults={"until": datetime.fromtimestamp(now + measure.seconds, UTC)},
    )
    Tally.objects.filter(pk=row.pk).update(count=F("count") + 1)
    return int(Tally.objects.values_list("count", flat=True).get(pk=row.pk))
