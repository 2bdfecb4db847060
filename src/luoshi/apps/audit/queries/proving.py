"""Proofs for single entries and for the growth of the log, each checked before it is given out."""

from __future__ import annotations

from luoshi.apps.audit import keys
from luoshi.apps.audit.models import Checkpoint, Event, Leaf
from luoshi.apps.audit.queries.entries import FIELDS, entry, snapshot
from luoshi.apps.audit.queries.tree import TreeDamaged, stored_subtree
from luoshi.core.errors import LuoshiError
from luoshi.core.transparency.proof_texts import consistency_text, inclusion_text
from luoshi.core.transparency.proofs import (
    consistency_proof,
    inclusion_proof,
    proves_consistency,
    proves_inclusion,
)
from luoshi.core.transparency.tree import leaf_hash


class NoSuchEvent(LuoshiError):
    """An event that the log does not have."""

    code = "audit-event-unknown"
    zh = "日志中没有编号为 {event} 的事件;编号见审计日志页面或导出文件。"
    en = "The log has no event {event}; the numbers stand on the page of the audit log and in exports."


class NotSealed(LuoshiError):
    """An event that has no place in the tree yet."""

    code = "audit-not-sealed"
    zh = "事件 {event} 尚未封存,还不能出具证明;请先运行“luoshi audit checkpoint”。"
    en = "Event {event} is not sealed yet, so nothing can be proved; run “luoshi audit checkpoint” first."


class LaterCheckpoint(LuoshiError):
    """A checkpoint that holds more than the log."""

    code = "audit-later-checkpoint"
    zh = (
        "{where}有 {size} 条,而日志现在只有 {have} 条:末尾被删除,或这是另一份日志;"
        "请运行“luoshi audit verify”。"
    )
    en = (
        "{where} has {size} entries, but the log has {have} now: its end was removed or it is another log; "
        "run “luoshi audit verify”."
    )


def newest() -> Checkpoint | None:
    """The newest checkpoint."""
    return Checkpoint.objects.order_by("-number").first()


def inclusion(*, event: int) -> str:
    """The proof that the newest checkpoint holds an event, as a text that can be handed out.

    Some twenty short queries, however long the log is.

    Args:
        event: its key.

    Raises:
        NoSuchEvent, NotSealed: there is nothing to prove.
        TreeDamaged: the proof would not hold.
        ForeignSignature, KeyMissing: the checkpoint cannot be trusted.
    """
    with snapshot():
        values = Event.objects.filter(pk=event).values_list(*FIELDS).first()
        if values is None:
            raise NoSuchEvent(event=event)
        number = Leaf.objects.filter(event=event).values_list("number", flat=True).first()
        last = newest()
        if number is None or last is None:
            raise NotSealed(event=event)
        now = keys.opened(last.note, keys.signing_key(make=False).public, keys.words(last.number))
        if number >= now.size:
            raise TreeDamaged
        written = entry(values)
        path = inclusion_proof(number, now.size, stored_subtree)
        if not proves_inclusion(leaf_hash(written), number, now.size, now.root, path):
            raise TreeDamaged
        return inclusion_text(written, number, path, last.note)


def consistency(*, old: str, where: object) -> str:
    """The proof that the log only grew since a checkpoint that was handed out.

    Args:
        old: its text.
        where: what to call it.

    Raises:
        NoCheckpoint, ForeignSignature: it is none of this log.
        LaterCheckpoint: the log has not so many entries.
        TreeDamaged: the proof would not hold.
    """
    with snapshot():
        last = newest()
        key = keys.signing_key(make=last is None).public
        before = keys.opened(old, key, where)
        have = last.size if last else 0
        if last is None or before.size > have:
            raise LaterCheckpoint(where=where, size=before.size, have=have)
        now = keys.opened(last.note, key, keys.words(last.number))
        path = consistency_proof(before.size, now.size, stored_subtree)
        if not proves_consistency(before.size, before.root, now.size, now.root, path):
            raise TreeDamaged
        return consistency_text(before.size, path, last.note)
