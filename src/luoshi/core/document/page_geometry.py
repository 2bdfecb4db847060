"""Planar geometry of pages: affine transformations, quarter turns, and lines that may be table borders."""

from __future__ import annotations

from itertools import pairwise
from math import hypot
from typing import NamedTuple

from luoshi.core.document.page_model import Rule

# A line is horizontal or vertical if it strays by no more than this many points over its length.
_STRAIGHT = 1.0
# A filled rectangle thinner than this (points) is a line.
_THIN = 3.0
# Text leans on a quarter turn if its direction strays by no more than this share.
_LEAN = 0.18


class Transform(NamedTuple):
    """Maps (x, y) to (a·x + c·y + e, b·x + d·y + f): the six numbers as pdf and ofd write them."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Where a point comes to lie.

        Example:
            >>> Transform(e=10, d=-1, f=100).at(1, 30)
            (11.0, 70.0)
        """
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def then(self, after: Transform) -> Transform:
        """The transformation that does this one first and `after` next."""
        a, b, c, d, e, f = after
        return Transform(
            a * self.a + c * self.b,
            b * self.a + d * self.b,
            a * self.c + c * self.d,
            b * self.c + d * self.d,
            a * self.e + c * self.f + e,
            b * self.e + d * self.f + f,
        )

    def stretch(self) -> float:
        """By how much lengths across the text direction grow: what becomes of a font size."""
        return hypot(self.c, self.d)


def quarter(x: float, y: float) -> int | None:
    """Quarter turns (clockwise, y downwards) of a direction; None if it is askew.

    Example:
        >>> quarter(1, 0), quarter(0, 2), quarter(0, -1), quarter(1, 1)
        (0, 1, 3, None)
    """
    length = hypot(x, y)
    if length == 0:
        return 0
    if abs(y) <= _LEAN * length:
        return 0 if x > 0 else 2
    if abs(x) <= _LEAN * length:
        return 1 if y > 0 else 3
    return None


def turn_back(turn: int, width: float, height: float) -> Transform:
    """From a displayed page to one on which text that is turned by `turn` quarters reads from left to right.

    Args:
        turn: quarter turns clockwise.
        width, height: of the displayed page.
    """
    match turn:
        case 1:
            return Transform(0, -1, 1, 0, 0, width)
        case 2:
            return Transform(-1, 0, 0, -1, width, height)
        case 3:
            return Transform(0, 1, -1, 0, height, 0)
        case _:
            return Transform()


def rule_between(start: tuple[float, float], end: tuple[float, float]) -> Rule | None:
    """The rule that a stroke from `start` to `end` draws, or None if it is slanting or a dot."""
    (x0, y0), (x1, y1) = start, end
    wide, high = abs(x1 - x0), abs(y1 - y0)
    if high <= _STRAIGHT and wide > high:
        return Rule(False, (y0 + y1) / 2, min(x0, x1), max(x0, x1))
    if wide <= _STRAIGHT and high > wide:
        return Rule(True, (x0 + x1) / 2, min(y0, y1), max(y0, y1))
    return None


def add_outline(rules: list[Rule], points: list[tuple[float, float]], *, stroke: bool) -> None:
    """Add the rules that an outline draws: its straight sides, or itself if it is filled and thin."""
    if stroke:
        found = [rule_between(start, end) for start, end in pairwise(points)]
    else:
        xs, ys = [x for x, _ in points], [y for _, y in points]
        found = [_rule_of_box(min(xs), min(ys), max(xs), max(ys))]
    rules += [rule for rule in found if rule is not None]


def _rule_of_box(left: float, top: float, right: float, bottom: float) -> Rule | None:
    """The rule that a filled rectangle draws, or None if it is too thick for one or only a dot."""
    wide, high = right - left, bottom - top
    if high <= _THIN and wide > 2 * high:
        return Rule(False, (top + bottom) / 2, left, right)
    if wide <= _THIN and high > 2 * wide:
        return Rule(True, (left + right) / 2, top, bottom)
    return None


def through(transform: Transform, rules: list[Rule]) -> list[Rule]:
    """Where rules come to lie."""
    ends = [
        ((rule.at, rule.start), (rule.at, rule.end))
        if rule.vertical
        else ((rule.start, rule.at), (rule.end, rule.at))
        for rule in rules
    ]
    moved = [rule_between(transform.at(*start), transform.at(*end)) for start, end in ends]
    return [rule for rule in moved if rule is not None]
