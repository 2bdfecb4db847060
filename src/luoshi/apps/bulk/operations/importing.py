"""Sheets become entries: asked for in a request, checked and made beside it, whatever happens meanwhile.

A job that was killed goes on where it was, but not for ever. A row and its entry are written in one
transaction, under a lock of the row: no row ever becomes two entries.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from luoshi.apps.audit.operations import record
from luoshi.apps.bulk.models import ACTIVE, Row, State, Upload
from luoshi.apps.bulk.operations import refusals
from luoshi.apps.bulk.operations.ending import fail, give_up
from luoshi.apps.bulk.operations.making import begun, make
from luoshi.apps.bulk.operations.receiving import receive
from luoshi.apps.bulk.operations.telling import STILL, forget, given_up, interrupt, take_up, tell
from luoshi.apps.bulk.queries.checking import Checking, check_all
from luoshi.apps.bulk.queries.columns import Layout
from luoshi.apps.document.operations import safe_name
from luoshi.apps.organization.models import Body
from luoshi.apps.plan.operations.workers import start
from luoshi.core.document.errors import ReaderFailed
from luoshi.core.errors import LuoshiError, Phrase
from luoshi.intake.sent import hold_to_limit, sent_rows

log = logging.getLogger(__name__)
Clock = Callable[[], datetime]
BATCH = 500


@transaction.atomic
def request_upload(
    *, layout: Layout, body: Body, name: str, content: bytes, by: User, at: datetime
) -> Upload:
    """Ask for a sheet to be checked. It starts when the transaction is through.

    Returns:
        A new job, or the one of this person that is not done with the same bytes.

    Raises:
        SheetImpossible: the step needs what no sheet can hold.
        TooLarge: the file is over the limit.
    """
    if not layout.possible:
        raise refusals.SheetImpossible(step=layout.step.label)
    register = layout.mechanism.register
    name = safe_name(name)
    hold_to_limit(name, content)
    sha256 = hashlib.sha256(content).hexdigest()
    same = Upload.objects.filter(
        mechanism=register.key, transition=layout.step.key, body=body, by=by, sha256=sha256
    )
    under_way = same.filter(state__in=[*ACTIVE, State.CHECKED]).first()
    if under_way is not None:
        return under_way
    upload = Upload.objects.create(
        region_id=body.region_id,
        mechanism=register.key,
        version=register.version,
        transition=layout.step.key,
        body=body,
        name=name,
        sha256=sha256,
        size=len(content),
        content=content,
        by=by,
        at=at,
        due_at=at + STILL,
    )
    _record_requested(upload, by, at)
    transaction.on_commit(lambda: start(run_upload, upload.pk))
    return upload


def _record_requested(upload: Upload, by: User, at: datetime) -> None:
    record(
        type="bulk.upload.requested",
        object=upload,
        region=upload.region_id,
        by=by,
        at=at,
        for_body=upload.body,
        mechanism=upload.mechanism,
        name=upload.name,
        sha256=upload.sha256,
    )


@transaction.atomic
def confirm_upload(*, upload: Upload, whole: bool, by: User, at: datetime) -> Upload:
    """Make entries of a checked sheet: of all its rows or none, or of the good ones.

    Raises:
        UploadSettled: it is not checked, or done with.
        NotWhole: all are wanted, and some cannot be used.
    """
    kept = _locked(upload)
    if kept.state != State.CHECKED:
        raise refusals.UploadSettled(file=kept.name)
    if whole and kept.bad:
        raise refusals.NotWhole(bad=kept.bad)
    kept.whole, kept.state, kept.done, kept.due_at, kept.tries = whole, State.WAITING, 0, at + STILL, 0
    kept.save(update_fields=["whole", "state", "done", "due_at", "tries"])
    record(
        type="bulk.upload.confirmed",
        object=kept,
        region=kept.region_id,
        by=by,
        at=at,
        for_body=kept.body,
        mechanism=kept.mechanism,
        whole=whole,
        rows=kept.good,
        left_out=kept.bad,
    )
    transaction.on_commit(lambda: start(run_upload, kept.pk))
    return kept


@transaction.atomic
def drop_upload(*, upload: Upload, by: User, at: datetime) -> None:
    """Make nothing of a checked sheet; what was written in it is forgotten.

    Raises:
        UploadSettled: it is being worked on, or done with.
    """
    kept = _locked(upload)
    if kept.state not in (State.CHECKED, State.FAILED) or kept.rows.exclude(entry=None).exists():
        raise refusals.UploadSettled(file=kept.name)
    kept.rows.all().delete()
    kept.state, kept.content, kept.ended_at = State.DROPPED, None, at
    kept.save(update_fields=["state", "content", "ended_at"])
    record(
        type="bulk.upload.dropped",
        object=kept,
        region=kept.region_id,
        by=by,
        at=at,
        for_body=kept.body,
        mechanism=kept.mechanism,
        name=kept.name,
    )


@transaction.atomic
def continue_upload(*, upload: Upload, at: datetime) -> None:
    """Go on with what was interrupted.

    Raises:
        UploadSettled: it was not.
    """
    moved = Upload.objects.filter(pk=upload.pk, state=State.INTERRUPTED)
    if not moved.update(state=State.WAITING, due_at=at + STILL):
        raise refusals.UploadSettled(file=upload.name)
    transaction.on_commit(lambda: start(run_upload, upload.pk))


def _locked(upload: Upload) -> Upload:
    rows = Upload.objects.select_for_update(of=("self",)).defer("content").select_related("body")
    return rows.get(pk=upload.pk)


def run_upload(key: UUID, clock: Clock = timezone.now) -> None:
    """Check a sheet that waits, or make entries of one that was confirmed. It says what became of it.

    Args:
        clock: what tells the time; a background job has no request to take it from.
    """
    upload = _claim(key, clock())
    if upload is None:
        return
    try:
        if upload.state == State.CHECKING:
            _check(upload, clock)
        else:
            make(upload, clock)
    except LuoshiError as error:
        fail(upload, error, clock())
    except Exception:
        log.exception("bulk upload failed", extra={"job": str(upload.pk), "file": upload.name})
        where = Phrase("登记阶段", "while making entries")
        fail(upload, ReaderFailed(file=upload.name, where=where), clock())
    finally:
        forget(upload)


def _claim(key: UUID, at: datetime) -> Upload | None:
    """The job, if it still waits; of two workers only one gets it."""
    for state, chosen in ((State.CHECKING, True), (State.MAKING, False)):
        if take_up(Upload.objects.filter(pk=key, whole__isnull=chosen), state, at):
            return Upload.objects.select_related("body__region", "by").get(pk=key)
    return None


def _check(upload: Upload, clock: Clock) -> None:
    """Read the sheet, and look at each row as the form would."""
    found = begun(upload, clock())
    content = bytes(upload.content or b"")
    with sent_rows(upload.name, content) as sent:
        received = receive(upload, sent, found.layout, lambda done: tell(upload, done, clock()))
    total = upload.rows.count()
    Upload.objects.filter(pk=upload.pk).update(total=total, done=0)
    checking = Checking(
        found.layout, upload.body, found.actor, upload.by, clock(), received.sheet, received.letters()
    )
    bad = done = 0
    rows = Row.objects.filter(upload=upload).order_by("number").iterator(chunk_size=BATCH)
    while batch := list(islice(rows, BATCH)):
        wrong = []
        for row, faults in check_all(batch, checking):
            row.good, row.faults = False, [one.as_json() for one in faults]
            wrong.append(row)
        Row.objects.bulk_update(wrong, ["good", "faults"])
        bad, done = bad + len(wrong), done + len(batch)
        tell(upload, done, clock())
    Upload.objects.filter(pk=upload.pk).update(
        state=State.CHECKED,
        bad=bad,
        done=total,
        sheet=received.sheet[:40],
        letters=received.letters(),
        content=None,
        error={},
    )


def mark_interrupted(*, at: datetime, everything: bool = False) -> int:
    """Mark jobs that nobody works on any more, so that somebody goes on with them; tells how many.

    Those that were taken up too often end instead.

    Args:
        everything: also those within their time, because the process has just started and is the only one.
    """
    rows = Upload.objects.defer("content").select_related("body", "by")
    for upload in given_up(rows, at=at, everything=everything):
        give_up(upload, at)
    return interrupt(Upload.objects.all(), at=at, everything=everything)
