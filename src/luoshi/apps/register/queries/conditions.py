"""Conditions of declarations for the database: what holds, what does not, and whether it can tell at all.

The language has three values, a database two: of each condition it is compiled when it holds and when its
contrary holds; an entry of which neither is true is one for which the condition is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.lookups import (
    Exact,
    GreaterThan,
    GreaterThanOrEqual,
    In,
    IsNull,
    LessThan,
    LessThanOrEqual,
)

from luoshi.apps.register import models
from luoshi.apps.register.queries.sides import Surroundings, side, text_of
from luoshi.core.expression.kinds import Choices, Truth
from luoshi.core.expression.nodes import (
    Among,
    Both,
    Call,
    Comparison,
    Constant,
    Either,
    Field,
    Inside,
    Limited,
    Node,
    Not,
    Taken,
)

_NOTHING = Q(pk__in=[])
_LOOKUPS: Mapping[str, Any] = {
    "<": LessThan,
    "<=": LessThanOrEqual,
    ">": GreaterThan,
    ">=": GreaterThanOrEqual,
    "==": Exact,
}
_CONTRARY = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}


@dataclass(frozen=True, slots=True)
class Told:
    """A condition as the database tells it.

    Attributes:
        yes: holds for at least all entries of which the condition holds.
        no: holds for at least all entries of which its contrary holds.
        exact: whether it holds for no others.
    """

    yes: Q
    no: Q
    exact: bool = True


_UNTOLD = Told(Q(), Q(), exact=False)


def told(node: Node, around: Surroundings) -> Told:
    """A condition for the database; what it cannot tell holds for all."""
    match node:
        case Both(parts):
            return _both(told(part, around) for part in parts)
        case Either(parts):
            return _swapped(_both(_swapped(told(part, around)) for part in parts))
        case Not(part):
            return _swapped(told(part, around))
        case Constant(bool() as value):
            return Told(Q() if value else _NOTHING, _NOTHING if value else Q())
        case Field(key, Truth(), "entry") if key not in around.formulas:
            return Told(Q(Exact(text_of(key), Value("yes"))), Q(Exact(text_of(key), Value("no"))))
        case Field(key, Truth(), "entry"):
            return told(around.formulas[key].node, around)
        case Comparison():
            return _comparison(node, around)
        case Among(value, listed):
            return _among(side(value, around), [one.value for one in listed])
        case Inside(Field(key, kind, "entry"), keys=keys) if not isinstance(kind, Choices):
            return _among(text_of(key), sorted(keys))
        case Call():
            return _call(node, around)
        case Taken("taken", transition):
            steps = Exists(models.Step.objects.filter(entry=OuterRef("pk"), transition=transition))
            return Told(Q(steps), ~Q(steps))
        case Limited():
            return _limited(node, around)
        case _:
            return _UNTOLD


def narrowed(
    rows: QuerySet[models.Entry],
    condition: Node,
    around: Surroundings,
) -> QuerySet[models.Entry]:
    """At least all rows for which a condition holds; exactly those where `told` says that it is exact."""
    return rows.filter(told(condition, around).yes)


def _swapped(one: Told) -> Told:
    return Told(one.no, one.yes, one.exact)


def _both(parts: Iterable[Told]) -> Told:
    found = list(parts)
    yes = reduce(and_, (one.yes for one in found), Q())
    no = reduce(or_, (one.no for one in found)) if all(one.exact or one.no != Q() for one in found) else Q()
    return Told(yes, no, all(one.exact for one in found))


def _comparison(node: Comparison, around: Surroundings) -> Told:
    left, right = side(node.left, around), side(node.right, around)
    if left is None or right is None:
        return _UNTOLD
    return Told(Q(_compared(node.operator, left, right)), Q(_compared(_CONTRARY[node.operator], left, right)))


def _compared(operator: str, left: Any, right: Any) -> Any:
    """A comparison that holds for no value that is missing."""
    if operator != "!=":
        return _LOOKUPS[operator](left, right)
    return Q(LessThan(left, right)) | Q(GreaterThan(left, right))


def _among(value: Any, keys: list[Any]) -> Told:
    if value is None or not all(isinstance(one, str) for one in keys):
        return _UNTOLD
    inside = Q(In(value, keys))
    return Told(inside, Q(IsNull(value, False)) & ~inside)


def _call(node: Call, around: Surroundings) -> Told:
    match node:
        case Call("is_missing" | "given" as name, (Field(key, _, "entry") as field,)):
            value = side(field, around) if key in around.formulas else text_of(key)
            if value is None:
                return _UNTOLD
            there, away = Q(IsNull(value, False)), Q(IsNull(value, True))
            return Told(there, away) if name == "given" else Told(away, there)
        case Call("is_missing" | "given" as name, (Limited("within" | "overdue", limit),)):
            started = Exists(models.Clock.objects.filter(entry=OuterRef("pk"), limit=limit))
            there, away = Q(started), ~Q(started)
            return Told(there, away) if name == "given" else Told(away, there)
        case Call("is_unknown", (Field(key, _, "entry"),)):
            unknown = Q(Exact(text_of(key), Value("unknown")))
            return Told(unknown, ~unknown | Q(IsNull(text_of(key), True)))
        case Call("same", (left, right)):
            return _comparison(Comparison("==", left, right), around)
        case _:
            return _UNTOLD


def _limited(node: Limited, around: Surroundings) -> Told:
    """Of the latest clock of a limit: it has a last day, and perhaps the day on which it was stopped."""
    # Asked of each clock that is late, of which there are few; as a join the database reads all of the limit.
    same = models.Clock.objects.filter(entry=OuterRef("entry"), limit=node.limit).order_by("-pk")
    latest = Subquery(same.values("pk")[:1])
    clocks = models.Clock.objects.filter(pk=latest, entry=OuterRef("pk"), limit=node.limit)
    if node.function == "running":
        runs = Exists(clocks.filter(ended=None))
        return Told(Q(runs), ~Q(runs))
    late = Q(ended=None, due__lt=around.today) | Q(ended__gt=F("due"))
    over = Exists(clocks.filter(late))
    started = Exists(models.Clock.objects.filter(entry=OuterRef("pk"), limit=node.limit))
    overdue, within = Q(over), Q(started) & ~Q(over)
    return Told(within, overdue) if node.function == "within" else Told(overdue, within)
