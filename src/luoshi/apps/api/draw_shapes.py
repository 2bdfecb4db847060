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


class OpenedOut(Schema):
    """The entry that was opened for one who was drawn."""

    candidate: str
    entry_id: int
    number: str
    title: str
    state: str

    @staticmethod
    def resolve_candidate(opened: Any) -> str:
        return str(opened.candidate.key)

    @staticmethod
    def resolve_number(opened: Any) -> str:
        return str(opened.entry.number)

    @staticmethod
    def resolve_title(opened: Any) -> str:
        return str(opened.entry.title)

    @staticmethod
    def resolve_state(opened: Any) -> str:
        return str(opened.entry.state)


class OpenedWhole(Schema):
    """The entries opened from a result, of which mechanism, and how many can be `here` and now.

    `waiting` hold a place and have none yet; nothing is opened while some who would serve are `unanswered`.
    """

    mechanism: str
    name: Bilingual
    entries: list[OpenedOut]
    waiting: int
    unanswered: int
    here: bool

    @staticmethod
    def resolve_entries(opened: Any) -> list[Any]:
        return [one.opened for one in opened.lines]


class DrawWhole(Schema):
    """A draw with its strata and its log, the latest first.

    `inside` says whether names, clashes, reasons and people are shown; `published` is what the declaration
    publishes of the entry, `opened` what became of those drawn where they get entries of their own.
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
    opened: OpenedWhole | None
