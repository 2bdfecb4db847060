"""Server and scheduler are killed at random while people save; after each kill everything is compared."""

from __future__ import annotations

import os
import signal
import time
from multiprocessing.context import ForkServerContext
from pathlib import Path
from random import Random

from tools.soak.forking import Fork, context, fork
from tools.soak.world import LOG, Ledger, Load, World, compare, wait_until

# So many people save at a time.
PEOPLE = 6
# So many periods wait for the scheduler each time.
PERIODS = 3
# The scheduler is left to finish once in so many times, which tells how long it takes.
LEFT = 4
# How long it takes, until that is known.
SECONDS = 0.5


def run(world: World, *, kills: int, seed: int = 1) -> dict[str, int]:
    """Kill so many times; stops at the first time that anything is wrong."""
    world.origin = context(Path(os.environ["LUOSHI_DATA"]))
    try:
        return _run(world, world.origin, kills, Random(seed))
    finally:
        world.origin = None


def _run(world: World, origin: ForkServerContext, kills: int, chance: Random) -> dict[str, int]:
    ledger, begun = Ledger(), time.monotonic()
    log = Path(os.environ["LUOSHI_DATA"]) / LOG
    opened_before, given, schedulers, takes = _opened(), set[int](), 0, SECONDS
    found = compare(ledger)
    for number in range(kills):
        desks = chance.sample(world.desks, min(PEOPLE, len(world.desks)))
        world.start()
        before = len(ledger.kept)
        with Load(world, ledger, desks):
            # A kill counts only under load.
            wait_until(lambda before=before: len(ledger.kept) > before + PEOPLE, 60)  # type: ignore[misc]
            given |= _give_periods(chance)
            scheduler, since = fork(origin, log, "tick"), time.monotonic()
            if number % LEFT == 0:
                scheduler.wait()
                takes = time.monotonic() - since
                found["errors"] += scheduler.poll() != 0
                time.sleep(chance.uniform(0, 0.3))
                world.kill()
            else:
                schedulers += _kill_both(world, scheduler, chance, takes)
        scheduler.wait()
        errors = found["errors"]
        found = compare(ledger)
        found["errors"] += errors
        if (number + 1) % 10 == 0:
            print(f"  {number + 1} kills: {found}", flush=True)
        if found["lost"] or found["doubled"] or found["errors"] or found["log_problems"]:
            print(ledger.error_pages[:3], flush=True)
            return {"kills": number + 1, **found}
    fork(origin, log, "tick").wait()
    found = compare(ledger)
    found["lost"] += _closed(given)
    found["doubled"] += abs(_opened() - opened_before - len(given))
    figures = {"kills": kills, "schedulers_killed": schedulers, "periods_opened": len(given)}
    return {**figures, "seconds": round(time.monotonic() - begun), **found}


def _kill_both(world: World, scheduler: Fork, chance: Random, takes: float) -> int:
    """Kill the scheduler somewhere in its work, and the server before, with or after it; whether it lived."""
    time.sleep(chance.uniform(0, takes))
    server_first = chance.random() < 0.5
    if server_first:
        world.kill()
        time.sleep(chance.uniform(0, takes / 2))
    alive = scheduler.poll() is None
    if alive:
        os.kill(scheduler.pid, signal.SIGKILL)
    if not server_first:
        time.sleep(chance.uniform(0, takes / 2))
        world.kill()
    return int(alive)


def _give_periods(chance: Random) -> set[int]:
    """Let a few periods be due to be opened today."""
    from django.db import close_old_connections
    from django.utils import timezone

    from luoshi.apps.work.models import Occurrence
    from luoshi.apps.work.operations.timing import AT_WORK

    close_old_connections()
    today = timezone.localdate()
    waiting = Occurrence.objects.filter(
        assignment__state__in=AT_WORK, state=Occurrence.State.SCHEDULED, opens_on__gt=today
    )
    keys = list(waiting.order_by("pk").values_list("pk", flat=True))
    chosen = chance.sample(keys, min(PERIODS, len(keys)))
    Occurrence.objects.filter(pk__in=chosen).update(opens_on=today)
    return set(chosen)


def _opened() -> int:
    """How many periods the log says were opened."""
    from luoshi.apps.audit.models import Event

    events = Event.objects.filter(type="work.occurrences.advanced").values_list("detail", flat=True)
    return sum(int(detail["opened"]) for detail in events)


def _closed(given: set[int]) -> int:
    """How many of the periods that were due are not open."""
    from luoshi.apps.work.models import Occurrence

    return Occurrence.objects.filter(pk__in=given, state=Occurrence.State.SCHEDULED).count()
