"""Counts everything anew and compares, in the database or in memory; writes nothing unless it is told to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Count, Sum

from luoshi.apps.indicator.models import Addition, Cell
from luoshi.apps.indicator.operations.counting import Place, additions, summed
from luoshi.apps.organization.queries.calendar import calendar_of
from luoshi.apps.register.models import Entry
from luoshi.apps.register.queries.loading import StoredWorld, loaded, register_of
from luoshi.core.indicator.figure import Totals
from luoshi.core.register.acting import Setting

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """A sum that is not what its entries add up to."""

    region: str
    mechanism: str
    place: Place
    kept: Totals
    counted: Totals

    @property
    def words(self) -> tuple[str, str]:
        """The difference in Chinese and English."""
        where = f"{self.region} {self.mechanism} {self.place.indicator} {self.place.month:%Y-%m}"
        kept, counted = (
            f"{one.top.normalize():f}/{one.base.normalize():f} ({one.entries})"
            for one in (self.kept, self.counted)
        )
        return (
            f"{where}(单位{self.place.body}):保存为{kept},由条目计算为{counted}。",
            f"{where} (body {self.place.body}): kept {kept}, counted {counted}.",
        )


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
    """The sums that the entries themselves add up to: the definition, one entry after the other."""
    return summed(one for found in _by_entry(region, mechanism, today) for one in found)


def _by_entry(region: str, mechanism: str, today: date) -> Iterator[list[Addition]]:
    """What each entry adds, not saved, one entry after the other."""
    calendar, world = calendar_of(region), StoredWorld(region)
    rows = Entry.objects.filter(region=region, mechanism=mechanism).prefetch_related("steps", "clocks")
    for row in rows.order_by("pk").iterator(chunk_size=_BATCH):
        setting = Setting(register_of(row), calendar, world)
        yield list(additions(row, loaded(row), setting, today).values())


def discrepancies(region: str, mechanism: str, today: date) -> list[Discrepancy]:
    """Where the kept sums differ from what the entries add up to, in the order of the places."""
    return _compared(region, mechanism, kept_sums(region, mechanism), today)


def _compared(region: str, mechanism: str, kept: dict[Place, Totals], today: date) -> list[Discrepancy]:
    counted = in_memory(region, mechanism, today)
    empty = Totals()
    return [
        Discrepancy(region, mechanism, place, kept.get(place, empty), counted.get(place, empty))
        for place in sorted({*kept, *counted})
        if kept.get(place, empty) != counted.get(place, empty)
    ]


def verify_all(*, today: date, rebuild_wrong: bool = False) -> tuple[list[Discrepancy], int]:
    """Compare the sums of every region and mechanism that has entries or sums; gives how many were compared.

    Args:
        today: the day of counting.
        rebuild_wrong: whether the sums of a mechanism that has a wrong one are written anew.
    """
    found: list[Discrepancy] = []
    compared = 0
    pairs = {
        *Entry.objects.order_by().values_list("region_id", "mechanism").distinct(),
        *Cell.objects.order_by().values_list("region_id", "mechanism").distinct(),
    }
    for region, mechanism in sorted(pairs):
        kept = kept_sums(region, mechanism)
        wrong = _compared(region, mechanism, kept, today)
        compared += len(kept)
        found += wrong
        if wrong and rebuild_wrong:
            count_anew(region, mechanism, today)
    return found, compared


@transaction.atomic
def count_anew(region: str, mechanism: str, today: date) -> int:
    """Write contributions and sums of a mechanism anew from its entries; gives how many sums there are."""
    Addition.objects.filter(region=region, mechanism=mechanism).delete()
    for found in _by_entry(region, mechanism, today):
        Addition.objects.bulk_create(found)
    return rebuild(region, mechanism)


def kept_sums(region: str, mechanism: str) -> dict[Place, Totals]:
    """The sums as they are kept; empty ones are as good as none."""
    rows = Cell.objects.filter(region=region, mechanism=mechanism).values_list(
        "indicator", "body_id", "month", "top", "base", "entries", "unclear"
    )
    found = {Place(*row[:3]): Totals(*row[3:]) for row in rows}
    return {place: totals for place, totals in found.items() if totals != Totals(Decimal(0), Decimal(0))}


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
