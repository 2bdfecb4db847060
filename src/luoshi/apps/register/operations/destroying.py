"""Destroys whole entries whose time is over: one person draws a sheet up, a second one confirms it.

Nothing is destroyed by itself. What remains is a line that says that there was an entry, and the figures in
which it was counted.
"""

from __future__ import annotations

import json
from datetime import datetime
from hashlib import sha256

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.timezone import localdate

from luoshi.apps.audit.operations import record
from luoshi.apps.register.models import Destroyed, Destruction, Entry, Link
from luoshi.apps.register.operations.destruction_refusals import (
    NothingDue,
    OpinionTooShort,
    SecondPersonNeeded,
    SheetSettled,
)
from luoshi.apps.register.operations.sweeping import drop_files
from luoshi.apps.register.queries.destruction import due_for_destruction
from luoshi.apps.register.queries.loading import register_of

# As many as two people can look through, and as one transaction destroys in some seconds.
MOST_LINES = 200
LEAST_OPINION = 10


@transaction.atomic
def draw_up(*, region: str, mechanism: str, opinion: str, by: User, at: datetime) -> Destruction:
    """Put the entries that have been kept for their time on a sheet, at most 200; nothing is destroyed yet.

    Raises:
        OpinionTooShort: it does not say why they are worth nothing any more.
        NothingDue: there are none.
    """
    opinion = opinion.strip()
    if len(opinion) < LEAST_OPINION:
        raise OpinionTooShort(least=LEAST_OPINION)
    rows = list(due_for_destruction(region, mechanism, localdate(at))[:MOST_LINES])
    if not rows:
        raise NothingDue
    sheet = Destruction.objects.create(
        region_id=region, mechanism=mechanism, opinion=opinion, drawn_by=by, drawn_at=at
    )
    Destroyed.objects.bulk_create(_line(sheet, row) for row in rows)
    record(
        type="register.destruction.drawn-up",
        object=sheet,
        region=region,
        by=by,
        at=at,
        mechanism=mechanism,
        entries=len(rows),
    )
    return sheet


def _line(sheet: Destruction, row: Entry) -> Destroyed:
    years = register_of(row).retention.years
    assert row.ended is not None and years is not None  # noqa: S101, PT018 - what is due has both
    return Destroyed(
        sheet=sheet,
        entry=row,
        former=row.pk,
        version=row.version,
        number=row.number,
        body_id=row.body_id,
        began=row.began,
        ended=row.ended,
        years=years,
    )


@transaction.atomic
def leave_out(*, line: Destroyed, by: User, at: datetime) -> Destruction:
    """Take an entry off a sheet: it is kept for now, and comes up again with the next one.

    Raises:
        SheetSettled: the sheet has been dealt with.
    """
    sheet = _open(line.sheet)
    Destroyed.objects.filter(pk=line.pk).delete()
    record(
        type="register.destruction.shortened",
        object=sheet,
        region=sheet.region_id,
        by=by,
        at=at,
        mechanism=sheet.mechanism,
        number=line.number,
        entry=line.former,
    )
    return sheet


@transaction.atomic
def withdraw(*, sheet: Destruction, by: User, at: datetime) -> Destruction:
    """Drop a sheet: every entry on it is kept.

    Raises:
        SheetSettled: the sheet has been dealt with.
    """
    sheet = _settled(_open(sheet), Destruction.State.WITHDRAWN, by, at)
    count, _kinds = sheet.lines.all().delete()
    record(
        type="register.destruction.withdrawn",
        object=sheet,
        region=sheet.region_id,
        by=by,
        at=at,
        mechanism=sheet.mechanism,
        entries=count,
    )
    return sheet


@transaction.atomic
def confirm(*, sheet: Destruction, by: User, at: datetime) -> Destruction:
    """Destroy the entries of a sheet that are due still; what is not due any more is spared, and told so.

    Raises:
        SheetSettled: the sheet has been dealt with.
        SecondPersonNeeded: the person drew it up.
    """
    sheet = _open(sheet)
    if sheet.drawn_by_id == by.pk:
        raise SecondPersonNeeded
    lines = list(sheet.lines.select_related("body"))
    Destroyed.objects.filter(sheet=sheet).update(entry=None)
    due = due_for_destruction(sheet.region_id, sheet.mechanism, localdate(at))
    locked = due.filter(pk__in=[line.former for line in lines]).select_for_update(of=("self",))
    rows = {row.pk: row for row in locked}
    for line in lines:
        line.entry = None
        _destroy(line, rows.get(line.former), sheet, by, at)
    sheet = _settled(sheet, Destruction.State.DONE, by, at)
    record(
        type="register.destruction.confirmed",
        object=sheet,
        region=sheet.region_id,
        by=by,
        at=at,
        mechanism=sheet.mechanism,
        drawn_by=sheet.drawn_by_id,
        destroyed=sum(1 for line in lines if line.digest),
        spared=sum(1 for line in lines if line.spared),
    )
    return sheet


def _open(sheet: Destruction) -> Destruction:
    found = Destruction.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
    if found.state != Destruction.State.PROPOSED:
        raise SheetSettled(state=found.get_state_display())
    return found


def _settled(sheet: Destruction, state: Destruction.State, by: User, at: datetime) -> Destruction:
    sheet.state, sheet.settled_by, sheet.settled_at = state, by, at
    sheet.save(update_fields=["state", "settled_by", "settled_at"])
    return sheet


def _destroy(line: Destroyed, row: Entry | None, sheet: Destruction, by: User, at: datetime) -> None:
    if row is None:
        line.spared = Destroyed.Spared.NOT_DUE
    else:
        try:
            with transaction.atomic():
                digest = digest_of(row)
                record(
                    type="register.entry.destroyed",
                    object=row,
                    region=row.region_id,
                    by=by,
                    at=at,
                    for_body=row.body,
                    mechanism=row.mechanism,
                    number=row.number,
                    began=row.began.isoformat(),
                    ended=line.ended.isoformat(),
                    years=line.years,
                    sheet=sheet.pk,
                    drawn_by=sheet.drawn_by_id,
                    sha256=digest,
                )
                drop_files(list(row.files.all()))
                Link.objects.filter(target=row).delete()
                row.delete()
        except ProtectedError:
            line.spared = Destroyed.Spared.IN_USE
        else:
            line.digest, line.destroyed_at = digest, at
    line.save()


def digest_of(row: Entry) -> str:
    """The SHA-256 of an entry: its JSON with sorted keys, as UTF-8, with the SHA-256 of its files."""
    whole = {
        "mechanism": row.mechanism,
        "version": row.version,
        "number": row.number,
        "body": row.body.name,
        "began": row.began,
        "ended": row.ended,
        "state": row.state,
        "values": row.values,
        "steps": list(
            row.steps.order_by("pk").values(
                "transition", "origin", "target", "actor", "by", "at", "on", "reason"
            )
        ),
        "clocks": list(row.clocks.order_by("pk").values("limit", "started", "due", "ended", "outcome")),
        "files": list(row.files.order_by("pk").values("field", "name", "blob")),
    }
    text = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return sha256(text.encode()).hexdigest()
