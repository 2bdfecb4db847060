"""Sweeps up files that were uploaded and that nothing came of: no entry has them, and no draft names them.

A file is locked by whoever claims it, whoever names it in a draft, and whoever sweeps it up; so each of them
sees what the other has done. Every batch is a transaction of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError, Q

from luoshi.apps.audit.operations import record
from luoshi.apps.register.models import Draft, EntryFile
from luoshi.apps.work.models import Blob

# Nobody outside has a draft: a form that was not sent within a day is filled in anew.
OUTSIDE = timedelta(days=1)
# A page may lie open over a long holiday, and another system may hand in files well before the entry.
STAFF = timedelta(days=30)
BATCH = 500


def sweep_files(*, at: datetime) -> int:
    """Sweep up every file that has lain about for its time; tells how many. Twice changes nothing."""
    late = Q(by=None, at__lt=at - OUTSIDE) | Q(by__isnull=False, at__lt=at - STAFF)
    rows = EntryFile.objects.filter(late, entry=None)
    regions = list(rows.order_by("region").values_list("region", flat=True).distinct())
    return sum(
        _sweep(region, keys, at) for region in regions for keys in _batches(rows.filter(region=region))
    )


def _batches(rows: Any) -> Iterator[list[int]]:
    last = 0
    while keys := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        yield keys
        last = keys[-1]


@transaction.atomic
def _sweep(region: str, keys: Collection[int], at: datetime) -> int:
    rows = EntryFile.objects.select_for_update(of=("self",)).filter(pk__in=keys, entry=None)
    files = {one.token: one for one in rows.order_by("pk")}
    # Asked for after the lock: whoever has named a file until then has kept the draft.
    for values in Draft.objects.filter(region=region).values_list("values", flat=True).iterator():
        for token in tokens_in(values):
            files.pop(token, None)
    if files:
        digests = sorted({one.blob_id for one in files.values()})
        drop_files(list(files.values()))
        record(
            type="register.files.swept",
            object=EntryFile(),
            region=region,
            by=None,
            at=at,
            files=len(files),
            sha256=digests,
        )
    return len(files)


def tokens_in(values: Mapping[str, Any]) -> set[str]:
    """What may be tokens of files in the values of a form: fields of files hold lists of them."""
    lists = (value for value in values.values() if isinstance(value, list))
    return {one for several in lists for one in several if isinstance(one, str)}


def drop_files(files: list[EntryFile]) -> None:
    """Files, and their bytes where nothing else has the same."""
    digests = {one.blob_id for one in files}
    EntryFile.objects.filter(pk__in=[one.pk for one in files]).delete()
    for digest in sorted(digests):
        # Whoever keeps another file with the same bytes holds them until it is there.
        list(Blob.objects.select_for_update().filter(pk=digest).values_list("pk"))
        try:
            with transaction.atomic():
                Blob.objects.filter(pk=digest).delete()
        except ProtectedError:
            continue
