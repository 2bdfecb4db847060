"""A workbook of the registry, first looked at, then taken over as a whole or not at all."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from luoshi.apps.audit.operations import record
from luoshi.apps.document.operations import safe_name
from luoshi.apps.interface.returned import Fault
from luoshi.apps.organization.operations.bodies import lock_registry
from luoshi.apps.organization.queries.members import load_roster
from luoshi.apps.registry.models import Upload
from luoshi.apps.registry.operations.refusals import RegistryChangedMeanwhile, UploadApplied, UploadHasFaults
from luoshi.apps.registry.operations.writing import write
from luoshi.apps.registry.queries.arrival import read_rows
from luoshi.apps.registry.queries.changes import changes
from luoshi.apps.registry.queries.checks import check
from luoshi.apps.registry.queries.effects import Effects, compare, preview_change
from luoshi.apps.registry.queries.proposal import propose
from luoshi.apps.registry.queries.state import State, load_state
from luoshi.apps.registry.queries.workbook import Row
from luoshi.intake.sent import read_sent_cells

# What nobody took over in this time is of no use: the registry has moved on.
KEPT = timedelta(days=7)


@transaction.atomic
def receive(*, region: str, name: str, content: bytes, by: User, at: datetime) -> Upload:
    """Read a workbook and say what it would do; nothing of the registry changes.

    Args:
        region: code.
        name: of the file.
        content: its bytes.

    Returns:
        The upload; its `report` tells the changes, faults and effects.

    Raises:
        DocumentError: one of its subclasses, when the file cannot be read whole or is no workbook.
    """
    rows, faults = _read(safe_name(name), content)
    Upload.objects.filter(region_id=region, applied_at=None, at__lt=at - KEPT).delete()
    upload = Upload(region_id=region, name=safe_name(name), by=by, at=at)
    upload.rows = {sheet: [row.as_json() for row in of] for sheet, of in rows.items()}
    upload.report = _report(region, rows, faults)
    upload.save()
    record(
        type="organization.registry.received",
        object=upload,
        region=region,
        by=by,
        at=at,
        name=upload.name,
        rows={sheet: len(of) for sheet, of in rows.items()},
        faults=len(upload.report["faults"]),
    )
    return upload


def apply_upload(*, upload: Upload, by: User, at: datetime) -> Upload:
    """Take over a workbook as it was shown.

    Raises:
        RegistryChangedMeanwhile: it would do something else by now; the report is written anew.
        UploadApplied: it was taken over before.
        UploadHasFaults.
    """
    try:
        return _apply(upload, by, at)
    except RegistryChangedMeanwhile:
        look_again(upload)
        raise


@transaction.atomic
def _apply(upload: Upload, by: User, at: datetime) -> Upload:
    lock_registry(upload.region_id)
    upload = Upload.objects.select_for_update().get(pk=upload.pk)
    if upload.applied_at is not None:
        raise UploadApplied(file=upload.name)
    if upload.report["faults"]:
        raise UploadHasFaults(count=len(upload.report["faults"]))
    before, after, faults = _proposed(upload.region_id, stored_rows(upload))
    told = [change.as_json() for change in changes(before, after)]
    if faults or told != upload.report["changes"]:
        raise RegistryChangedMeanwhile
    roster = load_roster(upload.region_id)
    write(upload.region_id, before, after)
    effects = compare(upload.region_id, roster, load_roster(upload.region_id))
    if effects.seal != upload.report["effects"]["seal"]:
        raise RegistryChangedMeanwhile
    upload.applied_at, upload.rows = at, {}
    upload.save()
    record(
        type="organization.registry.imported",
        object=upload,
        region=upload.region_id,
        by=by,
        at=at,
        name=upload.name,
        changes=told,
        gained=effects.gained,
        lost=effects.lost,
    )
    return upload


@transaction.atomic
def look_again(upload: Upload) -> None:
    """Write the report anew: what the workbook would do by now."""
    upload = Upload.objects.select_for_update().get(pk=upload.pk)
    upload.report = _report(upload.region_id, stored_rows(upload), [])
    upload.save(update_fields=["report"])


def stored_rows(upload: Upload) -> dict[str, list[Row]]:
    """The rows as they were sent."""
    return {sheet: [Row(**row) for row in of] for sheet, of in upload.rows.items()}


def _read(name: str, content: bytes) -> tuple[dict[str, list[Row]], list[Fault]]:
    return read_rows(read_sent_cells(name, content))


def _proposed(region: str, rows: dict[str, list[Row]]) -> tuple[State, State, list[Fault]]:
    """The registry before and after, and what is wrong with the rows; whole only where nothing is."""
    before = load_state(region)
    after, faults = propose(before, rows)
    return before, after, faults + check(before, after)


def _report(region: str, rows: dict[str, list[Row]], faults: list[Fault]) -> dict[str, Any]:
    """What a workbook would do. With faults there are no effects to tell: half of it is never taken over."""
    before, after, wrong = _proposed(region, rows)
    faults = sorted({*faults, *wrong}, key=lambda fault: (fault.sheet, fault.row, fault.column, fault.zh))
    effects = Effects()
    if not faults:
        effects = preview_change(region=region, deed=lambda: write(region, before, after))
    return {
        "faults": [fault.as_json() for fault in faults],
        "changes": [] if faults else [change.as_json() for change in changes(before, after)],
        "effects": effects.as_json(),
    }
