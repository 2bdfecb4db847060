"""Proofs that an entry is in the tree, and that a tree only grew; made and checked as RFC 9162 says."""

from __future__ import annotations

from collections.abc import Sequence

from luoshi.core.transparency.tree import EMPTY, Subtree, node_hash, range_root


def inclusion_proof(place: int, size: int, subtree: Subtree) -> list[bytes]:
    """The hashes that lead from a leaf to the root.

    Args:
        place: of the leaf, counted from 0.
        size: how many leaves the tree has.
        subtree: gives the roots of whole subtrees.

    Raises:
        ValueError: the tree has no such leaf.

    Source: RFC 9162, 2.1.3.1.
    """
    if not 0 <= place < size:
        raise ValueError(f"a tree of {size} leaves has no leaf {place}")
    start, end, path = 0, size, []
    while end - start > 1:
        middle = start + _split(end - start)
        if place < middle:
            path.append(range_root(middle, end, subtree))
            end = middle
        else:
            path.append(range_root(start, middle, subtree))
            start = middle
    return path[::-1]


def consistency_proof(old: int, new: int, subtree: Subtree) -> list[bytes]:
    """The hashes that show that the tree of `old` leaves is the beginning of the tree of `new` leaves.

    Raises:
        ValueError: `old` is above `new`, or below nothing.

    Source: RFC 9162, 2.1.4.1.
    """
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {new} leaves never had {old}")
    if old in (0, new):
        return []
    start, end, path, known = 0, new, [], True
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            path.append(range_root(middle, end, subtree))
            end = middle
        else:
            path.append(range_root(start, middle, subtree))
            start, known = middle, False
    if not known:
        path.append(range_root(start, end, subtree))
    return path[::-1]


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << ((size - 1).bit_length() - 1)


def proves_inclusion(leaf: bytes, place: int, size: int, root: bytes, path: Sequence[bytes]) -> bool:
    """Whether the path leads from the hash of the leaf at `place` to the root of a tree of `size` leaves.

    Source: RFC 9162, 2.1.3.2.
    """
    if not 0 <= place < size:
        return False
    node, last, hash = place, size - 1, leaf
    for step in path:
        if last == 0:
            return False
        if node & 1 or node == last:
            hash = node_hash(step, hash)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            hash = node_hash(hash, step)
        node, last = node >> 1, last >> 1
    return last == 0 and hash == root


def proves_consistency(old: int, old_root: bytes, new: int, new_root: bytes, path: Sequence[bytes]) -> bool:
    """Whether the path shows that the tree of `old` leaves is the beginning of the tree of `new` leaves.

    Source: RFC 9162, 2.1.4.2; the empty tree is the beginning of every tree.
    """
    if not 0 <= old <= new:
        return False
    if old == new:
        return not path and old_root == new_root
    if old == 0:
        return not path and old_root == EMPTY
    steps = list(path) if old & (old - 1) else [old_root, *path]
    if not steps:
        return False
    node, last = old - 1, new - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    before = after = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            before, after = node_hash(step, before), node_hash(step, after)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            after = node_hash(after, step)
        node, last = node >> 1, last >> 1
    return last == 0 and before == old_root and after == new_root
