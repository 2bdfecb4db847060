"""Checkpoints are notes that other programs can read, and nothing else passes for one."""

from __future__ import annotations

from base64 import b64decode
from datetime import UTC, datetime

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.transparency.checkpoint import (
    Checkpoint,
    ForeignSignature,
    NoCheckpoint,
    NoKey,
    PublicKey,
    new_checkpoint,
    note,
    open_note,
    read_key,
    read_note,
)
from luoshi.core.transparency.tree import leaf_hash

SECRET = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY = PublicKey("luoshi/990102", SECRET.public_key().public_bytes_raw())
MADE = new_checkpoint(
    origin=KEY.name, size=3, root=leaf_hash(b""), number=1, at=datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
)
TEXT = note(MADE, KEY, SECRET.sign)
# From the documentation of signed notes: a key, a text, a signature.
NEUMANN = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
SAID = (
    b"If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
)
SIGNATURE = "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="


def signed_by(key: PublicKey):
    """Whether a signature is one of `key`."""

    def signed(signature: bytes, message: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(key.key).verify(signature, message)
        except InvalidSignature:
            return False
        return True

    return signed


def opened(text: str, key: PublicKey = KEY) -> Checkpoint:
    """The checkpoint, if `key` signed it."""
    return open_note(text, key, signed_by(key), "here")


def test_a_checkpoint_comes_back() -> None:
    assert opened(TEXT) == MADE
    assert TEXT.startswith("luoshi/990102\n3\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\nnumber 1\n")
    assert MADE.at == datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


def test_a_known_signature() -> None:
    key = read_key(NEUMANN)
    given = b64decode(SIGNATURE)
    assert given[:4] == key.id
    assert signed_by(key)(given[4:], SAID)


def test_signatures_of_others_are_passed_over() -> None:
    other = Ed25519PrivateKey.from_private_bytes(bytes(32))
    witness = PublicKey("witness.example/1", other.public_key().public_bytes_raw())
    line = note(MADE, witness, other.sign).split("\n\n")[1]
    assert opened(TEXT + line) == MADE
    with pytest.raises(ForeignSignature, match="here"):
        opened(MADE.text() + "\n" + line)
    same_name = PublicKey(KEY.name, witness.key)
    with pytest.raises(ForeignSignature):
        opened(note(MADE, same_name, other.sign))


@given(st.integers(0, len(TEXT) - 1), st.sampled_from("\n 0aZ+=—"))
def test_no_changed_text_passes(place: int, sign: str) -> None:
    changed = TEXT[:place] + sign + TEXT[place + 1 :]
    if changed == TEXT:
        return
    try:
        found = opened(changed)
    except (NoCheckpoint, ForeignSignature):
        return
    # Only the unused bits at the end of base64 may differ.
    assert found == MADE


@given(st.text())
def test_any_text_is_refused_in_words(text: str) -> None:
    with pytest.raises(NoCheckpoint):
        read_note(text)
    with pytest.raises(NoKey):
        read_key(text)


def test_a_day_that_is_none() -> None:
    with pytest.raises(NoCheckpoint):
        read_note(TEXT.replace("2026-03-02", "2026-02-30"))


def test_a_key_comes_back() -> None:
    assert read_key(f"{KEY}\n") == KEY
    for wrong in (str(KEY).replace("990102", "990103"), NEUMANN[:-4], NEUMANN.replace("+AR", "+BR")):
        with pytest.raises(NoKey):
            read_key(wrong)
