"""A sheet of 50,000 rows with errors in 1 % of them: checked, and made into entries on PostgreSQL."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator

from benchmarks.material import Material
from benchmarks.measure import Result
from tools.postgres import new_database, throw_away_cluster
from tools.system import find_postgres

ROWS, QUICK_ROWS = 50_000, 3_000
# What is asked for: three minutes from the file to the entries, and memory that does not grow with the rows.
MOST_SECONDS, MOST_MEGABYTES = 180, 200


def bench(material: Material, *, quick: bool) -> Iterator[Result]:
    """The good ones only, then a sheet without errors as a whole."""
    if find_postgres() is None:
        print("  PostgreSQL is missing: sheets are not measured", file=sys.stderr)
        return
    rows = QUICK_ROWS if quick else ROWS
    with throw_away_cluster() as address:
        for name in ("good", "whole"):
            found = measured(new_database(address, name), rows, name)
            goal = None if quick else MOST_SECONDS
            words = f"sheet of {rows} rows, {found['bad']:g} of them wrong"
            yield Result(f"bulk/{name}/check", found["check"], "s", "lower", f"check a {words}")
            yield Result(f"bulk/{name}/make", found["make"], "s", "lower", f"make entries of a {words}")
            total = found["check"] + found["make"]
            yield Result(f"bulk/{name}/total", total, "s", "lower", f"from file to entries: a {words}", goal)
            yield Result(
                f"bulk/{name}/memory",
                found["memory"],
                "MB",
                "lower",
                f"how far the memory of the worker rose for a {words}",
                MOST_MEGABYTES,
            )


def measured(address: str, rows: int, name: str) -> dict[str, float]:
    """What `benchmarks.bulk` tells of an empty database."""
    command = [sys.executable, "-m", "benchmarks.bulk", str(rows), *(["whole"] if name == "whole" else [])]
    environment = {**os.environ, "LUOSHI_DATABASE_URL": address}
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE)
    return dict(json.loads(done.stdout.splitlines()[-1]))
