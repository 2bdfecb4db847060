"""Taking steps with assignments and extensions: in which role, and how rows are locked for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet

from luoshi.apps.work.models import Assignment, Occurrence
from luoshi.core.work.machines import ASSIGNMENT, OCCURRENCE
from luoshi.core.work.states import Machine, Role, Standing, possible, step


def role_for(machine: Machine, standing: Standing, name: str, held: Sequence[Role]) -> Role:
    """The role in which a person takes a step: one that may, else one that the table will refuse.

    Raises:
        PermissionDenied: the person has no part in it at all.
    """
    for role in held:
        if any(row.name == name for row in possible(machine, standing, role)):
            return role
    if not held:
        raise PermissionDenied
    return held[0]


def lock_assignments(assignments: Iterable[Assignment]) -> list[Assignment]:
    """The assignments, locked in one order so that nobody waits in a ring."""
    rows = Assignment.objects.filter(pk__in=[one.pk for one in assignments]).order_by("pk")
    return list(rows.select_related("issue", "body", "task").select_for_update(of=("self",)))


def office_step(
    assignments: Iterable[Assignment], name: str, given: Mapping[str, object] | None = None
) -> None:
    """Put assignments where a step of the office leads; nothing is stored.

    Raises:
        LuoshiError: the table does not allow it for one of them.
    """
    for row in assignments:
        standing = Standing(row.state, row.kept or None)
        after = step(ASSIGNMENT, standing, name, role="office", given=given)
        row.state, row.kept = Assignment.State(after.state), after.kept or ""


def store(assignments: Sequence[Assignment], *names: str) -> None:
    """Store these fields of assignments, and count the change."""
    for row in assignments:
        row.version = F("version") + 1
    Assignment.objects.bulk_update(assignments, [*names, "version"], batch_size=200)


def cancel_occurrences(rows: QuerySet[Occurrence], reason: str) -> int:
    """Cancel what is scheduled or open among some occurrences; they can be reinstated."""
    cancelled = 0
    for state in (Occurrence.State.SCHEDULED, Occurrence.State.OPEN):
        after = step(
            OCCURRENCE, Standing(state.value), "cancel", role="system", given={"reason": reason or "—"}
        )
        cancelled += rows.filter(state=state).update(
            state=after.state, kept=after.kept or "", version=F("version") + 1
        )
    return cancelled
