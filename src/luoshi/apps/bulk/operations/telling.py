"""How far a piece of work is, told while a transaction that nobody else can look into goes on."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F, QuerySet

from luoshi.apps.bulk.models import ACTIVE, Job, State

# Nobody works on a job any more that has not moved for so long.
STILL = timedelta(minutes=10)
# A job that was taken up so often without getting further is what stops the process: memory runs out, or a
# library dies. Twice may be chance or a restart; more would stop everybody else's work for ever.
MOST_TRIES = 3
# Of the jobs of this process. SQLite has one process, and one writer who keeps everybody else from writing.
_DONE: dict[UUID, int] = {}


def tell(job: Job, done: int, at: datetime) -> None:
    """Say that so many are through. Inside a transaction it is said beside it."""
    _DONE[job.pk] = done
    if not connection.in_atomic_block:
        _write(job, done, at)
    elif connection.vendor == "postgresql" and not connection.needs_rollback:
        _beside(job, done, at)


def _write(job: Job, done: int, at: datetime) -> None:
    type(job)._default_manager.filter(pk=job.pk).update(done=done, due_at=at + STILL)


def _beside(job: Job, done: int, at: datetime) -> None:
    """By a connection of its own: what it says is seen at once, whatever becomes of the rest."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute(
                f"UPDATE {job._meta.db_table} SET done = %s, due_at = %s WHERE id = %s",  # noqa: S608 (our table)
                [done, at + STILL, job.pk],
            )
    finally:
        other.close()


def take_up(jobs: QuerySet[Any], state: State, at: datetime) -> bool:
    """Begin to work on a job that waits; it is counted before anything can go wrong."""
    waiting = jobs.filter(state=State.WAITING)
    return bool(waiting.update(state=state, due_at=at + STILL, tries=F("tries") + 1))


def get_further(job: Job, done: int, at: datetime) -> None:
    """So many are through, and stay so whatever happens to the rest: the tries are counted from here."""
    type(job)._default_manager.filter(pk=job.pk).update(done=done, due_at=at + STILL, tries=1)


def interrupt(jobs: QuerySet[Any], *, at: datetime, everything: bool) -> int:
    """Mark those that nobody works on any more, `everything` also those within their time; tells how many."""
    rows = _left(jobs, at, everything).filter(tries__lt=MOST_TRIES)
    # Asked for first: while a sheet is made as a whole nobody else can write on SQLite, and pages only look.
    return rows.update(state=State.INTERRUPTED) if rows.exists() else 0


def given_up(jobs: QuerySet[Any], *, at: datetime, everything: bool) -> list[Any]:
    """Those that nobody works on any more, and that are not taken up again."""
    return list(_left(jobs, at, everything).filter(tries__gte=MOST_TRIES))


def _left(jobs: QuerySet[Any], at: datetime, everything: bool) -> QuerySet[Any]:
    rows = jobs.filter(state__in=ACTIVE)
    if everything:
        return rows
    # A job of this very process may be in a transaction that cannot move it on.
    return rows.filter(due_at__lt=at).exclude(pk__in=list(_DONE))


def done_of(job: Job) -> int:
    """How many are through, as far as it was told here or elsewhere."""
    return max(job.done, _DONE.get(job.pk, 0)) if job.active else job.done


def forget(job: Job) -> None:
    """It is over; the database says the rest."""
    _DONE.pop(job.pk, None)
