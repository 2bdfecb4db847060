"""Counts everything anew and compares; writes nothing unless it is told to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from luoshi.apps.indicator.models import Cell
from luoshi.apps.indicator.operations.counting import Place
from luoshi.apps.indicator.operations.recounting import count_anew, recounted
from luoshi.apps.register.models import Entry
from luoshi.core.indicator.figure import Totals


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


def discrepancies(region: str, mechanism: str, today: date) -> list[Discrepancy]:
    """Where the kept sums differ from what the entries add up to, in the order of the places."""
    return _compared(region, mechanism, kept_sums(region, mechanism), today)


def _compared(region: str, mechanism: str, kept: dict[Place, Totals], today: date) -> list[Discrepancy]:
    counted = recounted(region, mechanism, today)
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


def kept_sums(region: str, mechanism: str) -> dict[Place, Totals]:
    """The sums as they are kept; empty ones are as good as none."""
    rows = Cell.objects.filter(region=region, mechanism=mechanism).values_list(
        "indicator", "body_id", "month", "top", "base", "entries", "unclear"
    )
    found = {Place(*row[:3]): Totals(*row[3:]) for row in rows}
    return {place: totals for place, totals in found.items() if totals != Totals(Decimal(0), Decimal(0))}
