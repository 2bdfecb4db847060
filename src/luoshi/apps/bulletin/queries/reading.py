"""A bulletin as it is read: blocks with their numbers, tables and quotations in place."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Q, QuerySet

from luoshi.apps.bulletin.models import Bulletin, Practice
from luoshi.apps.bulletin.queries.counting import Row, by_body, by_chapter, totals
from luoshi.apps.organization.models import Role
from luoshi.apps.organization.rules import regions_of, regions_with
from luoshi.apps.work.models import Report
from luoshi.core.supervision.bulletin import FIGURES, NAMES, Figure, blocks

SORTS = {"new": ("-until", "-pk"), "title": ("title", "pk")}


@dataclass(frozen=True, slots=True)
class Part:
    """Words, or a number with the figure that it is."""

    words: str
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A block with what stands in it."""

    kind: str
    parts: tuple[Part, ...] = ()
    rows: tuple[Row, ...] = ()
    practices: tuple[Practice, ...] = ()


def shown(bulletin: Bulletin) -> list[Shown]:
    """The blocks of a bulletin, in order; tables are read once however often they stand in it.

    Raises:
        MarkerUnknown: the text has a marker that stands for nothing.
    """
    read = blocks(bulletin.text)
    kinds = {block.kind for block in read}
    numbers = totals(bulletin)
    bodies = by_body(bulletin) if kinds & {"bodies", "missing"} else []
    chapters = by_chapter(bulletin) if "chapters" in kinds else []
    practices = list(bulletin.practices.select_related("body", "report")) if "practices" in kinds else []
    rows: dict[str, list[Row]] = {
        "bodies": bodies,
        "chapters": chapters,
        "missing": [row for row in bodies if row.numbers["overdue"]],
    }
    return [
        Shown(
            block.kind,
            tuple(
                Part(part) if isinstance(part, str) else Part(str(numbers[part[0]]), part[0])
                for part in block.parts
            ),
            tuple(rows.get(block.kind, ())),
            tuple(practices) if block.kind == "practices" else (),
        )
        for block in read
    ]


def visible(user: User | AnonymousUser) -> QuerySet[Bulletin]:
    """All of a region for its office; for everybody else what is published."""
    own = Q(region__in=regions_with(user, Role.Name.OFFICE))
    out = Q(region__in=regions_of(user), state=Bulletin.State.PUBLISHED)
    return Bulletin.objects.filter(own | out).select_related("plan").defer("plan__read")


def listed(
    user: User | AnonymousUser, *, text: str = "", state: str = "", sort: str = "new"
) -> QuerySet[Bulletin]:
    """The bulletins of a list."""
    found = visible(user)
    for word in text.split():
        found = found.filter(Q(title__icontains=word) | Q(plan__title__icontains=word))
    if state:
        found = found.filter(state=state)
    return found.order_by(*SORTS[sort])


def candidates(bulletin: Bulletin, text: str = "") -> QuerySet[Report]:
    """Accepted reports of the period, from which good practice can be chosen."""
    found = Report.objects.filter(
        occurrence__in=bulletin.counted.values("occurrence"), state=Report.State.ACCEPTED
    )
    for word in text.split():
        found = found.filter(
            Q(body__name__icontains=word) | Q(task__title__icontains=word) | Q(task__text__icontains=word)
        )
    return (
        found.select_related("task", "body", "occurrence")
        .defer("task__read")
        .order_by("task__position", "pk")
    )


def figure_of(key: str) -> Figure | None:
    """The figure with this key."""
    return next((figure for figure in FIGURES if figure == key), None)


__all__ = ["NAMES", "Part", "Shown", "candidates", "figure_of", "listed", "shown", "visible"]
