"""The examination of the whole log: rows, tree, checkpoints, and checkpoints that others hold."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from luoshi.apps.audit import keys
from luoshi.apps.audit.models import Checkpoint, Event
from luoshi.apps.audit.queries import entries
from luoshi.apps.audit.queries.tree import stored_nodes
from luoshi.core.errors import LuoshiError, Phrase
from luoshi.core.transparency import problems
from luoshi.core.transparency.canonical import written
from luoshi.core.transparency.checkpoint import PublicKey
from luoshi.core.transparency.examination import LATENESS, Examination, Held
from luoshi.core.transparency.tree import leaf_hash

# After so many problems it is clear that the log is not to be trusted.
MOST_PROBLEMS = 200


@dataclass(frozen=True, slots=True)
class Report:
    """What an examination found.

    Attributes:
        entries: how many entries the log has.
        checkpoints: how many checkpoints it agrees with.
        waiting: how many events wait to be sealed.
        problems: in the order of the log.
        cut: whether there were more problems than are kept.
    """

    entries: int
    checkpoints: int
    waiting: int
    problems: tuple[LuoshiError, ...]
    cut: bool


def examine(*, at: datetime, key: PublicKey | None = None, outside: Sequence[tuple[str, str]] = ()) -> Report:
    """Hold the log against everything that was ever signed for it.

    Args:
        key: the public key of the log as somebody noted it; by default that of this installation.
        outside: checkpoints that were handed out, each with a name.

    Raises:
        KeyMissing: there is no key to check with.
        NoCheckpoint, ForeignSignature: a checkpoint from outside is none of this log.
    """
    if key is None:
        key = keys.signing_key(make=not Checkpoint.objects.exists()).public
    handed_out = [_handed_out(text, key, name) for name, text in outside]
    # Before the snapshot: what is written meanwhile must not make the log look shorter than it was.
    kept = keys.witness()
    found: list[LuoshiError] = []
    with entries.snapshot():
        held = heapq.merge(
            _stored(key, kept), sorted(handed_out, key=lambda held: held.size), key=lambda held: held.size
        )
        examination = Examination(held, stored_nodes, _restamped)
        for problem in examination.run(entries.rows()):
            if len(found) < MOST_PROBLEMS:
                found.append(problem)
        waiting = 0
        for late in _unsealed(at):
            if late is None:
                waiting += 1
            elif len(found) < MOST_PROBLEMS:
                found.append(late)
        found += _tail()
    return Report(
        examination.entries, examination.checkpoints, waiting, tuple(found), len(found) >= MOST_PROBLEMS
    )


def _handed_out(text: str, key: PublicKey, name: str) -> Held:
    checkpoint = keys.opened(text, key, name)
    return Held(checkpoint.size, checkpoint, Phrase(f"检查点 {name}", f"checkpoint {name}"))


def _stored(key: PublicKey, kept: str | None) -> Iterator[Held]:
    """The checkpoints of the database and then the one beside it, by size as far as they can be trusted."""
    size, expected, after = 0, 1, 0
    while portion := list(Checkpoint.objects.filter(number__gt=after).order_by("number")[: entries.PORTION]):
        for row in portion:
            if row.number > expected:
                missing = problems.CheckpointsMissing(first=expected, last=row.number - 1)
                yield Held(size, None, keys.words(row.number), missing)
            after, expected = row.number, row.number + 1
            held = _read(row, key)
            size = max(size, held.size)
            yield Held(size, held.checkpoint, held.where, held.fault)
    if kept is None:
        return
    try:
        checkpoint = keys.opened(kept, key, keys.WITNESS)
    except LuoshiError as fault:
        yield Held(size, None, keys.WITNESS, fault)
        return
    if checkpoint.number >= expected:
        missing = problems.CheckpointsMissing(first=expected, last=checkpoint.number)
        yield Held(size, None, keys.WITNESS, missing)
    yield Held(max(size, checkpoint.size), checkpoint, keys.WITNESS)


def _read(row: Checkpoint, key: PublicKey) -> Held:
    where = keys.words(row.number)
    try:
        checkpoint = keys.opened(row.note, key, where)
    except LuoshiError as fault:
        return Held(0, None, where, fault)
    if (checkpoint.number, checkpoint.size, checkpoint.at) != (row.number, row.size, row.at):
        return Held(0, None, where, problems.CheckpointMisfiled(number=row.number))
    return Held(checkpoint.size, checkpoint, where)


def _unsealed(at: datetime) -> Iterator[LuoshiError | None]:
    """For each event without a place: what is wrong with it, or None when it just waits for its place."""
    settled = entries.sealed_up_to(at=at)
    last = Checkpoint.objects.order_by("-number").first()
    proof = keys.words(last.number) if last else None
    for event, done in entries.unsealed():
        if event <= settled:
            yield problems.EventInserted(event=event, at=written(done), proof=proof)
        elif last is not None and done < last.at - LATENESS:
            yield problems.EventBackdated(event=event, at=written(done), proof=proof)
        else:
            yield None


def _tail() -> list[LuoshiError]:
    """Events that were written and are gone before they were sealed; only SQLite keeps count of them."""
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [Event._meta.db_table])
        counted = cursor.fetchone()
    reached = counted[0] if counted else 0
    last = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    return [problems.TailRemoved(reached=reached, last=last)] if last < reached else []


def _restamped(event: int, other: int) -> bytes | None:
    values = Event.objects.filter(pk=event).values_list(*entries.FIELDS).first()
    return leaf_hash(entries.entry((other, *values[1:]))) if values else None
