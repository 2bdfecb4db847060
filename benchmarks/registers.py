"""What a register costs in one database: its pages, a step of an entry, and counting everything anew.

python -m benchmarks.registers      # in a database that `benchmarks.filling` filled; prints JSON
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import cycle, islice
from typing import Any
from urllib.parse import urlencode

from benchmarks.living import MECHANISM, NOW, REGION

ROUNDS = "LUOSHI_BENCH_ROUNDS"
PAGES: Mapping[str, Sequence[Mapping[str, str]]] = {
    "list": ({}, {"page": "40"}, {"sort": "due"}, {"sort": "number"}, {"state": "open"}),
    "filter": (
        {"state": "refused"},
        {"v_matter": "labour"},
        {"v_matter": "injury", "v_form": "civil"},
        {"view": "late"},
        {"late": "late"},
        {"since": "2025-03-01", "until": "2025-03-31"},
    ),
    "search": tuple(
        {"q": words}
        for words in ("云溪柏道律师事务所", "柏道", "户口簿 劳动", "劳动", "援", "援字第900号", "没有的词")
    ),
}


def pages(rounds: int) -> Iterator[tuple[str, str, float]]:
    """Seconds of each answer: of which kind it is, and what was asked for."""
    from django.conf import settings
    from django.contrib.auth.models import User
    from django.test import Client

    settings.ALLOWED_HOSTS = ["*"]
    client = Client()
    client.force_login(User.objects.get(username="bench-office"), settings.AUTHENTICATION_BACKENDS[-1])
    addresses = [
        (kind, f"/registers/{MECHANISM}/?{urlencode(asked)}")
        for kind, many in PAGES.items()
        for asked in many
    ]
    addresses += [("board", f"/registers/{MECHANISM}/board/"), ("start", "/registers/")]
    for number in range(rounds + 1):
        for kind, address in addresses:
            begun = time.perf_counter()
            answer = client.get(address)
            taken = time.perf_counter() - begun
            if answer.status_code != 200:
                raise RuntimeError(f"{address} answered {answer.status_code}")
            if number:
                yield kind, address, taken


def steps(rounds: int) -> Iterator[float]:
    """Seconds of a step that changes limits, words and sums; each is taken back."""
    from django.contrib.auth.models import User
    from django.db import transaction

    from luoshi.apps.register.models import Entry
    from luoshi.apps.register.operations.taking import take_step
    from luoshi.core.register.procedure import Actor

    head = User.objects.get(username="bench-head")
    waiting = list(Entry.objects.filter(mechanism=MECHANISM, state="received").order_by("-began", "-pk")[:20])
    for number, entry in enumerate(islice(cycle(waiting), rounds + 5)):
        with transaction.atomic():
            begun = time.perf_counter()
            take_step(
                entry=entry,
                transition="grant",
                given={},
                seen=entry.revision,
                actor=Actor.HEAD,
                by=head,
                at=NOW,
            )
            taken = time.perf_counter() - begun
            transaction.set_rollback(True)
        if number >= 5:
            yield taken


def recounts() -> dict[str, float]:
    """Seconds of counting everything anew in the database; and in memory, where that ends within minutes."""
    from luoshi.apps.indicator.operations.recounting import in_memory, recounted
    from luoshi.apps.register.models import Entry

    count = Entry.objects.count()

    def timed(work: Callable[..., Any]) -> tuple[float, Any]:
        begun = time.perf_counter()
        found = work(REGION, MECHANISM, NOW.date())
        return time.perf_counter() - begun, found

    database, sums = timed(recounted)
    found = {"entries": float(count), "database": database}
    if count <= 20_000:
        found["memory"], same = timed(in_memory)
        if sums != same:
            raise RuntimeError("the database counts otherwise than the memory")
    return found


def main() -> None:
    """Command line: `pages`, `steps` or `recounts`."""
    import django

    django.setup()
    rounds = int(os.environ.get(ROUNDS, "12"))
    what = sys.argv[1]
    found: Any = (
        list(pages(rounds)) if what == "pages" else list(steps(rounds * 5)) if what == "steps" else recounts()
    )
    print(json.dumps(found))


if __name__ == "__main__":
    main()
