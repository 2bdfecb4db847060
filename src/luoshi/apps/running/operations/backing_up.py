"""Taking a copy of everything while the product runs."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import IO

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection, transaction

from luoshi import __version__
from luoshi.apps.audit.keys import KEY_FILE, signing_key
from luoshi.apps.audit.models import Checkpoint
from luoshi.apps.audit.operations import record, seal
from luoshi.apps.running.archive import KEYS, Manifest, Writer
from luoshi.apps.running.copies import copy_postgres, copy_sqlite, has_data, newest_migrations
from luoshi.apps.running.refusals import NothingToBackUp

SECRET_FILE = "secret-key"  # noqa: S105 (the name of a file)


def back_up(*, target: IO[bytes], beside: Path, keys: bool, by: User | None, at: datetime) -> Manifest:
    """Write everything that the database holds; the log is sealed first, so that the copy can be verified.

    Args:
        target: a new file.
        beside: a folder with room for a second copy.
        keys: whether the key that signs the log and the key that signs sessions go with it.

    Raises:
        NothingToBackUp: nothing was ever stored here.
    """
    if not has_data():
        raise NothingToBackUp(where=str(connection.settings_dict["NAME"]))
    with transaction.atomic():
        record(type="running.backup.taken", object=Checkpoint(), region="", by=by, at=at, keys=keys)
    checkpoint = seal(at=at)
    writer = Writer(target)
    columns: dict[str, list[str]] = {}
    if connection.vendor == "sqlite":
        rows = copy_sqlite(writer, beside)
    else:
        columns, rows = copy_postgres(writer)
    if keys:
        for name in (KEY_FILE, SECRET_FILE):
            kept = settings.LUOSHI_DATA / name
            if kept.is_file():
                with writer.member(f"{KEYS}{name}") as member:
                    member.write(kept.read_bytes())
    return writer.finish(
        version=__version__,
        vendor=connection.vendor,
        made=at.isoformat(timespec="seconds"),
        migrations=newest_migrations(),
        columns=columns,
        rows=rows,
        key=str(signing_key(make=False).public),
        note=checkpoint.note,
    )
