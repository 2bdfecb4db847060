"""The Merkle tree of RFC 6962: hashes of leaves and nodes, and a tree that grows leaf by leaf."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import sha256

# Of every eighth level the whole subtrees are kept: enough to prove anything by reading some hundred hashes.
TILE = 8
EMPTY = sha256().digest()

# The root of a whole subtree by its height (a leaf has 0) and its place on that height, counted from 0.
Subtree = Callable[[int, int], bytes]


def leaf_hash(entry: bytes) -> bytes:
    """The hash of an entry of the log.

    Source: RFC 6962, 2.1.

    Example:
        >>> leaf_hash(b"").hex()[:16]
        '6e340b9cffb37a98'
    """
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node above two others.

    Source: RFC 6962, 2.1.
    """
    return sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Node:
    """The root of a whole subtree of 256 ** `level` leaves, the `place`-th such from the left."""

    level: int
    place: int
    hash: bytes


@dataclass(slots=True)
class Frontier:
    """A tree as far as it has grown: of its leaves only the roots of its whole subtrees are kept.

    Attributes:
        size: how many leaves it has.
        peaks: roots of the whole subtrees it consists of, from the left; their sizes are the bits of `size`.

    Example:
        >>> tree = Frontier()
        >>> for entry in (b"", b"\\x00", b"\\x10"):
        ...     _ = tree.add(leaf_hash(entry))
        >>> tree.root().hex()[:16]
        'aeb6bcfe274b70a1'
    """

    size: int = 0
    peaks: list[bytes] = field(default_factory=list)

    def add(self, leaf: bytes) -> list[Node]:
        """Let the tree grow by the hash of a leaf.

        Returns:
            The nodes that this leaf made whole, as far as they are worth keeping.
        """
        node, height, place, whole = leaf, 0, self.size, []
        while place & 1:
            node = node_hash(self.peaks.pop(), node)
            place >>= 1
            height += 1
            if not height % TILE:
                whole.append(Node(height // TILE, place, node))
        self.peaks.append(node)
        self.size += 1
        return whole

    def root(self) -> bytes:
        """The root of the tree as it is now."""
        return _fold(self.peaks)

    def copy(self) -> Frontier:
        """A tree that grows on its own from here."""
        return Frontier(self.size, self.peaks.copy())


def frontier(size: int, subtree: Subtree) -> Frontier:
    """The tree of the first `size` leaves."""
    return Frontier(size, _whole_subtrees(0, size, subtree))


def range_root(start: int, end: int, subtree: Subtree) -> bytes:
    """The root over the leaves from `start` up to `end`, as it stands in a proof.

    Args:
        start: a multiple of the power of two that is not below `end - start`.
        end: not included.
        subtree: gives the roots of whole subtrees.
    """
    return _fold(_whole_subtrees(start, end, subtree))


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root over the hashes of leaves."""
    tree = Frontier()
    for leaf in leaves:
        tree.add(leaf)
    return tree.root()


def _whole_subtrees(start: int, end: int, subtree: Subtree) -> list[bytes]:
    """The largest whole subtrees that `start` to `end` consists of, from the left."""
    found = []
    while start < end:
        height = (end - start).bit_length() - 1
        found.append(subtree(height, start >> height))
        start += 1 << height
    return found


def _fold(roots: list[bytes]) -> bytes:
    if not roots:
        return EMPTY
    root = roots[-1]
    for left in reversed(roots[:-1]):
        root = node_hash(left, root)
    return root
