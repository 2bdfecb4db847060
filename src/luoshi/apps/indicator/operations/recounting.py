"""Counts a mechanism from its entries: in the database, and one entry after the other in memory.

What is counted is defined by `luoshi.core.indicator.contribution`; the database does the same in a fraction
of the time, and leaves to memory what it cannot tell exactly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, DateField, QuerySet, Sum, Value
from django.db.models.functions import TruncMonth

from luoshi.apps.indicator.models import STANDING, Addition, Cell
from luoshi.apps.indicator.operations.counting import PLACES, Place, additions, summed
from luoshi.apps.indicator.queries.contributing import contributing
from luoshi.apps.organization.queries.calendar import calendar_of
from luoshi.apps.register.declared import catalogue
from luoshi.apps.register.models import Entry
from luoshi.apps.register.queries.loading import StoredWorld, loaded, register_of
from luoshi.core.calendar.working_days import WorkCalendar
from luoshi.core.indicator.declaration import Indicator, Measure
from luoshi.core.indicator.figure import Totals
from luoshi.core.register.acting import Setting

_BATCH = 500


def in_database(region: str, mechanism: str) -> dict[Place, Totals]:
    """The sums that the contributions in the database add up to."""
    rows = (
        Addition.objects.filter(region=region, mechanism=mechanism)
        .order_by()
        .values_list("indicator", "body_id", "month")
        .annotate(Sum("top"), Sum("base"), Count("pk"), Sum("unclear"))
    )
    return {Place(*row[:3]): Totals(*row[3:]) for row in rows}


def in_memory(region: str, mechanism: str, today: date) -> dict[Place, Totals]:
    """The sums that the entries themselves add up to: the definition, one entry after the other.

    What was counted of entries that have been destroyed is taken as it was.
    """
    alive = (one for found in _by_entry(region, mechanism, today) for one in found)
    return summed(chain(alive, _of_destroyed(region, mechanism)))


def _of_destroyed(region: str, mechanism: str) -> QuerySet[Addition]:
    return Addition.objects.filter(region=region, mechanism=mechanism, entry=None)


def recounted(region: str, mechanism: str, today: date) -> dict[Place, Totals]:
    """The sums that the entries themselves add up to: in the database, and in memory what it cannot tell."""
    found: defaultdict[Place, Totals] = defaultdict(Totals)
    told, left = _told(region, mechanism, today)
    calendar = calendar_of(region)
    for indicator, rows in told:
        for place, totals in _summed_up(indicator, rows, calendar):
            found[place] += totals
    for place, totals in summed(_of_destroyed(region, mechanism)).items():
        found[place] += totals
    if left:
        found |= {
            place: one
            for place, one in in_memory(region, mechanism, today).items()
            if place.indicator in left
        }
    return dict(found)


def _told(
    region: str, mechanism: str, today: date
) -> tuple[list[tuple[Indicator, QuerySet[Entry]]], set[str]]:
    """The indicators whose entries the database can tell, with these, and the keys of the others."""
    told, left = [], set()
    for indicator in catalogue().latest(mechanism).indicators:
        added = contributing(region, mechanism, indicator, today)
        if added is None:
            left.add(indicator.key)
        told += [(indicator, rows) for rows in added or ()]
    return told, left


def _summed_up(
    indicator: Indicator, rows: QuerySet[Entry], calendar: WorkCalendar
) -> Iterator[tuple[Place, Totals]]:
    """Sums by body and day, which months are made of; of a duration by its two days, too."""
    lasts = indicator.measure is Measure.DURATION
    by = ("counts_for", "counts_on", *(("first", "last") if lasts else ()))
    sums = {"n": Count("pk"), "all_base": Sum("base"), "all_unclear": Sum("unclear")}
    if not lasts:
        sums["all_top"] = Sum("top")
    for row in rows.values(*by).annotate(**sums):
        top = _days(indicator, row, calendar) * row["n"] if lasts else row["all_top"]
        place = Place(indicator.key, row["counts_for"], _month(row["counts_on"]))
        yield place, Totals(_exact(top), _exact(row["all_base"]), row["n"], row["all_unclear"])


def _days(indicator: Indicator, row: Mapping[str, Any], calendar: WorkCalendar) -> Decimal:
    """How long something lasted."""
    first, last = row["first"], row["last"]
    if indicator.working_days:
        return Decimal(calendar.working_days_between(first, last).days)
    return Decimal((last - first).days)


def _month(day: date | None) -> date:
    return STANDING if day is None else day.replace(day=1)


def _exact(number: Decimal) -> Decimal:
    """As it is kept; SQLite adds with a little noise far behind the last place."""
    return Decimal(number).quantize(PLACES)


def _by_entry(region: str, mechanism: str, today: date) -> Iterator[list[Addition]]:
    """What each entry adds, not saved, one entry after the other."""
    calendar, world = calendar_of(region), StoredWorld(region)
    rows = Entry.objects.filter(region=region, mechanism=mechanism).prefetch_related("steps", "clocks")
    for row in rows.order_by("pk").iterator(chunk_size=_BATCH):
        setting = Setting(register_of(row), calendar, world)
        yield list(additions(row, loaded(row), setting, today).values())


@transaction.atomic
def count_anew(region: str, mechanism: str, today: date) -> int:
    """Write contributions and sums of a mechanism anew from its entries; gives how many sums there are.

    What was counted of entries that have been destroyed stays.
    """
    Addition.objects.filter(region=region, mechanism=mechanism, entry__isnull=False).delete()
    told, left = _told(region, mechanism, today)
    calendar = calendar_of(region)
    for indicator, rows in told:
        if indicator.measure is Measure.DURATION:
            Addition.objects.bulk_create(_lasting(indicator, rows, calendar), batch_size=_BATCH)
        else:
            _insert(indicator, rows)
    for found in _by_entry(region, mechanism, today) if left else ():
        Addition.objects.bulk_create(one for one in found if one.indicator in left)
    return rebuild(region, mechanism)


def _insert(indicator: Indicator, rows: QuerySet[Entry]) -> None:
    """Contributions without their way through this process."""
    month = Value(STANDING, DateField()) if indicator.standing else TruncMonth("counts_on")
    wanted = {
        "entry_id": "pk",
        "region_id": "region_id",
        "mechanism": "mechanism",
        "indicator": "named",
        "body_id": "counts_for",
        "day": "counts_on",
        "month": "month",
        "top": "top",
        "base": "base",
        "unclear": "unclear",
    }
    chosen = rows.annotate(named=Value(indicator.key), month=month).values_list(*wanted.values())
    quote = connection.ops.quote_name
    columns = ", ".join(map(quote, wanted))
    sql, params = chosen.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {quote(Addition._meta.db_table)} ({columns}) {sql}", params)


def _lasting(indicator: Indicator, rows: QuerySet[Entry], calendar: WorkCalendar) -> Iterator[Addition]:
    """What entries add to a duration; working days are counted here."""
    wanted = ("pk", "region_id", "mechanism", "counts_for", "counts_on", "first", "last", "base", "unclear")
    for row in rows.values(*wanted).iterator():
        yield Addition(
            entry_id=row["pk"],
            region_id=row["region_id"],
            mechanism=row["mechanism"],
            indicator=indicator.key,
            body_id=row["counts_for"],
            day=row["counts_on"],
            month=_month(row["counts_on"]),
            top=_days(indicator, row, calendar),
            base=row["base"],
            unclear=row["unclear"],
        )


@transaction.atomic
def rebuild(region: str, mechanism: str) -> int:
    """Write the sums anew from the contributions in the database; gives how many there are."""
    Cell.objects.filter(region=region, mechanism=mechanism).delete()
    cells = [
        Cell(
            region_id=region,
            mechanism=mechanism,
            indicator=place.indicator,
            body_id=place.body,
            month=place.month,
            top=totals.top,
            base=totals.base,
            entries=totals.entries,
            unclear=totals.unclear,
        )
        for place, totals in in_database(region, mechanism).items()
    ]
    Cell.objects.bulk_create(cells, batch_size=_BATCH)
    return len(cells)
