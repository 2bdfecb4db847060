"""What a step of a draw brings about in its entry: the step of the system that the declaration names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.utils.timezone import localdate

from luoshi.apps.draws import models
from luoshi.apps.draws.queries.places import holders
from luoshi.apps.register.declared import catalogue
from luoshi.apps.register.models import Entry
from luoshi.apps.register.operations.taking import take_step
from luoshi.core.draw.values import Drawn
from luoshi.core.mechanism.drawing import Drawing, Fact, Pool
from luoshi.core.register.procedure import Actor


def drawing_of(draw: models.Draw) -> Drawing:
    """What the declaration says of a draw, in the version that its entry follows."""
    return catalogue().version(draw.entry.mechanism, draw.entry.version).drawing[draw.key]


def locked(draw: models.Draw) -> models.Draw:
    """The draw and its entry, kept from others until the transaction ends."""
    Entry.objects.select_for_update(of=("self",)).get(pk=draw.entry_id)
    return models.Draw.objects.select_related("entry").get(pk=draw.pk)


def follow(
    draw: models.Draw,
    transition: str,
    given: Mapping[str, Any],
    *,
    by: User | None,
    at: datetime,
    reason: str = "",
) -> None:
    """Take the step of the entry; what it does not ask for is not written."""
    step = catalogue().version(draw.entry.mechanism, draw.entry.version).register.transition[transition]
    take_step(
        entry=draw.entry,
        transition=transition,
        given={key: value for key, value in given.items() if key in step.asks},
        seen=draw.entry.revision,
        actor=Actor.SYSTEM,
        by=by,
        at=at,
        reason=reason,
    )


def committed_facts(draw: models.Draw, drawing: Drawing, at: datetime) -> dict[str, Any]:
    """What the entry keeps of a commitment, and how many could be drawn."""
    found = _facts(drawing, {Fact.COMMITMENT: draw.commitment, Fact.COMMITTED_ON: localdate(at).isoformat()})
    for pool in drawing.pools:
        if pool.counted:
            found[pool.counted] = str(draw.candidates.filter(pool=pool.key, eligible=True).count())
    return found


def drawn_facts(draw: models.Draw, drawing: Drawing, drawn: Drawn, at: datetime) -> dict[str, Any]:
    """What the entry keeps of the result."""
    found = _facts(drawing, {Fact.DRAWN_ON: localdate(at).isoformat(), Fact.VALUE: draw.value})
    return found | held(draw, drawing, drawn)


def held(draw: models.Draw, drawing: Drawing, drawn: Drawn) -> dict[str, Any]:
    """The rows of those who hold places, by field."""
    places = holders(draw, drawing, drawn)
    return {
        pool.fills: [_row(pool, one.candidate.entry, one.accepted) for one in places[pool.key]]
        for pool in drawing.pools
        if pool.fills
    }


def nothing_kept(drawing: Drawing) -> dict[str, Any]:
    """All fields that a draw fills, without values."""
    keys = {*drawing.keeps.values(), *(key for pool in drawing.pools for key in (pool.fills, pool.counted))}
    return dict.fromkeys(key for key in keys if key)


def _facts(drawing: Drawing, facts: Mapping[Fact, str]) -> dict[str, Any]:
    return {drawing.keeps[str(fact)]: said for fact, said in facts.items() if str(fact) in drawing.keeps}


def row_of(pool: Pool, entry: Entry) -> dict[str, Any]:
    """What the roster says of one who was drawn, by the columns that keep it."""
    return {column: entry.values[field] for column, field in pool.columns.items() if field in entry.values}


def _row(pool: Pool, entry: Entry, accepted: bool) -> dict[str, Any]:
    row = row_of(pool, entry)
    if pool.accepted:
        row[pool.accepted] = "yes" if accepted else "no"
    return row
