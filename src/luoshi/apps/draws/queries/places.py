"""Who holds the places of a draw, who left them, and who would move up."""

from __future__ import annotations

from dataclasses import dataclass

from luoshi.apps.draws import models
from luoshi.apps.register.models import Entry
from luoshi.core.draw.values import Drawn
from luoshi.core.mechanism.drawing import Drawing


@dataclass(frozen=True, slots=True)
class Holder:
    """One who holds a place."""

    candidate: models.Candidate
    accepted: bool


def holders(draw: models.Draw, drawing: Drawing, drawn: Drawn) -> dict[str, list[Holder]]:
    """Those who hold places, by pool, in the order of the strata."""
    found: dict[str, list[Holder]] = {pool.key: [] for pool in drawing.pools}
    places, rows = drawn.places, drawn_candidates(draw)
    for stratum in draw.strata:
        for place in places[stratum["key"]]:
            found[stratum["pool"]].append(Holder(rows[place.key], place.accepted))
    return found


def drawn_candidates(draw: models.Draw) -> dict[str, models.Candidate]:
    """Those who were drawn, substitutes included, with their entries."""
    keys = [key for order in draw.orders.values() for key in order]
    rows = draw.candidates.filter(key__in=keys).select_related("entry")
    return {one.key: one for one in rows.prefetch_related("entry__steps", "entry__clocks")}


def entries_held(held: dict[str, list[Holder]]) -> dict[str, list[Entry]]:
    """The entries of those who hold places, by pool."""
    return {pool: [one.candidate.entry for one in rows] for pool, rows in held.items()}
