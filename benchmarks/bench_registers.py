"""A register of a million entries on PostgreSQL, of 100,000 on SQLite, beside one of a thousand."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from benchmarks.material import Material
from benchmarks.measure import Result
from benchmarks.preparing import Prepared, read
from tools.postgres import SETTINGS, new_database, throw_away_cluster
from tools.system import find_postgres

SMALL, ON_POSTGRES, ON_SQLITE = 1_000, 1_000_000, 100_000
# What a server has that keeps so much; the rest is as in tests.
SERVER = SETTINGS | {
    "shared_buffers": "1GB",
    "maintenance_work_mem": "512MB",
    "max_wal_size": "4GB",
    "jit": "off",
    # What is filled is counted and cleaned at the end, and nothing beside the measurement.
    "autovacuum": "off",
}
# What the project asks for: a step costs the same, and the database counts so much faster.
MOST_GROWTH, LEAST_GAIN = 1.5, 20
PREPARED = "LUOSHI_BENCH_PREPARED"


def bench(material: Material, *, quick: bool) -> Iterator[Result]:
    """Pages at 95 %, the cost of a step, and of counting everything anew."""
    if find_postgres() is None:
        print("  PostgreSQL is missing: registers are not measured", file=sys.stderr)
        return
    with ExitStack() as stack:
        small, large, sqlite = _databases(stack, quick)
        for place in (large, sqlite):
            yield from _pages(place)
        yield from _steps(small, large)
        yield from _recounts(small, large, sqlite)


def _databases(stack: ExitStack, quick: bool) -> list[Prepared]:
    if PREPARED in os.environ:
        return read(Path(os.environ[PREPARED]))
    return stack.enter_context(
        filled(ON_POSTGRES // 100 if quick else ON_POSTGRES, ON_SQLITE // 20 if quick else ON_SQLITE)
    )


@contextmanager
def filled(on_postgres: int, on_sqlite: int) -> Iterator[list[Prepared]]:
    """A thousand entries and many on PostgreSQL, and many on SQLite."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="luoshi-bench-")))
        cluster = stack.enter_context(throw_away_cluster(SERVER))
        made = [
            Prepared(f"postgresql/{count}", new_database(cluster, f"entries_{count}"), f"{folder}/{count}")
            for count in (SMALL, on_postgres)
        ]
        made.append(Prepared(f"sqlite/{on_sqlite}", f"sqlite:///{folder}/many.sqlite3", f"{folder}/sqlite"))
        for place in made:
            Path(place.data).mkdir()
            _run(place, "benchmarks.filling", place.name.partition("/")[2])
        yield made


def _run(place: Prepared, module: str, what: str) -> str:
    print(f"  {place.name}: {module} {what}", file=sys.stderr, flush=True)
    command = [sys.executable, "-m", module, what]
    done = subprocess.run(command, env=place.environment, check=False, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} on {place.name}")
    return done.stdout


def _asked(place: Prepared, what: str) -> Any:
    return json.loads(_run(place, "benchmarks.registers", what))


def _pages(place: Prepared) -> Iterator[Result]:
    seconds: dict[str, list[float]] = {}
    for kind, _address, taken in _asked(place, "pages"):
        seconds.setdefault(kind, []).append(taken)
    for kind, found in seconds.items():
        for share in (50, 95):
            yield Result(
                f"registers/{place.name}/{kind}/p{share}",
                quantiles(found, n=100, method="inclusive")[share - 1] * 1000,
                "ms",
                "lower",
                f"p{share} of {kind} of a register, page and database in one process ({place.name})",
            )


def _steps(small: Prepared, large: Prepared) -> Iterator[Result]:
    """By turns, so that what slows one slows the other."""
    rounds: list[tuple[list[float], list[float]]] = [
        (_asked(small, "steps"), _asked(large, "steps")) for _ in range(3)
    ]
    for place, number in ((small, 0), (large, 1)):
        yield Result(
            f"registers/{place.name}/step",
            median(median(pair[number]) for pair in rounds) * 1000,
            "ms",
            "lower",
            f"a step of an entry with its limits, words, record and sums ({place.name})",
        )
    yield Result(
        "registers/step/growth",
        median(median(many) / median(few) for few, many in rounds),
        "×",
        "lower",
        f"a step with {large.name} entries over the same with {small.name}",
        goal=MOST_GROWTH,
    )


def _recounts(*places: Prepared) -> Iterator[Result]:
    found = {place.name: _asked(place, "recounts") for place in places}
    small = found[places[0].name]
    one = small["memory"] / small["entries"]
    for name, counted in found.items():
        yield Result(
            f"registers/{name}/recount",
            counted["database"],
            "s",
            "lower",
            f"all indicators counted anew in the database ({name})",
        )
        yield Result(
            f"registers/{name}/recount-gain",
            one * counted["entries"] / counted["database"],
            "×",
            "higher",
            f"time in memory, by that of {int(small['entries'])} entries, over time in the database ({name})",
            goal=LEAST_GAIN,
        )
