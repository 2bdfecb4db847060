"""Whether a figure has reached what was set for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from luoshi.core.indicator.declaration import Goal, Indicator
from luoshi.core.indicator.figure import Figure


@dataclass(frozen=True, slots=True)
class Reached:
    """A goal and how the figure stands to it; `met` is None where there is no value to compare."""

    goal: Goal
    met: bool | None
    passed: bool


def reached(indicator: Indicator, figure: Figure, today: date) -> Reached | None:
    """The goal that counts on a day: the next one, or the last; None where none was set."""
    if not indicator.goals:
        return None
    coming = [one for one in indicator.goals if one.by >= today]
    goal = min(coming, key=lambda one: one.by) if coming else max(indicator.goals, key=lambda one: one.by)
    met = None
    if figure.value is not None:
        met = figure.value <= goal.value if indicator.direction == "down" else figure.value >= goal.value
    return Reached(goal, met, goal.by < today)
