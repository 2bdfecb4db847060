"""Keeps the words of entries in step with the names of bodies: who is renamed is found by either name.

The registry lies beneath and knows nothing of entries. So the clock compares the names that bodies bear with
those that stand in the words of their entries, and writes what differs, some thousand entries at a stroke. It
may be stopped at any moment and goes on where it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from luoshi.apps.organization.models import Body
from luoshi.apps.register.models import BodyWords, Entry
from luoshi.apps.register.operations.indexing import index_those
from luoshi.apps.register.queries.searching import worded
from luoshi.apps.register.queries.wording import names_of_bodies

# Entries that are looked at in one stroke: some seconds, beside everything else that the clock does.
MOST = 10_000
_AT_ONCE = 1000


def keep_names(*, at: datetime) -> int:
    """Write the words of entries anew whose bodies go by other names now; tells how many were looked at."""
    _notice()
    left = MOST
    for key in list(BodyWords.objects.exclude(wanted="").order_by("pk").values_list("pk", flat=True)):
        while left > 0 and (seen := _go_on(key, min(left, _AT_ONCE))) is not None:
            left -= seen
        if left <= 0:
            break
    return MOST - left


def _notice() -> None:
    """Find the bodies whose names are not those in the words of their entries."""
    last = 0
    while some := list(
        Body.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:_AT_ONCE]
    ):
        last = some[-1]
        kept = BodyWords.objects.in_bulk(some)
        for key, names in names_of_bodies(Body.objects.filter(pk__in=some)).items():
            row = kept.get(int(key))
            if row is None or names != (row.wanted or row.names):
                _want(int(key), names)


@transaction.atomic
def _want(key: int, names: str) -> None:
    BodyWords.objects.get_or_create(body_id=key, defaults={"names": "", "wanted": ""})
    row = BodyWords.objects.select_for_update().get(pk=key)
    # Some entries may have got what was wanted before: they are found by that only.
    row.names = "\n\n".join(part for part in (row.names, row.wanted) if part)
    row.wanted, row.last, row.again = names, 0, False
    row.save()


@transaction.atomic
def _go_on(key: int, most: int) -> int | None:
    """Some more entries of a body; None where there is nothing to be done for it in this stroke."""
    row = BodyWords.objects.select_for_update().select_related("body").get(pk=key)
    if not row.wanted:
        return None
    names = names_of_bodies(Body.objects.filter(region=row.body.region_id))
    last, seen = index_those(_naming(row), row.last, most, lambda one: names.get(one, ""))
    row.last = last
    if seen < most:
        # Whoever changed an entry meanwhile may have read the names of before: once more, at the next stroke.
        if row.again:
            row.names, row.wanted = row.wanted, ""
        row.again, row.last = not row.again, 0
    row.save()
    return seen if seen == most else None


def _naming(row: BodyWords) -> QuerySet[Entry]:
    """At least all entries that name a body: its own, and those in whose words one of its names stands."""
    rows = Entry.objects.filter(region=row.body.region_id)
    found = Q(body=row.body) | Q(holder=row.body)
    for name in _telling(row):
        found |= Q(pk__in=worded(Entry.objects.all(), name).order_by().values("pk"))
    return rows.filter(found)


def _telling(row: BodyWords) -> Iterator[str]:
    """A name that all entries hold which were written together: the longest, as few others hold it."""
    for names in (row.names or row.wanted).split("\n\n"):
        yield max(names.split("\n"), key=len)
