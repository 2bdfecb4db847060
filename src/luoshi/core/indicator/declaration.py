"""What an indicator counts, by what it is broken down, and what it means when there is nothing to count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from luoshi.core.errors import Phrase
from luoshi.core.register.declaration import WhichBodies

if TYPE_CHECKING:
    from luoshi.core.expression import Expression


class Measure(StrEnum):
    """How a number comes out of entries."""

    COUNT = "count"  # entries for which `where` holds
    SUM = "sum"  # of `value` over them
    MEAN = "mean"  # of `value` over those that have one
    MEDIAN = "median"  # likewise; the mean of the middle two of an even number
    SHARE = "share"  # entries of `where` that also satisfy `of`, of all of `where`
    RATIO = "ratio"  # sum of `value` by sum of `base`
    COVERAGE = (
        "coverage"  # bodies of the roster with at least `at_least` entries, of all bodies of the roster
    )
    DURATION = "duration"  # mean of days from `start` to `end`, in `unit`
    WITHIN = "within"  # entries whose limit ended in time, of those whose limit ended


Empty = Literal["missing", "zero", "not-applicable"]
Dimension = Literal["body", "holder", "place"]


@dataclass(frozen=True, slots=True)
class Goal:
    """A value to reach by a day."""

    by: date
    value: Decimal


@dataclass(frozen=True, slots=True)
class Indicator:
    """One number of a mechanism.

    Attributes:
        unit: 件, %, 天; a share is kept as 0 to 1 and shown as a percentage.
        where: which entries count at all; None for all.
        of: of a share: which of them are the good ones.
        value: of a sum, mean, median or ratio.
        base: of a ratio: the denominator of one entry.
        start, end: of a duration: two days of an entry.
        working_days: whether a duration counts working days.
        limit: of `within`: the key of the limit.
        roster: of a coverage: the bodies that are to be covered.
        at_least: of a coverage: how many entries a body needs.
        covers: of a coverage: the body field that says for whom an entry counts; empty for the entry's body.
        on: the date by which an entry belongs to a period; None for the day on which it began.
        standing: whether it is a number of the day (venues in use) rather than of a period (cases closed).
        empty: what it is when there is nothing to divide by.
    """

    key: str
    label: Phrase
    measure: Measure
    unit: str
    where: Expression | None = None
    of: Expression | None = None
    value: Expression | None = None
    base: Expression | None = None
    start: Expression | None = None
    end: Expression | None = None
    working_days: bool = False
    limit: str = ""
    roster: WhichBodies | None = None
    at_least: int = 1
    covers: str = ""
    on: Expression | None = None
    standing: bool = False
    direction: Literal["up", "down", "none"] = "up"
    baseline: Decimal | None = None
    goals: tuple[Goal, ...] = ()
    empty: Empty = "missing"
    public: bool = False
    help: Phrase | None = None
