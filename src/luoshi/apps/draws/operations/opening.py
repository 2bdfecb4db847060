"""Opens the entries that follow from a draw: one for each that was drawn, all at once and never twice."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from luoshi.apps.audit.operations import record
from luoshi.apps.draws import models
from luoshi.apps.draws.operations.following import drawing_of, follow, row_of
from luoshi.apps.draws.operations.refusals import (
    NothingOpened,
    OpenedAlready,
    PlacesUnanswered,
    TooFewToShare,
)
from luoshi.apps.draws.operations.running import at_stage
from luoshi.apps.draws.queries.places import Holder, holders
from luoshi.apps.draws.queries.stages import result_of
from luoshi.apps.register.declared import catalogue
from luoshi.apps.register.models import Entry
from luoshi.apps.register.operations.opening import beginning
from luoshi.apps.register.operations.taking import begin
from luoshi.apps.register.queries.loading import loaded, setting_of
from luoshi.core.mechanism.drawing import Drawing, Openings, in_turn
from luoshi.core.register.procedure import Actor

_Places = dict[str, list[Holder]]


@transaction.atomic
def open_entries(*, draw: models.Draw, by: User | None, at: datetime) -> list[models.Opened]:
    """Open an entry for each that holds a place and has none yet, linked back to the entry that draws.

    Raises:
        NothingOpened: the declaration opens none.
        NotAtThisStage: nothing was drawn yet, or it was cancelled.
        OpenedAlready: everybody has one.
        PlacesUnanswered: somebody who would serve in them has not accepted.
        TooFewToShare: fewer serve than one of them needs.
        LuoshiError: a step is refused; then nothing is opened.
    """
    row = at_stage(draw, models.Draw.Stage.DRAWN)
    drawing = drawing_of(row)
    opens = drawing.opens
    if opens is None:
        raise NothingOpened(drawing=drawing.label)
    places = holders(row, drawing, result_of(row))
    have = set(row.openings.values_list("candidate", flat=True))
    waiting = [pair for pair in enumerate(places[opens.each]) if pair[1].candidate.pk not in have]
    if not waiting:
        name = catalogue().latest(opens.opening.mechanism).name
        raise OpenedAlready(pool=drawing.pool(opens.each).label, mechanism=name)
    _check_shares(drawing, opens, places)
    follow(row, opens.step, {}, by=by, at=at)
    parent = Entry.objects.select_related("body", "holder", "pending").get(pk=row.entry_id)
    made = []
    for place, holder in waiting:
        entry = _begun(parent, opens, _given(drawing, opens, places, place), by=by, at=at)
        made.append(models.Opened(draw=row, candidate=holder.candidate, entry=entry, at=at))
    models.Opened.objects.bulk_create(made)
    record(
        type="draws.entries.opened",
        object=row,
        region=row.entry.region_id,
        by=by,
        at=at,
        for_body=row.entry.holder,
        mechanism=opens.opening.mechanism,
        entries=[one.entry_id for one in made],
    )
    return made


def _check_shares(drawing: Drawing, opens: Openings, places: _Places) -> None:
    for share in opens.shares.values():
        pool, held = drawing.pool(share.pool), places[share.pool]
        unanswered = sum(not one.accepted for one in held) if pool.asked else 0
        if unanswered:
            raise PlacesUnanswered(pool=pool.label, n=unanswered)
        if len(held) < max(share.number, 1):
            raise TooFewToShare(pool=pool.label, number=max(share.number, 1), held=len(held))


def _given(drawing: Drawing, opens: Openings, places: _Places, place: int) -> dict[str, Any]:
    """What a new entry has of the one drawn and of those who serve in it."""
    entry = places[opens.each][place].candidate.entry
    found: dict[str, Any] = {
        key: entry.values[name] for key, name in opens.takes.items() if name in entry.values
    }
    if opens.candidate:
        found[opens.candidate] = str(entry.pk)
    for key, share in opens.shares.items():
        pool = drawing.pool(share.pool)
        served = in_turn(places[share.pool], share.number, place)
        found[key] = [row_of(pool, one.candidate.entry) for one in served]
    return found


def _begun(parent: Entry, opens: Openings, given: dict[str, Any], *, by: User | None, at: datetime) -> Entry:
    new = beginning(parent, loaded(parent), opens.opening, setting_of(parent))
    return begin(
        mechanism=new.mechanism,
        body=new.body,
        transition=new.transition,
        given=new.given | given,
        actor=Actor.SYSTEM,
        by=by,
        at=at,
    )
