"""The process that builds a copy from a backup, aside from the data in use, and verifies it.

    python -m luoshi.apps.running.staging FILE [KEY]

Its settings name the empty database and folder to build in. Prints one line of JSON: what the examination of
the audit log found, or why there is no copy.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import django

from luoshi.core.errors import LuoshiError


def build(file: Path, key: str | None) -> dict[str, Any]:
    """Load, bring up to date, verify, and write down that it was restored.

    Args:
        key: the public key of the log as this installation has it; by default what the backup says.
    """
    from django.core.management import call_command
    from django.db import connection, transaction
    from django.utils import timezone

    from luoshi.apps.audit import keys
    from luoshi.apps.audit.models import Checkpoint
    from luoshi.apps.audit.operations import record
    from luoshi.apps.audit.queries.examining import examine
    from luoshi.apps.running.archive import opened
    from luoshi.apps.running.copies import load_postgres, load_sqlite
    from luoshi.core.transparency.checkpoint import read_key

    with opened(file) as backup:
        (load_sqlite if connection.vendor == "sqlite" else load_postgres)(backup)
        made = backup.manifest
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            if (said := cursor.fetchone()[0]) != "ok":
                raise RuntimeError(said)
    keys.keep_witness(made.note)
    call_command("migrate", verbosity=0, interactive=False)
    now = timezone.now()
    report = examine(at=now, key=read_key(key or made.key))
    if not report.problems:
        with transaction.atomic():
            record(
                type="running.backup.restored",
                object=Checkpoint(),
                region="",
                by=None,
                at=now,
                made=made.made,
            )
    return {
        "entries": report.entries,
        "waiting": report.waiting,
        "problems": [[problem.message("zh"), problem.message("en")] for problem in report.problems[:20]],
    }


def main() -> int:
    """Command line; returns the exit code."""
    django.setup()
    file, *key = sys.argv[1:]
    try:
        answer = build(Path(file), key[0] if key else None)
    except LuoshiError as error:
        answer = {"failed": [error.message("zh"), error.message("en")]}
    except Exception as error:  # Whatever it is, it is told and nothing is put in place.
        words = f"{type(error).__name__}: {error}".splitlines()[0]
        answer = {"failed": [words, words]}
    print(json.dumps(answer, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
