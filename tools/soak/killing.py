"""Server and scheduler are killed at random while people save; after each kill everything is compared."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from random import Random

from tools.soak.world import COMMAND, Ledger, Load, World, compare, wait_until

# So many people save at a time.
PEOPLE = 6


def run(world: World, *, kills: int, seed: int = 1) -> dict[str, int]:
    """Kill so many times; stops at the first time that anything is wrong."""
    chance, ledger = Random(seed), Ledger()
    found = compare(ledger)
    for number in range(kills):
        desks = chance.sample(world.desks, min(PEOPLE, len(world.desks)))
        world.start()
        before = len(ledger.kept)
        with Load(world, ledger, desks):
            # A kill counts only under load.
            wait_until(lambda before=before: len(ledger.kept) > before + PEOPLE, 30)  # type: ignore[misc]
            scheduler = subprocess.Popen(
                [str(COMMAND), "tick"],
                start_new_session=True,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            time.sleep(chance.uniform(0.05, 1.5))
            world.kill()
            if chance.random() < 0.5:
                os.killpg(scheduler.pid, signal.SIGKILL)
        scheduler.wait()
        found = compare(ledger)
        if (number + 1) % 10 == 0:
            print(f"  {number + 1} kills: {found}", flush=True)
        if found["lost"] or found["doubled"] or found["errors"] or found["log_problems"]:
            print(ledger.error_pages[:3], flush=True)
            return {"kills": number + 1, **found}
    return {"kills": kills, **found}
