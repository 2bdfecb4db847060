"""Transformations, turns and rules."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.document.page_geometry import (
    Transform,
    add_outline,
    quarter,
    rule_between,
    through,
    turn_back,
)
from luoshi.core.document.page_model import Rule

NUMBERS = st.floats(-500, 500)
TRANSFORMS = st.builds(Transform, *[st.floats(-3, 3)] * 4, NUMBERS, NUMBERS)


@given(TRANSFORMS, TRANSFORMS, NUMBERS, NUMBERS)
def test_one_after_the_other(first: Transform, second: Transform, x: float, y: float) -> None:
    assert first.then(second).at(x, y) == pytest.approx(second.at(*first.at(x, y)), abs=1e-6)


@pytest.mark.parametrize("turn", range(4))
def test_turning_back_lays_the_text_flat_on_the_page(turn: int) -> None:
    width, height = 595.0, 842.0
    back = turn_back(turn, width, height)
    directions = [(1, 0), (0, 1), (-1, 0), (0, -1)]
    x, y = directions[turn]
    ahead = Transform(back.a, back.b, back.c, back.d).at(x, y)
    assert quarter(*ahead) == 0
    corners = [back.at(*corner) for corner in ((0, 0), (width, height))]
    assert min(min(corner) for corner in corners) == 0


@pytest.mark.parametrize(("x", "y", "turn"), [(5, 0.2, 0), (0, 1, 1), (-1, 0, 2), (0.1, -3, 3), (1, 1, None)])
def test_quarters(x: float, y: float, turn: int | None) -> None:
    assert quarter(x, y) == turn


def test_strokes_become_rules() -> None:
    assert rule_between((10, 20), (90, 20.4)) == Rule(False, 20.2, 10, 90)
    assert rule_between((10, 90), (10, 20)) == Rule(True, 10, 20, 90)
    assert rule_between((10, 20), (90, 80)) is None
    assert rule_between((10, 20), (10, 20)) is None


def test_thin_filled_boxes_become_rules_and_thick_ones_do_not() -> None:
    rules: list[Rule] = []
    add_outline(rules, [(10, 20), (90, 20), (90, 20.5), (10, 20.5)], stroke=False)
    add_outline(rules, [(10, 20), (90, 20), (90, 60), (10, 60)], stroke=False)
    assert rules == [Rule(False, 20.25, 10, 90)]


def test_rules_turn_with_the_page() -> None:
    rules = [Rule(False, 20, 10, 90), Rule(True, 30, 5, 15)]
    assert through(turn_back(1, 100, 200), rules) == [Rule(True, 20, 10, 90), Rule(False, 70, 5, 15)]
