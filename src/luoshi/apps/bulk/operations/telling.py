"""How far a piece of work is, told while a transaction that nobody else can look into goes on."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from luoshi.apps.bulk.models import ACTIVE, Job, State

# Nobody works on a job any more that has not moved for so long.
STILL = timedelta(minutes=10)
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


def interrupt(jobs: QuerySet[Any], *, at: datetime, everything: bool) -> int:
    """Mark those that nobody works on any more, `everything` also those within their time; tells how many."""
    rows = jobs.filter(state__in=ACTIVE)
    return (rows if everything else rows.filter(due_at__lt=at)).update(state=State.INTERRUPTED)


def done_of(job: Job) -> int:
    """How many are through, as far as it was told here or elsewhere."""
    return max(job.done, _DONE.get(job.pk, 0)) if job.active else job.done


def forget(job: Job) -> None:
    """It is over; the database says the rest."""
    _DONE.pop(job.pk, None)
