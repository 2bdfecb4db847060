"""Tasks in tables: the head tells what each column holds, every row below is a task or a chapter."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from luoshi.core.document.model import Table
from luoshi.core.plan import grammar_tables as g
from luoshi.core.plan.conventions import Ruling
from luoshi.core.plan.grid import Area, Columns, Grid, column_role
from luoshi.core.plan.model import BodyMention, Section, Task
from luoshi.core.plan.table_cells import Bodies, Cells
from luoshi.core.plan.values import Values

# A number before the name of a task, in a table without a column of numbers. Sample: 3.
_LEADING_NUMBER = re.compile(r"\s*(\d{1,3})[.、]")
# A bracket inside a cell that assigns. Sample: (责任单位:
_ASSIGNING = re.compile(r"[（(〔\[【](?=[^）)]{0,4}(?:责任|牵头|主办|配合|承办))")
# A cell of one column that is longer than this is the task itself, not its name, in characters.
_LONGEST_TITLE, _LONGEST_LABELLED_TITLE = 40, 60


def read_tables(
    values: Values, tables: list[Table], rulings: list[Ruling]
) -> tuple[list[Section], list[Task]]:
    """The chapters and tasks of all task tables of a document.

    Args:
        values: the values of the whole text.
        tables: its tables; those without a head that names tasks or bodies are passed over.
        rulings: the conventions that it states.

    Returns:
        Chapters with ids `c1`, `c2`, … and the tasks under them.
    """
    sections: list[Section] = []
    tasks: list[Task] = []
    columns: Columns | None = None
    width = 0
    for table in tables:
        grid = Grid.of(values.reading, table)
        reader = _Reader(Cells(values, grid, rulings), len(sections))
        first, own = grid.head()
        # A table without a head goes on the one before it, if it is as wide.
        if own is not None:
            columns, width = own, table.columns
        if own is not None or (columns is not None and table.columns == width):
            reader.read(first, columns or {})
        else:
            reader.read_labelled()
        sections += reader.cells.sections
        tasks += reader.tasks
    return sections, tasks


@dataclass(slots=True)
class _Reader:
    cells: Cells
    numbered_sections: int
    tasks: list[Task] = field(default_factory=list)

    @property
    def grid(self) -> Grid:
        return self.cells.grid

    # --- rows under a head -----------------------------------------------------------------------------

    def read(self, first: int, columns: Columns) -> None:
        """Read the rows from `first` on."""
        for row in range(first, self.grid.rows):
            filled = self.grid.filled(row)
            if not filled or self._repeats_head(filled):
                continue
            if len(filled) == 1 and _is_chapter(filled[0], columns):
                self._add_section(filled[0])
            else:
                self._add_task(row, columns)

    def _repeats_head(self, filled: list[Area]) -> bool:
        return len(filled) >= 2 and all(column_role(self.grid.words(area)) for area in filled)

    def _add_section(self, area: Area) -> None:
        words = self.cells.printed(area).strip()
        found = g.CHAPTER_ROW.pattern.match(words)
        number = found.group("number").rstrip("、.") if found else ""
        title = words[found.end() :] if found else words
        key = f"c{self.numbered_sections + len(self.cells.sections) + 1}"
        span = self.cells.values.reading.span(area.start, area.end)
        self.cells.sections.append(Section(key, number, title, 1, None, span))

    def _add_task(self, row: int, columns: Columns) -> None:
        title, content, number = (self._cell(row, columns, role) for role in ("title", "content", "number"))
        asked = content or title
        if asked is None or (asked.row != row and not (number and number.row == row)):
            return
        filled = self.grid.filled(row)
        task = self.cells.task(
            cells=[area for area in filled if columns.get(area.column) != "progress"] or filled,
            asked=[area for area in (title, content) if area is not None and area.row == row],
            measured=[asked],
            dated=self._cells(row, columns, "deadline"),
            bodies=self._bodies(row, columns) or self.cells.bodies_inside(asked),
        )
        self.tasks.append(
            replace(
                task,
                number=self._number(row, number, title),
                title=self._title(row, title, content),
                rule=g.ROW.key,
            )
        )

    def _cells(self, row: int, columns: Columns, role: str) -> list[Area]:
        """The cells of a role at a row, merged ones that cover it included."""
        at = [self.grid.places.get((row, column)) for column, held in sorted(columns.items()) if held == role]
        return [area for area in at if area is not None and self.grid.words(area)]

    def _cell(self, row: int, columns: Columns, role: str) -> Area | None:
        return next(iter(self._cells(row, columns, role)), None)

    def _number(self, row: int, cell: Area | None, title: Area | None) -> str | None:
        if cell is not None and cell.row == row:
            return self.cells.printed(cell).strip().rstrip("、.．")
        found = _LEADING_NUMBER.match(self.grid.words(title)) if title and title.row == row else None
        return found.group(1) if found else None

    def _title(self, row: int, title: Area | None, content: Area | None) -> str | None:
        if title is None or title.row != row:
            return None
        if content is None and len(self.grid.words(title)) > _LONGEST_TITLE:
            return None
        return _bare(_ASSIGNING.split(self.cells.printed(title))[0])

    def _bodies(self, row: int, columns: Columns) -> tuple[Bodies, Bodies] | None:
        """The bodies of a row; None if the table has no column for them."""
        if not {"lead", "responsible"} & set(columns.values()):
            return None
        has_lead = "lead" in columns.values()
        leads: dict[str, BodyMention] = {}
        others: dict[str, BodyMention] = {}
        for column, role in sorted(columns.items()):
            area = self.grid.places.get((row, column))
            if role not in ("lead", "responsible") or area is None or area.column != column:
                continue
            if self.grid.words(area):
                mine, theirs = self.cells.bodies(area, column, lead=role == "lead", has_lead=has_lead)
                _keep(leads, mine)
                _keep(others, theirs)
        return tuple(leads.values()), tuple(others.values())

    # --- label | value ---------------------------------------------------------------------------------

    def read_labelled(self) -> None:
        """Read a table whose first column names what the second holds: one task a run of labels."""
        if self.grid.columns < 2:
            return
        block: dict[int, str] = {}
        for row in range(self.grid.rows):
            role = self.grid.role_at(row, 0)
            if role is None or role == "number":
                continue
            if role == "title" and role in block.values():
                self._add_labelled(block)
                block = {}
            block[row] = role
        self._add_labelled(block)

    def _add_labelled(self, block: dict[int, str]) -> None:
        roles = set(block.values())
        if not roles & {"lead", "responsible"} or not roles & {"title", "content"}:
            return
        areas = {
            row: area
            for row, role in block.items()
            if role not in ("progress", "person") and (area := self.grid.places.get((row, 1))) is not None
        }
        if not areas:
            return
        leads: dict[str, BodyMention] = {}
        others: dict[str, BodyMention] = {}
        for row, area in areas.items():
            if block[row] in ("lead", "responsible"):
                lead = block[row] == "lead"
                mine, theirs = self.cells.bodies(area, row, lead=lead, has_lead="lead" in roles)
                _keep(leads, mine)
                _keep(others, theirs)
        asked = [area for row, area in areas.items() if block[row] in ("title", "content")]
        dated = [area for row, area in areas.items() if block[row] == "deadline"]
        bodies = tuple(leads.values()), tuple(others.values())
        task = self.cells.task(list(areas.values()), asked, asked, dated, bodies)
        title = next((area for row, area in areas.items() if block[row] == "title"), None)
        short = title is not None and title.end - title.start <= _LONGEST_LABELLED_TITLE
        named = _bare(self.cells.printed(title)) if title is not None and short else None
        self.tasks.append(replace(task, title=named, rule=g.LABELLED.key))


def _is_chapter(cell: Area, columns: Columns) -> bool:
    return cell.columns > 1 or columns.get(cell.column) in (None, "number", "chapter", "title")


def _keep(known: dict[str, BodyMention], found: Iterable[BodyMention]) -> None:
    for body in found:
        known.setdefault(body.name, body)


def _bare(words: str) -> str | None:
    return "".join(words.split()).rstrip("。") or None
