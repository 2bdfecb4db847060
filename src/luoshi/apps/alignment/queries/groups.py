"""Which tasks of a region are the same duty, and which of their requests one report answers.

Linked tasks make groups. Requests of one body for times that end on one day belong together: the finest is
reported on and answers the others, the earliest due of several that are equally fine. A group answers nothing
by itself where its tasks have different first leads: they are shown as related only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from luoshi.apps.alignment.models import Link, Settlement
from luoshi.apps.work.models import Assignment, Occurrence
from luoshi.core.calendar.periods import Period

RUNNING = (Occurrence.State.SCHEDULED, Occurrence.State.OPEN)


@dataclass(frozen=True, slots=True)
class Parts:
    """Who works on a task: the body that draws the joint report, if any, and all bodies."""

    first: int | None
    bodies: frozenset[int]


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it is joined with others."""

    pk: int
    task: int
    body: int
    period: Period
    due: date
    running: bool

    @property
    def order(self) -> tuple[int, date, int, int]:
        """The finest first, of those the earliest due."""
        return (self.period.days, self.due, self.task, self.pk)


def parts_of(tasks: Iterable[int]) -> dict[int, Parts]:
    """Who works on each of these tasks, in one query."""
    found: dict[int, list[tuple[int | None, int]]] = defaultdict(list)
    rows = Assignment.objects.filter(task__in=list(tasks)).exclude(state__in=Assignment.GONE)
    for task, rank, body in rows.order_by("pk").values_list("task", "rank", "body"):
        found[task].append((rank, body))
    return {
        task: Parts(next((body for rank, body in ones if rank == 0), None), frozenset(b for _, b in ones))
        for task, ones in found.items()
    }


def answers_itself(first: Parts | None, second: Parts | None) -> bool:
    """Whether one report can answer two linked tasks: both are at work under the same first lead."""
    return bool(first and second and first.first is not None and first.first == second.first)


def joined_requests(region: str) -> dict[int, int]:
    """Key of each request that another one answers → key of that one; four queries for a region."""
    links = list(
        Link.objects.filter(region_id=region, state=Settlement.CONFIRMED)
        .order_by("pk")
        .values_list("first", "second")
    )
    parts = parts_of({task for link in links for task in link})
    groups = _groups([link for link in links if answers_itself(*(parts.get(task) for task in link))])
    answered: dict[int, int] = {}
    for requests in _side_by_side(_requests(groups), groups):
        answered |= _answered(requests, parts)
    return answered


def _groups(links: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Each linked task → the least task that it is linked with, directly or by others."""
    group: dict[int, int] = {}

    def least(task: int) -> int:
        while group.setdefault(task, task) != task:
            task = group[task]
        return task

    for first, second in links:
        one, other = sorted((least(first), least(second)))
        group[other] = one
    return {task: least(task) for task in group}


def _requests(groups: Mapping[int, int]) -> list[Request]:
    """Requests that run, and those with a report that counts."""
    counts = Q(state=Occurrence.State.CLOSED, report__pinned__isnull=False)
    live = Q(state__in=RUNNING) & ~Q(assignment__state__in=[Assignment.State.SUSPENDED, *Assignment.GONE])
    rows = Occurrence.objects.filter(live | counts, task__in=list(groups)).order_by("pk")
    return [
        Request(pk, task, body, Period.parse(period), due, state in RUNNING)
        for pk, task, body, period, due, state in rows.values_list(
            "pk", "task", "body", "period", "due", "state"
        )
    ]


def _side_by_side(requests: Iterable[Request], groups: Mapping[int, int]) -> Iterable[list[Request]]:
    """Requests of one group to one body for times that end on one day."""
    found: dict[tuple[int, int, date], list[Request]] = defaultdict(list)
    for one in requests:
        found[groups[one.task], one.body, one.period.end].append(one)
    return found.values()


def _answered(requests: list[Request], parts: Mapping[int, Parts]) -> dict[int, int]:
    """Which of these requests which other one answers.

    The first lead draws its conclusion from what all bodies say: the conclusion of another task answers only
    if that one has all the bodies too.
    """
    root, *others = sorted(requests, key=lambda one: one.order)
    return {
        one.pk: root.pk
        for one in others
        if one.running
        and one.task != root.task
        and one.period.start <= root.period.start
        and (one.body != parts[one.task].first or parts[one.task].bodies <= parts[root.task].bodies)
    }
