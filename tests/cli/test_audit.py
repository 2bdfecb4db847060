"""`luoshi audit`: what proves the log goes out, and comes back to be held against it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from luoshi.apps.audit import keys, verify_audit
from luoshi.apps.audit.models import Event
from tests.apps.factories import NOW
from tests.cli.conftest import Said
from tests.protecting import lift_protection

Run = Callable[..., Said]


@pytest.fixture(autouse=True)
def log(db: None, settings: Settings, tmp_path: Path) -> None:
    """A log with some events, and a data folder of its own."""
    settings.LUOSHI_DATA = tmp_path / "data"
    Event.objects.bulk_create(
        Event(
            region="990102", at=NOW, type="plan.task.edited", object_type="plan.task", object_id=str(number)
        )
        for number in range(9)
    )


def altered() -> int:
    """Alter an event as somebody who has taken the triggers away; gives its key."""
    event = Event.objects.order_by("pk")[4].pk
    lift_protection()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_event SET object_id = '99' WHERE id = %s", [event])
    return event


def test_checkpoint_key_and_verification(luoshi: Run, tmp_path: Path) -> None:
    size = Event.objects.count()
    note, again = (luoshi("audit", "checkpoint").out for _ in range(2))
    assert note == again
    assert note.startswith(f"luoshi/000000\n{size}\n")
    key = luoshi("audit", "key").out.strip()
    (tmp_path / "ours.txt").write_text(note, encoding="utf-8")
    said = luoshi("audit", "verify", "--checkpoint", tmp_path / "ours.txt", "--key", key, "--language", "en")
    assert (said.code, said.out) == (
        0,
        f"The log is intact; entries: {size}, checkpoints that agree: 1, events to be sealed: 0.\n",
    )


def test_what_was_altered_is_told(luoshi: Run) -> None:
    luoshi("audit", "checkpoint")
    event = altered()
    said = luoshi("audit", "verify", "--language", "en")
    assert said.code == 1
    assert said.out.startswith(f"Event {event} (entry ")
    assert "The log is not what was signed; problems: 1 (" in said.out
    assert f"事件 {event}" in luoshi("audit", "verify").out


def test_an_export_goes_out_with_its_program(luoshi: Run, tmp_path: Path) -> None:
    said = luoshi("audit", "export", tmp_path / "log.zip", "--language", "en")
    assert said.code == 0
    assert said.out.startswith(f"{Event.objects.count()} entries exported")
    with zipfile.ZipFile(tmp_path / "log.zip") as archive:
        assert archive.read("verify_audit.py") == Path(verify_audit.__file__).read_bytes()
    assert verify_audit.main([str(tmp_path / "log.zip")]) == 0


def test_a_damaged_log_is_not_exported(luoshi: Run, tmp_path: Path) -> None:
    luoshi("audit", "checkpoint")
    altered()
    said = luoshi("audit", "export", tmp_path / "log.zip", "--language", "en")
    assert (said.code, said.out) == (2, "")
    assert "luoshi audit verify" in said.err
    assert not (tmp_path / "log.zip").exists()


def test_a_proof_is_checked_with_nothing_but_the_key(luoshi: Run, tmp_path: Path) -> None:
    luoshi("audit", "checkpoint", "--output", tmp_path / "old.txt")
    key = luoshi("audit", "key").out.strip()
    event = Event.objects.order_by("pk")[3].pk
    luoshi("audit", "prove", event, "--output", tmp_path / "proof.txt")
    luoshi("audit", "export", tmp_path / "log.zip")
    luoshi("audit", "growth", tmp_path / "old.txt", "--output", tmp_path / "growth.txt")
    (tmp_path / "data" / keys.KEY_FILE).unlink()
    said = luoshi("audit", "check", tmp_path / "proof.txt", "--key", key, "--language", "en")
    assert said.code == 0
    assert f'"id":{event},' in said.out
    said = luoshi(
        "audit", "check", tmp_path / "growth.txt", "--key", key, "--checkpoint", tmp_path / "old.txt"
    )
    assert (said.code, "只增不改" in said.out) == (0, True)
    said = luoshi("audit", "check", tmp_path / "growth.txt", "--key", key, "--language", "en")
    assert (said.code, "--checkpoint" in said.err) == (2, True)


@pytest.mark.parametrize(
    "arguments",
    [("prove", "999999"), ("check", "here"), ("growth", "here"), ("verify", "--checkpoint", "here")],
)
def test_what_cannot_be_done_is_told_in_a_sentence(
    luoshi: Run, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    luoshi("audit", "checkpoint")
    (tmp_path / "here").write_bytes(b"\xff\x00 no text")
    given = [tmp_path / "here" if argument == "here" else argument for argument in arguments]
    said = luoshi("audit", *given, "--language", "en")
    assert (said.code, said.out) == (2, "")
    assert len(said.err.splitlines()) == 1


def test_without_a_log_it_says_where_to_look(luoshi: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection.introspection, "table_names", list)
    said = luoshi("audit", "verify", "--language", "en")
    assert said.code == 2
    assert said.err.startswith("There is no audit log here")


def test_a_wrong_key_is_told(luoshi: Run) -> None:
    said = luoshi("audit", "verify", "--key", "x", "--language", "en")
    assert (said.code, said.err) == (
        2,
        "--key is no public key of an audit log; use the line that “luoshi audit key” gives.\n",
    )
