"""Which entries have been kept for their time, and what is known of those that were destroyed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from luoshi.apps.register.declared import catalogue
from luoshi.apps.register.models import Destroyed, Entry, Link


def years_before(today: date, years: int) -> date:
    """What ended before this day has been kept for so many years.

    Example:
        >>> years_before(date(2028, 2, 29), 1)
        datetime.date(2027, 2, 28)
    """
    try:
        return today.replace(year=today.year - years)
    except ValueError:
        return today.replace(year=today.year - years, day=28)


def due_for_destruction(region: str, mechanism: str, today: date) -> QuerySet[Entry]:
    """Entries kept for as long as the rules of their version say, that ended longest ago first.

    What an entry names that is still open is kept with it; what stands on a sheet is not due twice.
    """
    due = Q(pk__in=[])
    for one in catalogue().versions.get(mechanism, ()):
        years = one.register.retention.years
        if years is not None:
            due |= Q(version=one.version, ended__lt=years_before(today, years))
    needed = Link.objects.filter(target=OuterRef("pk"), entry__ended=None)
    rows = Entry.objects.filter(due, ~Exists(needed), region=region, mechanism=mechanism, destruction=None)
    return rows.select_related("body").order_by("ended", "pk")


def numbers_of_destroyed(keys: Iterable[int]) -> dict[int, str]:
    """The numbers of entries that were destroyed, by the keys that they had."""
    wanted = list(keys)
    rows = Destroyed.objects.filter(former__in=wanted).exclude(destroyed_at=None) if wanted else None
    return {} if rows is None else dict(rows.values_list("former", "number"))
