"""A backup is taken while people save; what was acknowledged before it began is in it, and it verifies.

It is restored while people go on saving: they are told what was not saved, the server goes on by itself, and
what was acknowledged after the backup is in what is kept aside.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import tempfile
import time
from contextlib import closing
from pathlib import Path

from tools.soak.world import COMMAND, Ledger, Load, World, compare, wait_until

PEOPLE = 6
KEPT = "What was there is kept in: "
WORDS = (
    'SELECT report.occurrence_id, revision."values" FROM {0}work_revision revision '
    "JOIN {0}work_report report ON report.id = revision.report_id"
)


def run(world: World) -> dict[str, int]:
    """Back up under load, try the copy, restore it under load, and look there."""
    ledger, meanwhile = Ledger(), Ledger()
    world.start()
    with tempfile.TemporaryDirectory(prefix="luoshi-copies-") as name:
        file = str(Path(name) / "a.luoshi")
        with Load(world, ledger, world.desks[:PEOPLE]):
            wait_until(lambda: len(ledger.kept) > 2 * PEOPLE, 60)
            before, begun = list(ledger.kept), time.monotonic()
            _command("backup", file, "--keys")
            seconds = time.monotonic() - begun
            during = len(ledger.kept) - len(before)
            # The drill builds a copy beside the data in use and verifies it, while people go on.
            _command("restore", file, "--check")
        found = compare(ledger)
        with Load(world, meanwhile, world.desks[:PEOPLE]):
            said = _command("restore", file, "--replace")
            size, after = Path(file).stat().st_size, len(meanwhile.kept)
            again = wait_until(lambda: len(meanwhile.kept) > after + 2 * PEOPLE, 60)
    alive = world.server is not None and world.server.poll() is None
    world.kill()
    # Some were acknowledged by the new database before the command came to its end.
    restored = compare(Ledger(kept=[*before, *meanwhile.kept[after + PEOPLE :]]))
    aside = _words(said.split(KEPT)[1].strip()) | _words("")
    # To load the page anew is what a person is asked for whose version is gone.
    pages = [page for page in meanwhile.error_pages if not page.startswith("200 ")]
    if pages:
        print(pages[:3], flush=True)
    found["errors"] += len(pages) + (not again) + (not alive)
    found["lost"] += sum(1 for one in (*ledger.kept, *meanwhile.kept) if one not in aside)
    for name in ("lost", "doubled", "log_problems"):
        found[name] += restored[name]
    return {
        "saved_before": len(before),
        "saved_during": during,
        "told_during_restore": meanwhile.unavailable,
        "kilobytes": size // 1024,
        "backup_milliseconds": round(seconds * 1000),
        **found,
    }


def _command(*arguments: str) -> str:
    done = subprocess.run([str(COMMAND), *arguments], stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout


def _words(place: str) -> set[tuple[int, str]]:
    """What was saved, as it stands in a file of SQLite, in a schema of PostgreSQL, or in the database."""
    from django.db import connection

    if place.endswith(".sqlite3"):
        with closing(sqlite3.connect(place)) as database:
            rows = database.execute(WORDS.format("")).fetchall()
    else:
        schema = f"{place.removeprefix('schema ')}." if place else ""
        with connection.cursor() as cursor:
            cursor.execute(WORDS.format(schema))
            rows = cursor.fetchall()
    return {(occurrence, str(json.loads(values).get("progress", ""))) for occurrence, values in rows}
