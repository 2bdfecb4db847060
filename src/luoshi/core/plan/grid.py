"""Tables by place, and what their columns hold."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from luoshi.core.document.model import Cell, Table
from luoshi.core.plan import grammar_tables as g
from luoshi.core.plan.reading import Reading

# A head is one of the first rows of a table.
_HEAD_WITHIN = 6
# The longest head of a column, in characters.
_LONGEST_HEAD = 20
# What is left out when a head is read. Sample: 牵头 单位:
_DECORATION = re.compile(r"\s+|[:*]")
# Roles of columns without which a row of words is no head.
_TELLING = {"lead", "responsible", "title", "content", "deadline"}

# How a bracket inside a cell begins to assign. Sample: (责任单位:
_ASSIGNS = re.compile(r"[(\[](?:牵头|责任|主办|承办|配合)[一-鿿]{0,4}:|(?:负责|牵头)[)\]]")

# What each column holds, by its place.
Columns = dict[int, str]


@dataclass(frozen=True, slots=True)
class Area:
    """A cell as the reading's view sees it: from, to, and the rows and columns that it covers."""

    start: int
    end: int
    row: int
    column: int
    rows: int
    columns: int


@dataclass(slots=True)
class Grid:
    """A table by place: every place that a merged cell covers shows that cell.

    Attributes:
        view: the reading's view.
        rows: how many rows the table has.
        columns: how many columns.
        places: the cell at each (row, column).
        rows_of: the cells that begin in each row.
    """

    view: str
    rows: int
    columns: int
    places: dict[tuple[int, int], Area] = field(default_factory=dict)
    rows_of: dict[int, list[Area]] = field(default_factory=dict)

    @classmethod
    def of(cls, reading: Reading, table: Table) -> Grid:
        """The grid of a table of the clean text."""
        grid = cls(reading.view, table.rows, table.columns)
        for cell in table.cells:
            area = _area(reading, cell)
            grid.rows_of.setdefault(cell.row, []).append(area)
            for row in range(cell.row, min(cell.row + cell.row_span, table.rows)):
                for column in range(cell.column, min(cell.column + cell.column_span, table.columns)):
                    grid.places[row, column] = area
        return grid

    def words(self, area: Area | None) -> str:
        """The words of a cell, without white space at its ends."""
        return self.view[area.start : area.end].strip() if area else ""

    def filled(self, row: int) -> list[Area]:
        """The cells that begin in a row and are not empty."""
        return [area for area in self.rows_of.get(row, []) if self.words(area)]

    def role_at(self, row: int, column: int) -> str | None:
        """What a column whose head stands at this place holds."""
        area = self.places.get((row, column))
        return column_role(self.words(area)) if area is not None else None

    def head(self) -> tuple[int, Columns | None]:
        """How many rows the head takes and what each column holds; None if the table has no head."""
        for row in range(min(self.rows, _HEAD_WITHIN)):
            roles = {c: role for c in range(self.columns) if (role := self.role_at(row, c))}
            telling = _TELLING & set(roles.values())
            if len(telling) < 2 and not (telling and "number" in roles.values() and self._cells_assign()):
                continue
            distinct = {self.places[row, c] for c in roles}
            if len(distinct) >= 2 and len(distinct) * 2 >= len(self.filled(row)):
                return self._with_sub_head(row, roles)
        return 0, None

    def _cells_assign(self) -> bool:
        """Whether the bodies stand in brackets inside the cells rather than in a column of their own."""
        return any(_ASSIGNS.search(self.view, area.start, area.end) for area in self.places.values())

    def _with_sub_head(self, row: int, roles: Columns) -> tuple[int, Columns]:
        """A second row may split a head: 责任单位 into 牵头部门 and 配合部门."""
        areas = self.rows_of.get(row, [])
        height = max((area.rows for area in areas), default=1)
        if height == 1 and not any(area.columns > 1 for area in areas):
            return row + 1, _unique(self._with_numbers(row, roles))
        last = row + height
        for below in range(row + 1, min(row + max(height, 2), self.rows)):
            names = {c: role for c in range(self.columns) if (role := self.role_at(below, c))}
            if any(self.places[below, c].row == below for c in names):
                roles = roles | names
                last = max(last, below + 1)
        return last, _unique(self._with_numbers(last - 1, roles))

    def _with_numbers(self, head: int, roles: Columns) -> Columns:
        """A column without a head that holds nothing but numbers is that of the numbers."""
        if "number" in roles.values():
            return roles
        for column in range(self.columns):
            below = [self.words(self.places.get((row, column))) for row in range(head + 1, self.rows)]
            if not self.words(self.places.get((head, column))) and _are_numbers(below):
                return roles | {column: "number"}
        return roles


def _are_numbers(words: list[str]) -> bool:
    filled = [one for one in words if one]
    return bool(filled) and all(one.isdecimal() and len(one) <= 3 for one in filled)


def column_role(words: str) -> str | None:
    """What a column with this head holds: `number`, `lead`, `responsible`, … or None.

    Example:
        >>> [column_role(w) for w in ("序号", "牵头单位", "责任人", "指导部门", "完成时限", "推广范围")]
        ['number', 'lead', 'person', 'responsible', 'deadline', None]
    """
    bare = _DECORATION.sub("", words)
    return _role_of(bare) if len(bare) <= _LONGEST_HEAD else None


@lru_cache(maxsize=4096)
def _role_of(head: str) -> str | None:
    """What a column holds; the same heads stand above table after table, and in one are looked at twice."""
    return next((role for role, rule in g.COLUMNS if rule.pattern.search(head)), None)


def _area(reading: Reading, cell: Cell) -> Area:
    start, end = reading.forth(cell.span.start), reading.forth(cell.span.end)
    return Area(start, end, cell.row, cell.column, cell.row_span, cell.column_span)


def _unique(roles: Columns) -> Columns:
    """Of several columns that could hold the task's name, the last holds its content."""
    titles = [column for column, role in sorted(roles.items()) if role == "title"]
    contents = [column for column, role in roles.items() if role == "content"]
    if len(titles) > 1 and not contents:
        return roles | {titles[-1]: "content"}
    if not titles and len(contents) > 1:
        return roles | {min(contents): "title"}
    return roles
