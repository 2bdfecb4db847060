"""Checkpoints that were tampered with, keys and checkpoints that come from outside."""

# The statements are an attacker's own.
# ruff: noqa: S608

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from luoshi.apps.audit import keys
from luoshi.apps.audit.models import Checkpoint
from luoshi.apps.audit.queries.examining import examine
from luoshi.core.transparency import problems
from luoshi.core.transparency.checkpoint import (
    ForeignSignature,
    NoCheckpoint,
    new_checkpoint,
    read_key,
    read_note,
)
from tests.apps.audit.conftest import Attack, Log
from tests.apps.audit.queries.test_examining import found


@pytest.mark.parametrize(("column", "value"), [("size", "5"), ("at", "'2026-01-01 00:00:00+00:00'")])
def test_a_checkpoint_with_altered_columns(log: Log, attack: Attack, column: str, value: str) -> None:
    attack(f"UPDATE audit_checkpoint SET {column} = {value} WHERE number = 2")
    (details,) = found(log, problems.CheckpointMisfiled)
    assert details["number"] == 2


def test_a_checkpoint_with_an_altered_text(log: Log, attack: Attack) -> None:
    attack("UPDATE audit_checkpoint SET note = replace(note, 'number 2', 'number 9') WHERE number = 2")
    found(log, ForeignSignature)


def test_a_checkpoint_that_is_no_text_of_one(log: Log, attack: Attack) -> None:
    attack("UPDATE audit_checkpoint SET note = 'x' WHERE number = 2")
    found(log, NoCheckpoint)


def test_a_checkpoint_signed_with_another_key(log: Log, attack: Attack) -> None:
    other = keys.SigningKey("luoshi/000000", Ed25519PrivateKey.generate())
    note = other.note(read_note(log.checkpoints[1]))
    attack("DELETE FROM audit_checkpoint WHERE number = 2")
    row = read_note(note)
    Checkpoint.objects.create(number=2, size=row.size, at=row.at, note=note)
    found(log, ForeignSignature)


def test_a_checkpoint_of_another_content_signed_with_the_key(log: Log, attack: Attack) -> None:
    row = read_note(log.checkpoints[1])
    forged = new_checkpoint(origin=row.origin, size=row.size, root=bytes(32), number=2, at=row.at)
    attack("DELETE FROM audit_checkpoint WHERE number = 2")
    note = keys.signing_key(make=False).note(forged)
    Checkpoint.objects.create(number=2, size=row.size, at=row.at, note=note)
    found(log, problems.Forked)


def test_a_checkpoint_removed_between_others(log: Log, attack: Attack) -> None:
    attack("DELETE FROM audit_checkpoint WHERE number = 2")
    (details,) = found(log, problems.CheckpointsMissing)
    assert (details["first"], details["last"]) == (2, 2)


def test_the_last_checkpoint_removed(log: Log, attack: Attack, data_folder: Path) -> None:
    attack(f"DELETE FROM audit_checkpoint WHERE number = {len(log.checkpoints)}")
    found(log, problems.CheckpointsMissing)
    (data_folder / keys.WITNESS_FILE).unlink()
    found(log, problems.Uncovered)


def test_a_damaged_checkpoint_beside_the_database(log: Log, data_folder: Path) -> None:
    (data_folder / keys.WITNESS_FILE).write_bytes(log.checkpoints[-1].encode()[:-150])
    found(log, NoCheckpoint)
    (data_folder / keys.WITNESS_FILE).write_bytes(b"\xff" + log.checkpoints[-1].encode()[1:])
    found(log, ForeignSignature)


def test_a_key_that_was_noted(log: Log, data_folder: Path) -> None:
    noted = read_key(str(keys.signing_key(make=False).public))
    (data_folder / keys.KEY_FILE).unlink()
    assert examine(at=log.end, key=noted).problems == ()
    with pytest.raises(keys.KeyMissing):
        examine(at=log.end)
    other = keys.SigningKey("luoshi/000000", Ed25519PrivateKey.generate()).public
    assert {type(problem) for problem in examine(at=log.end, key=other).problems} >= {ForeignSignature}


def test_a_checkpoint_from_outside_that_is_none(log: Log) -> None:
    with pytest.raises(NoCheckpoint, match="ours"):
        examine(at=log.end, outside=[("ours", "x")])
