"""The file that a backup is: whole or refused."""

from __future__ import annotations

import io
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.apps.running.archive import Writer, opened
from luoshi.apps.running.refusals import BackupDamaged

MEMBERS = {"tables/a": b"1\tone\n" * 50, "tables/b": b"", "keys/audit-key": b"luoshi/990102 00ff\n"}
FACTS = {
    "version": "0.1.0",
    "vendor": "postgresql",
    "made": "2026-03-02T10:00:00+08:00",
    "migrations": [["work", "0001_initial"]],
    "columns": {"a": ["id", "name"], "b": ["id"]},
    "rows": {"a": 50, "b": 0},
    "key": "key",
    "note": "note",
}


def written() -> bytes:
    """A small backup."""
    target = io.BytesIO()
    writer = Writer(target)
    for name, data in MEMBERS.items():
        with writer.member(name) as member:
            member.write(data)
    writer.finish(**FACTS)
    return target.getvalue()


WHOLE = written()


def contents(file: Path) -> dict[str, bytes]:
    """Everything in a backup, its own account of itself included."""
    with opened(file) as backup:
        found = {name: b"".join(backup.pieces(name)) for name in backup.names("")}
        return found | {"": repr(backup.manifest).encode()}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A backup that is whole."""
    path = tmp_path / "a.luoshi"
    path.write_bytes(WHOLE)
    return path


def test_what_was_written_comes_back(file: Path) -> None:
    assert {name: data for name, data in contents(file).items() if name} == MEMBERS


def test_a_file_that_is_none_is_refused(file: Path) -> None:
    for data in (b"", b"PK", b"not a backup" * 100):
        file.write_bytes(data)
        with pytest.raises(BackupDamaged):
            contents(file)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(place=st.integers(0, len(WHOLE) - 1), change=st.integers(1, 255))
def test_no_changed_byte_changes_what_comes_back(file: Path, place: int, change: int) -> None:
    """Where nothing is kept, as in a date of the zip, a change is harmless; anywhere else it is refused."""
    file.write_bytes(WHOLE)
    whole = contents(file)
    data = bytearray(WHOLE)
    data[place] ^= change
    file.write_bytes(data)
    found = whole
    with suppress(BackupDamaged):
        found = contents(file)
    assert found == whole


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(length=st.integers(0, len(WHOLE) - 1))
def test_a_file_that_was_cut_is_refused(file: Path, length: int) -> None:
    file.write_bytes(WHOLE[:length])
    with pytest.raises(BackupDamaged):
        contents(file)
