"""Bodies against tasks: who stands how with what, some bodies at a time, chapters open or folded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from luoshi.apps.organization.models import Body
from luoshi.apps.plan.models import Section, Task
from luoshi.apps.plan.queries.names import OPENING, heading
from luoshi.apps.plan.queries.overview import chapter_of
from luoshi.apps.work.queries.standing import light_of, live_assignments, with_lights
from luoshi.core.work.lights import Light, Tally

# Beyond so many columns chapters are folded unless somebody opens them.
MOST_COLUMNS = 150


@dataclass(frozen=True, slots=True)
class Column:
    """A task."""

    pk: int
    number: str
    title: str


@dataclass(slots=True)
class Block:
    """A chapter with its tasks; folded it is one column."""

    key: int
    label: str
    columns: list[Column] = field(default_factory=list)
    folded: bool = False

    @property
    def width(self) -> int:
        """How many columns it takes."""
        return 1 if self.folded else len(self.columns)


@dataclass(frozen=True, slots=True)
class Cell:
    """What a body has to do with a task, or with a folded chapter; empty when nothing.

    `task` is 0 for a folded chapter.
    """

    task: int = 0
    light: Light | None = None
    leads: bool = False
    tally: Tally | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A body with its cells in the order of the columns."""

    body: Body
    cells: tuple[Cell, ...]
    tally: Tally


def blocks(plan: int, sections: list[Section], folded: Iterable[int], opened: Iterable[int]) -> list[Block]:
    """The columns, chapter by chapter; `folded` and `opened` are the chapters somebody chose to."""
    top, chosen, kept = chapter_of(sections), set(folded), set(opened)
    found: dict[int, Block] = {}
    rows = Task.objects.filter(plan_id=plan).order_by("position", "pk")
    for section, pk, number, title, opening in rows.values_list(
        "section_id", "pk", "number", "title", OPENING
    ):
        chapter = top.get(section)
        key = chapter.pk if chapter else 0
        block = found.setdefault(key, Block(key, str(chapter or "")))
        block.columns.append(Column(pk, number, heading(number, title, opening)))
    width = 0
    for block in found.values():
        width += len(block.columns)
        block.folded = block.key in chosen or (width > MOST_COLUMNS and block.key not in kept)
    return list(found.values())


def rows(plan: int, bodies: Sequence[Body], chapters: Sequence[Block], today: date) -> list[Row]:
    """The rows of some bodies, in one query."""
    parts: dict[tuple[int, int], tuple[bool, Light]] = {}
    found = with_lights(live_assignments(plan).filter(body__in=bodies), today).order_by()
    for body, task, role, rank in found.values_list("body_id", "task_id", "role", "rank_of_light"):
        parts[body, task] = (role == "lead", light_of(rank))
    return [_row(body, chapters, parts) for body in bodies]


def _row(body: Body, chapters: Sequence[Block], parts: dict[tuple[int, int], tuple[bool, Light]]) -> Row:
    cells: list[Cell] = []
    everything: list[Light] = []
    for block in chapters:
        own = [(column, parts.get((body.pk, column.pk))) for column in block.columns]
        lights = [part[1] for _, part in own if part]
        everything += lights
        if block.folded:
            tally = Tally.of(lights)
            cells.append(Cell(light=tally.worst if lights else None, tally=tally))
        else:
            cells += [
                Cell(column.pk, part[1], leads=part[0]) if part else Cell(column.pk) for column, part in own
            ]
    return Row(body, tuple(cells), Tally.of(everything))
