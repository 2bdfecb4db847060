"""What the value of an expression depends on: which names, and what besides the entry itself.

What depends on the entry alone may be kept beside it and brought up to date when the entry changes. What
depends on the day, on other entries or on who asks has to be worked out when it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from luoshi.core.expression.nodes import (
    Call,
    Constant,
    Expression,
    Field,
    Given,
    Limited,
    Node,
    OverOthers,
    Own,
    Taken,
    Through,
    children,
)


class On(StrEnum):
    """Something that a value can depend on."""

    VALUES = "values"  # the entry's fields, state, bodies, and the day it began
    STEPS = "steps"  # the steps that were taken
    CLOCKS = "clocks"  # its limits: when they end and ended
    TODAY = "today"  # the day
    CALENDAR = "calendar"  # the region's working days, which the office may still enter
    LINKED = "linked"  # entries that its links name
    OTHERS = "others"  # entries of a mechanism
    ACTOR = "actor"  # who acts


STORABLE = frozenset({On.VALUES, On.STEPS, On.CLOCKS})
"""What changes only in a change of the entry itself."""


@dataclass(frozen=True, slots=True)
class Reads:
    """The names that an expression reads, by key.

    Attributes:
        fields: of its own entry; columns count with the field of their rows.
        transitions: of its own entry.
        limits: of its own entry.
        mechanisms: whose entries it looks at, by links or at large.
    """

    fields: frozenset[str] = frozenset()
    transitions: frozenset[str] = frozenset()
    limits: frozenset[str] = frozenset()
    mechanisms: frozenset[str] = frozenset()


def reads(expression: Expression) -> Reads:
    """What an expression reads."""
    found = list(_walk(expression.node, asking=False))
    own = [node for node, asking in found if not asking]
    return Reads(
        fields=frozenset(
            node.key
            for node, asking in found
            if isinstance(node, Field) and node.whose == ("this" if asking else "entry")
        ),
        transitions=frozenset(node.transition for node in own if isinstance(node, Taken)),
        limits=frozenset(node.limit for node in own if isinstance(node, Limited)),
        mechanisms=frozenset(node.mechanism for node, _ in found if isinstance(node, Through | OverOthers)),
    )


def names_used(expression: Expression) -> frozenset[str]:
    """The keys of the fields of its own entry that an expression reads.

    Example:
        >>> from luoshi.core.expression.kinds import Number, Scheme
        >>> from luoshi.core.expression.parsing import parse
        >>> scheme = Scheme("a", {"present": Number(), "members-due": Number()})
        >>> sorted(names_used(parse("present * 2 > members_due", scheme)))
        ['members-due', 'present']
    """
    return reads(expression).fields


def depends_on(expression: Expression, formulas: Mapping[str, Expression] | None = None) -> frozenset[On]:
    """What the value depends on.

    Args:
        expression: any.
        formulas: of the computed fields of its mechanism, by key, so that what they depend on counts too.
    """
    formulas = formulas or {}
    found: set[On] = set()
    seen: set[str] = set()
    left = [expression]
    while left:
        one = left.pop()
        found.update(on for node, asking in _walk(one.node, asking=False) for on in _on(node, asking))
        new = (names_used(one) & formulas.keys()) - seen
        seen |= new
        left.extend(formulas[key] for key in new)
    return frozenset(found)


def storable(expression: Expression, formulas: Mapping[str, Expression] | None = None) -> bool:
    """Whether the value changes only when the entry itself changes.

    Example:
        >>> from luoshi.core.expression.kinds import Date, Scheme
        >>> from luoshi.core.expression.parsing import parse
        >>> scheme = Scheme("a", {"signed": Date(), "closed": Date()})
        >>> storable(parse("days(signed, closed) <= 30", scheme)), storable(parse("signed < today", scheme))
        (True, False)
    """
    return depends_on(expression, formulas) <= STORABLE


def timely(expression: Expression, formulas: Mapping[str, Expression] | None = None) -> bool:
    """Whether the value may change while the entry does not."""
    return not storable(expression, formulas)


def _walk(node: Node, *, asking: bool) -> Iterator[tuple[Node, bool]]:
    """Every node, with whether it stands in a condition over other entries."""
    yield node, asking
    for child in children(node):
        yield from _walk(child, asking=asking or isinstance(node, OverOthers))


def _on(node: Node, asking: bool) -> Iterator[On]:
    match node:
        case Field() | Own():
            if not asking or node.whose == "this":
                yield On.VALUES
        case Given(name):
            yield On.TODAY if name == "today" else On.ACTOR
        case Through():
            yield On.LINKED
        case OverOthers():
            yield On.OTHERS
        case Taken():
            if not asking:
                yield On.STEPS
        case Limited(function):
            if not asking:
                yield On.CLOCKS
            if function != "running":
                yield On.TODAY
        case Call("working_days") | Call("after", (_, _, Constant("working_day"))):
            yield On.CALENDAR
