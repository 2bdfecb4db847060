"""The entries that were opened from a draw, and how many of those drawn still have none."""

from __future__ import annotations

from dataclasses import dataclass

from luoshi.apps.draws import models
from luoshi.apps.draws.queries.places import holders
from luoshi.apps.draws.queries.stages import result_of
from luoshi.apps.register.declared import catalogue
from luoshi.core.errors import Phrase
from luoshi.core.mechanism.drawing import Drawing, Openings
from luoshi.core.register.procedure import State


@dataclass(frozen=True, slots=True)
class Line:
    """An entry that was opened, for whom, and how it stands."""

    opened: models.Opened
    state: State


@dataclass(frozen=True, slots=True)
class OpenedEntries:
    """What became of a draw.

    Attributes:
        pool: those who get an entry each.
        lines: the entries, in the order in which they were opened.
        waiting: how many hold a place and have no entry yet.
        unanswered: how many would serve in them and have not accepted.
        here: whether the entry that draws stands where they can be opened.
    """

    mechanism: str
    name: Phrase
    pool: Phrase
    lines: tuple[Line, ...]
    waiting: int
    unanswered: int
    here: bool


def opened_entries(draw: models.Draw, drawing: Drawing) -> OpenedEntries | None:
    """None where the draw opens nothing, or has no result."""
    opens = drawing.opens
    if opens is None or not draw.drawn_at:
        return None
    rows = list(draw.openings.select_related("entry", "candidate").order_by("pk"))
    waiting, unanswered = _missing(draw, drawing, opens, {one.candidate_id for one in rows})
    parent = catalogue().version(draw.entry.mechanism, draw.entry.version)
    return OpenedEntries(
        mechanism=opens.opening.mechanism,
        name=catalogue().latest(opens.opening.mechanism).name,
        pool=drawing.pool(opens.each).label,
        lines=tuple(Line(one, _state(one)) for one in rows),
        waiting=waiting,
        unanswered=unanswered,
        here=draw.entry.state in parent.register.transition[opens.step].origins,
    )


def _missing(draw: models.Draw, drawing: Drawing, opens: Openings, have: set[int]) -> tuple[int, int]:
    if draw.stage != models.Draw.Stage.DRAWN:
        return 0, 0
    places = holders(draw, drawing, result_of(draw))
    waiting = sum(one.candidate.pk not in have for one in places[opens.each])
    asked = {one.pool for one in opens.shares.values() if drawing.pool(one.pool).asked}
    return waiting, sum(not one.accepted for pool in asked for one in places[pool])


def _state(row: models.Opened) -> State:
    entry = row.entry
    return catalogue().version(entry.mechanism, entry.version).register.state[entry.state]
