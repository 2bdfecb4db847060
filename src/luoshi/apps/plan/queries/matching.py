"""The names in a plan beside the registry: what is matched, and what may be meant."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q
from rapidfuzz import fuzz, process

from luoshi.apps.organization.models import Body
from luoshi.apps.organization.queries import bodies_by_name
from luoshi.apps.plan.models import Plan, TaskBody

# Names less alike than this (share of 100) are no help to the person who looks.
ALIKE = 60
SUGGESTED = 3


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A registered body that may be meant: by which of its names, and how alike that is (share of 100)."""

    body: Body
    name: str
    alike: int

    @property
    def exact(self) -> bool:
        """Whether the name is one of the body's own."""
        return self.alike == 100


@dataclass(frozen=True, slots=True)
class Name:
    """A name as the plan uses it: how often as lead and as responsible body, and what it is matched with."""

    name: str
    collective: bool
    leads: int
    responsibles: int
    body: Body | None
    suggestions: tuple[Suggestion, ...]


def names(plan: Plan) -> list[Name]:
    """The names of a plan, the unmatched and most frequent first, in three queries."""
    rows = TaskBody.objects.filter(task__plan=plan)
    counted = (
        rows.order_by()
        .values("name", "body")
        .annotate(
            leads=Count("pk", filter=Q(role=TaskBody.Role.LEAD)),
            responsibles=Count("pk", filter=Q(role=TaskBody.Role.RESPONSIBLE)),
            many=Count("pk", filter=Q(collective=True)),
        )
    )
    return _with_registry(plan, list(counted))


def _with_registry(plan: Plan, rows: list[dict[str, object]]) -> list[Name]:
    known = bodies_by_name(plan.region_id)
    bodies = {body.pk: body for body in known.values()}
    found = [
        Name(
            str(row["name"]),
            bool(row["many"]),
            int(str(row["leads"])),
            int(str(row["responsibles"])),
            bodies.get(row["body"]) if row["body"] else None,  # type: ignore[call-overload]
            () if row["body"] else suggest(str(row["name"]), known),
        )
        for row in rows
    ]
    return sorted(found, key=lambda n: (n.body is not None, -n.leads - n.responsibles, n.name))


def suggest(name: str, known: dict[str, Body]) -> tuple[Suggestion, ...]:
    """The registered bodies whose names are most like `name`, each once, the likest first."""
    if name in known:
        return (Suggestion(known[name], name, 100),)
    near = process.extract(name, known.keys(), scorer=fuzz.ratio, limit=SUGGESTED * 3, score_cutoff=ALIKE)
    best: dict[int, Suggestion] = {}
    for other, score, _ in sorted(near, key=lambda hit: (-hit[1], hit[0])):
        best.setdefault(known[other].pk, Suggestion(known[other], other, min(round(score), 99)))
    return tuple(best.values())[:SUGGESTED]
