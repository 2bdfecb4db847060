"""Out and back in, through the command, on the database of the run."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.apps.running.installation import Installation, installation
from tests.migrated import folder_of_all

pytestmark = pytest.mark.long

COUNT = "from luoshi.apps.audit.models import Event\nprint(Event.objects.count())"
ACCOUNTS = (
    "from django.contrib.auth.models import User\n"
    "print(sorted(User.objects.values_list('username', flat=True)))"
)
LATER = "from django.contrib.auth.models import User\nUser.objects.create(username='later')"

# On SQLite it is waited for, as it may be: it ends by itself.
WRITING = """
import os, time
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.settings.sqlite")
import django
django.setup()
from django.contrib.auth.models import Group, User
from django.db import DatabaseError, connection, transaction
for turn in range(1000 if connection.vendor == "postgresql" else 20):
    try:
        with transaction.atomic():
            User.objects.create(username=f"halfway-{turn}")
            if turn == 0:
                print("busy", flush=True)
            time.sleep(0.3)
            Group.objects.create(name=f"halfway-{turn}")
    except DatabaseError:
        break
"""


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation with a few accounts and events."""
    shared = folder_of_all(tmp_path_factory)
    with installation(tmp_path_factory.mktemp("used"), migrated=shared) as made:
        made.run("administrators")
        yield made


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Installation]:
    """A new installation."""
    with installation(tmp_path / "empty") as made:
        (tmp_path / "empty").mkdir()
        yield made


@pytest.fixture(scope="module")
def backup(used: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup without keys."""
    file = tmp_path_factory.mktemp("backups") / "plain.luoshi"
    assert "rows backed up" in used.run("backup", file)
    return file


@pytest.fixture(scope="module")
def with_keys(used: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup that another installation can go on from."""
    file = tmp_path_factory.mktemp("backups") / "keys.luoshi"
    used.run("backup", file, "--keys")
    return file


def test_a_backup_is_private_and_without_keys_unless_asked(backup: Path, with_keys: Path) -> None:
    assert backup.stat().st_mode & 0o077 == 0
    names = [set(zipfile.ZipFile(file).namelist()) for file in (backup, with_keys)]
    keys = {"keys/audit-key", "keys/secret-key"}
    assert not names[0] & keys
    assert keys <= names[1]


def test_it_comes_back_in_another_place(used: Installation, empty: Installation, with_keys: Path) -> None:
    assert "entries of its audit log verify" in empty.run("restore", with_keys)
    assert empty.python(ACCOUNTS) == used.python(ACCOUNTS)
    # One more: that it was restored.
    assert int(empty.python(COUNT)) == int(used.python(COUNT)) + 1
    empty.run("audit", "checkpoint")
    assert "The log is intact" in empty.run("audit", "verify")
    assert empty.run("audit", "key") == used.run("audit", "key")
    assert "LATER" not in empty.python(LATER)


def test_it_replaces_what_is_there_only_when_told_and_keeps_it(empty: Installation, with_keys: Path) -> None:
    empty.run("restore", with_keys)
    empty.python(LATER)
    assert "add --replace" in empty.run("restore", with_keys, code=2)
    assert "later" in empty.python(ACCOUNTS)
    assert "What was there is kept in" in empty.run("restore", with_keys, "--replace")
    assert "later" not in empty.python(ACCOUNTS)
    empty.run("audit", "checkpoint")
    assert "The log is intact" in empty.run("audit", "verify")


def test_whoever_is_in_the_middle_of_something_does_not_keep_it_out(
    empty: Installation, with_keys: Path, tmp_path: Path
) -> None:
    """They hold what was written early and want what is written late; none of it is in the copy."""
    empty.run("restore", with_keys)
    program = tmp_path / "writing.py"
    program.write_text(WRITING, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, str(program)], env=empty.environment, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "busy\n"
        assert "What was there is kept in" in empty.run("restore", with_keys, "--replace")
        writer.communicate(timeout=60)
    assert "halfway" not in empty.python(ACCOUNTS)


def test_a_drill_changes_nothing(used: Installation, backup: Path) -> None:
    before = used.python(COUNT)
    assert "thrown away" in used.run("restore", backup, "--check")
    assert used.python(COUNT) == before


def test_a_damaged_backup_is_refused(empty: Installation, backup: Path, tmp_path: Path) -> None:
    data = bytearray(backup.read_bytes())
    with zipfile.ZipFile(backup) as members:
        largest = max(members.infolist(), key=lambda one: one.compress_size)
    # In the middle of what is packed, and more than a bit: one of a header may mean nothing, and one that
    # says from where to repeat zeros repeats other zeros.
    middle = largest.header_offset + 30 + len(largest.filename) + largest.compress_size // 2
    for place in range(middle, middle + 64):
        data[place] ^= 0xFF
    damaged = tmp_path / "damaged.luoshi"
    damaged.write_bytes(data)
    assert "is damaged" in empty.run("restore", damaged, code=2)
    assert not (empty.data / "luoshi.sqlite3").exists()


def test_a_backup_whose_log_was_altered_is_refused(empty: Installation, backup: Path, tmp_path: Path) -> None:
    """Somebody made the sums fit; the signature of the log does not."""
    forged = tmp_path / "forged.luoshi"
    forge(backup, forged, tmp_path)
    said = empty.run("restore", forged, code=2)
    assert "does not verify" in said
    assert "Nothing was restored" in said


def forge(backup: Path, forged: Path, folder: Path) -> None:
    """A copy in which an event says something else, with the sums made to fit."""
    import hashlib
    import sqlite3
    from contextlib import closing

    source = zipfile.ZipFile(backup)
    members = {name: source.read(name) for name in source.namelist()}
    manifest = json.loads(members.pop("manifest.json"))
    if manifest["vendor"] == "sqlite":
        name, file = "database.sqlite3", folder / "forging.sqlite3"
        file.write_bytes(members[name])
        with closing(sqlite3.connect(file)) as database:
            database.execute("DROP TRIGGER audit_event_no_update")
            database.execute("UPDATE audit_event SET type = 'plan.task.edited' WHERE id = 1")
            database.commit()
        members[name] = file.read_bytes()
    else:
        name = "tables/audit_event"
        members[name] = members[name].replace(b"accounts.account.created", b"accounts.account.changed", 1)
    manifest["sums"][name] = hashlib.sha256(members[name]).hexdigest()
    with zipfile.ZipFile(forged, "w") as target:
        for member, data in members.items():
            target.writestr(member, data)
        target.writestr("manifest.json", json.dumps(manifest))
