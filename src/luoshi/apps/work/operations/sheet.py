"""A workbook of reports: first looked at, then taken over as a whole or not at all."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.timezone import localdate

from luoshi.apps.audit.operations import record
from luoshi.apps.document.operations import safe_name
from luoshi.apps.interface.returned import Fault
from luoshi.apps.organization.models import Role
from luoshi.apps.organization.rules import bodies_with
from luoshi.apps.work.models import Occurrence, Revision, SheetUpload
from luoshi.apps.work.operations.reporting import open_report, save, submit
from luoshi.apps.work.queries.sheet import Row
from luoshi.apps.work.queries.sheet_check import Change, check, read_rows
from luoshi.core.errors import LuoshiError, Phrase
from luoshi.core.work.values import unpack
from luoshi.intake.sent import read_sent_cells

KEPT = timedelta(days=7)
"""How long a workbook waits that nobody took over."""


class SheetHasFaults(LuoshiError):
    """Taking over a workbook that is wrong somewhere."""

    code = "work-sheet-has-faults"
    zh = "表格有{count}处问题,一行也没有写入;请改正后重新上传。"
    en = "The workbook is wrong in {count} places and nothing was taken over; correct it and upload it again."


class SheetApplied(LuoshiError):
    """Taking over a workbook twice."""

    code = "work-sheet-applied"
    zh = "“{file}”已经写入过;如有新的内容,请重新下载填写后上传。"
    en = "“{file}” was taken over before; download a new workbook for what is new."


class SheetOvertaken(LuoshiError):
    """Taking over a workbook that would do something else by now."""

    code = "work-sheet-overtaken"
    zh = "核对之后有报送发生了变化,预览已更新;请重新核对后再写入。"
    en = "Reports have changed since you looked; the preview is new, look at it again before taking it over."


class SheetIncomplete(LuoshiError):
    """Submitting a workbook with reports that are not whole."""

    code = "work-sheet-incomplete"
    zh = "第{rows}行还缺必填内容,不能提交;请先存为草稿,或补充后重新上传。"
    en = "Rows {rows} lack what has to be filled in; keep them as drafts, or add it and upload again."


@transaction.atomic
def receive_sheet(*, region: str, name: str, content: bytes, by: User, at: datetime) -> SheetUpload:
    """Read a workbook and say what it would do; no report changes.

    Raises:
        DocumentError: one of its subclasses, when the file cannot be read whole or is no workbook.
    """
    name = safe_name(name)
    rows, faults = read_rows(read_sent_cells(name, content))
    SheetUpload.objects.filter(by=by, applied_at=None, at__lt=at - KEPT).delete()
    upload = SheetUpload(region_id=region, name=name, by=by, at=at)
    upload.rows = [row.as_json() for row in rows]
    upload.report = _report(rows, faults, by, at)
    upload.save()
    record(
        type="work.sheet.received",
        object=upload,
        region=region,
        by=by,
        at=at,
        name=name,
        rows=len(rows),
        faults=len(upload.report["faults"]),
        changes=len(upload.report["changes"]),
    )
    return upload


def apply_sheet(*, upload: SheetUpload, submits: bool, by: User, at: datetime) -> SheetUpload:
    """Take over a workbook as it was shown: as drafts, or submitted as well.

    Joint reports are kept as drafts in either case: the other leads sign them on their page.

    Raises:
        SheetApplied, SheetHasFaults, SheetIncomplete.
        SheetOvertaken: it would do something else by now; the report is written anew.
    """
    try:
        return _apply(upload, submits, by, at)
    except SheetOvertaken:
        look_again(upload, by, at)
        raise


@transaction.atomic
def _apply(upload: SheetUpload, submits: bool, by: User, at: datetime) -> SheetUpload:
    upload = SheetUpload.objects.select_for_update().get(pk=upload.pk, by=by)
    if upload.applied_at is not None:
        raise SheetApplied(file=upload.name)
    told = _report(stored_rows(upload), [], by, at)
    if upload.report["faults"]:
        raise SheetHasFaults(count=len(upload.report["faults"]))
    if told != upload.report:
        raise SheetOvertaken()
    changes = [Change(**one) for one in told["changes"]]
    lacking = [str(one.row) for one in changes if one.missing and not one.joint]
    if submits and lacking:
        raise SheetIncomplete(rows=Phrase("、".join(lacking), ", ".join(lacking)))
    for change in changes:
        _take_over(change, submits, by, at)
    upload.applied_at, upload.rows = at, []
    submitted = submits and not all(change.joint for change in changes)
    upload.outcome = SheetUpload.Outcome.SUBMITTED if submitted else SheetUpload.Outcome.SAVED
    upload.save()
    record(
        type="work.sheet.imported",
        object=upload,
        region=upload.region_id,
        by=by,
        at=at,
        name=upload.name,
        outcome=str(upload.outcome),
        occurrences=[change.occurrence for change in changes],
    )
    return upload


def _take_over(change: Change, submits: bool, by: User, at: datetime) -> None:
    occurrence = Occurrence.objects.select_related("assignment__issue", "task", "body").get(
        pk=change.occurrence
    )
    report = open_report(occurrence=occurrence, by=by, at=at)
    saved = save(
        report=report,
        values=unpack(change.values),
        base=change.base,
        by=by,
        at=at,
        kind=Revision.Kind.IMPORT,
    )
    if submits and not change.joint:
        submit(report=report, seen=saved.latest, by=by, at=at)


@transaction.atomic
def look_again(upload: SheetUpload, by: User, at: datetime) -> None:
    """Write the report anew: what the workbook would do by now."""
    upload = SheetUpload.objects.select_for_update().get(pk=upload.pk)
    upload.report = _report(stored_rows(upload), [], by, at)
    upload.save(update_fields=["report"])


def stored_rows(upload: SheetUpload) -> list[Row]:
    """The rows as they were sent."""
    return [Row(**row) for row in upload.rows]


def _report(rows: list[Row], faults: list[Fault], by: User, at: datetime) -> dict[str, Any]:
    bodies = bodies_with(by, Role.Name.LIAISON, Role.Name.HEAD)
    changes, wrong = check(rows, bodies=bodies, on=localdate(at))
    return {
        "changes": [one.as_json() for one in changes],
        "faults": [one.as_json() for one in [*faults, *wrong]],
    }
