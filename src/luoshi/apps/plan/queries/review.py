"""What the import review shows: progress, task cards, findings, and the last step that can be undone."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from luoshi.apps.plan.models import Finding, Plan, Settlement, Task, TaskBody

# Task cards that one request draws.
AT_ONCE = 20
# What the list of findings can be narrowed to.
SHOWN: dict[str, Q] = {
    "open": Q(state=Finding.State.OPEN),
    "error": Q(state=Finding.State.OPEN, severity=Finding.Severity.ERROR),
    "warning": Q(state=Finding.State.OPEN, severity=Finding.Severity.WARNING),
    "note": Q(state=Finding.State.OPEN, severity=Finding.Severity.NOTE),
    "settled": ~Q(state=Finding.State.OPEN),
    "all": Q(),
}


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a review is: findings by weight, names without a body, and the step that would be undone."""

    errors: int
    warnings: int
    notes: int
    settled: int
    unmatched: int
    last: Settlement | None

    @property
    def open(self) -> int:
        """Findings that nobody has settled."""
        return self.errors + self.warnings + self.notes

    @property
    def total(self) -> int:
        """All findings."""
        return self.open + self.settled


def progress(plan: Plan) -> Progress:
    """How far the review of `plan` is, in three queries."""
    counts = Finding.objects.filter(plan=plan).aggregate(
        **{name: Count("pk", filter=SHOWN[name]) for name in ("error", "warning", "note", "settled")}
    )
    unmatched = TaskBody.objects.filter(task__plan=plan, body=None).aggregate(
        names=Count("name", distinct=True)
    )
    last = (
        Settlement.objects.filter(plan=plan, undone_at=None)
        .defer("changes")
        .select_related("task", "finding")
        .order_by("-position")
        .first()
    )
    return Progress(
        counts["error"], counts["warning"], counts["note"], counts["settled"], unmatched["names"], last
    )


@dataclass(frozen=True, slots=True)
class Batch:
    """Tasks that one request draws: their positions in the plan, from `first` up to, not including, `end`."""

    number: int
    first: int
    end: int


def batches(plan: Plan) -> list[Batch]:
    """The tasks of a plan in batches."""
    count = Task.objects.filter(plan=plan).count()
    return [
        Batch(number, number * AT_ONCE, min((number + 1) * AT_ONCE, count))
        for number in range(ceil(count / AT_ONCE))
    ]


def cards(plan: Plan, **which: Any) -> QuerySet[Task]:
    """Tasks with everything that their cards show, in a fixed number of queries.

    Args:
        which: conditions on the tasks, as for `filter`.
    """
    return (
        Task.objects.filter(plan=plan, **which)
        .select_related("section")
        .prefetch_related(
            Prefetch("bodies", TaskBody.objects.select_related("body").order_by("position")),
            "measures",
            "targets",
            "deadlines",
            "citations",
            Prefetch("findings", with_steps(Finding.objects.order_by("severity", "start", "position"))),
        )
        .order_by("position")
    )


def findings(plan: Plan, shown: str) -> QuerySet[Finding]:
    """Findings of a plan, the heaviest first.

    Args:
        shown: a key of `SHOWN`.
    """
    found = Finding.objects.filter(SHOWN[shown], plan=plan).select_related("task")
    return with_steps(found.order_by("severity", "start", "position"))


def with_steps(found: QuerySet[Finding]) -> QuerySet[Finding]:
    """Each finding with `steps`, the settlements of it that still hold."""
    holding = Settlement.objects.filter(undone_at=None).defer("changes").select_related("by")
    return found.prefetch_related(Prefetch("settlements", holding.order_by("-position"), to_attr="steps"))
