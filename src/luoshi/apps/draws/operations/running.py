"""The steps of a draw that the public sees: commitment, result, answers, cancellation."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.timezone import localdate

from luoshi.apps.audit.operations import record
from luoshi.apps.draws import models
from luoshi.apps.draws.operations.fitting import fitted
from luoshi.apps.draws.operations.following import (
    committed_facts,
    drawing_of,
    drawn_facts,
    follow,
    held,
    locked,
    nothing_kept,
)
from luoshi.apps.draws.operations.refusals import EntriesOpen, MustRecuse, NotAsked, NotAtThisStage
from luoshi.apps.draws.queries.places import drawn_candidates, entries_held, holders
from luoshi.apps.draws.queries.pools import Looking, conflicts
from luoshi.apps.draws.queries.stages import (
    before_of,
    committed_of,
    earlier_of,
    prepared_of,
    result_of,
    secret_of,
)
from luoshi.apps.draws.sealing import sealed
from luoshi.core.draw import steps
from luoshi.core.draw.errors import HoldsNoPlace
from luoshi.core.draw.record import head
from luoshi.core.draw.values import Answer, Drawn

Stage = models.Draw.Stage


@transaction.atomic
def commit_draw(*, draw: models.Draw, secret: bytes, by: User | None, at: datetime) -> models.Draw:
    """Commit to the frozen list, and publish the commitment.

    Args:
        secret: 32 bytes of chance that nobody else knows.

    Raises:
        NotAtThisStage: it was committed to already, or cancelled.
        CommittedTooLate: the public value comes this day or came before.
    """
    row = at_stage(draw, Stage.PREPARED)
    drawing = drawing_of(row)
    committed = steps.commit_after(
        earlier_of(row), prepared_of(row, row.candidates.all()), secret=secret, at=at
    )
    row.stage, row.sealed = Stage.COMMITTED, sealed(secret)
    row.commitment = row.head = committed.commitment
    row.committed_at = at
    row.save()
    record(type="draws.draw.committed", object=row, by=by, at=at, **_public(row))
    follow(row, drawing.commits, committed_facts(row, drawing, at), by=by, at=at)
    return row


@transaction.atomic
def draw_places(*, draw: models.Draw, value: str, by: User | None, at: datetime) -> models.Draw:
    """Draw, once the public value is out; the secret is opened with it.

    Raises:
        NotAtThisStage: nothing is committed to, or it was drawn.
        DrawnTooEarly: the day of the public value has not come.
        UnfitText: the value is not one line.
        TooLong: it does not fit its record.
    """
    row = at_stage(draw, Stage.COMMITTED)
    drawing = drawing_of(row)
    written = fitted(models.Draw, "value", value)
    drawn = steps.draw(committed_of(row, row.candidates.all()), secret=secret_of(row), value=written, at=at)
    row.stage, row.value, row.secret, row.sealed = Stage.DRAWN, written, drawn.secret, ""
    row.orders = {stratum: list(order) for stratum, order in drawn.orders.items()}
    row.drawn_at, row.head = at, head(drawn)
    row.save()
    record(type="draws.draw.drawn", object=row, by=by, at=at, **_public(row))
    follow(row, drawing.draws, drawn_facts(row, drawing, drawn, at), by=by, at=at)
    return row


@transaction.atomic
def answer_place(
    *, draw: models.Draw, key: str, answer: Answer, reason: str = "", by: User | None, at: datetime
) -> models.Reply:
    """Record what one who holds a place answered; who leaves it makes room for the next substitute.

    Raises:
        NotAtThisStage: nothing was drawn yet, or it was cancelled.
        NotAsked: nobody of this pool accepts.
        MustRecuse: one who has an interest would accept.
        TooLong: the reason does not fit its record.
        LuoshiError: see `luoshi.core.draw.steps.answer`.
    """
    row = at_stage(draw, Stage.DRAWN)
    drawn = result_of(row)
    said = fitted(models.Reply, "reason", reason)
    if answer is Answer.accepted:
        _check_serves(row, drawn, key, at)
    drawn = steps.answer(drawn, key=key, answer=answer, reason=said, at=at)
    reply = models.Reply.objects.create(draw=row, key=key, answer=answer, reason=said, at=at, by=by)
    row.head = head(drawn)
    row.save(update_fields=["head"])
    record(
        type="draws.place.answered",
        object=row,
        region=row.entry.region_id,
        by=by,
        at=at,
        for_body=row.entry.holder,
        key=key,
        answer=answer.value,
        reason=said,
        head=row.head,
    )
    drawing = drawing_of(row)
    follow(row, drawing.answers, held(row, drawing, drawn), by=by, at=at, reason=said)
    return reply


@transaction.atomic
def cancel_draw(*, draw: models.Draw, reason: str, by: User | None, at: datetime) -> models.Draw:
    """Call the draw off in public; its secret is opened, so that anybody sees what it would have been.

    Raises:
        NotAtThisStage: the public does not know of it, or it was cancelled.
        UnfitText: there is no reason.
        EntriesOpen: entries that it opened are not finished.
    """
    row = at_stage(draw, Stage.COMMITTED, Stage.DRAWN)
    going = row.openings.filter(entry__ended=None).count()
    if going:
        raise EntriesOpen(n=going)
    drawing = drawing_of(row)
    cancelled = steps.cancel(
        before_of(row), secret=secret_of(row), reason=fitted(models.Draw, "reason", reason), at=at
    )
    row.stage, row.secret, row.sealed = Stage.CANCELLED, cancelled.secret, ""
    row.reason, row.cancelled_at, row.head = cancelled.reason, at, head(cancelled)
    row.save()
    record(type="draws.draw.cancelled", object=row, by=by, at=at, **_public(row))
    follow(row, drawing.cancels, nothing_kept(drawing), by=by, at=at, reason=cancelled.reason)
    return row


def at_stage(draw: models.Draw, *stages: str) -> models.Draw:
    """The draw and its entry, kept from others; refused where it stands elsewhere."""
    row = locked(draw)
    if row.stage not in stages:
        raise NotAtThisStage(stage=Stage(row.stage).label)
    return row


def _check_serves(draw: models.Draw, drawn: Drawn, key: str, at: datetime) -> None:
    """Refuse the acceptance of somebody whom the declaration wants recused, or whom nobody asks."""
    drawing, rows = drawing_of(draw), drawn_candidates(draw)
    if key not in rows:
        raise HoldsNoPlace(key=key)
    pool = drawing.pool(rows[key].pool)
    if not pool.asked:
        raise NotAsked(pool=pool.label)
    looking = Looking(draw.entry.region_id, localdate(at))
    found = conflicts(pool, rows[key].entry, entries_held(holders(draw, drawing, drawn)), looking)
    for conflict, other in found:
        raise MustRecuse(key=key, reason=conflict.message, other=other.title)


def _public(row: models.Draw) -> dict[str, Any]:
    """What the audit log says of a step that the public sees; never the sealed secret."""
    return {
        "region": row.entry.region_id,
        "for_body": row.entry.holder,
        "purpose": row.purpose,
        "commitment": row.commitment,
        "head": row.head,
        "value": row.value,
        "reason": row.reason,
    }
