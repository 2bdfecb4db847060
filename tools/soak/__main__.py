"""Try to break the product, each part on a database of its own.

    python -m tools.soak                               # `make soak`: plan after plan, five minutes
    python -m tools.soak kills --kills 200 --on both   # server and scheduler killed under load
    python -m tools.soak editors --on both             # fifty people in one report
    python -m tools.soak copies --on both              # a backup taken under load comes back
    python -m tools.soak faults --on both              # a full disk, a database that goes away
    python -m tools.soak all                           # all of it, with the numbers that count

Exit code 1 when something acknowledged was lost or doubled, the audit log did not verify, or people saw an
error page. With `--save` figures go to `benchmarks/soak.jsonl`.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from tools.soak import importing

FIGURES = Path(__file__).resolve().parents[2] / "benchmarks/soak.jsonl"
PARTS = ("kills", "editors", "copies", "faults")
# A little of each, one after the other on one database: what the tests run.
SHORT = "short"
URL = "LUOSHI_DATABASE_URL"


def main() -> int:
    """Command line; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.soak", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("part", nargs="?", default="importing", choices=["importing", *PARTS, SHORT, "all"])
    importing.add_options(parser)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--editors", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=10, help="what each editor saves")
    parser.add_argument("--on", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--save", action="store_true", help="keep the figures in benchmarks/")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    # Asked to end, it still stops its servers and databases.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    if options.here:
        return _here(options)
    if options.part == "importing":
        return 0 if importing.run(options) else 1
    vendors = ["sqlite", "postgresql"] if options.on == "both" else [options.on]
    parts = PARTS if options.part == "all" else [options.part]
    well = [_on_a_new_database(part, vendor) for part in parts for vendor in vendors]
    if options.part == "all":
        well.append(importing.run(options))
    return 0 if all(well) else 1


def _on_a_new_database(part: str, vendor: str) -> bool:
    """Run a part in a process of its own, which knows its database from the start."""
    print(f"→ {part} on {vendor}", flush=True)
    with tempfile.TemporaryDirectory(prefix="luoshi-soak-") as folder, _database(vendor, folder) as named:
        given = {
            "LUOSHI_DATA": f"{folder}/data",
            **named,
            "LUOSHI_LANGUAGE": "en",
            "LUOSHI_LOG_REQUESTS": "false",
            "DJANGO_SETTINGS_MODULE": "luoshi.settings.sqlite",
        }
        command = [sys.executable, "-m", "tools.soak", part, "--here", *_passed_on()]
        return subprocess.run(command, env={**os.environ, **given}, check=False).returncode == 0


def _passed_on() -> list[str]:
    return [argument for argument in sys.argv[1:] if argument not in {*PARTS, SHORT, "all", "importing"}]


@contextmanager
def _database(vendor: str, folder: str) -> Iterator[dict[str, str]]:
    """A new database; gives what its processes find in the environment."""
    if vendor == "sqlite":
        yield {URL: f"sqlite:///{folder}/data/luoshi.sqlite3"}
        return
    from tools.postgres import DURABLE, new_database, throw_away_cluster
    from tools.soak.disks import small_disk
    from tools.soak.faults import DISK

    # Its log is not kept for long, or the small disk would be full of it.
    settings = DURABLE | {"min_wal_size": "32MB", "max_wal_size": "64MB"}
    with small_disk() as disk, throw_away_cluster(settings, inside=disk) as address:
        yield {URL: new_database(address, "luoshi"), DISK: str(disk or "")}


def _here(options: argparse.Namespace) -> int:
    """Run a part on the database that the environment names."""
    from tools.soak import copying, editing, faults, killing
    from tools.soak.world import prepare

    world = prepare()
    parts = {
        "kills": lambda: killing.run(world, kills=options.kills),
        "editors": lambda: editing.run(world, editors=options.editors, rounds=options.rounds),
        "copies": lambda: copying.run(world),
        "faults": lambda: faults.run(world),
    }
    names = PARTS if options.part == SHORT else (options.part,)
    try:
        return 0 if all(_told(name, world.vendor, parts[name](), save=options.save) for name in names) else 1
    finally:
        world.kill()


def _told(part: str, vendor: str, figures: dict[str, int], *, save: bool) -> bool:
    """Show what a part found; whether all of it is as it should be."""
    line = {"date": datetime.now(UTC).strftime("%Y-%m-%d"), "part": part, "database": vendor, **figures}
    print(json.dumps(line, ensure_ascii=False), flush=True)
    if save:
        with FIGURES.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
    return not any(figures[name] for name in ("lost", "doubled", "errors", "log_problems"))


if __name__ == "__main__":
    sys.exit(main())
