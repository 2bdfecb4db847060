"""Many people at one task: half of them in one and the same report, the others each in that of their body."""

from __future__ import annotations

import time
from threading import Barrier, Thread

from tools.soak.world import Desk, Ledger, World, compare, save, seat


def run(world: World, *, editors: int, rounds: int) -> dict[str, int]:
    """Everybody begins at the same moment and saves so many times."""
    desks = _together(world, editors)
    ledger, begin = Ledger(), Barrier(editors)
    world.start()

    def edit(desk: Desk, place: int) -> None:
        base = 0
        begin.wait()
        for turn in range(rounds):
            base = save(
                world, desk, ledger, f"第{place}人第{turn}次:核实情况并更新数字{place * 100 + turn}。", base
            )

    threads = [Thread(target=edit, args=(desk, place)) for place, desk in enumerate(desks)]
    begun = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.monotonic() - begun
    world.kill()
    found = compare(ledger)
    found["errors"] += ledger.unavailable + ledger.unanswered
    found["missing_answers"] = editors * rounds - found["acknowledged"]
    if ledger.error_pages:
        print(ledger.error_pages[:3], flush=True)
    return {"editors": editors, "milliseconds_a_save": round(1000 * seconds / (editors * rounds)), **found}


def _together(world: World, editors: int) -> list[Desk]:
    """Desks at the reports of the task with the most bodies; half of them at the first."""
    from django.contrib.auth.models import User
    from django.db import connection
    from django.db.models import Count
    from django.utils import timezone

    from luoshi.apps.organization.models import Role
    from luoshi.apps.organization.operations import grant
    from luoshi.apps.work.models import Occurrence

    now = timezone.now()
    asked = Occurrence.objects.filter(report=None)
    task, key = (
        asked.order_by()
        .values_list("task", "key")
        .annotate(n=Count("pk"))
        .order_by("-n", "task", "key")
        .values_list("task", "key")[0]
    )
    rows = list(
        Occurrence.objects.filter(task=task, key=key)
        .select_related("body", "region")
        .order_by("pk")[:editors]
    )
    Occurrence.objects.filter(pk__in=[row.pk for row in rows]).update(state="open", opened_at=now)
    desks = []
    for place in range(editors):
        row = rows[0] if place % 2 == 0 else rows[1 + (place // 2) % (len(rows) - 1)]
        user = User.objects.create(username=f"editor-{place}")
        grant(user=user, region=row.region, role=Role.Name.LIAISON, body=row.body, by=None, at=now)
        desks.append(seat(user, row.pk))
    connection.close()
    return desks
