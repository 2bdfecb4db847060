"""The one way to write into the audit log, and the one way to seal it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.db import connection, models, transaction
from django.db.models import Min

from luoshi.apps.audit import keys, origin
from luoshi.apps.audit.catalogue import TYPES
from luoshi.apps.audit.models import Checkpoint, Event, Leaf, Node
from luoshi.apps.audit.queries.entries import FIELDS, entry, sealed_up_to
from luoshi.apps.audit.queries.tree import TreeDamaged, stored_subtree
from luoshi.core.transparency.checkpoint import new_checkpoint
from luoshi.core.transparency.tree import Frontier, frontier, leaf_hash

# Events that are sealed in one transaction: other writers wait no longer than it takes.
BATCH = 5000


def record(
    *,
    type: str,
    object: models.Model,
    region: str,
    by: User | AnonymousUser | None,
    at: datetime,
    for_body: models.Model | None = None,
    **detail: Any,
) -> Event:
    """Write down that `by` did something to `object` at `at`, with the address of the request if it has one.

    Belongs inside the transaction of the operation itself: either both are kept or neither is.

    Args:
        type: a name from `luoshi.apps.audit.catalogue.TYPES`.
        region: code of the region whose log it belongs to; empty for what concerns the whole installation.
        by: None when nobody asked for it, for example after a restart.
        for_body: the body in whose name it was done, if it was done in one.
        detail: whatever tells the change, as JSON values.

    Raises:
        ValueError: the type is not in the catalogue.
        TransactionManagementError: there is no transaction around it.
    """
    return record_all(type=type, region=region, by=by, at=at, for_body=for_body, about=[(object, detail)])[0]


def record_all(
    *,
    type: str,
    region: str,
    by: User | AnonymousUser | None,
    at: datetime,
    about: Sequence[tuple[models.Model, dict[str, Any]]],
    for_body: models.Model | None = None,
) -> list[Event]:
    """Write down that the same was done to several objects, each with its own detail; as `record`."""
    if type not in TYPES:
        raise ValueError(f"{type!r} is not in the catalogue of events")
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("record() needs the transaction of its operation")
    actor = by if by is not None and by.is_authenticated else None
    common: dict[str, Any] = {
        "region": region,
        "at": at,
        "actor": actor,
        "actor_name": actor.get_username() if actor else "",
        "body": for_body.pk if for_body is not None else None,
        "body_name": str(for_body) if for_body is not None else "",
        "address": origin.address(),
        "type": type,
    }
    return Event.objects.bulk_create(
        (
            Event(
                **common,
                object_type=object._meta.label_lower,
                # An object that is not in the database, such as an account that nobody has, has no number.
                object_id="" if object.pk is None else str(object.pk),
                detail=detail,
            )
            for object, detail in about
        ),
        batch_size=BATCH,
    )


def seal(*, at: datetime) -> Checkpoint:
    """Give every event that has none its place in the tree, and sign what the log is then.

    Runs in transactions of its own. Events get their places in the order of their keys; one that was
    committed late comes after those that were sealed before it, which never move. Nothing is signed twice:
    without new events the last checkpoint stays.

    Returns:
        The newest checkpoint.

    Raises:
        TreeDamaged: the tree does not fit the last checkpoint, so it must not be continued.
        KeyMissing, KeyDamaged: nothing can be signed.
    """
    after: int | None = None
    oldest: datetime | None = None
    while True:
        with transaction.atomic(durable=True):
            _lock_tree()
            last = Checkpoint.objects.order_by("-number").first()
            key = keys.signing_key(make=last is None)
            tree = _grown_tree(last, key)
            if after is None:
                after = sealed_up_to(at=at)
            events = _unsealed(after)
            if last is not None and not events:
                return last
            if oldest is None and len(events) == BATCH:
                # Until the rest is sealed too, only what is older than all of it is known to be complete.
                oldest = Event.objects.filter(pk__gt=after, leaf=None).aggregate(Min("at"))["at__min"]
            complete = at if oldest is None or len(events) < BATCH else min(at, oldest)
            _add(tree, events)
            number = last.number + 1 if last else 1
            signed = new_checkpoint(
                origin=key.name, size=tree.size, root=tree.root(), number=number, at=complete
            )
            made = Checkpoint.objects.create(
                number=number, size=signed.size, at=signed.at, note=key.note(signed)
            )
        keys.keep_witness(made.note)
        if len(events) < BATCH:
            return made
        after = events[-1][0]


def begin_export(*, by: User | None, at: datetime) -> Checkpoint:
    """Write down that the whole log is being handed out, and seal it with that.

    Returns:
        The checkpoint up to which the export reaches.
    """
    with transaction.atomic():
        record(type="audit.log.exported", object=Checkpoint(), region="", by=by, at=at)
    return seal(at=at)


def _lock_tree() -> None:
    """Let nobody else seal before this transaction ends. SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {Checkpoint._meta.db_table} IN EXCLUSIVE MODE")


def _unsealed(after: int) -> list[tuple[Any, ...]]:
    return list(Event.objects.filter(pk__gt=after, leaf=None).order_by("pk").values_list(*FIELDS)[:BATCH])


def _grown_tree(last: Checkpoint | None, key: keys.SigningKey) -> Frontier:
    """The tree as it was at the last checkpoint.

    Raises:
        TreeDamaged: it is not that any more, or more was sealed once.
    """
    kept = keys.witness()
    if kept is not None:
        size = keys.opened(kept, key.public, keys.WITNESS).size
        if size > (last.size if last else 0):
            raise TreeDamaged
    if last is None:
        return Frontier()
    checkpoint = keys.opened(last.note, key.public, keys.words(last.number))
    tree = frontier(checkpoint.size, stored_subtree)
    if tree.root() != checkpoint.root:
        raise TreeDamaged
    return tree


def _add(tree: Frontier, events: list[tuple[Any, ...]]) -> None:
    leaves, nodes = [], []
    for event in events:
        hash = leaf_hash(entry(event))
        leaves.append(Leaf(number=tree.size, event_id=event[0], hash=hash))
        nodes += [Node(level=node.level, place=node.place, hash=node.hash) for node in tree.add(hash)]
    Leaf.objects.bulk_create(leaves, batch_size=1000)
    Node.objects.bulk_create(nodes)
