"""The disk is full, or the database gone: people are told that nothing was saved, and nothing is lost."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from tools.soak.world import Ledger, Load, World, ask, compare, wait_until

PEOPLE = 4
# What the files of the server may still grow by.
ROOM = 600 * 1024


def run(world: World) -> dict[str, int]:
    """Take away what the database needs, give it back, and compare."""
    ledger = Ledger()
    away = _full_disk(world, ledger) if world.vendor == "sqlite" else _gone(world, ledger)
    world.start()
    told = ledger.unavailable
    before = len(ledger.kept)
    with Load(world, ledger, world.desks[:PEOPLE]):
        again = wait_until(lambda: len(ledger.kept) > before + PEOPLE, 60)
    world.kill()
    found = compare(ledger)
    # Silence would be as wrong as an error page.
    found["errors"] += (not told) + (not again) + (not away)
    if ledger.error_pages:
        print(ledger.error_pages[:3], flush=True)
    return {"told_that_nothing_was_saved": told, **found}


def _full_disk(world: World, ledger: Ledger) -> bool:
    """SQLite: no file of the server may grow beyond a limit, which is what a full disk comes to."""
    data = Path(os.environ["LUOSHI_DATA"])
    limit = max(file.stat().st_size for file in data.iterdir() if file.is_file()) + ROOM

    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    world.start(preexec_fn=limited)
    with Load(world, ledger, world.desks[:PEOPLE]):
        met = wait_until(lambda: ledger.unavailable > 3 or bool(ledger.error_pages), 120)
        readable = ask(world.port, "GET", "/health/")[0] == 200
    world.kill()
    return met and readable


def _gone(world: World, ledger: Ledger) -> bool:
    """PostgreSQL: the cluster is stopped at once while people save, and started again."""
    world.start()
    folder = parse_qs(urlsplit(os.environ["LUOSHI_DATABASE_URL"]).query)["host"][0]
    pid = int((Path(folder) / "data/postmaster.pid").read_text(encoding="ascii").split()[0])
    options = (Path(folder) / "data/postmaster.opts").read_text(encoding="utf-8")
    with Load(world, ledger, world.desks[:PEOPLE]):
        wait_until(lambda: len(ledger.kept) > 2 * PEOPLE, 60)
        # SIGQUIT: at once, as when the machine behind it goes away.
        os.kill(pid, signal.SIGQUIT)
        met = wait_until(lambda: ledger.unavailable > 3 or bool(ledger.error_pages), 60)
        not_ready = ask(world.port, "GET", "/ready/")[0] == 503
        _start_again(folder, options)
        before = len(ledger.kept)
        # The same server goes on by itself.
        back = wait_until(lambda: len(ledger.kept) > before, 60)
    world.kill()
    return met and not_ready and back


def _start_again(folder: str, options: str) -> None:
    import shlex

    program, *arguments = shlex.split(options)
    from tools.postgres import owner_of

    subprocess.Popen(
        [program, *arguments],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        **owner_of(),
    )
