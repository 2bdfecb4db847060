"""What the cells of a task table hold: bodies, dates, targets, measures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from luoshi.core.plan import grammar_tables as g
from luoshi.core.plan.assembly import bodies_of
from luoshi.core.plan.assignment import find_groups
from luoshi.core.plan.bodies import Name, parse_names
from luoshi.core.plan.conventions import Ruling, cut_conventions
from luoshi.core.plan.grid import Area, Grid
from luoshi.core.plan.lexicon import looks_like_body
from luoshi.core.plan.model import BodyMention, Deadline, Section, Target, Task
from luoshi.core.plan.roles import Assigned, Placed, parse_assignment
from luoshi.core.plan.values import Values

# A cell of bodies that holds more than a list. Sample: 甲局牵头,乙局配合
_LEAD_VERB = re.compile("牵头|主办|主责")
# What a cell of bodies may hold instead: a dash, a date, a remark.
_NO_NAME = re.compile(r"\d|^[-/无]+$|同上|[。:]")

Bodies = tuple[BodyMention, ...]


@dataclass(slots=True)
class Cells:
    """The cells of one table, and what was read in the rows above.

    Attributes:
        values: the values of the whole text.
        grid: the table.
        rulings: the conventions that the text states.
        sections: the chapters met so far.
        above: the bodies last read in each column, for 同上.
    """

    values: Values
    grid: Grid
    rulings: list[Ruling]
    sections: list[Section] = field(default_factory=list)
    above: dict[int, Bodies] = field(default_factory=dict)

    def printed(self, area: Area) -> str:
        """The words of a cell in the document's own characters."""
        return self.values.reading.span(area.start, area.end).of(self.values.reading.text)

    def bodies(self, area: Area, column: int, *, lead: bool, has_lead: bool) -> tuple[Bodies, Bodies]:
        """Leads and responsible bodies of a cell.

        Args:
            area: the cell.
            column: by which 同上 finds the cell above.
            lead: the column is one of leads.
            has_lead: the table has such a column; then no convention is needed.
        """
        if g.SAME_AS_ABOVE.pattern.match(self.grid.words(area)) and column in self.above:
            span, printed = self.values.reading.span(area.start, area.end), self.printed(area)
            again = tuple(replace(body, printed=printed, span=span) for body in self.above[column])
            return (again, ()) if lead else ((), again)
        rulings = [] if lead or has_lead else self.rulings
        mine, theirs = bodies_of(self.values, self._assigned(area, lead=lead), area.start, rulings)
        self.above[column] = mine if lead else theirs
        return mine, theirs

    def _assigned(self, area: Area, *, lead: bool) -> list[Placed]:
        """A cell holds a bare list, or words like those of a bracket ("甲局牵头,乙局配合")."""
        view = self.grid.view
        if not lead and _LEAD_VERB.search(view, area.start, area.end):
            worded = parse_assignment(view, area.start, area.end)
            if worded:
                return worded
        rule = g.LEAD_COLUMN.key if lead else g.RESPONSIBLE_COLUMN.key
        names = parse_names(view, area.start, cut_conventions(view, area.start, area.end))
        return [(0, Assigned(name, lead, rule, lead)) for name in names if _is_name(name)]

    def bodies_inside(self, area: Area) -> tuple[Bodies, Bodies]:
        """Leads and responsible bodies that brackets inside a cell name."""
        groups = find_groups(self.grid.view, [(area.start, area.end)], [])
        assigned = [one for group in groups for one in group.assigned]
        return bodies_of(self.values, assigned, area.start, self.rulings)

    def task(
        self,
        cells: Sequence[Area],
        asked: Sequence[Area],
        measured: Sequence[Area],
        dated: Sequence[Area],
        bodies: tuple[Bodies, Bodies],
    ) -> Task:
        """The task that some cells make up, still without number, title and rule.

        Args:
            cells: all its cells.
            asked: those that say what is to be done, its name included.
            measured: those of them whose sentences are measures.
            dated: those that hold dates.
            bodies: its leads and its responsible bodies.
        """
        span = self.values.reading.span(min(a.start for a in cells), max(a.end for a in cells))
        deadlines: list[Deadline] = []
        targets: list[Target] = []
        for area in asked:
            times, goals = self.values.dated(area.start, area.end, area.end)
            deadlines += times
            targets += goals
        for area in dated:
            deadlines += self.values.dates_of_cell(area.start, area.end)
        return Task(
            id="",
            number=None,
            title=None,
            section=self.sections[-1].id if self.sections else None,
            parent=None,
            text=span.of(self.values.reading.text),
            span=span,
            leads=bodies[0],
            responsibles=bodies[1],
            measures=tuple(m for area in measured for m in self.values.measures(area.start, area.end)),
            targets=tuple(targets),
            deadlines=tuple(deadlines),
            citations=tuple(c for area in asked for c in self.values.citations(area.start, area.end)),
        )


def _is_name(name: Name) -> bool:
    return looks_like_body(name.read) or _NO_NAME.search(name.read) is None
