"""Figures from the kept sums: all indicators of a region at once, or one by body, for a period.

However many indicators, bodies and entries there are, the number of queries stays the same: the sums by body,
the bodies of the region, and the single values where a median is asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cached_property
from statistics import median

from django.db.models import Q, QuerySet, Sum

from luoshi.apps.indicator.models import STANDING, Addition, Cell
from luoshi.apps.organization.models import Body
from luoshi.apps.register.declared import catalogue
from luoshi.apps.register.queries.acting import Somebody
from luoshi.apps.register.queries.listing import visible
from luoshi.core.calendar.periods import Period
from luoshi.core.indicator.declaration import Indicator, Measure
from luoshi.core.indicator.figure import Figure, Totals, from_totals, settled
from luoshi.core.register.declaration import WhichBodies


class Figures:
    """The numbers of a region in a period, for all bodies or for some.

    Args:
        mechanism: of which mechanism; empty for all.
        bodies: whose numbers; None for the whole region.
    """

    def __init__(
        self,
        region: str,
        period: Period | None = None,
        *,
        mechanism: str = "",
        bodies: frozenset[int] | None = None,
    ) -> None:
        self._region, self._period = region, period
        self._mechanism, self._bodies = mechanism, bodies

    def of(self, mechanism: str, indicator: Indicator) -> Figure:
        """The figure of all bodies together."""
        sums = self._sums.get((mechanism, indicator.key), {})
        if indicator.measure is Measure.COVERAGE and indicator.roster is not None:
            return self._coverage(indicator, sums)
        total = sum(sums.values(), Totals())
        if indicator.measure is Measure.MEDIAN:
            values = self._values[mechanism, indicator.key]
            return _middle(indicator, total, [value for _body, value in values])
        return from_totals(indicator, total)

    def by_body(self, mechanism: str, indicator: Indicator) -> list[tuple[Body, Figure]]:
        """The figure of each body: of the whole roster where there is one, else of those with entries."""
        sums = self._sums.get((mechanism, indicator.key), {})
        wanted = set(sums) if indicator.roster is None else set(self._roster(indicator.roster))
        values: defaultdict[int, list[Decimal]] = defaultdict(list)
        if indicator.measure is Measure.MEDIAN:
            for owner, value in self._values[mechanism, indicator.key]:
                values[owner].append(value)
        found = []
        for body in self._all_bodies:
            if body.pk not in wanted:
                continue
            totals = sums.get(body.pk, Totals())
            if indicator.measure is Measure.MEDIAN:
                found.append((body, _middle(indicator, totals, values[body.pk])))
            else:
                found.append((body, _of_body(indicator, totals)))
        return found

    def behind(self, mechanism: str, indicator: Indicator, user: Somebody) -> QuerySet[Addition]:
        """The contributions with their entries, the newest first: what a number opens into.

        An entry of another body counts for the one that it names, but only who may see it sees it here. Of
        one that was destroyed there is nothing left but what was counted.
        """
        rows = self._counted(mechanism, indicator)
        if self._bodies is not None:
            rows = rows.filter(Q(entry=None) | Q(entry__in=visible(user, mechanism)))
        return rows.select_related("entry", "body").order_by("-day", "-entry_id", "-pk")

    def cells(self, mechanism: str, indicator: Indicator) -> QuerySet[Cell]:
        """The sums by body and month that figures are made of, without those that entries have left."""
        rows = self._within(Cell.objects.filter(mechanism=mechanism, indicator=indicator.key))
        return rows.filter(entries__gt=0).order_by("body", "month")

    def destroyed(self, mechanism: str, indicator: Indicator) -> QuerySet[Addition]:
        """The contributions of entries that have been destroyed: they count as they did."""
        return self._counted(mechanism, indicator).filter(entry=None)

    def _counted(self, mechanism: str, indicator: Indicator) -> QuerySet[Addition]:
        return self._within(Addition.objects.filter(mechanism=mechanism, indicator=indicator.key))

    def names(self, keys: Iterable[str]) -> list[str]:
        """The names of bodies, in the order of the keys."""
        named = {str(one.pk): one.name for one in self._all_bodies}
        return [named[key] for key in keys if key in named]

    @cached_property
    def _sums(self) -> dict[tuple[str, str], dict[int, Totals]]:
        rows = (
            self._within(Cell.objects.all())
            .order_by()
            .values_list("mechanism", "indicator", "body_id")
            .annotate(Sum("top"), Sum("base"), Sum("entries"), Sum("unclear"))
        )
        found: defaultdict[tuple[str, str], dict[int, Totals]] = defaultdict(dict)
        for mechanism, indicator, body, *sums in rows:
            found[mechanism, indicator][body] = Totals(*sums)
        return found

    @cached_property
    def _values(self) -> defaultdict[tuple[str, str], list[tuple[int, Decimal]]]:
        """Single values, for medians."""
        medians = [
            (mechanism.key, one.key)
            for mechanism in catalogue()
            for one in mechanism.indicators
            if one.measure is Measure.MEDIAN
        ]
        wanted = Q(pk__in=[])
        for mechanism, indicator in medians:
            wanted |= Q(mechanism=mechanism, indicator=indicator)
        rows = self._within(Addition.objects.filter(wanted)).order_by()
        found: defaultdict[tuple[str, str], list[tuple[int, Decimal]]] = defaultdict(list)
        for mechanism, indicator, body, top in rows.values_list("mechanism", "indicator", "body_id", "top"):
            found[mechanism, indicator].append((body, top))
        return found

    @cached_property
    def _all_bodies(self) -> list[Body]:
        rows = Body.objects.filter(region=self._region).only("pk", "name", "kind", "line", "active_to")
        return list(rows.order_by("name", "pk"))

    def _roster(self, which: WhichBodies) -> list[int]:
        return [
            one.pk
            for one in self._all_bodies
            if one.active_to is None
            and one.kind != Body.Kind.GROUP
            and which.admits(kind=one.kind, line=one.line, name=one.name)
            and (self._bodies is None or one.pk in self._bodies)
        ]

    def _coverage(self, indicator: Indicator, sums: dict[int, Totals]) -> Figure:
        assert indicator.roster is not None  # noqa: S101 - who calls has looked
        roster = self._roster(indicator.roster)
        lacking = tuple(str(body) for body in roster if sums.get(body, Totals()).entries < indicator.at_least)
        base = Decimal(len(roster))
        entries = sum(one.entries for one in sums.values())
        totals = Totals(base - len(lacking), base, entries, 0)
        return settled(indicator, totals, totals.top / base if roster else None, lacking)

    def _within(self, rows: QuerySet) -> QuerySet:  # type: ignore[type-arg]
        """Cells or contributions of the region, the period, the mechanism and the bodies."""
        rows = rows.filter(region=self._region)
        if self._mechanism:
            rows = rows.filter(mechanism=self._mechanism)
        if self._bodies is not None:
            rows = rows.filter(body__in=self._bodies)
        months = months_of(self._period)
        return rows if months is None else rows.filter(Q(month=STANDING) | Q(month__range=months))


def months_of(period: Period | None) -> tuple[date, date] | None:
    """The first and the last month that a period has; None for all time."""
    return None if period is None else (period.start.replace(day=1), period.end.replace(day=1))


def _of_body(indicator: Indicator, totals: Totals) -> Figure:
    """Of one body a coverage is whether it has enough."""
    if indicator.measure is not Measure.COVERAGE:
        return from_totals(indicator, totals)
    enough = Decimal(int(totals.entries >= indicator.at_least))
    return settled(indicator, Totals(enough, Decimal(1), totals.entries, totals.unclear), enough)


def _middle(indicator: Indicator, totals: Totals, values: list[Decimal]) -> Figure:
    return settled(indicator, totals, median(values) if values else None)
