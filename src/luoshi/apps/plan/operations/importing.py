"""Imports as jobs: asked for in a request, done beside it, and never lost."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from luoshi.apps.audit.operations import record
from luoshi.apps.document.operations import safe_name
from luoshi.apps.plan.models import ImportJob, Plan
from luoshi.apps.plan.operations.reading import READINGS
from luoshi.apps.plan.operations.refusals import ImportActive
from luoshi.apps.plan.operations.workers import start
from luoshi.core.document.errors import ReaderFailed
from luoshi.core.errors import LuoshiError, Phrase
from luoshi.intake.limits import limits_from_environment
from luoshi.intake.sent import hold_to_limit, read_sent

log = logging.getLogger(__name__)

# Beyond the time that reading may take, an import needs time to store; after that nobody works on it.
GRACE = timedelta(minutes=5)


@transaction.atomic
def request_import(*, region: str, name: str, content: bytes, by: User, at: datetime) -> ImportJob:
    """Ask for the import of a file. It starts when the transaction is through.

    Returns:
        A new job; or, for bytes that this region already has, the job that is still working on them or a
        finished one that leads to their plan.

    Raises:
        TooLarge: the file is over the limit.
    """
    job = _new(ImportJob(region_id=region, by=by, at=at), name, content)
    under_way = _under_way(job)
    if under_way is not None:
        return under_way
    plan = Plan.objects.filter(region_id=region, document__sha256=job.sha256).first()
    if plan is not None:
        job.content, job.plan, job.state, job.ended_at = None, plan, ImportJob.State.DONE, at
    return _request(job, by, at)


@transaction.atomic
def request_reading(
    *, purpose: str, about: Plan, name: str, content: bytes, by: User, at: datetime
) -> ImportJob:
    """Ask for a file to be read for something else than a plan of its own; as `request_import`.

    Args:
        purpose: a key of `READINGS`.
        about: the plan that it is read for.

    Raises:
        TooLarge: the file is over the limit.
    """
    new = ImportJob(region_id=about.region_id, purpose=purpose, about=about, by=by, at=at)
    job = _new(new, name, content)
    return _under_way(job) or _request(job, by, at)


def _new(job: ImportJob, name: str, content: bytes) -> ImportJob:
    job.name, job.content, job.size = safe_name(name), content, len(content)
    hold_to_limit(job.name, content)
    job.sha256 = hashlib.sha256(content).hexdigest()
    return job


def _under_way(job: ImportJob) -> ImportJob | None:
    """The job that is working on the same bytes for the same purpose."""
    same = ImportJob.objects.filter(region_id=job.region_id, sha256=job.sha256, purpose=job.purpose)
    return same.filter(about=job.about_id, state__in=ImportJob.ACTIVE).first()


def _request(job: ImportJob, by: User, at: datetime) -> ImportJob:
    """Keep a job, and start it when the transaction is through."""
    job.save(force_insert=True)
    record(
        type="plan.import.requested",
        object=job,
        region=job.region_id,
        by=by,
        at=at,
        name=job.name,
        sha256=job.sha256,
        size=job.size,
        purpose=job.purpose,
    )
    if job.state == ImportJob.State.WAITING:
        transaction.on_commit(lambda: start(run_import, job.pk))
    return job


@transaction.atomic
def retry_import(*, job: ImportJob, by: User, at: datetime) -> ImportJob:
    """Try an import that failed or was interrupted again, with the bytes that were kept.

    Raises:
        ImportActive: it is still being worked on, or done.
    """
    retried = ImportJob.objects.filter(
        pk=job.pk, state__in=[ImportJob.State.FAILED, ImportJob.State.INTERRUPTED]
    ).update(
        state=ImportJob.State.WAITING,
        attempt=F("attempt") + 1,
        error={},
        started_at=None,
        due_at=None,
        ended_at=None,
    )
    if not retried:
        raise ImportActive(file=job.name)
    record(type="plan.import.retried", object=job, region=job.region_id, by=by, at=at, name=job.name)
    transaction.on_commit(lambda: start(run_import, job.pk))
    job.refresh_from_db()
    return job


def run_import(key: UUID, clock: Callable[[], datetime] = timezone.now) -> None:
    """Read and store the file of a waiting job. Whatever happens, the job says so in the end.

    Args:
        key: primary key of the job.
        clock: what tells the time; a background job has no request to take it from.
    """
    job = _claim(key, clock())
    if job is None:
        return
    try:
        _read_and_store(job, clock)
    except LuoshiError as error:
        _fail(job, error, clock())
    except Exception:
        log.exception("import failed", extra={"job": str(job.pk), "file": job.name})
        _fail(job, ReaderFailed(file=job.name, where=Phrase("存入阶段", "while storing")), clock())


def _claim(key: UUID, at: datetime) -> ImportJob | None:
    """The job, if it still waits; of two workers only one gets it."""
    seconds = limits_from_environment().seconds
    claimed = ImportJob.objects.filter(pk=key, state=ImportJob.State.WAITING).update(
        state=ImportJob.State.READING, started_at=at, due_at=at + timedelta(seconds=seconds) + GRACE
    )
    return ImportJob.objects.select_related("by", "about").get(pk=key) if claimed else None


def _read_and_store(job: ImportJob, clock: Callable[[], datetime]) -> None:
    content = bytes(job.content or b"")
    document, plan = read_sent(job.name, content)
    ImportJob.objects.filter(pk=job.pk).update(state=ImportJob.State.STORING)
    with transaction.atomic():
        at = clock()
        made = READINGS[job.purpose].store(job, document, plan, content, at)
        ImportJob.objects.filter(pk=job.pk).update(
            state=ImportJob.State.DONE, content=None, ended_at=at, error={}, **made
        )


@transaction.atomic
def _fail(job: ImportJob, error: LuoshiError, at: datetime) -> None:
    said = {"code": error.code, **error.messages()}
    ImportJob.objects.filter(pk=job.pk).update(state=ImportJob.State.FAILED, error=said, ended_at=at)
    record(
        type="plan.import.failed",
        object=job,
        region=job.region_id,
        by=job.by,
        at=at,
        name=job.name,
        code=error.code,
    )


@transaction.atomic
def mark_interrupted(*, at: datetime, everything: bool = False) -> int:
    """Mark imports that nobody works on any more, so that they can be tried again.

    Args:
        everything: also those within their time, because the process has just started and is the only one.

    Returns:
        How many were marked.
    """
    jobs = ImportJob.objects.filter(state__in=ImportJob.ACTIVE)
    if not everything:
        jobs = jobs.filter(due_at__lt=at)
    marked = list(jobs.order_by("at", "pk").defer("content"))
    for job in marked:
        job.state, job.ended_at = ImportJob.State.INTERRUPTED, at
        job.save(update_fields=["state", "ended_at"])
        record(
            type="plan.import.interrupted", object=job, region=job.region_id, by=None, at=at, name=job.name
        )
    return len(marked)
