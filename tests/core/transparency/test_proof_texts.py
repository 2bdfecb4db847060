"""Proofs as texts: what they prove, and that nothing else does."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.errors import LuoshiError
from luoshi.core.transparency.checkpoint import Checkpoint, ForeignSignature, new_checkpoint, note
from luoshi.core.transparency.proof_texts import (
    NoProof,
    OldNeeded,
    ProofFails,
    check_proof,
    consistency_text,
    inclusion_text,
)
from luoshi.core.transparency.proofs import consistency_proof, inclusion_proof
from luoshi.core.transparency.tree import leaf_hash, root_of
from tests.core.transparency.test_checkpoint import KEY, SECRET, opened
from tests.core.transparency.test_tree import subtree_of

ENTRIES = [f'{{"id":{number}}}'.encode() for number in range(13)]
HASHES = [leaf_hash(entry) for entry in ENTRIES]


def checkpoint(size: int) -> Checkpoint:
    """The checkpoint of the first entries."""
    at = datetime(2026, 3, 2, tzinfo=UTC)
    return new_checkpoint(origin=KEY.name, size=size, root=root_of(HASHES[:size]), number=size, at=at)


NOTE = note(checkpoint(13), KEY, SECRET.sign)
INCLUSION = inclusion_text(ENTRIES[4], 4, inclusion_proof(4, 13, subtree_of(HASHES)), NOTE)
GROWTH = consistency_text(6, consistency_proof(6, 13, subtree_of(HASHES)), NOTE)


def test_an_entry() -> None:
    assert INCLUSION.startswith("c2sp.org/tlog-proof@v1\nextra eyJpZCI6NH0=\nindex 4\n")
    proved = check_proof(INCLUSION, opened, None, "here")
    assert (proved.entry, proved.number, proved.checkpoint) == (ENTRIES[4], 4, checkpoint(13))


def test_growth() -> None:
    assert GROWTH.startswith("old 6\n")
    assert check_proof(GROWTH, opened, checkpoint(6), "here").old == checkpoint(6)
    for wrong in (None, checkpoint(5)):
        with pytest.raises(OldNeeded, match="6 条"):
            check_proof(GROWTH, opened, wrong, "here")


def test_growth_from_another_past() -> None:
    at = datetime(2026, 3, 2, tzinfo=UTC)
    forged = new_checkpoint(origin=KEY.name, size=6, root=HASHES[0], number=6, at=at)
    with pytest.raises(ProofFails):
        check_proof(GROWTH, opened, forged, "here")


@pytest.mark.parametrize(
    ("old", "new"),
    [("extra eyJpZCI6NH0=", "extra eyJpZCI6NX0="), ("index 4", "index 5"), ("index 4", "index 99")],
)
def test_another_entry_or_place(old: str, new: str) -> None:
    with pytest.raises(ProofFails, match="here"):
        check_proof(INCLUSION.replace(old, new), opened, None, "here")


def test_a_checkpoint_that_nobody_signed() -> None:
    with pytest.raises(ForeignSignature):
        check_proof(INCLUSION.replace("number 13", "number 14"), opened, None, "here")


@given(st.text())
def test_any_text_is_refused_in_words(text: str) -> None:
    with pytest.raises(NoProof):
        check_proof(text, opened, None, "here")


@given(st.sampled_from([INCLUSION, GROWTH]), st.integers(0, 400), st.sampled_from("\n 0aZ+=—"))
def test_no_changed_proof_passes(text: str, place: int, sign: str) -> None:
    changed = text[:place] + sign + text[place + 1 :]
    try:
        proved = check_proof(changed, opened, checkpoint(6), "here")
    except LuoshiError:
        return
    assert proved.entry in (None, ENTRIES[4])
    assert proved.checkpoint == checkpoint(13)
