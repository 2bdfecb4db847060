"""A plan at a glance: its figures, its map of chapters, and who carries how much."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q

from luoshi.apps.plan.models import Deadline, Finding, Section, Target, Task
from luoshi.apps.plan.queries.names import OPENING, BodyCount, heading


@dataclass(frozen=True, slots=True)
class Figures:
    """How many there are of each; every number is the length of the list it opens."""

    tasks: int
    bodies: int
    with_target: int
    with_date: int
    open_findings: int


@dataclass(frozen=True, slots=True)
class Tile:
    """A task on the map; `in_doubt` when an error or a warning about it is open."""

    pk: int
    number: str
    title: str
    has_target: bool
    has_date: bool
    in_doubt: bool


@dataclass(slots=True)
class Chapter:
    """A chapter of the map: a heading at the top, or None for tasks that stand under no heading."""

    section: Section | None
    tiles: list[Tile] = field(default_factory=list)

    @property
    def label(self) -> str:
        """Number and title."""
        return str(self.section) if self.section else ""

    @property
    def with_target(self) -> int:
        return sum(tile.has_target for tile in self.tiles)

    @property
    def with_date(self) -> int:
        return sum(tile.has_date for tile in self.tiles)


def figures(plan: int, chapters: list[Chapter], bodies: list[BodyCount]) -> Figures:
    """The numbers at the top of the overview, from `chapter_map` and `bodies_of`."""
    return Figures(
        tasks=sum(len(chapter.tiles) for chapter in chapters),
        bodies=len(bodies),
        with_target=sum(chapter.with_target for chapter in chapters),
        with_date=sum(chapter.with_date for chapter in chapters),
        open_findings=Finding.objects.filter(plan_id=plan, state=Finding.State.OPEN).count(),
    )


def sections_of(plan: int) -> list[Section]:
    """All headings of a plan, in order."""
    return list(Section.objects.filter(plan_id=plan).order_by("position", "pk"))


def chapter_map(plan: int, sections: list[Section]) -> list[Chapter]:
    """Chapters that hold tasks, each with its tasks in order."""
    top = chapter_of(sections)
    own = Q(task=OuterRef("pk"))
    rows = (
        Task.objects.filter(plan_id=plan)
        .annotate(
            has_target=Exists(Target.objects.filter(own)),
            has_date=Exists(Deadline.objects.filter(own, kind__in=["date", "recurring"])),
            in_doubt=Exists(
                Finding.objects.filter(own, state=Finding.State.OPEN, severity__lte=Finding.Severity.WARNING)
            ),
        )
        .order_by("position", "pk")
        .values_list("section_id", "pk", "number", "title", OPENING, "has_target", "has_date", "in_doubt")
    )
    chapters: dict[int | None, Chapter] = {}
    for section, pk, number, title, opening, *marks in rows:
        chapter = top.get(section)
        key = chapter.pk if chapter else None
        tile = Tile(pk, number, heading(number, title, opening), *marks)
        chapters.setdefault(key, Chapter(chapter)).tiles.append(tile)
    return list(chapters.values())


def chapter_of(sections: list[Section]) -> dict[int, Section]:
    """For each section (by key) the topmost heading above it, or itself."""
    top: dict[int, Section] = {}
    for section in sections:
        top[section.pk] = top.get(section.parent_id, section) if section.parent_id else section
    return top
