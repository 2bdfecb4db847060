"""A backup is taken while people save; what was acknowledged before it began is in it, and it verifies."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from pathlib import Path

from tools.soak.world import COMMAND, Ledger, Load, World, compare, save, wait_until

PEOPLE = 6


def run(world: World) -> dict[str, int]:
    """Back up under load, restore into another place, and look there."""
    ledger = Ledger()
    world.start()
    with tempfile.TemporaryDirectory(prefix="luoshi-copies-") as name:
        folder = Path(name)
        with Load(world, ledger, world.desks[:PEOPLE]):
            wait_until(lambda: len(ledger.kept) > 2 * PEOPLE, 60)
            before, begun = list(ledger.kept), time.monotonic()
            subprocess.run([str(COMMAND), "backup", str(folder / "a.luoshi"), "--keys"], check=True)
            seconds = time.monotonic() - begun
            during = len(ledger.kept) - len(before)
            # The drill builds a copy beside the data in use and verifies it, while people go on.
            subprocess.run([str(COMMAND), "restore", str(folder / "a.luoshi"), "--check"], check=True)
        found = compare(ledger)
        # Now in earnest, under the running server: what came after the backup is put aside.
        subprocess.run([str(COMMAND), "restore", str(folder / "a.luoshi"), "--replace"], check=True)
        size = (folder / "a.luoshi").stat().st_size
    again = Ledger(kept=list(before))
    save(world, world.desks[0], again, f"恢复之后 {time.monotonic_ns()}", 0)
    world.kill()
    restored = compare(again)
    found["errors"] += len(again.error_pages) + again.unavailable + (len(again.kept) == len(before))
    for name in ("lost", "doubled", "log_problems"):
        found[name] += restored[name]
    if os.environ.get("LUOSHI_SOAK_SHOW"):
        print(restored, flush=True)
    return {
        "saved_before": len(before),
        "saved_during": during,
        "kilobytes": size // 1024,
        "backup_milliseconds": round(seconds * 1000),
        **found,
    }
