"""Tables of a page: which hold data and which only arrange the page, and where each cell stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from luoshi.core.document.errors import TooLarge
from luoshi.core.document.html_content import Weights
from luoshi.core.document.html_look import Element
from luoshi.core.document.limits import Limits
from luoshi.core.errors import Phrase

# Words of a header row: a table that has them is read as one, however long its cells. Sample: 牵头单位
HEADER = re.compile(
    r"序\s*号|任\s*务|[牵牽]头|責任|责任|单\s*位|單位|时\s*限|時限|部\s*门|措\s*施|举\s*措|項目|项目|内\s*容"
)

_LONG = 1000  # characters beyond which one cell that holds nearly all text is a page's column


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell's element with its place in the grid."""

    element: Element
    row: int
    column: int
    row_span: int
    column_span: int


def rows_of(table: Element) -> list[Element]:
    """The rows of a table, without those of tables inside it. A bare `tbody` counts as a table."""
    rows = []
    for child in table:
        if child.tag == "tr":
            rows.append(child)
        elif child.tag in ("tbody", "thead", "tfoot"):
            rows.extend(row for row in child if row.tag == "tr")
    return rows


def cells_of(row: Element) -> list[Element]:
    """The cells of a row."""
    return [child for child in row if child.tag in ("td", "th")]


def data_tables(root: Element, weights: Weights) -> set[Element]:
    """The tables below `root` that hold data; inner ones are judged first."""
    found: set[Element] = set()
    holders: set[Element] = set()  # elements with a data table inside
    for table in reversed([e for e in root.iter("table", "tbody") if e.tag == "table" or _is_bare(e)]):
        if table not in holders and _is_data(table, weights):
            found.add(table)
            holders.update(table.iterancestors())
    return found


def _is_bare(body: Element) -> bool:
    parent = body.getparent()
    return parent is None or parent.tag != "table"


def _is_data(table: Element, weights: Weights) -> bool:
    if (table.get("role") or "") in ("presentation", "none"):
        return False
    rows = [[cell for cell in cells_of(row) if cell not in weights.hidden] for row in rows_of(table)]
    sizes = [weights.text[cell] for row in rows for cell in row]
    if sum(size > 0 for size in sizes) < 2 or max(map(len, rows)) < 2:
        return False
    head = "".join(weights.words(cell)[:40] for row in rows[:3] for cell in row if weights.text[cell] < 200)
    if len(HEADER.findall(head)) >= 2 or weights.labels[table] >= 2:
        return True
    return max(sizes) < _LONG or max(sizes) < 0.8 * sum(sizes)


def place_cells(table: Element, *, file: str, limits: Limits) -> tuple[int, int, list[Placed]]:
    """Rows and columns of a table, and its cells with spans resolved.

    Raises:
        TooLarge: the table claims more than `limits.cells` places.
    """
    placed: list[Placed] = []
    taken: dict[int, int] = {}  # column → rows that a cell from above still covers
    columns = area = 0
    rows = rows_of(table)
    for index, row in enumerate(rows):
        column = 0
        fresh: dict[int, int] = {}
        for cell in cells_of(row):
            while taken.get(column, 0) > 0:
                column += 1
            height = min(_span(cell, "rowspan") or len(rows), len(rows) - index)
            width = _free(_span(cell, "colspan") or 1, column, taken)
            area += height * width
            if area > limits.cells:
                raise too_many_cells(file, area, limits)
            placed.append(Placed(cell, index, column, height, width))
            fresh.update((column + step, height) for step in range(width))
            column += width
        columns = max(columns, column, 1 + max((c for c, left in taken.items() if left > 0), default=-1))
        taken = dict(_below(taken, fresh))
    return len(rows), columns, placed


def too_many_cells(file: str, size: int, limits: Limits) -> TooLarge:
    """The error for tables with more cells than allowed."""
    what = Phrase("表格单元格数", "a number of table cells of")
    return TooLarge(file=file, what=what, size=size, limit=limits.cells, setting="LUOSHI_LIMIT_CELLS")


def _below(taken: dict[int, int], fresh: dict[int, int]) -> Iterator[tuple[int, int]]:
    for column, left in (taken | fresh).items():
        if left > 1:
            yield column, left - 1


def _free(width: int, column: int, taken: dict[int, int]) -> int:
    """As much of `width` as is free from `column` on: cells never overlap."""
    for step in range(1, width):
        if taken.get(column + step, 0) > 0:
            return step
    return width


def _span(cell: Element, name: str) -> int:
    """A cell's span, as browsers bound it; 0 means "to the end"."""
    value = (cell.get(name) or "").strip()
    if not value.isascii() or not value.isdigit():
        return 1
    return min(int(value[:6]), 65_534 if name == "rowspan" else 1_000)
