"""Ruling lines become grids: tables with their cells, merged ones included."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from luoshi.core.document.page_model import Glyph, Rule

# Lines closer than this (points) are one line: double borders, and the two edges of a thin rectangle.
_ONE_LINE = 3.5
# Pieces of a line with gaps up to this (points) are one line: dashes, and borders drawn cell by cell.
_DASH_GAP = 3.5
# A border missing at the side of a table is added when rules reach further than this (points) beyond.
_OVERHANG = 8.0
# A wall between two cells is there when a rule covers this share of it.
_COVERED = 0.6
# A drawing with more lines than this is a map or a chart, not a table.
_MOST_RULES = 4_000


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell by its place in the grid (from 0) and how many rows and columns it covers."""

    row: int
    column: int
    row_span: int
    column_span: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's lines: `xs` from left to right, `ys` from top to bottom, and the cells between them."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[GridCell, ...]

    def holds(self, glyph: Glyph) -> bool:
        """Whether the middle of a glyph lies inside the table."""
        x, y = _middle(glyph)
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def sort(self, glyphs: list[Glyph]) -> list[list[Glyph]]:
        """The glyphs of each cell, in the order of `cells`."""
        owner = {
            (row, column): index
            for index, cell in enumerate(self.cells)
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.column, cell.column + cell.column_span)
        }
        sorted_: list[list[Glyph]] = [[] for _ in self.cells]
        for glyph in glyphs:
            x, y = _middle(glyph)
            row = min(max(bisect_right(self.ys, y) - 1, 0), len(self.ys) - 2)
            column = min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)
            sorted_[owner[row, column]].append(glyph)
        return sorted_


def _middle(glyph: Glyph) -> tuple[float, float]:
    return (glyph.left + glyph.right) / 2, glyph.baseline - 0.38 * glyph.size


def find_grids(rules: list[Rule]) -> list[Grid]:
    """The tables that a page's ruling lines draw, from top to bottom. A box around text is no table."""
    if not 4 <= len(rules) <= _MOST_RULES:
        return []
    lines = _merge([rule for rule in rules if not rule.vertical])
    posts = _merge([rule for rule in rules if rule.vertical])
    grids = [_grid(*parts) for parts in _connected(lines, posts)]
    found = [grid for grid in grids if grid is not None and len(grid.cells) > 1]
    # A grid inside a cell of another one is read as part of that cell.
    outer = [grid for grid in found if not any(_inside(grid, other) for other in found if other is not grid)]
    return sorted(outer, key=lambda grid: (grid.ys[0], grid.xs[0]))


def _inside(grid: Grid, other: Grid) -> bool:
    wide = other.xs[0] <= grid.xs[0] and grid.xs[-1] <= other.xs[-1]
    return wide and other.ys[0] <= grid.ys[0] and grid.ys[-1] <= other.ys[-1] and grid.cells != other.cells


# --- lines --------------------------------------------------------------------------------------------


def _merge(rules: list[Rule]) -> list[Rule]:
    """Rules along one line become one rule."""
    merged: list[Rule] = []
    for group in _along(rules):
        at = sum(rule.at for rule in group) / len(group)
        start, end = None, 0.0
        for rule in sorted(group, key=lambda rule: rule.start):
            if start is None:
                start, end = rule.start, rule.end
            elif rule.start <= end + _DASH_GAP:
                end = max(end, rule.end)
            else:
                merged.append(Rule(rule.vertical, at, start, end))
                start, end = rule.start, rule.end
        if start is not None:
            merged.append(Rule(group[0].vertical, at, start, end))
    return [rule for rule in merged if rule.end - rule.start > _ONE_LINE]


def _along(rules: list[Rule]) -> list[list[Rule]]:
    groups: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda rule: (rule.at, rule.start)):
        if groups and rule.at - groups[-1][0].at <= _ONE_LINE:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    return groups


def _connected(lines: list[Rule], posts: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Sets of lines and posts that touch one another."""
    group = list(range(len(lines) + len(posts)))

    def root(index: int) -> int:
        while group[index] != index:
            group[index] = group[group[index]]
            index = group[index]
        return index

    for i, line in enumerate(lines):
        for j, post in enumerate(posts):
            if _touch(line, post):
                group[root(i)] = root(len(lines) + j)
    parts: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for index, rule in enumerate(lines + posts):
        parts.setdefault(root(index), ([], []))[rule.vertical].append(rule)
    return [(across, down) for across, down in parts.values() if across and down]


def _touch(line: Rule, post: Rule) -> bool:
    return (
        line.start - _ONE_LINE <= post.at <= line.end + _ONE_LINE
        and post.start - _ONE_LINE <= line.at <= post.end + _ONE_LINE
    )


# --- cells --------------------------------------------------------------------------------------------


def _grid(lines: list[Rule], posts: list[Rule]) -> Grid | None:
    posts = posts + _missing_borders(lines, posts)
    lines = lines + _missing_borders(posts, lines)
    xs = sorted({post.at for post in posts})
    ys = sorted({line.at for line in lines})
    if len(xs) < 2 or len(ys) < 2:
        return None
    region = _regions(xs, ys, lines, posts)
    return Grid(tuple(xs), tuple(ys), tuple(_cells(region, len(ys) - 1, len(xs) - 1)))


def _missing_borders(across: list[Rule], along: list[Rule]) -> list[Rule]:
    """The outer borders that a table without side lines leaves out.

    Args:
        across: the rules whose ends hang over.
        along: the rules in the direction of the missing borders.
    """
    low, high = min(rule.at for rule in along), max(rule.at for rule in along)
    start, end = min(rule.at for rule in across), max(rule.at for rule in across)
    vertical = not across[0].vertical
    missing = []
    starts = [rule.start for rule in across if low - rule.start > _OVERHANG]
    ends = [rule.end for rule in across if rule.end - high > _OVERHANG]
    for hanging in (starts, ends):
        if len(hanging) >= 2 and max(hanging) - min(hanging) <= 2 * _ONE_LINE:
            missing.append(Rule(vertical, sum(hanging) / len(hanging), start, end))
    return missing


def _regions(
    xs: list[float], ys: list[float], lines: list[Rule], posts: list[Rule]
) -> dict[tuple[int, int], int]:
    """A number for every place of the grid; places without a wall between them share it."""
    rows, columns = len(ys) - 1, len(xs) - 1
    group = list(range(rows * columns))

    def root(index: int) -> int:
        while group[index] != index:
            group[index] = group[group[index]]
            index = group[index]
        return index

    at_x: dict[float, list[Rule]] = {}
    at_y: dict[float, list[Rule]] = {}
    for post in posts:
        at_x.setdefault(post.at, []).append(post)
    for line in lines:
        at_y.setdefault(line.at, []).append(line)
    for row in range(rows):
        for column in range(columns):
            here = row * columns + column
            if column + 1 < columns and not _covers(at_x[xs[column + 1]], ys[row], ys[row + 1]):
                group[root(here)] = root(here + 1)
            if row + 1 < rows and not _covers(at_y[ys[row + 1]], xs[column], xs[column + 1]):
                group[root(here)] = root(here + columns)
    return {(row, column): root(row * columns + column) for row in range(rows) for column in range(columns)}


def _covers(rules: list[Rule], start: float, end: float) -> bool:
    covered = sum(max(min(rule.end, end) - max(rule.start, start), 0.0) for rule in rules)
    return covered >= _COVERED * (end - start)


def _cells(region: dict[tuple[int, int], int], rows: int, columns: int) -> list[GridCell]:
    """Rectangles that cover the grid; a region of another shape is cut into rectangles."""
    taken: set[tuple[int, int]] = set()
    cells: list[GridCell] = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            own = region[row, column]

            def free(y: int, x: int, own: int = own) -> bool:
                return region.get((y, x)) == own and (y, x) not in taken

            width = 1
            while free(row, column + width):
                width += 1
            height = 1
            while all(free(row + height, column + x) for x in range(width)):
                height += 1
            taken.update((row + y, column + x) for y in range(height) for x in range(width))
            cells.append(GridCell(row, column, height, width))
    return cells
