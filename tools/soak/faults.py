"""The disk is full, or the database gone: people are told that nothing was saved, and nothing is lost."""

from __future__ import annotations

import os
import resource
import shlex
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from tools.postgres import owner_of
from tools.soak.disks import filled
from tools.soak.world import COMMAND, Ledger, Load, World, ask, compare, wait_until

PEOPLE = 4
# What files may still grow by: those of SQLite's server each, and all of PostgreSQL's together.
SQLITE_ROOM, POSTGRES_ROOM = 600 * 1024, 300 * 1024
# Of the command: something that was given cannot be used, and it said what.
REFUSED = 2
DISK = "LUOSHI_SOAK_DISK"


def run(world: World) -> dict[str, int]:
    """Take away what the database needs, give it back, and compare; one fault after the other."""
    ledger, told = Ledger(), []
    faults = (_full, _gone) if world.vendor == "sqlite" else (_full_postgres, _gone)
    wrong = 0
    for fault in faults:
        before = ledger.unavailable
        wrong += not fault(world, ledger)
        told.append(ledger.unavailable - before)
    found = compare(ledger)
    # Silence would be as wrong as an error page.
    found["errors"] += wrong
    if ledger.error_pages:
        print(ledger.error_pages[:3], flush=True)
    return {"told_disk_full": told[0], "told_database_gone": told[1], **found}


def _full(world: World, ledger: Ledger) -> bool:
    """SQLite: no file of the server may grow beyond a limit, which is what a full disk comes to."""
    data = Path(os.environ["LUOSHI_DATA"])
    limit = max(file.stat().st_size for file in data.iterdir() if file.is_file()) + SQLITE_ROOM

    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    world.start(preexec_fn=limited)
    with Load(world, ledger, world.desks[:PEOPLE]):
        met = _met(ledger)
        readable = ask(world.port, "GET", "/health/")[0] == 200
    world.kill()
    world.start()
    with Load(world, ledger, world.desks[:PEOPLE]):
        back = _goes_on(ledger)
    world.kill()
    return met and readable and back


def _full_postgres(world: World, ledger: Ledger) -> bool:
    """PostgreSQL: there is no room any more on the disk of the cluster; the same server goes on by itself."""
    disk = os.environ.get(DISK)
    if not disk:
        print("  no disk of its own may be mounted here: PostgreSQL is not tried on a full one", flush=True)
        return True
    world.start()
    with Load(world, ledger, world.desks[:PEOPLE]):
        begun = _goes_on(ledger)
        with filled(Path(disk), room=POSTGRES_ROOM):
            met = _met(ledger)
        if not _postmaster_runs():
            _start_postmaster()
        back = _goes_on(ledger)
    world.kill()
    return begun and met and back


def _gone(world: World, ledger: Ledger) -> bool:
    """The file is moved away, or the cluster stopped at once, while people save; then it is there again."""
    taken_away = _file_away if world.vendor == "sqlite" else _cluster_away
    world.start()
    with Load(world, ledger, world.desks[:PEOPLE]):
        begun = _goes_on(ledger)
        with taken_away():
            met = _met(ledger)
            not_ready = ask(world.port, "GET", "/ready/")[0] == 503
            clear = _clock_says_so()
        # The same server goes on by itself.
        back = _goes_on(ledger)
    world.kill()
    return begun and met and not_ready and clear and back


def _met(ledger: Ledger) -> bool:
    before = ledger.unavailable
    return wait_until(lambda: ledger.unavailable > before + PEOPLE or bool(ledger.error_pages), 120)


def _goes_on(ledger: Ledger) -> bool:
    before = len(ledger.kept)
    return wait_until(lambda: len(ledger.kept) > before + 2 * PEOPLE, 60)


def _clock_says_so() -> bool:
    done = subprocess.run([str(COMMAND), "tick"], capture_output=True, text=True, check=False)
    return done.returncode == REFUSED and "The database cannot be used" in done.stderr


@contextmanager
def _file_away() -> Iterator[None]:
    from django.db import connection

    connection.close()
    file = Path(str(connection.settings_dict["NAME"]))
    aside = file.with_name("aside.sqlite3")
    file.rename(aside)
    try:
        yield
    finally:
        # Whatever is there now was made by somebody who should not have.
        if file.exists():
            raise RuntimeError("a new database was made in place of the one that is gone")
        aside.rename(file)


@contextmanager
def _cluster_away() -> Iterator[None]:
    # SIGQUIT: at once, as when the machine behind it goes away.
    os.kill(_postmaster(), signal.SIGQUIT)
    wait_until(lambda: not _postmaster_runs(), 30)
    try:
        yield
    finally:
        _start_postmaster()


def _cluster() -> Path:
    return Path(parse_qs(urlsplit(os.environ["LUOSHI_DATABASE_URL"]).query)["host"][0])


def _postmaster() -> int:
    return int((_cluster() / "data/postmaster.pid").read_text(encoding="ascii").split()[0])


def _postmaster_runs() -> bool:
    return (_cluster() / "data/postmaster.pid").is_file()


def _start_postmaster() -> None:
    folder = _cluster()
    program, *arguments = shlex.split((folder / "data/postmaster.opts").read_text(encoding="utf-8"))
    with Path(os.devnull).open("wb") as nothing:
        subprocess.Popen([program, *arguments], cwd=folder, stdout=nothing, stderr=nothing, **owner_of())
