"""From contributions to a number, or to the reason why there is none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from statistics import median
from typing import Literal

from luoshi.core.calendar.periods import Period
from luoshi.core.indicator.contribution import ZERO, Contribution
from luoshi.core.indicator.declaration import Indicator, Measure

Standing = Literal["value", "missing", "not-applicable"]
# A figure is kept with so many places; shares too, which are shown as percentages with fewer.
_PLACES = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over contributions, which add up over bodies and periods alike."""

    top: Decimal = ZERO
    base: Decimal = ZERO
    entries: int = 0
    unclear: int = 0

    def __add__(self, other: Totals) -> Totals:
        return Totals(
            self.top + other.top,
            self.base + other.base,
            self.entries + other.entries,
            self.unclear + other.unclear,
        )

    def __sub__(self, other: Totals) -> Totals:
        return Totals(
            self.top - other.top,
            self.base - other.base,
            self.entries - other.entries,
            self.unclear - other.unclear,
        )


@dataclass(frozen=True, slots=True)
class Figure:
    """An indicator for some bodies and a period.

    Attributes:
        value: exact; None unless `standing` is `value`.
        standing: whether it is a value, missing, or not applicable.
        lacking: of a coverage: the bodies of the roster that do not have enough, in the order of the roster.
    """

    standing: Standing
    value: Decimal | None
    totals: Totals
    lacking: tuple[str, ...] = ()


def totals_of(found: Iterable[Contribution]) -> Totals:
    """The sums of some contributions."""
    total = Totals()
    for one in found:
        total += Totals(one.top, one.base, 1, int(one.unclear))
    return total


def chosen(
    found: Iterable[Contribution], period: Period | None, bodies: Collection[str] | None
) -> list[Contribution]:
    """The contributions of a period and of some bodies; None for all. Standing ones are of every period."""
    return [
        one
        for one in found
        if (period is None or one.day is None or period.start <= one.day <= period.end)
        and (bodies is None or one.body in bodies)
    ]


def figure(indicator: Indicator, found: Iterable[Contribution], roster: Iterable[str] = ()) -> Figure:
    """The number that contributions amount to.

    Args:
        found: what the chosen entries add.
        roster: of a coverage: the bodies that are to be covered.

    Example:
        >>> from luoshi.core.errors import Phrase
        >>> rate = Indicator("rate", Phrase("率", "Rate"), Measure.SHARE, "%", empty="not-applicable")
        >>> figure(rate, []).standing
        'not-applicable'
    """
    contributions = list(found)
    totals = totals_of(contributions)
    if indicator.measure is Measure.COVERAGE:
        return _coverage(indicator, contributions, totals, list(dict.fromkeys(roster)))
    if indicator.measure is Measure.MEDIAN:
        middle = median(one.top for one in contributions) if contributions else None
        return settled(indicator, totals, middle)
    return from_totals(indicator, totals)


def from_totals(indicator: Indicator, totals: Totals) -> Figure:
    """The number that sums amount to; not for a median or a coverage."""
    if indicator.measure in (Measure.COUNT, Measure.SUM):
        return settled(indicator, totals, totals.top if totals.entries else None)
    return settled(indicator, totals, totals.top / totals.base if totals.base else None)


def settled(
    indicator: Indicator, totals: Totals, value: Decimal | None, lacking: tuple[str, ...] = ()
) -> Figure:
    """A figure, by the rule of the indicator where there is no value."""
    if value is None:
        if indicator.empty != "zero":
            return Figure(indicator.empty, None, totals, lacking)
        value = ZERO
    return Figure("value", value.quantize(_PLACES, ROUND_HALF_UP), totals, lacking)


def _coverage(indicator: Indicator, found: list[Contribution], totals: Totals, roster: list[str]) -> Figure:
    counted = Counter(one.body for one in found)
    lacking = tuple(body for body in roster if counted[body] < indicator.at_least)
    value = Decimal(len(roster) - len(lacking)) / len(roster) if roster else None
    base = Decimal(len(roster))
    covered = Totals(base - len(lacking), base, totals.entries, totals.unclear)
    return settled(indicator, covered, value, lacking)
