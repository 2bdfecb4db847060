"""Proofs hold for what is true, and for nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.transparency.proofs import (
    consistency_proof,
    inclusion_proof,
    proves_consistency,
    proves_inclusion,
)
from luoshi.core.transparency.tree import leaf_hash
from tests.core.transparency.test_tree import ENTRIES, ROOTS, defined, leaves, subtree_of

REFERENCE = subtree_of([leaf_hash(entry) for entry in ENTRIES])
# Proofs of the reference tree: place and size, sizes before and after, beginnings of the hashes.
INCLUSION = {
    (0, 1): [],
    (0, 8): ["96a296d224f285c6", "5f083f0a1a33ca07", "6b47aaf29ee3c2af"],
    (5, 8): ["bc1a0643b12e4d2d", "ca854ea128ed050b", "d37ee418976dd957"],
    (2, 3): ["fac54203e7cc696c"],
    (1, 5): ["6e340b9cffb37a98", "5f083f0a1a33ca07", "bc1a0643b12e4d2d"],
}
CONSISTENCY = {
    (1, 1): [],
    (1, 8): ["96a296d224f285c6", "5f083f0a1a33ca07", "6b47aaf29ee3c2af"],
    (6, 8): ["0ebc5d3437fbe2db", "ca854ea128ed050b", "d37ee418976dd957"],
    (2, 5): ["5f083f0a1a33ca07", "bc1a0643b12e4d2d"],
}


@pytest.mark.parametrize(("place", "size"), INCLUSION)
def test_reference_inclusion(place: int, size: int) -> None:
    path = inclusion_proof(place, size, REFERENCE)
    assert [hash.hex()[:16] for hash in path] == INCLUSION[place, size]
    assert proves_inclusion(leaf_hash(ENTRIES[place]), place, size, ROOTS[size - 1], path)


@pytest.mark.parametrize(("old", "new"), CONSISTENCY)
def test_reference_consistency(old: int, new: int) -> None:
    path = consistency_proof(old, new, REFERENCE)
    assert [hash.hex()[:16] for hash in path] == CONSISTENCY[old, new]
    assert proves_consistency(old, ROOTS[old - 1], new, ROOTS[new - 1], path)


@given(st.data())
def test_every_entry_can_be_proved_and_only_at_its_place(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 400))
    place = data.draw(st.integers(0, size - 1))
    hashes = leaves(size)
    root, path = defined(hashes), inclusion_proof(place, size, subtree_of(hashes))
    assert proves_inclusion(hashes[place], place, size, root, path)
    elsewhere = data.draw(st.integers(0, size - 1))
    assert proves_inclusion(hashes[place], elsewhere, size, root, path) == (elsewhere == place)
    assert not proves_inclusion(leaf_hash(b"another"), place, size, root, path)
    assert not proves_inclusion(hashes[place], place, size, leaf_hash(b"another"), path)
    assert not proves_inclusion(hashes[place], place, size, root, [*path, root])
    assert not path or not proves_inclusion(hashes[place], place, size, root, path[:-1])


@given(st.data())
def test_every_growth_can_be_proved_and_no_change(data: st.DataObject) -> None:
    new = data.draw(st.integers(0, 400))
    old = data.draw(st.integers(0, new))
    hashes = leaves(new)
    path = consistency_proof(old, new, subtree_of(hashes))
    before, after = defined(hashes[:old]), defined(hashes)
    assert proves_consistency(old, before, new, after, path)
    if old:
        changed = [leaf_hash(b"another"), *hashes[1:]]
        other = consistency_proof(old, new, subtree_of(changed))
        assert not proves_consistency(old, before, new, defined(changed), other)
        assert not proves_consistency(old, leaf_hash(b"another"), new, after, path)
    if 0 < old < new:
        assert not proves_consistency(old, before, new, after, path[:-1])
        assert not proves_consistency(old, before, new, after, [*path, before])


@pytest.mark.parametrize(("place", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_what_is_not_there_cannot_be_proved(place: int, size: int) -> None:
    with pytest.raises(ValueError, match="no leaf"):
        inclusion_proof(place, size, REFERENCE)
    assert not proves_inclusion(ROOTS[0], place, size, ROOTS[0], [])


def test_a_log_does_not_shrink() -> None:
    with pytest.raises(ValueError, match="never had"):
        consistency_proof(5, 4, REFERENCE)
    assert not proves_consistency(5, ROOTS[4], 4, ROOTS[3], [])
    assert not proves_consistency(0, ROOTS[0], 4, ROOTS[3], [])
