"""Draws as `luoshi.core.draw` knows them, from their rows."""

from __future__ import annotations

from collections.abc import Iterable

from luoshi.apps.draws import models
from luoshi.apps.draws.sealing import opened
from luoshi.core.draw.selection import seed_of
from luoshi.core.draw.values import (
    Answer,
    Cancellation,
    Cancelled,
    Candidate,
    Committed,
    Drawn,
    Prepared,
    PublicSource,
    Reply,
    Stratum,
)


def prepared_of(draw: models.Draw, rows: Iterable[models.Candidate]) -> Prepared:
    """The frozen list; of only some candidates where no more is needed."""
    return Prepared(
        draw.purpose,
        tuple(sorted(strata_of(draw), key=lambda one: one.key)),
        PublicSource(draw.source, draw.value_on, draw.form),
        tuple(
            Candidate(one.key, one.stratum, one.name, tuple(one.kept_out))
            for one in sorted(rows, key=lambda one: one.key)
        ),
    )


def strata_of(draw: models.Draw) -> list[Stratum]:
    """The rules of its strata."""
    return [Stratum(one["key"], one["number"], one["substitutes"], one["multiple"]) for one in draw.strata]


def committed_of(draw: models.Draw, rows: Iterable[models.Candidate]) -> Committed:
    """The draw as it was committed to."""
    assert draw.committed_at is not None  # noqa: S101 - the caller looks at the stage
    return Committed(prepared_of(draw, rows), draw.commitment, draw.committed_at, earlier_of(draw))


def earlier_of(draw: models.Draw) -> tuple[Cancellation, ...]:
    """Draws for the same purpose that were cancelled before, oldest first."""
    rows = models.Draw.objects.filter(
        entry=draw.entry_id, key=draw.key, stage=models.Draw.Stage.CANCELLED, pk__lt=draw.pk
    )
    return tuple(
        Cancellation(one.commitment, one.secret, one.reason, one.cancelled_at)
        for one in rows.order_by("cancelled_at", "commitment")
        if one.cancelled_at is not None
    )


def drawn_of(draw: models.Draw, rows: Iterable[models.Candidate]) -> Drawn:
    """The draw with its result and all answers."""
    assert draw.drawn_at is not None  # noqa: S101 - the caller looks at the stage
    seed = seed_of(bytes.fromhex(draw.secret), draw.commitment, draw.value)
    orders = {stratum: tuple(keys) for stratum, keys in sorted(draw.orders.items())}
    replies = tuple(
        Reply(one.key, Answer(one.answer), one.reason, one.at) for one in draw.replies.order_by("pk")
    )
    return Drawn(
        committed_of(draw, rows), draw.secret, draw.value, seed.hex(), orders, draw.drawn_at, replies
    )


def result_of(draw: models.Draw) -> Drawn:
    """The draw with its result, without those who were not drawn: all that pages and answers need."""
    keys = [key for order in draw.orders.values() for key in order]
    return drawn_of(draw, draw.candidates.filter(key__in=keys))


def before_of(draw: models.Draw) -> Committed | Drawn:
    """The whole draw before it was cancelled, if it was."""
    rows = list(draw.candidates.all())
    return drawn_of(draw, rows) if draw.drawn_at else committed_of(draw, rows)


def state_of(draw: models.Draw) -> Committed | Drawn | Cancelled:
    """The whole draw, as its proof shows it."""
    before = before_of(draw)
    if draw.cancelled_at is None:
        return before
    return Cancelled(before, draw.secret, draw.reason, draw.cancelled_at)


def secret_of(draw: models.Draw) -> bytes:
    """The secret, sealed or opened."""
    return bytes.fromhex(draw.secret) if draw.secret else opened(draw.sealed)
