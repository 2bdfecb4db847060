"""What entries add to an indicator, worked out by the database: the second engine of one definition.

The first one is `luoshi.core.indicator.contribution`; both count the same over the cases of every mechanism.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    DateField,
    DecimalField,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast

from luoshi.apps.register.declared import catalogue
from luoshi.apps.register.models import Clock, Entry
from luoshi.apps.register.queries.conditions import Told, told
from luoshi.apps.register.queries.loading import surroundings_of
from luoshi.apps.register.queries.sides import Surroundings, side, text_of
from luoshi.core.expression import Expression
from luoshi.core.expression.nodes import Arithmetic, Node, children
from luoshi.core.indicator.declaration import Indicator, Measure

_AMOUNT: DecimalField[Decimal, Decimal] = DecimalField(max_digits=24, decimal_places=6)
_ZERO, _ONE = Value(Decimal(0), _AMOUNT), Value(Decimal(1), _AMOUNT)
_ALL = Told(Q(), Q(pk__in=[]))


def contributing(
    region: str, mechanism: str, indicator: Indicator, today: date
) -> list[QuerySet[Entry]] | None:
    """The entries that add to an indicator, those of each version of the rules, with what they add.

    Each has `counts_for`, `counts_on`, `top`, `base` and `unclear`; of a duration `first` and `last` instead
    of `top`, because working days stand in no database. None where the database cannot tell exactly.
    """
    found = []
    for version in catalogue().versions[mechanism]:
        rows = Entry.objects.filter(region=region, mechanism=mechanism, version=version.version).order_by()
        made = _of_version(indicator, rows, surroundings_of(version.register, today))
        if made is None:
            return None
        found.append(made)
    return found


def _of_version(indicator: Indicator, rows: QuerySet[Entry], around: Surroundings) -> QuerySet[Entry] | None:
    where = _ALL if indicator.where is None else told(indicator.where.node, around)
    day = F("began") if indicator.on is None else side(indicator.on.node, around)
    parts = _parts(indicator, around)
    if not where.exact or day is None or parts is None:
        return None
    body = Cast(text_of(indicator.covers), BigIntegerField()) if indicator.covers else F("body_id")
    on = Value(None, DateField()) if indicator.standing else day
    if indicator.measure is Measure.WITHIN:
        rows = _with_clock(rows, indicator.limit)
    needed = ["counts_for", *parts] if indicator.standing else ["counts_for", "counts_on", *parts]
    there = Q(*((f"{name}__isnull", False) for name in needed))
    if "last" in parts:
        there &= Q(last__gte=F("first"))
    return rows.filter(where.yes).annotate(counts_for=body, counts_on=on, **parts).filter(there)


def _parts(indicator: Indicator, around: Surroundings) -> dict[str, Any] | None:
    """The columns of a contribution; what is null in one of them makes none."""
    none: dict[str, Any] = {"unclear": Value(0)}
    match indicator.measure:
        case Measure.COUNT | Measure.COVERAGE:
            return {"top": _ONE, "base": _ZERO, **none}
        case Measure.SUM:
            return _known({"top": _exact(indicator.value, around), "base": _ZERO, **none})
        case Measure.MEAN | Measure.MEDIAN:
            return _known({"top": _exact(indicator.value, around), "base": _ONE, **none})
        case Measure.RATIO:
            value, base = (_exact(one, around) for one in (indicator.value, indicator.base))
            return _known({"top": value, "base": base, **none})
        case Measure.SHARE:
            return _share(indicator, around)
        case Measure.DURATION:
            first, last = (
                None if one is None else side(one.node, around) for one in (indicator.start, indicator.end)
            )
            return _known({"first": first, "last": last, "base": _ONE, **none})
        case Measure.WITHIN:
            top = Case(When(clock__outcome=Clock.Outcome.KEPT, then=_ONE), default=_ZERO)
            return {"top": top, "base": _ONE, **none}


def _with_clock(rows: QuerySet[Entry], limit: str) -> QuerySet[Entry]:
    """Entries of which the latest clock of a limit has ended, kept or overrun; it is called `clock`."""
    newer = Clock.objects.filter(entry=OuterRef("pk"), limit=limit, pk__gt=OuterRef("clock__pk"))
    rows = rows.annotate(clock=FilteredRelation("clocks", condition=Q(clocks__limit=limit)))
    ended = (Clock.Outcome.KEPT, Clock.Outcome.OVERRUN)
    return rows.filter(~Exists(newer), clock__outcome__in=ended)


def _known(parts: dict[str, Any]) -> dict[str, Any] | None:
    return None if any(one is None for one in parts.values()) else parts


def _exact(expression: Expression | None, around: Surroundings) -> Any | None:
    """A number; what was divided is rounded otherwise by each database."""
    if expression is None or any(_divides(one, around) for one in _within(expression.node)):
        return None
    found = side(expression.node, around)
    return None if found is None else Cast(found, _AMOUNT)


def _within(node: Node) -> Iterator[Node]:
    yield node
    for one in children(node):
        yield from _within(one)


def _divides(node: Node, around: Surroundings) -> bool:
    if isinstance(node, Arithmetic) and node.operator == "/":
        return True
    formula = around.formulas.get(getattr(node, "key", ""))
    return formula is not None and any(_divides(one, around) for one in _within(formula.node))


def _share(indicator: Indicator, around: Surroundings) -> dict[str, Any] | None:
    if indicator.of is None:
        return {"top": _ZERO, "base": _ONE, "unclear": Value(0)}
    good = told(indicator.of.node, around)
    if not good.exact:
        return None
    return {
        "top": Case(When(good.yes, then=_ONE), default=_ZERO),
        "base": _ONE,
        "unclear": Case(When(good.yes | good.no, then=Value(0)), default=Value(1)),
    }
