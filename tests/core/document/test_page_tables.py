"""Ruling lines become grids."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.document.page_model import Rule
from luoshi.core.document.page_tables import find_grids
from tests.writers.pages import glyphs, grid

XS, YS = (80.0, 130.0, 330.0, 520.0), (100.0, 130.0, 190.0, 250.0)


def spans(rules: list[Rule]) -> list[tuple[int, int, int, int]]:
    (only,) = find_grids(rules)
    return [(cell.row, cell.column, cell.row_span, cell.column_span) for cell in only.cells]


def test_a_plain_grid() -> None:
    (found,) = find_grids(grid(XS, YS))
    assert (found.xs, found.ys) == (XS, YS)
    assert len(found.cells) == 9
    assert {(cell.row_span, cell.column_span) for cell in found.cells} == {(1, 1)}


def test_merged_cells() -> None:
    rules = [
        *grid(XS, YS)[:1],
        Rule(False, 130, 130, 520),  # the first column reaches over two rows
        Rule(False, 190, 80, 520),
        Rule(False, 250, 80, 520),
        Rule(True, 80, 100, 250),
        Rule(True, 130, 100, 190),  # the last row is one cell
        Rule(True, 330, 100, 190),
        Rule(True, 520, 100, 250),
    ]
    assert spans(rules) == [
        (0, 0, 2, 1),
        (0, 1, 1, 1),
        (0, 2, 1, 1),
        (1, 1, 1, 1),
        (1, 2, 1, 1),
        (2, 0, 1, 3),
    ]


def test_borders_drawn_cell_by_cell_and_double_lines() -> None:
    rules = []
    for top, bottom in itertools.pairwise(YS):
        for left, right in itertools.pairwise(XS):
            rules += grid((left + 0.5, right - 0.5), (top + 0.5, bottom - 0.5))
    assert len(spans(rules)) == 9


def test_dashed_borders() -> None:
    rules = []
    for rule in grid(XS, YS):
        start = rule.start
        while start < rule.end:
            rules.append(Rule(rule.vertical, rule.at, start, min(start + 4, rule.end)))
            start += 6
    assert len(spans(rules)) == 9


def test_a_table_without_side_borders() -> None:
    open_sides = [rule for rule in grid(XS, YS) if not (rule.vertical and rule.at in (80, 520))]
    assert len(spans(open_sides)) == 9


@pytest.mark.parametrize(
    "rules",
    [
        [],
        grid((80, 520), (100, 700)),
        [Rule(False, 100, 80, 520), Rule(False, 130, 80, 520)],
        [Rule(False, 100 + 20 * index, 80, 300) for index in range(9)],
    ],
    ids=["nothing", "a frame", "two lines", "lines to write on"],
)
def test_what_is_no_table(rules: list[Rule]) -> None:
    assert find_grids(rules) == []


def test_two_tables_are_two() -> None:
    first, second = find_grids(grid(XS, (400, 430, 460)) + grid(XS, YS))
    assert (first.ys[0], second.ys[0]) == (100, 400)


def test_glyphs_go_to_the_cell_in_which_they_stand() -> None:
    (found,) = find_grids(grid(XS, YS))
    drawn = glyphs("甲", 90, 120, 12) + glyphs("乙丙", 140, 150, 12)
    sorted_ = found.sort(drawn)
    texts = ["".join(glyph.text for glyph in cell) for cell in sorted_]
    assert texts == ["甲", "", "", "", "乙丙", "", "", "", ""]
    assert all(found.holds(glyph) for glyph in drawn)
    assert not found.holds(glyphs("外", 90, 90, 12)[0])


@given(
    st.lists(
        st.builds(
            lambda vertical, at, start, length: Rule(vertical, at, start, start + length),
            st.booleans(),
            st.sampled_from([0.0, 50.0, 51.0, 100.0, 150.0, 200.0]),
            st.sampled_from([0.0, 50.0, 100.0]),
            st.sampled_from([10.0, 50.0, 100.0, 200.0]),
        ),
        max_size=25,
    )
)
def test_cells_cover_their_grid_once(rules: list[Rule]) -> None:
    for found in find_grids(rules):
        places = [
            (row, column)
            for cell in found.cells
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.column, cell.column + cell.column_span)
        ]
        assert len(places) == len(set(places)) == (len(found.xs) - 1) * (len(found.ys) - 1)
