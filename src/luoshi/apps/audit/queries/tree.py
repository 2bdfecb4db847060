"""The tree as it is stored: leaves, and the roots of whole subtrees on every eighth level above them."""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.apps.audit import models
from luoshi.apps.audit.queries.entries import PORTION
from luoshi.core.errors import LuoshiError
from luoshi.core.transparency.tree import TILE, Node, root_of


class TreeDamaged(LuoshiError):
    """The stored tree does not give the root that was signed."""

    code = "audit-tree-damaged"
    zh = "审计日志的树与签发过的检查点不符,不能继续封存或出具证明;请运行“luoshi audit verify”查明。"
    en = (
        "The tree of the audit log does not fit a checkpoint that was signed, so it cannot be continued or "
        "give proofs; run “luoshi audit verify” to see what happened."
    )


def stored_subtree(height: int, place: int) -> bytes:
    """The root of a whole subtree of 2 ** `height` leaves, the `place`-th such from the left.

    At most 128 hashes are read.

    Raises:
        TreeDamaged: some of them are not there.
    """
    level, above = divmod(height, TILE)
    start, end = place << above, (place + 1) << above
    leaves = models.Leaf.objects.filter(number__gte=start, number__lt=end).order_by("number")
    nodes = models.Node.objects.filter(level=level, place__gte=start, place__lt=end).order_by("place")
    found = nodes.values_list("hash", flat=True) if level else leaves.values_list("hash", flat=True)
    hashes = [bytes(hash) for hash in found]
    if len(hashes) != end - start:
        raise TreeDamaged
    return root_of(hashes)


def stored_nodes(level: int) -> Iterator[Node]:
    """The stored nodes of a level, from the left."""
    start = 0
    while True:
        found = models.Node.objects.filter(level=level, place__gte=start).order_by("place")
        portion = list(found.values_list("place", "hash")[:PORTION])
        if not portion:
            return
        yield from (Node(level, place, bytes(hash)) for place, hash in portion)
        start = portion[-1][0] + 1
