"""Makes entries of the rows of a checked sheet, batch by batch or all at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils.timezone import localdate

from luoshi.apps.audit.operations import record
from luoshi.apps.bulk.models import Row, State, Upload
from luoshi.apps.bulk.operations import refusals
from luoshi.apps.bulk.operations.telling import get_further, tell
from luoshi.apps.bulk.queries.checking import Checking, Lookups, given_of
from luoshi.apps.bulk.queries.columns import Layout, layout_of
from luoshi.apps.interface.returned import Fault
from luoshi.apps.register.declared import catalogue
from luoshi.apps.register.models import Entry
from luoshi.apps.register.operations.beginning import begin_many
from luoshi.apps.register.queries.acting import may_begin
from luoshi.core.errors import LuoshiError
from luoshi.core.register.procedure import Actor

Clock = Callable[[], datetime]
# Entries that are made in one transaction, and so seen at once: progress moves, and nobody waits long.
BATCH = 500
# SQLite has one writer: while a sheet is made as a whole, whoever else saves waits, and gives up after 20
# seconds. So many rows take about ten, and each thousand three to four.
AT_EASE = 3000
_ROWS_A_MINUTE = 15_000


@dataclass(frozen=True, slots=True)
class Begun:
    """The step that a sheet is for, and as what the person takes it."""

    layout: Layout
    actor: Actor


def begun(upload: Upload, at: datetime) -> Begun:
    """What a sheet is for, by the rules of now.

    Raises:
        NotByYou: the person may not begin such entries for the body any more.
        SheetOutdated: the rules have changed since the sheet was checked.
    """
    mechanism = catalogue().on(upload.mechanism, localdate(at))
    if mechanism.register.version != upload.version:
        theirs, ours = (f"{upload.mechanism}@{n}" for n in (upload.version, mechanism.register.version))
        raise refusals.SheetOutdated(file=upload.name, theirs=theirs, ours=ours)
    for step, actor, bodies in may_begin(upload.by, mechanism):
        if step.key == upload.transition and upload.body in bodies:
            return Begun(layout_of(mechanism, step), actor)
    step = mechanism.register.transition[upload.transition]
    raise refusals.NotByYou(body=upload.body.name, step=step.label)


def minutes_alone(upload: Upload) -> int:
    """For how many minutes nobody else can save while a sheet is made as a whole; 0 where nobody notices."""
    if connection.vendor != "sqlite" or upload.good <= AT_EASE:
        return 0
    return -(-upload.good // _ROWS_A_MINUTE)


def make(upload: Upload, clock: Clock) -> None:
    """Make what the person has chosen.

    Raises:
        NotWhole: all were wanted, and one could not be made; none was.
        LuoshiError: nothing can be made any more.
    """
    found = begun(upload, clock())
    if upload.whole:
        _make_whole(upload, found, clock)
    else:
        while _make_batch(upload, found, clock()):
            get_further(upload, _through(upload), clock())
        _finish(upload, clock())


def _make_whole(upload: Upload, found: Begun, clock: Clock) -> None:
    wrong: list[Row] = []
    try:
        with transaction.atomic():
            done = 0
            while batch := _make_batch(upload, found, clock()):
                done += len(batch)
                wrong = [row for row in batch if not row.good]
                if wrong:
                    raise refusals.NotWhole(bad=len(wrong))
                tell(upload, done, clock())
            # With the last row: whoever dies from here on has made all of it.
            _finish(upload, clock())
    except refusals.NotWhole:
        Row.objects.bulk_update(wrong, ["good", "faults"])
        Upload.objects.filter(pk=upload.pk).update(bad=upload.rows.filter(good=False).count())
        raise


@transaction.atomic
def _make_batch(upload: Upload, found: Begun, at: datetime) -> list[Row]:
    """The next rows, each with its entry or with what is wrong after all; none when all are through."""
    waiting = Row.objects.filter(upload=upload, good=True, entry=None).order_by("number")
    rows = list(waiting.select_for_update(of=("self",))[:BATCH])
    if not rows:
        return []
    checking = Checking(found.layout, upload.body, found.actor, upload.by, at, upload.sheet, upload.letters)
    lookups = Lookups(found.layout, rows, upload.body, upload.by)
    usable, given = [], []
    for row in rows:
        values, faults = given_of(row, checking, lookups)
        if faults:
            _spoil(row, faults)
        else:
            usable.append(row)
            given.append(values)
    made = begin_many(
        mechanism=upload.mechanism,
        body=upload.body,
        transition=upload.transition,
        given=given,
        actor=found.actor,
        by=upload.by,
        at=at,
    )
    for row, result in zip(usable, made, strict=True):
        _settle(row, result, checking)
    # As an upsert, which is five times as quick as an update that tells the rows apart.
    Row.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["entry", "good", "faults", "texts", "parts"],
    )
    return rows


def _settle(row: Row, result: Entry | LuoshiError, checking: Checking) -> None:
    if isinstance(result, LuoshiError):
        _spoil(row, [Fault.of(result, checking.sheet, row.number)])
        return
    # What was written stands in the entry now, where it is masked and destroyed in time.
    row.entry, row.texts, row.parts = result, {}, {}


def _spoil(row: Row, faults: list[Fault]) -> None:
    row.good, row.faults = False, [one.as_json() for one in faults]


def _through(upload: Upload) -> int:
    return upload.rows.exclude(entry=None).count()


@transaction.atomic
def _finish(upload: Upload, at: datetime) -> None:
    made, bad = _through(upload), upload.rows.filter(good=False).count()
    Upload.objects.filter(pk=upload.pk).update(state=State.DONE, done=made, bad=bad, ended_at=at, error={})
    record(
        type="bulk.upload.made",
        object=upload,
        region=upload.region_id,
        by=upload.by,
        at=at,
        for_body=upload.body,
        mechanism=upload.mechanism,
        entries=made,
        left_out=bad,
    )
