"""Values of entries as the database reads them: the sides of comparisons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    DecimalField,
    F,
    Max,
    Min,
    OuterRef,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import BaseExpression, Combinable
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, NullIf

from luoshi.apps.register import models
from luoshi.apps.register.models import Entry, Step
from luoshi.core.expression.kinds import (
    Body,
    Choice,
    Code,
    Date,
    Kind,
    Money,
    Number,
    Period,
    Place,
    Plain,
    Text,
)
from luoshi.core.expression.nodes import (
    Arithmetic,
    Call,
    Constant,
    Expression,
    Field,
    Given,
    Negative,
    Node,
    Own,
    Taken,
    Through,
)

_NUMBER: DecimalField[Decimal, Decimal] = DecimalField(max_digits=30, decimal_places=10)
_TEXTS = (Text, Code, Place, Choice, Period, Body)
_STEPS = {"first_time": Min("on"), "last_time": Max("on")}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a condition is compiled for.

    Attributes:
        today: the day.
        formulas: of the computed fields of the mechanism.
        kept: the computed fields whose values are kept as rows, because lists are narrowed by them.
    """

    today: date
    formulas: Mapping[str, Expression]
    kept: frozenset[str] = frozenset()


def text_of(key: str) -> KeyTextTransform:
    """The stored text of a field: of numbers and days, too."""
    return KeyTextTransform(key, "values")


def side(node: Node, around: Surroundings) -> Any | None:
    """The value of a node as an expression of the database, or None where it cannot tell it."""
    match node:
        case Constant(value):
            return _constant(value)
        case Field(key, kind, "entry") if key in around.kept:
            return _kept(key, kind)
        case Field(key, kind, "entry"):
            return side(around.formulas[key].node, around) if key in around.formulas else _field(key, kind)
        case Own("state" | "begun" as name, _, "entry"):
            return F("began" if name == "begun" else "state")
        case Own("owner" | "holder" as name, _, "entry"):
            return Cast(F("body_id" if name == "owner" else "holder_id"), CharField())
        case Given("today"):
            return Value(around.today, DateField())
        case Taken():
            return _taken(node)
        case Through(Field(key), Own("state")):
            return _state_of(key)
        case Negative(part):
            inner = side(part, around)
            return None if inner is None else Value(Decimal(0), _NUMBER) - inner
        case Arithmetic():
            return _arithmetic(node, around)
        case Call("if_else", (condition, first, second)):
            return _chosen(condition, first, second, around)
        case _:
            return None


def _chosen(condition: Node, first: Node, second: Node, around: Surroundings) -> Case | None:
    """One of two values; none where the condition is neither true nor false."""
    from luoshi.apps.register.queries.conditions import told  # which compares sides

    decided, one, other = told(condition, around), side(first, around), side(second, around)
    if not decided.exact or one is None or other is None:
        return None
    return Case(When(decided.yes, then=one), When(decided.no, then=other))


def _constant(value: object) -> BaseExpression | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, Decimal):
        return Value(value, _NUMBER)
    if isinstance(value, date):
        return Value(value, DateField())
    return Value(value, CharField()) if isinstance(value, str) else None


def _field(key: str, kind: Kind) -> Combinable | None:
    if isinstance(kind, Number | Money | Plain):
        return Cast(text_of(key), _NUMBER)
    if isinstance(kind, Date):
        return Cast(text_of(key), DateField())
    return text_of(key) if isinstance(kind, _TEXTS) else None


def _kept(key: str, kind: Kind) -> Subquery | None:
    """A computed value that is kept as a row."""
    column = (
        "number" if isinstance(kind, Number | Money | Plain) else "day" if isinstance(kind, Date) else None
    )
    if column is None:
        return None
    rows = models.Value.objects.filter(entry=OuterRef("pk"), field=key).order_by()
    return Subquery(rows.values(column)[:1])


def _taken(node: Taken) -> Subquery | Coalesce | None:
    steps = Step.objects.filter(entry=OuterRef("pk"), transition=node.transition).order_by()
    if node.function == "times":
        number = Subquery(steps.values("transition").annotate(n=Count("pk")).values("n"))
        return Coalesce(Cast(number, _NUMBER), Value(Decimal(0), _NUMBER))
    aggregate = _STEPS.get(node.function)
    if aggregate is None:
        return None
    return Subquery(steps.values("transition").annotate(day=aggregate).values("day"))


def _state_of(key: str) -> Subquery:
    """The state of the entry that a link names."""
    linked = Entry.objects.filter(linked_from__entry=OuterRef("pk"), linked_from__field=key)
    return Subquery(linked.order_by().values("state")[:1])


def _arithmetic(node: Arithmetic, around: Surroundings) -> Any | None:
    left, right = side(node.left, around), side(node.right, around)
    if left is None or right is None or isinstance(left, Subquery) or isinstance(right, Subquery):
        return None
    match node.operator:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case _:
            return left / NullIf(right, Value(Decimal(0), _NUMBER))
