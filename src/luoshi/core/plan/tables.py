"""Tasks in tables: the head tells what each column holds, every row below is a task or a chapter."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from luoshi.core.document.model import Cell, Table
from luoshi.core.plan import grammar_tables as g
from luoshi.core.plan.assembly import Values, bodies_of, cited, dated_values, measures
from luoshi.core.plan.assignment import Assigned, parse_assignment
from luoshi.core.plan.bodies import Name, parse_names
from luoshi.core.plan.conventions import Ruling, cut_conventions
from luoshi.core.plan.lexicon import looks_like_body
from luoshi.core.plan.model import BodyMention, Deadline, Section, Target, Task
from luoshi.core.plan.reading import Reading
from luoshi.core.source import Span


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
    """A table by place: every place that a merged cell covers shows that cell."""

    view: str
    rows: int
    columns: int
    places: dict[tuple[int, int], Area]
    rows_of: dict[int, list[Area]] = field(default_factory=dict)

    @classmethod
    def of(cls, reading: Reading, table: Table) -> Grid:
        """The grid of a table of the clean text."""
        grid = cls(reading.view, table.rows, table.columns, {})
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


def _area(reading: Reading, cell: Cell) -> Area:
    start, end = reading.forth(cell.span.start), reading.forth(cell.span.end)
    return Area(start, end, cell.row, cell.column, cell.row_span, cell.column_span)


def read_tables(
    reading: Reading, values: Values, tables: list[Table], rulings: list[Ruling]
) -> tuple[list[Section], list[Task]]:
    """The chapters and tasks of all task tables of a document.

    Args:
        reading: the whole text.
        values: its times and targets.
        tables: its tables; those without a head that names tasks or bodies are passed over.
        rulings: the conventions that it states.

    Returns:
        Chapters with ids `c1`, `c2`, … and the tasks under them.
    """
    found_sections: list[Section] = []
    tasks: list[Task] = []
    head: dict[int, str] | None = None
    for table in tables:
        grid = Grid.of(reading, table)
        reader = _Reader(reading, values, grid, rulings, len(found_sections))
        rows, columns = _head(grid)
        if columns is None and head is not None and table.columns == len(head):
            rows, columns = 0, head  # a table that goes on behind a page or a heading
        if columns is not None:
            head = columns
            reader.read(rows, columns)
        else:
            reader.read_labelled()
        found_sections += reader.sections
        tasks += reader.tasks
    return found_sections, tasks


# --- the head ------------------------------------------------------------------------------------------


def column_role(words: str) -> str | None:
    """What a column with this head holds: `number`, `lead`, `responsible`, … or None.

    Example:
        >>> [column_role(w) for w in ("序号", "牵头单位", "责任人", "指导部门", "完成时限", "推广范围")]
        ['number', 'lead', 'person', 'responsible', 'deadline', None]
    """
    bare = re.sub(r"\s+|[:*]", "", words)
    for role, rule in g.COLUMNS:
        assert rule.pattern is not None
        if len(bare) <= 20 and rule.pattern.search(bare):
            return role
    return None


def _head(grid: Grid) -> tuple[int, dict[int, str] | None]:
    """How many rows the head takes and what each column holds; None if no row of the first few is a head."""
    for row in range(min(grid.rows, 6)):
        roles = {c: role for c in range(grid.columns) if (role := _role_at(grid, row, c))}
        distinct = {grid.places[row, c] for c in roles}
        useful = set(roles.values()) & {"lead", "responsible", "title", "content", "deadline"}
        if len(distinct) >= 2 and len(useful) >= 2 and len(distinct) * 2 >= len(_filled(grid, row)):
            return _with_sub_head(grid, row, roles)
    return 0, None


def _filled(grid: Grid, row: int) -> list[Area]:
    return [area for area in grid.rows_of.get(row, []) if grid.words(area)]


def _role_at(grid: Grid, row: int, column: int) -> str | None:
    area = grid.places.get((row, column))
    return column_role(grid.words(area)) if area is not None else None


def _with_sub_head(grid: Grid, row: int, roles: dict[int, str]) -> tuple[int, dict[int, str]]:
    """A second row may split a head: 责任单位 into 牵头部门 and 配合部门."""
    below = row + max((area.rows for area in grid.rows_of.get(row, [])), default=1)
    if below == row + 1 and row + 1 < grid.rows and not any(a.columns > 1 for a in grid.rows_of.get(row, [])):
        return row + 1, _unique(roles)
    last = row + 1
    for sub in range(row + 1, min(below if below > row + 1 else row + 2, grid.rows)):
        names = {c: role for c in range(grid.columns) if (role := _role_at(grid, sub, c))}
        own = [grid.places[sub, c].row == sub for c in names]
        if names and any(own):
            roles = roles | names
            last = sub + 1
    return max(last, below if below > row + 1 else last), _unique(roles)


def _unique(roles: dict[int, str]) -> dict[int, str]:
    """Of several columns that could hold the task's name, the last that is no mere chapter holds its content."""
    titles = [column for column, role in sorted(roles.items()) if role == "title"]
    contents = [column for column, role in roles.items() if role == "content"]
    if len(titles) > 1 and not contents:
        roles = roles | {titles[-1]: "content"}
    elif not titles and len(contents) > 1:
        roles = roles | {min(contents): "title"}
    return roles


# --- the rows ------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Reader:
    reading: Reading
    values: Values
    grid: Grid
    rulings: list[Ruling]
    numbered_sections: int
    sections: list[Section] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    above: dict[int, tuple[BodyMention, ...]] = field(default_factory=dict)

    def read(self, first: int, columns: dict[int, str]) -> None:
        """Read the rows below the head."""
        for row in range(first, self.grid.rows):
            cells = _filled(self.grid, row)
            if not cells or self._repeats_head(row, columns):
                continue
            if len(cells) == 1 and self._is_chapter(cells[0], columns):
                self._add_section(cells[0])
            else:
                self._add_task(row, columns)

    def _repeats_head(self, row: int, columns: dict[int, str]) -> bool:
        roles = [column_role(self.grid.words(area)) for area in _filled(self.grid, row)]
        return len(roles) >= 2 and all(roles) and len(columns) >= 2

    def _is_chapter(self, cell: Area, columns: dict[int, str]) -> bool:
        return cell.columns > 1 or columns.get(cell.column) in (None, "number", "chapter", "title")

    def _add_section(self, cell: Area) -> None:
        span = self.reading.span(cell.start, cell.end)
        words = span.of(self.reading.text).strip()
        found = re.match(
            r"(第?[一二三四五六七八九十\d]+[章、.]|[（(][一二三四五六七八九十\d]+[)）])\s*", words
        )
        number = found.group(1).rstrip("、.") if found else ""
        title = words[found.end() :] if found else words
        key = f"c{self.numbered_sections + len(self.sections) + 1}"
        self.sections.append(Section(key, number, title, 1, None, span))

    def _cell(self, row: int, columns: dict[int, str], role: str) -> Area | None:
        """The row's own cell of a role, or the merged one that covers the row."""
        for column, held in sorted(columns.items()):
            area = self.grid.places.get((row, column))
            if held == role and area is not None and self.grid.words(area):
                return area
        return None

    def _add_task(self, row: int, columns: dict[int, str]) -> None:
        title, content = self._cell(row, columns, "title"), self._cell(row, columns, "content")
        number = self._cell(row, columns, "number")
        asked = content or title
        if asked is None or (asked.row != row and not (number and number.row == row)):
            return
        own = [area for area in self.grid.rows_of.get(row, []) if self.grid.words(area)]
        used = [area for area in own if columns.get(area.column) not in ("progress",)] or own
        start, end = min(a.start for a in used), max(a.end for a in used)
        leads, responsibles = self._bodies(row, columns)
        deadlines, targets = self._values(row, columns, title, content)
        span = self.reading.span(start, end)
        self.tasks.append(
            Task(
                id="",
                number=self._number(row, number, title),
                title=self._title(row, title, content),
                section=self.sections[-1].id if self.sections else None,
                parent=None,
                text=span.of(self.reading.text),
                span=span,
                leads=leads,
                responsibles=responsibles,
                measures=tuple(measures(self.reading, self.values, asked.start, asked.end, None)),
                targets=targets,
                deadlines=deadlines,
                citations=tuple(
                    c
                    for a in (title, content)
                    if a and a.row == row
                    for c in cited(self.reading, a.start, a.end)
                ),
                rule="table.row",
            )
        )

    def _number(self, row: int, cell: Area | None, title: Area | None) -> str | None:
        if cell is not None and cell.row == row:
            return self.reading.span(cell.start, cell.end).of(self.reading.text).strip().rstrip("、.．")
        # A table without a column of numbers may print them before the task's name.
        found = re.match(r"\s*(\d{1,3})[.、]", self.grid.words(title)) if title and title.row == row else None
        return found.group(1) if found else None

    def _title(self, row: int, title: Area | None, content: Area | None) -> str | None:
        if title is None or (content is None and len(self.grid.words(title)) > 40) or title.row != row:
            return None
        words = self.reading.span(title.start, title.end).of(self.reading.text)
        return re.sub(r"\s+", "", words).rstrip("。") or None

    # --- what the cells hold ---------------------------------------------------------------------------

    def _bodies(
        self, row: int, columns: dict[int, str]
    ) -> tuple[tuple[BodyMention, ...], tuple[BodyMention, ...]]:
        has_lead = "lead" in columns.values()
        leads: list[BodyMention] = []
        responsibles: list[BodyMention] = []
        for column, role in sorted(columns.items()):
            area = self.grid.places.get((row, column))
            if role not in ("lead", "responsible") or area is None or not self.grid.words(area):
                continue
            if area.column != column:
                continue
            mine, theirs = self._cell_bodies(area, column, lead=role == "lead", has_lead=has_lead)
            leads += [m for m in mine if all(m.name != known.name for known in leads)]
            responsibles += [m for m in theirs if all(m.name != known.name for known in responsibles)]
        return tuple(leads), tuple(responsibles)

    def _cell_bodies(
        self, area: Area, column: int, *, lead: bool, has_lead: bool
    ) -> tuple[tuple[BodyMention, ...], tuple[BodyMention, ...]]:
        same = g.SAME_AS_ABOVE.pattern
        if same and same.match(self.grid.words(area)) and column in self.above:
            span = self.reading.span(area.start, area.end)
            again = tuple(
                replace(m, printed=span.of(self.reading.text), span=span) for m in self.above[column]
            )
            return (again, ()) if lead else ((), again)
        assigned = self._assigned(area, lead=lead)
        if not lead and not has_lead:
            mine, theirs = bodies_of(self.reading, self.values, assigned, area.start, self.rulings)
        else:
            mine, theirs = bodies_of(self.reading, self.values, assigned, area.start, [])
        self.above[column] = mine if lead else theirs
        return mine, theirs

    def _assigned(self, area: Area, *, lead: bool) -> list[Assigned]:
        """A cell holds a bare list, or words like those of a bracket ("甲局牵头,乙局配合")."""
        rule = g.LEAD_COLUMN.key if lead else g.RESPONSIBLE_COLUMN.key
        view = self.grid.view
        if not lead and re.search("牵头|主办", view[area.start : area.end]):
            worded = parse_assignment(view, area.start, area.end)
            if worded:
                return worded
        names = [n for n in parse_names(view, *cut_conventions(view, area.start, area.end)) if _is_name(n)]
        return [Assigned(name, lead, rule, lead) for name in names]

    def _values(
        self, row: int, columns: dict[int, str], title: Area | None, content: Area | None
    ) -> tuple[tuple[Deadline, ...], tuple[Target, ...]]:
        """Deadlines of the row's columns of dates and words, and the targets of its words."""
        deadlines: list[Deadline] = []
        targets: list[Target] = []
        for role in ("title", "content", "deadline"):
            for column in sorted(c for c, held in columns.items() if held == role):
                area = self.grid.places.get((row, column))
                if area is None or (area.row != row and role != "deadline"):
                    continue
                times, goals = dated_values(self.reading, self.values, area.start, area.end, area.end)
                deadlines += times
                targets += goals if role != "deadline" else ()
        return tuple(deadlines), tuple(targets)

    # --- label | value ---------------------------------------------------------------------------------

    def read_labelled(self) -> None:
        """Read a table of two columns in which the first names what the second holds: one task a run of labels."""
        if self.grid.columns < 2:
            return
        block: dict[int, str] = {}
        seen: set[str] = set()
        for row in range(self.grid.rows):
            role = _role_at(self.grid, row, 0)
            if role is None or role == "number":
                continue
            if role in ("title",) and role in seen:
                self._add_labelled(block)
                block, seen = {}, set()
            block[row] = role
            seen.add(role)
        self._add_labelled(block)

    def _add_labelled(self, block: dict[int, str]) -> None:
        roles = set(block.values())
        if not roles & {"lead", "responsible"} or not roles & {"title", "content"}:
            return
        areas = {row: area for row in block if (area := self.grid.places.get((row, 1))) is not None}
        used = {row: area for row, area in areas.items() if block[row] not in ("progress", "person")}
        if not used:
            return
        leads: list[BodyMention] = []
        responsibles: list[BodyMention] = []
        deadlines: list[Deadline] = []
        targets: list[Target] = []
        for row, area in used.items():
            if block[row] in ("lead", "responsible"):
                mine, theirs = self._cell_bodies(
                    area, row, lead=block[row] == "lead", has_lead="lead" in roles
                )
                leads += mine
                responsibles += theirs
            else:
                times, goals = dated_values(self.reading, self.values, area.start, area.end, area.end)
                deadlines += times
                targets += goals
        span = self.reading.span(min(a.start for a in used.values()), max(a.end for a in used.values()))
        title = next((area for row, area in used.items() if block[row] == "title"), None)
        asked = [area for row, area in used.items() if block[row] in ("title", "content")]
        self.tasks.append(
            Task(
                id="",
                number=None,
                title=_whole(self.reading, title),
                section=self.sections[-1].id if self.sections else None,
                parent=None,
                text=span.of(self.reading.text),
                span=span,
                leads=tuple(leads),
                responsibles=tuple(responsibles),
                measures=tuple(
                    m
                    for area in asked
                    for m in measures(self.reading, self.values, area.start, area.end, None)
                ),
                targets=tuple(targets),
                deadlines=tuple(deadlines),
                citations=tuple(c for area in asked for c in cited(self.reading, area.start, area.end)),
                rule="table.labelled",
            )
        )


def _whole(reading: Reading, area: Area | None) -> str | None:
    if area is None or area.end - area.start > 60:
        return None
    return re.sub(r"\s+", "", Span(*_ends(reading, area)).of(reading.text)).rstrip("。") or None


def _ends(reading: Reading, area: Area) -> tuple[int, int]:
    span = reading.span(area.start, area.end)
    return span.start, span.end


def _is_name(name: Name) -> bool:
    # A column headed by bodies may still hold a dash, a date or a remark.
    return looks_like_body(name.read) or re.search(r"\d|^[-/无]+$|同上|[。:]", name.read) is None
