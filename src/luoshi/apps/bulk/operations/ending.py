"""How sheets end of which nothing comes: refused, given up, and forgotten in time."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from luoshi.apps.audit.operations import record
from luoshi.apps.bulk.models import ACTIVE, Row, State, Upload
from luoshi.apps.bulk.operations import refusals
from luoshi.apps.bulk.operations.telling import MOST_TRIES
from luoshi.core.errors import LuoshiError

# What was written in rows that became nothing is kept so long after the end, to be mended.
KEPT = timedelta(days=30)


@transaction.atomic
def fail(upload: Upload, error: LuoshiError, at: datetime) -> None:
    """Say why nothing, or nothing more, comes of a sheet."""
    # A sheet of which nothing could be made as a whole is as it was: the person chooses again.
    end = {"state": State.FAILED, "ended_at": at}
    if isinstance(error, refusals.NotWhole):
        end = {"state": State.CHECKED, "ended_at": None, "whole": None}
    Upload.objects.filter(pk=upload.pk).update(error=_said(error), **end)
    _record_failed(upload, error, at)


@transaction.atomic
def give_up(upload: Upload, at: datetime) -> None:
    """Take it up no more; of two who see it only one says so."""
    error = refusals.SheetGivenUp(file=upload.name, tries=MOST_TRIES)
    active = Upload.objects.filter(pk=upload.pk, state__in=ACTIVE)
    if active.update(state=State.FAILED, ended_at=at, error=_said(error)):
        _record_failed(upload, error, at)


def _said(error: LuoshiError) -> dict[str, str]:
    return {"code": error.code, **error.messages()}


def _record_failed(upload: Upload, error: LuoshiError, at: datetime) -> None:
    record(
        type="bulk.upload.failed",
        object=upload,
        region=upload.region_id,
        by=upload.by,
        at=at,
        for_body=upload.body,
        mechanism=upload.mechanism,
        code=error.code,
    )


def forget_rows(*, at: datetime) -> int:
    """Forget what was written in rows that became nothing, some time after the end; tells how many rows."""
    old = Upload.objects.filter(ended_at__lt=at - KEPT)
    old.exclude(content=None).update(content=None)
    return Row.objects.filter(upload__in=old.values("pk"), entry=None).delete()[0]
