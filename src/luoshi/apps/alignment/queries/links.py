"""Links as a list, each with what its two tasks say and what follows from it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import Exists, OuterRef, Q, QuerySet

from luoshi.apps.alignment.models import Link
from luoshi.apps.alignment.queries.duties import SETTLED
from luoshi.apps.alignment.queries.groups import answers_itself, parts_of
from luoshi.apps.plan.models import Plan, Task
from luoshi.apps.plan.queries.excerpt import Mark, Piece, cut

Effect = Literal["answers", "other-lead", "not-issued"]
SORTS = {
    "score": ("-score", "pk"),
    "task": ("first__plan", "first__position", "-score", "pk"),
    "new": ("-settled_at", "-pk"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A link on a page: the words of both tasks with what they share, and what the link does."""

    link: Link
    first: list[Piece]
    second: list[Piece]
    effect: Effect

    @property
    def sides(self) -> tuple[tuple[Task, list[Piece]], tuple[Task, list[Piece]]]:
        """Each task with its words."""
        return (self.link.first, self.first), (self.link.second, self.second)


def listed(
    regions: Collection[str],
    *,
    text: str = "",
    state: str = "",
    plan: int | None = None,
    task: int | None = None,
    sort: str = "score",
) -> QuerySet[Link]:
    """The links of some regions."""
    found = Link.objects.filter(region__in=regions)
    for word in text.split():
        found = found.filter(
            Q(first__text__icontains=word)
            | Q(second__text__icontains=word)
            | Q(first__number=word)
            | Q(second__number=word)
        )
    if state:
        found = found.filter(state=state)
    if plan is not None:
        found = found.filter(Q(first__plan=plan) | Q(second__plan=plan))
    if task is not None:
        found = found.filter(Q(first=task) | Q(second=task))
    heavy = ("first__read", "second__read", "first__plan__read", "second__plan__read")
    return (
        found.select_related("first__plan", "second__plan", "settled_by").defer(*heavy).order_by(*SORTS[sort])
    )


def plans_with_links(regions: Collection[str]) -> QuerySet[Plan]:
    """The plans that could be linked."""
    return Plan.objects.filter(region__in=regions, status__in=SETTLED).defer("read").order_by("title", "pk")


def rows(links: Iterable[Link]) -> list[Row]:
    """What a page shows of links; one query."""
    found = list(links)
    parts = parts_of({task for one in found for task in (one.first_id, one.second_id)})
    return [
        Row(
            one,
            marked(one.first.text, one.reasons, 1),
            marked(one.second.text, one.reasons, 2),
            _effect(parts.get(one.first_id), parts.get(one.second_id)),
        )
        for one in found
    ]


def _effect(first: Any, second: Any) -> Effect:
    if first is None or second is None:
        return "not-issued"
    return "answers" if answers_itself(first, second) else "other-lead"


def marked(text: str, reasons: dict[str, Any], side: int) -> list[Piece]:
    """A text in pieces, the words that it shares with the other under a mark.

    Args:
        text: of the duty.
        reasons: as they are stored.
        side: 1 when the duty is the left one, 2 when it is the right one.
    """
    shared: Sequence[Any] = reasons.get("shared", [])
    return list(cut(text, 0, [Mark(one[side], one[side] + len(one[0]), "shared") for one in shared]))


def linkable(task: Task, text: str = "") -> QuerySet[Task]:
    """Tasks of other settled plans of the region that a task is not linked with yet."""
    linked = Link.objects.filter(
        Q(first=task, second=OuterRef("pk")) | Q(second=task, first=OuterRef("pk")), state="confirmed"
    )
    found = Task.objects.filter(region_id=task.region_id, plan__status__in=SETTLED, children=None)
    found = found.exclude(plan=task.plan_id).filter(~Exists(linked))
    for word in text.split():
        found = found.filter(Q(text__icontains=word) | Q(number=word) | Q(bodies__body__name__icontains=word))
    return (
        found.distinct().select_related("plan").defer("read", "plan__read").order_by("plan", "position", "pk")
    )
