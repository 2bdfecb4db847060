"""The tree grows leaf by leaf to the same root that the definition gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.transparency.tree import (
    EMPTY,
    TILE,
    Frontier,
    Node,
    frontier,
    leaf_hash,
    node_hash,
    range_root,
    root_of,
)

# The entries and roots of the reference tree that Certificate Transparency logs are tested with.
ENTRIES = tuple(
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
)
ROOTS = tuple(
    bytes.fromhex(text)
    for text in (
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    )
)


def leaves(count: int) -> list[bytes]:
    """Hashes of made-up entries."""
    return [leaf_hash(b"entry %d" % number) for number in range(count)]


def defined(hashes: list[bytes]) -> bytes:
    """The root as RFC 6962 defines it, computed anew from all leaves."""
    if not hashes:
        return EMPTY
    if len(hashes) == 1:
        return hashes[0]
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    return node_hash(defined(hashes[:split]), defined(hashes[split:]))


def subtree_of(hashes: list[bytes]):
    """Gives roots of whole subtrees by computing them anew."""
    return lambda height, place: defined(hashes[place << height : (place + 1) << height])


@pytest.mark.parametrize("size", range(1, 9))
def test_reference_roots(size: int) -> None:
    assert root_of(map(leaf_hash, ENTRIES[:size])) == ROOTS[size - 1]


def test_the_empty_tree() -> None:
    assert root_of([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@given(st.integers(0, 700))
def test_growing_gives_the_defined_root(size: int) -> None:
    assert root_of(leaves(size)) == defined(leaves(size))


@given(st.integers(0, 600), st.integers(0, 300))
def test_a_tree_can_be_taken_up_again(size: int, more: int) -> None:
    hashes = leaves(size + more)
    tree = frontier(size, subtree_of(hashes))
    kept = tree.copy()
    for leaf in hashes[size:]:
        tree.add(leaf)
    assert (tree.size, tree.root()) == (size + more, defined(hashes))
    assert (kept.size, kept.root()) == (size, defined(hashes[:size]))


def test_whole_subtrees_come_out_when_they_are_whole() -> None:
    hashes = leaves(1030)
    tree = Frontier()
    found = [node for leaf in hashes for node in tree.add(leaf)]
    width = 1 << TILE
    assert found == [
        Node(1, place, defined(hashes[place * width : (place + 1) * width])) for place in range(4)
    ]


def test_a_part_on_the_right_of_a_tree() -> None:
    hashes = leaves(11)
    assert range_root(8, 11, subtree_of(hashes)) == defined(hashes[8:])
