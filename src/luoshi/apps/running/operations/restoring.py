"""Bringing a copy back: built aside, verified, and only then put in place of what is there."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.db import OperationalError, connection, connections, transaction
from django.db.backends.utils import CursorWrapper

from luoshi.apps.audit.keys import KEY_FILE, WITNESS_FILE, signing_key
from luoshi.apps.running.archive import KEYS, Backup, opened
from luoshi.apps.running.copies import has_data, unknown_migrations
from luoshi.apps.running.refusals import (
    BackupForeign,
    BackupNewer,
    BackupUnverified,
    DatabaseBusy,
    DataInTheWay,
    RestoreFailed,
)
from luoshi.core.errors import Phrase

# Of PostgreSQL: how long tables are waited for, and how often that is tried.
LOCK_MILLISECONDS, SWAP_TRIES = 700, 30
# What it says when others have them: `lock_not_available`, `deadlock_detected`.
BUSY = ("55P03", "40P01")


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of it.

    Attributes:
        made: when the backup was taken.
        entries: of the audit log, all of them verified.
        kept: where what was there before is kept; empty if there was nothing.
        key: whether the key that signs the log is here.
    """

    made: str
    entries: int
    kept: str
    key: bool


def restore(*, file: Path, replace: bool, check: bool, at: datetime) -> Restored:
    """Put the data of a backup in place of what is there, while the product runs.

    Args:
        replace: whether there may be data in the way; it is kept aside.
        check: build and verify the copy only, and throw it away.

    Raises:
        BackupDamaged, BackupForeign, BackupNewer, BackupUnverified, RestoreFailed, DataInTheWay: nothing was
            put in place.
    """
    with opened(file) as backup:
        made = backup.manifest
        if made.vendor != connection.vendor:
            raise BackupForeign(file=file.name, theirs=made.vendor, ours=connection.vendor)
        if unknown_migrations(backup):
            raise BackupNewer(file=file.name, version=made.version)
        there = has_data()
        if there and not (replace or check):
            raise DataInTheWay(where=str(connection.settings_dict["NAME"]))
        stamp = at.strftime("%Y%m%d%H%M%S")
        kept = ""
        settings.LUOSHI_DATA.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".luoshi-restore-", dir=settings.LUOSHI_DATA) as folder:
            stage = Path(folder)
            with _place(stage, stamp) as (address, database):
                entries = _built(backup, address, stage)
                if not check:
                    kept = _swap(database, stamp, there=there)
                    _put_keys(backup, stage, stamp)
        return Restored(made.made, entries, kept, (settings.LUOSHI_DATA / KEY_FILE).is_file())


@contextmanager
def _place(stage: Path, stamp: str) -> Iterator[tuple[str, str]]:
    """An empty database aside from the one in use: its address, and its file or schema."""
    if connection.vendor == "sqlite":
        file = stage / "database.sqlite3"
        yield f"sqlite:///{file}", str(file)
        return
    schema = f"restoring_{stamp}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {schema}")
    try:
        yield _in_schema(os.environ["LUOSHI_DATABASE_URL"], schema), schema
    finally:
        # Gone already, under another name, if it was put in place.
        with connection.cursor() as cursor:
            cursor.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")


def _in_schema(url: str, schema: str) -> str:
    """The same database, seen from another schema."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    query["options"] = f"{query.get('options', '')} -csearch_path={schema}".strip()
    return urlunsplit(parts._replace(query=urlencode(query)))


def _built(backup: Backup, address: str, stage: Path) -> int:
    """Build and verify the copy in a process of its own, whose settings name it; the number of entries."""
    own = settings.LUOSHI_DATA / KEY_FILE
    carried = f"{KEYS}{KEY_FILE}" in backup.manifest.sums
    # A key that goes with the backup takes the place of the one that is here.
    key = [str(signing_key(make=False).public)] if own.is_file() and not carried else []
    environment = {
        **os.environ,
        "LUOSHI_DATABASE_URL": address,
        "LUOSHI_DATA": str(stage),
        "LUOSHI_SECRET_KEY": settings.SECRET_KEY,
        "LUOSHI_LOCAL": "false",
    }
    command = [sys.executable, "-m", "luoshi.apps.running.staging", str(backup.file.resolve()), *key]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    try:
        answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    except (IndexError, ValueError):
        last = (done.stderr.strip() or str(done.returncode)).splitlines()[-1]
        raise RestoreFailed(file=backup.file.name, reason=last) from None
    if "failed" in answer:
        raise RestoreFailed(file=backup.file.name, reason=Phrase(*answer["failed"]))
    if answer["problems"]:
        raise BackupUnverified(file=backup.file.name, first=Phrase(*answer["problems"][0]))
    return int(answer["entries"])


def _swap(database: str, stamp: str, *, there: bool) -> str:
    """Put the copy in place at one moment; gives where the old data is."""
    if connection.vendor == "sqlite":
        return _swap_files(Path(database), stamp, there=there)
    return _swap_schemas(database, stamp, there=there)


def _swap_files(copy: Path, stamp: str, *, there: bool) -> str:
    target = Path(str(connection.settings_dict["NAME"]))
    connections.close_all()
    kept = target.with_name(f"{target.stem}-replaced-{stamp}.sqlite3")

    def keep(status: int, left: int, pages: int) -> None:
        # After the first page nobody else can write any more, and what is there can still be read.
        if status == sqlite3.SQLITE_OK and not kept.exists():
            with closing(sqlite3.connect(target)) as old, closing(sqlite3.connect(kept)) as aside:
                old.backup(aside)

    with closing(sqlite3.connect(copy)) as new:
        # What its log still holds goes into the file.
        new.execute("PRAGMA journal_mode=DELETE")
        if there:
            with closing(sqlite3.connect(target)) as live:
                # One transaction: whoever has the database open sees the old or the new, and waits meanwhile.
                new.backup(live, pages=1, progress=keep)
            kept.chmod(0o600)
            return str(kept)
    copy.replace(target)
    return ""


def _swap_schemas(schema: str, stamp: str, *, there: bool) -> str:
    kept = f"replaced_{stamp}" if there else ""
    for _ in range(SWAP_TRIES):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                _take_everything(cursor)
                cursor.execute("SELECT current_schema()")
                live = connection.ops.quote_name(cursor.fetchone()[0])
                cursor.execute(f"ALTER SCHEMA {live} RENAME TO {kept}" if kept else f"DROP SCHEMA {live}")
                cursor.execute(f"ALTER SCHEMA {schema} RENAME TO {live}")
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", None) not in BUSY:
                raise
        else:
            return f"schema {kept}" if kept else ""
    raise DatabaseBusy


def _take_everything(cursor: CursorWrapper) -> None:
    """Have all tables alone; nobody may have read an old table and then write into a new one.

    Whoever is in the middle of something is cut off and told that nothing was saved; who comes now waits for
    a moment and finds the new tables under the same names.
    """
    cursor.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
        "AND usename = current_user AND pid <> pg_backend_pid() AND xact_start IS NOT NULL"
    )
    # Shorter than PostgreSQL takes to look for a deadlock: it is never somebody else who gives way.
    cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_MILLISECONDS}ms'")
    names = sorted(connection.introspection.table_names(cursor))
    if names:
        quoted = ", ".join(map(connection.ops.quote_name, names))
        cursor.execute(f"LOCK TABLE {quoted} IN ACCESS EXCLUSIVE MODE")


def _put_keys(backup: Backup, stage: Path, stamp: str) -> None:
    """The newest checkpoint of the copy, and the keys that came with it; keys that differ are kept aside."""
    folder = settings.LUOSHI_DATA
    (stage / WITNESS_FILE).replace(folder / WITNESS_FILE)
    for member in backup.names(KEYS):
        name = member.removeprefix(KEYS)
        backup.write(member, stage / f"new-{name}")
        present = folder / name
        if present.is_file() and present.read_bytes() != (stage / f"new-{name}").read_bytes():
            present.rename(folder / f"{name}-replaced-{stamp}")
        (stage / f"new-{name}").replace(present)
