"""Tasks in the database as duties that can be compared."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from luoshi.apps.plan.models import Plan, Task
from luoshi.core.alignment.duty import Duty, body_key, label_spans, target_key
from luoshi.core.alignment.likeness import Likeness
from luoshi.core.source import Span

# Plans whose tasks are settled enough to be linked.
SETTLED = (Plan.Status.CONFIRMED, Plan.Status.ISSUED)


def duties_of(tasks: QuerySet[Task]) -> list[Duty]:
    """Tasks as persons settled them, in four queries; the key of each is that of its row."""
    rows = tasks.prefetch_related("bodies__body", "targets", "citations").defer("read").order_by("pk")
    return [_duty(task) for task in rows]


def _duty(task: Task) -> Duty:
    bodies = list(task.bodies.all())
    places = [
        Span(one.start - task.start, one.end - task.start)
        for one in bodies
        if one.start is not None and one.end is not None and task.start <= one.start and one.end <= task.end
    ]
    targets = [target_key(one.of, one.comparator, one.value, one.unit) for one in task.targets.all()]
    return Duty(
        key=str(task.pk),
        number=task.number,
        text=task.text,
        span=Span(task.start, task.end),
        bodies=frozenset(body_key(one.body.name if one.body else one.name) for one in bodies),
        targets=frozenset(targets),
        cited=frozenset(one.title for one in task.citations.all()),
        hidden=tuple(sorted([*places, *label_spans(task.text)])),
    )


def reasons_of(likeness: Likeness) -> dict[str, Any]:
    """Why two duties are alike, as JSON values."""
    return {
        "shared": [[one.words, one.left.start, one.right.start] for one in likeness.shared],
        "bodies": list(likeness.bodies),
        "targets": list(likeness.targets),
        "cited": list(likeness.cited),
    }


def turned(reasons: dict[str, Any]) -> dict[str, Any]:
    """The same reasons with left and right in each other's place."""
    shared: Iterable[list[Any]] = reasons.get("shared", [])
    return reasons | {"shared": [[words, right, left] for words, left, right in shared]}
