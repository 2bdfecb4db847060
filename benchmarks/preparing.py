"""Databases with different numbers of districts, made beforehand, because making takes longer than measuring.

python -m benchmarks.preparing FILE     # makes them, writes where they are, keeps them until it is ended
python -m benchmarks growth --prepared FILE
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.material import Material, material
from benchmarks.measure import COMMAND

SIZES = (1, 10, 100)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A database with so many districts, all like one that was simulated.

    Attributes:
        name: as in the figures, for example `postgresql/10`.
        url: as `LUOSHI_DATABASE_URL` wants it.
        data: the folder of its keys.
    """

    name: str
    url: str
    data: str

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs to work on it."""
        return {
            **os.environ,
            "LUOSHI_DATABASE_URL": self.url,
            "LUOSHI_DATA": self.data,
            "LUOSHI_LOG_REQUESTS": "false",
            "DJANGO_SETTINGS_MODULE": "luoshi.settings.sqlite",
        }


@contextmanager
def prepared(measured: Material, sizes: Sequence[int]) -> Iterator[list[Prepared]]:
    """One district on PostgreSQL, more of the same, and one on SQLite at the end."""
    from tools.postgres import SETTINGS, new_database, throw_away_cluster

    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="luoshi-bench-")))
        # Counted and cleaned before it is measured, and nothing beside the measurement.
        cluster = stack.enter_context(throw_away_cluster({**SETTINGS, "autovacuum": "off"}))
        one = Prepared("postgresql/1", new_database(cluster, "districts_1"), f"{folder}/postgresql")
        _simulate(one, measured)
        made = [one]
        for size in sizes:
            if size > 1:
                url = new_database(cluster, f"districts_{size}", template="districts_1")
                made.append(Prepared(f"postgresql/{size}", url, one.data))
                _copy(made[-1], size)
        made.append(Prepared("sqlite/1", f"sqlite:///{folder}/one.sqlite3", f"{folder}/sqlite"))
        _simulate(made[-1], measured)
        yield made


def _simulate(place: Prepared, measured: Material) -> None:
    begun = time.perf_counter()
    plan = ["--plan", str(measured.plan)] if measured.name == "corpus" else []
    _run(place, [str(COMMAND), "simulate", *plan])
    print(f"  {place.name}: simulated in {time.perf_counter() - begun:.0f} s", file=sys.stderr, flush=True)


def _copy(place: Prepared, size: int) -> None:
    begun = time.perf_counter()
    _run(place, [sys.executable, "-m", "benchmarks.copying", str(size)])
    print(f"  {place.name}: copied in {time.perf_counter() - begun:.0f} s", file=sys.stderr, flush=True)


def _run(place: Prepared, command: list[str]) -> None:
    done = subprocess.run(command, env=place.environment, check=False, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr}")


def read(file: Path) -> list[Prepared]:
    """The databases that another process keeps."""
    return [Prepared(**one) for one in json.loads(file.read_text("utf-8"))]


def main() -> None:
    """Command line."""
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    file = Path(sys.argv[1])
    with prepared(material(), SIZES) as made:
        file.write_text(json.dumps([asdict(one) for one in made]), "utf-8")
        try:
            print(f"  kept until this is ended: {file}", file=sys.stderr, flush=True)
            signal.pause()
        finally:
            file.unlink()


if __name__ == "__main__":
    main()
