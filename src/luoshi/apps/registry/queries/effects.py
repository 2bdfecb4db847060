"""What a change of the registry does to tasks: which bodies come to them and which leave."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from luoshi.apps.organization.models import Body
from luoshi.apps.organization.queries.members import load_roster
from luoshi.apps.plan.models import Plan, Task, TaskBody
from luoshi.apps.plan.queries.expansion import Mention, Part, day_of, mentions_in, take_apart
from luoshi.apps.plan.queries.names import heading
from luoshi.core.roster import Roster

# As many are listed; the numbers count all.
LISTED = 200
AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class TaskChange:
    """A task that gains or loses a body, through the collective `via` if the plan does not name it."""

    plan: int
    plan_title: str
    task: int
    number: str
    heading: str
    body: str
    role: str
    gained: bool
    via: str


@dataclass(frozen=True, slots=True)
class Effects:
    """All tasks that a change touches.

    Attributes:
        changes: the first of them by plan and task.
        gained: how many parts in tasks are new.
        lost: how many are gone.
        seal: differs when anything differs, also in what is not listed.
    """

    changes: tuple[TaskChange, ...] = ()
    gained: int = 0
    lost: int = 0
    tasks: int = 0
    plans: int = 0
    seal: str = ""

    def __bool__(self) -> bool:
        return bool(self.gained or self.lost)

    @property
    def first(self) -> tuple[TaskChange, ...]:
        """Those to show at once."""
        return self.changes[:AT_ONCE]

    @property
    def rest(self) -> tuple[TaskChange, ...]:
        """Those to show when asked for."""
        return self.changes[AT_ONCE:]

    @property
    def left_out(self) -> int:
        """How many are counted and not listed."""
        return self.gained + self.lost - len(self.changes)

    def as_json(self) -> dict[str, Any]:
        """For storing."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Effects:
        """As it was stored."""
        changes = tuple(TaskChange(**change) for change in stored.get("changes", ()))
        return cls(**{**stored, "changes": changes})


def preview_change(*, region: str, deed: Callable[[], object]) -> Effects:
    """What `deed` would change in the tasks of all plans of a region. It is done and taken back.

    Args:
        region: code.
        deed: calls operations on the registry; what it raises is passed on.
    """
    with transaction.atomic():
        before = load_roster(region)
        deed()
        effects = compare(region, before, load_roster(region))
        transaction.set_rollback(True)
    return effects


def compare(region: str, before: Roster, after: Roster) -> Effects:
    """What lies between two rosters, for the tasks as they are, in at most five queries."""
    mentions, plans = _collective_tasks(region, before.groups | after.groups)
    days = {key: day_of(plan) for key, plan in plans.items()}
    old = {_key(part): part for part in take_apart(_known(mentions, before), days, before)}
    new = {_key(part): part for part in take_apart(_known(mentions, after), days, after)}
    gained = [part for key, part in new.items() if key not in old]
    lost = [part for key, part in old.items() if key not in new]
    tasks = {part.task for part in (*gained, *lost)}
    of_task = {mention.task: mention.plan for mention in mentions}
    order = sorted(
        [*((part, True) for part in gained), *((part, False) for part in lost)],
        key=lambda one: (-of_task[one[0].task], one[0].task, not one[1], one[0].body, one[0].role),
    )
    keys = {part.body for part, _ in order} | {part.via for part, _ in order if part.via}
    names = dict(Body.objects.filter(pk__in=keys).values_list("pk", "name"))
    return Effects(
        _said(order[:LISTED], plans, of_task, names),
        len(gained),
        len(lost),
        len(tasks),
        len({of_task[task] for task in tasks}),
        _seal(gained, lost, names, before),
    )


def _seal(gained: list[Part], lost: list[Part], names: dict[int, str], before: Roster) -> str:
    """The same for the same effects. A body that the change makes has another key each time it is tried."""

    def say(part: Part) -> tuple[int, str, str, bool]:
        new = part.body not in before.entries
        return part.task, names[part.body] if new else str(part.body), part.role, new

    said = [sorted(map(say, gained)), sorted(map(say, lost))]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def _collective_tasks(region: str, groups: frozenset[int]) -> tuple[list[Mention], dict[int, Plan]]:
    """All mentions in tasks that name somebody with members, and their plans."""
    grouped = TaskBody.objects.filter(
        Q(body__in=groups) | Q(collective=True, body__isnull=False), task=OuterRef("task")
    )
    mentions = mentions_in(TaskBody.objects.filter(Exists(grouped), region_id=region))
    plans = Plan.objects.only("pk", "title", "date", "published", "created_at", "region")
    return mentions, plans.in_bulk({mention.plan for mention in mentions})


def _known(mentions: list[Mention], roster: Roster) -> list[Mention]:
    """Mentions of bodies that this roster knows: a body made by the change is not in the old one."""
    return [mention for mention in mentions if mention.body in roster.entries]


def _key(part: Part) -> tuple[int, int, str]:
    return part.task, part.body, part.role


def _said(
    parts: list[tuple[Part, bool]], plans: dict[int, Plan], of_task: dict[int, int], names: dict[int, str]
) -> tuple[TaskChange, ...]:
    rows: dict[int, Any] = Task.objects.only("number", "title", "text").in_bulk(
        {part.task for part, _ in parts}
    )
    roles = dict(TaskBody.Role.choices)
    return tuple(
        TaskChange(
            of_task[part.task],
            str(plans[of_task[part.task]]),
            part.task,
            rows[part.task].number,
            heading(rows[part.task].number, rows[part.task].title, rows[part.task].text[:120]),
            names[part.body],
            str(roles[part.role]),
            gained,
            names.get(part.via or 0, ""),
        )
        for part, gained in parts
    )
