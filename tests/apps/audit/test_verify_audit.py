"""An export is checked by the program that lies in it, with Python alone."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.apps.audit import keys, verify_audit
from luoshi.apps.audit.queries.exporting import write_export
from luoshi.apps.audit.queries.tree import TreeDamaged
from luoshi.core.transparency.checkpoint import new_checkpoint, read_note
from luoshi.core.transparency.tree import leaf_hash, root_of
from tests.apps.audit.conftest import Attack, Log

Check = Callable[..., int]


@pytest.fixture
def exported(log: Log, tmp_path: Path) -> Path:
    """A folder with an export."""
    made = BytesIO()
    assert write_export(made) == len(log.events)
    folder = tmp_path / "export"
    with zipfile.ZipFile(made) as archive:
        archive.extractall(folder)
    (tmp_path / "export.zip").write_bytes(made.getvalue())
    return folder


def change(file: Path, edit: Callable[[list[bytes]], object]) -> None:
    """Change the lines of a file in place."""
    lines = file.read_bytes().splitlines(keepends=True)
    edit(lines)
    file.write_bytes(b"".join(lines))


def told(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    """What the program answers: its exit code and its words."""
    code = verify_audit.main([str(argument) for argument in arguments])
    return code, capsys.readouterr().out


def test_it_runs_alone(exported: Path, tmp_path: Path) -> None:
    for what in (exported, tmp_path / "export.zip"):
        command = [sys.executable, "-I", "-S", str(exported / "verify_audit.py"), str(what)]
        done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith("日志完好 / intact: ")


def test_it_is_short() -> None:
    assert len(Path(verify_audit.__file__).read_text(encoding="utf-8").splitlines()) <= 150


def test_the_lines_are_the_entries(exported: Path, log: Log) -> None:
    lines = (exported / "events.jsonl").read_bytes().splitlines()
    assert [json.loads(line)["id"] for line in lines] == list(log.events)
    assert root_of(map(leaf_hash, lines)) == read_note(log.checkpoints[-1]).root


def test_checkpoints_and_key_from_outside(
    exported: Path, log: Log, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "ours.txt"
    file.write_text(log.checkpoints[1], encoding="utf-8")
    key = keys.signing_key(make=False).public
    assert told(capsys, exported, file, "--key", key)[0] == 0
    other = keys.SigningKey(key.name, Ed25519PrivateKey.generate()).public
    code, words = told(capsys, exported, "--key", other)
    assert (code, "does not fit the key" in words) == (1, True)
    forged = read_note(log.checkpoints[1])
    root = new_checkpoint(origin=forged.origin, size=forged.size, root=bytes(32), number=2, at=forged.at)
    file.write_text(keys.signing_key(make=False).note(root), encoding="utf-8")
    code, words = told(capsys, exported, file)
    assert (code, "changed" in words) == (1, True)


EDITS: dict[str, Callable[[list[bytes]], object]] = {
    "altered": lambda lines: lines.__setitem__(14, lines[14].replace(b"990102", b"990103")),
    "removed": lambda lines: lines.pop(14),
    "inserted": lambda lines: lines.insert(14, lines[3]),
    "reordered": lambda lines: lines.insert(14, lines.pop(18)),
    "back-dated": lambda lines: lines.__setitem__(25, lines[25].replace(b'"at":"2026-03', b'"at":"2026-01')),
    "cut off": lambda lines: lines.pop(),
    "continued": lambda lines: lines.append(lines[-1]),
    "emptied": lambda lines: lines.clear(),
}


@pytest.mark.parametrize("kind", EDITS)
def test_changed_entries_are_found(exported: Path, kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    change(exported / "events.jsonl", EDITS[kind])
    code, words = told(capsys, exported)
    assert code == 1, words
    assert "checkpoint" in words or "back-dated" in words


@pytest.mark.parametrize(
    ("kind", "code"), [("removed", 1), ("reordered", 1), ("inserted", 1), ("emptied", 1), ("altered", 1)]
)
def test_changed_checkpoints_are_found(
    exported: Path, kind: str, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    edits: dict[str, Callable[[list[bytes]], object]] = {
        "removed": lambda lines: lines.pop(1),
        "reordered": lambda lines: lines.reverse(),
        "inserted": lambda lines: lines.append(lines[0]),
        "emptied": lambda lines: lines.clear(),
        "altered": lambda lines: lines.__setitem__(1, lines[1].replace(b"number 2", b"number 7")),
    }
    change(exported / "checkpoints.jsonl", edits[kind])
    assert told(capsys, exported)[0] == code


@pytest.mark.parametrize("name", ["events.jsonl", "checkpoints.jsonl", "public-key.txt"])
def test_a_missing_file_is_told(exported: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    (exported / name).unlink()
    code, words = told(capsys, exported)
    assert (code, "cannot be read" in words) == (2, True)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(["events.jsonl", "checkpoints.jsonl", "public-key.txt", "zip"]),
    seed=st.integers(0, 2**32),
    kind=st.sampled_from(["byte", "cut", "junk", "double"]),
)
def test_no_damage_ends_in_a_traceback_or_passes(
    exported: Path, tmp_path: Path, name: str, seed: int, kind: str
) -> None:
    chance = random.Random(seed)
    source = tmp_path / "export.zip" if name == "zip" else exported / name
    content = source.read_bytes()
    at = chance.randrange(len(content))
    changed = {
        "byte": content[:at] + bytes([content[at] ^ (1 << chance.randrange(8))]) + content[at + 1 :],
        "cut": content[:at],
        "junk": content[:at] + chance.randbytes(20) + content[at:],
        "double": content[:at] + content,
    }[kind]
    source.write_bytes(changed)
    try:
        code = verify_audit.main([str(source if name == "zip" else exported)])
    finally:
        source.write_bytes(content)
    # Unused bits at the end of base64 may differ, and so may what a zip says of itself.
    harmless = {"events.jsonl": set(), "checkpoints.jsonl": {"byte"}}.get(name, {kind})
    assert code in ((0, 1, 2) if kind in harmless or changed == content else (1, 2))


# Secret keys, public keys, texts and signatures of RFC 8032, 7.1: tests 1 to 3.
RFC_8032 = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
            "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
            "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        ),
    ),
]


@pytest.mark.parametrize(("key", "message", "signature"), RFC_8032)
def test_signatures_of_the_standard(key: str, message: str, signature: str) -> None:
    public, text, given = bytes.fromhex(key), bytes.fromhex(message), bytes.fromhex(signature)
    assert verify_audit.is_signed(public, text, given)
    assert not verify_audit.is_signed(public, text + b"x", given)
    for bit in range(0, 512, 37):
        wrong = bytearray(given)
        wrong[bit // 8] ^= 1 << bit % 8
        assert not verify_audit.is_signed(public, text, bytes(wrong))


@pytest.mark.parametrize("length", [0, 31, 33, 63, 65])
def test_signatures_and_keys_of_a_wrong_length(length: int) -> None:
    key, _, signature = (bytes.fromhex(part) for part in RFC_8032[0])
    assert not verify_audit.is_signed(key, b"", signature[:length] if length < 64 else signature + b"x")
    assert not verify_audit.is_signed(bytes(length), b"", signature)


def test_a_log_that_does_not_verify_is_not_exported(log: Log, attack: Attack) -> None:
    attack(f"UPDATE audit_event SET address = '10.9.9.9' WHERE id = {log.events[5]}")  # noqa: S608
    with pytest.raises(TreeDamaged):
        write_export(BytesIO())
