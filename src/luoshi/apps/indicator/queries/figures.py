"""Figures from the kept sums: for a region or its bodies, for a period."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from statistics import median

from django.db.models import QuerySet, Sum

from luoshi.apps.indicator.models import STANDING, Addition, Cell
from luoshi.apps.register.queries.keepers import matching
from luoshi.core.calendar.periods import Period
from luoshi.core.indicator.declaration import Indicator, Measure
from luoshi.core.indicator.figure import Figure, Totals, from_totals, settled


def region_figure(mechanism: str, indicator: Indicator, region: str, period: Period | None = None) -> Figure:
    """The figure of a whole region; None for all time."""
    cells = _cells(mechanism, indicator, region, period)
    if indicator.measure is Measure.COVERAGE and indicator.roster is not None:
        roster = [str(pk) for pk in matching(indicator.roster, region).values_list("pk", flat=True)]
        return _coverage(indicator, cells, roster)
    if indicator.measure is Measure.MEDIAN:
        return _median(indicator, _additions(mechanism, indicator, region, period))
    return from_totals(indicator, _total(cells))


def body_figures(
    mechanism: str,
    indicator: Indicator,
    region: str,
    period: Period | None = None,
    bodies: Collection[int] | None = None,
) -> dict[int, Figure]:
    """The figures of each body that has any, or of the bodies that are named, in one query."""
    cells = _cells(mechanism, indicator, region, period)
    if bodies is not None:
        cells = cells.filter(body__in=bodies)
    if indicator.measure is Measure.MEDIAN:
        return _medians(indicator, _additions(mechanism, indicator, region, period), bodies)
    rows = (
        cells.order_by()
        .values_list("body_id")
        .annotate(Sum("top"), Sum("base"), Sum("entries"), Sum("unclear"))
    )
    found = {body: Totals(*sums) for body, *sums in rows}
    wanted = found if bodies is None else bodies
    return {body: _of_body(indicator, found.get(body, Totals())) for body in wanted}


def months_of(period: Period | None) -> tuple[date, date] | None:
    """The first and the last month that a period has; None for all time."""
    return None if period is None else (period.start.replace(day=1), period.end.replace(day=1))


def additions_behind(
    mechanism: str, indicator: Indicator, region: str, period: Period | None = None, body: int | None = None
) -> QuerySet[Addition]:
    """The contributions of a figure with their entries, the newest first: what a number opens into."""
    rows = _additions(mechanism, indicator, region, period).select_related("entry", "body")
    if body is not None:
        rows = rows.filter(body=body)
    return rows.order_by("-day", "-entry_id")


def _cells(mechanism: str, indicator: Indicator, region: str, period: Period | None) -> QuerySet[Cell]:
    rows = Cell.objects.filter(region=region, mechanism=mechanism, indicator=indicator.key)
    if indicator.standing:
        return rows.filter(month=STANDING)
    months = months_of(period)
    return rows if months is None else rows.filter(month__range=months)


def _additions(
    mechanism: str, indicator: Indicator, region: str, period: Period | None
) -> QuerySet[Addition]:
    rows = Addition.objects.filter(region=region, mechanism=mechanism, indicator=indicator.key)
    if indicator.standing:
        return rows.filter(month=STANDING)
    months = months_of(period)
    return rows if months is None else rows.filter(month__range=months)


def _total(cells: QuerySet[Cell]) -> Totals:
    sums = cells.aggregate(top=Sum("top"), base=Sum("base"), entries=Sum("entries"), unclear=Sum("unclear"))
    return Totals(
        sums["top"] or Decimal(0), sums["base"] or Decimal(0), sums["entries"] or 0, sums["unclear"] or 0
    )


def _of_body(indicator: Indicator, totals: Totals) -> Figure:
    """Of one body a coverage is whether it has enough."""
    if indicator.measure is not Measure.COVERAGE:
        return from_totals(indicator, totals)
    enough = Decimal(int(totals.entries >= indicator.at_least))
    return settled(indicator, Totals(enough, Decimal(1), totals.entries, totals.unclear), enough)


def _coverage(indicator: Indicator, cells: QuerySet[Cell], roster: list[str]) -> Figure:
    rows = dict(cells.order_by().values_list("body_id").annotate(Sum("entries")))
    lacking = tuple(body for body in roster if (rows.get(int(body)) or 0) < indicator.at_least)
    base = Decimal(len(roster))
    totals = Totals(base - len(lacking), base, sum(rows.values()), 0)
    return settled(indicator, totals, totals.top / base if roster else None, lacking)


def _median(indicator: Indicator, rows: QuerySet[Addition]) -> Figure:
    values = list(rows.order_by().values_list("top", flat=True))
    totals = Totals(sum(values, Decimal(0)), Decimal(len(values)), len(values), 0)
    return settled(indicator, totals, median(values) if values else None)


def _medians(
    indicator: Indicator, rows: QuerySet[Addition], bodies: Collection[int] | None
) -> dict[int, Figure]:
    found: dict[int, list[Decimal]] = {body: [] for body in bodies or ()}
    for body, top in rows.order_by().values_list("body_id", "top"):
        if bodies is None or body in found:
            found.setdefault(body, []).append(top)
    return {
        body: settled(
            indicator,
            Totals(sum(values, Decimal(0)), Decimal(len(values)), len(values), 0),
            median(values) if values else None,
        )
        for body, values in found.items()
    }
