"""A draw as its pages show it: strata with their places, and everything that happened, the latest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from luoshi.apps.draws import models
from luoshi.apps.draws.queries.listing import counted
from luoshi.apps.draws.queries.places import drawn_candidates, entries_held, holders
from luoshi.apps.draws.queries.pools import Looking, conflicts
from luoshi.apps.draws.queries.stages import result_of
from luoshi.apps.register.declared import catalogue
from luoshi.core.draw.values import Drawn
from luoshi.core.errors import Phrase
from luoshi.core.mechanism.drawing import Drawing, Pool
from luoshi.core.register.packing import unpack
from luoshi.core.register.person import Person


@dataclass(frozen=True, slots=True)
class Place:
    """One of those who were drawn.

    Attributes:
        standing: `asked`, `accepted`, `refused`, `recused`, or `waiting` for a substitute.
        who: what people inside read beside the code: the name, masked where it is personal.
        reason: why they left.
        clashes: why they may not serve, with whom that concerns.
    """

    candidate: models.Candidate
    number: int
    standing: str
    who: str = ""
    reason: str = ""
    clashes: tuple[tuple[Phrase, str], ...] = ()

    @property
    def holds(self) -> bool:
        """Whether they hold a place now."""
        return self.standing in ("asked", "accepted")


@dataclass(frozen=True, slots=True)
class Stratum:
    """One stratum of a pool: its rules, its list, and those who were drawn, in their order."""

    key: str
    pool: Pool
    number: int
    substitutes: int
    listed: int
    eligible: int
    places: tuple[Place, ...] = ()
    vacant: int = 0


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that happened to a draw."""

    kind: str
    at: datetime
    who: str = ""
    reason: str = ""
    by: str = ""


def strata(draw: models.Draw, drawing: Drawing, *, inside: date | None = None) -> list[Stratum]:
    """The strata in the order of the declaration.

    Args:
        inside: the day, for people at work on it, who also read names and clashes; None for the public.
    """
    numbers = counted(draw)
    drawn = result_of(draw) if draw.drawn_at else None
    places = _places(draw, drawing, drawn, inside) if drawn else {}
    vacant = drawn.vacant if drawn else {}
    return [
        Stratum(
            key=one["key"],
            pool=drawing.pool(one["pool"]),
            number=one["number"],
            substitutes=one["substitutes"],
            listed=numbers.get(one["key"], (0, 0))[0],
            eligible=numbers.get(one["key"], (0, 0))[1],
            places=places.get(one["key"], ()),
            vacant=vacant.get(one["key"], 0),
        )
        for one in draw.strata
    ]


def _places(
    draw: models.Draw, drawing: Drawing, drawn: Drawn, inside: date | None
) -> dict[str, tuple[Place, ...]]:
    rows, replies = drawn_candidates(draw), {one.key: one for one in drawn.replies}
    holding = {place.key for held in drawn.places.values() for place in held}
    clashes = _clashes(draw, drawing, drawn, rows, inside) if inside else {}
    found = {}
    for stratum, order in drawn.orders.items():
        made = []
        for number, key in enumerate(order, 1):
            reply = replies.get(key)
            standing = reply.answer.value if reply else ("asked" if key in holding else "waiting")
            who = named(drawing.pool(rows[key].pool), rows[key]) if inside else ""
            reason = reply.reason if reply else ""
            made.append(Place(rows[key], number, standing, who, reason, clashes.get(key, ())))
        found[stratum] = tuple(made)
    return found


def _clashes(
    draw: models.Draw,
    drawing: Drawing,
    drawn: Drawn,
    rows: Mapping[str, models.Candidate],
    today: date | None,
) -> dict[str, tuple[tuple[Phrase, str], ...]]:
    """Why those who hold places may not serve, with the title of whom that concerns."""
    held = holders(draw, drawing, drawn)
    entries, looking = entries_held(held), Looking(draw.entry.region_id, today or date.min)
    return {
        one.candidate.key: tuple(
            (conflict.message, other.title)
            for conflict, other in conflicts(drawing.pool(pool), one.candidate.entry, entries, looking)
        )
        for pool, places in held.items()
        for one in places
    }


def named(pool: Pool, candidate: models.Candidate) -> str:
    """What people inside read beside the code: the public name, or the masked name of a person."""
    if candidate.name:
        return candidate.name
    row = candidate.entry
    register = catalogue().version(row.mechanism, row.version).register
    values = unpack(register.field, row.values)
    persons = [values.get(field) for field in pool.columns.values()]
    return "、".join(one.masked for one in persons if isinstance(one, Person))


def happened(draw: models.Draw, *, inside: bool = False) -> list[Happened]:
    """The log, the latest first. The public does not read who recorded an answer."""
    found = []
    if draw.cancelled_at:
        found.append(Happened("cancelled", draw.cancelled_at, reason=draw.reason))
    for one in draw.replies.select_related("by").order_by("-pk"):
        by = (one.by.get_full_name() or one.by.get_username()) if inside and one.by else ""
        found.append(Happened(one.answer, one.at, one.key, one.reason, by))
    if draw.drawn_at:
        found.append(Happened("drawn", draw.drawn_at))
    if draw.committed_at:
        found.append(Happened("committed", draw.committed_at))
    if inside:
        found.append(Happened("prepared", draw.prepared_at))
    return found
