"""Draws as the calls tell them: their rules, lists and places, and everything that happened."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ninja import Schema

from luoshi.apps.api.register_shapes import Bilingual, PlainValue


class DrawRow(Schema):
    """A draw: `prepared`, `committed` (announced), `drawn` or `cancelled`. `value` is the public value."""

    id: int
    mechanism: str
    entry_id: int
    drawing: str
    purpose: str
    stage: str
    source: str
    value_on: date
    form: str
    prepared_at: datetime
    commitment: str
    committed_at: datetime | None
    value: str
    drawn_at: datetime | None
    head: str
    reason: str
    cancelled_at: datetime | None

    @staticmethod
    def resolve_mechanism(draw: Any) -> str:
        return str(draw.entry.mechanism)

    @staticmethod
    def resolve_drawing(draw: Any) -> str:
        return str(draw.key)


class PoolOut(Schema):
    """Those who may be drawn; they accept their place where they are `asked`."""

    key: str
    label: Bilingual
    roster: str
    asked: bool
    listed: bool


class DrawingOut(Schema):
    """A draw that an entry goes through; `draw` is the latest, null where none was frozen yet."""

    drawing: str
    label: Bilingual
    pools: list[PoolOut]
    may_run: bool
    may_cancel: bool
    draw: DrawRow | None


class CandidateOut(Schema):
    """Somebody or something on a frozen list; with something in `kept_out` it cannot be drawn."""

    key: str
    name: str
    pool: str
    stratum: str
    eligible: bool
    kept_out: list[str]


class ClashOut(Schema):
    """Why one who was drawn may not serve, and because of whom."""

    words: Bilingual
    other: str


class DrawnPlaceOut(Schema):
    """One of those who were drawn: `asked`, `accepted`, `refused`, `recused`, or `waiting` for a place.

    `who` is what people inside read beside the code, masked where it is personal.
    """

    key: str
    name: str
    number: int
    standing: str
    holds: bool
    who: str
    reason: str
    clashes: list[ClashOut]

    @staticmethod
    def resolve_key(place: Any) -> str:
        return str(place.candidate.key)

    @staticmethod
    def resolve_name(place: Any) -> str:
        return str(place.candidate.name)

    @staticmethod
    def resolve_clashes(place: Any) -> list[dict[str, Any]]:
        return [{"words": words, "other": other} for words, other in place.clashes]


class StratumOut(Schema):
    """A stratum: how many are drawn and named as substitutes, who can be, and those who were, in order."""

    key: str
    pool: str
    number: int
    substitutes: int
    listed: int
    eligible: int
    vacant: int
    places: list[DrawnPlaceOut]

    @staticmethod
    def resolve_pool(stratum: Any) -> str:
        return str(stratum.pool.key)


class DrawEvent(Schema):
    """Something that happened to a draw; only people inside read who recorded an answer."""

    kind: str
    at: datetime
    who: str
    reason: str
    by: str


class CancelledBefore(Schema):
    """An earlier draw for the same purpose, with its secret opened."""

    commitment: str
    secret: str
    reason: str
    at: datetime


class LeftOut(Schema):
    """Why candidates cannot be drawn, and how many for each reason."""

    reason: str
    candidates: int


class DrawWhole(Schema):
    """A draw with its strata and its log, the latest first.

    `inside` says whether names, clashes, reasons and people are shown; `published` is what the declaration
    publishes of the entry.
    """

    draw: DrawRow
    inside: bool
    may_run: bool
    may_cancel: bool
    strata: list[StratumOut]
    log: list[DrawEvent]
    earlier: list[CancelledBefore]
    left_out: list[LeftOut]
    published: list[PlainValue]
