"""A made-up district under load: its server, people who save, and the ledger of what they were told.

What a person was told is saved stands in the ledger before anything else happens to it; afterwards the
database has to agree.
"""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import django

from tools.soak.forking import Fork, fork

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerContext

    from django.contrib.auth.models import User

COMMAND = Path(sys.executable).with_name("luoshi")
# Of forms: a server takes any that comes as a cookie as well.
TOKEN = "0123456789abcdefghijABCDEFGHIJ01"  # noqa: S105
START_SECONDS = 90
NOT_SAVED = "刚才的操作没有保存"
PAUSE = 0.05
# What the servers said, beside the data.
LOG = "server.log"


@dataclass(frozen=True)
class Desk:
    """A person at the report of one period; `address` is where its form is sent."""

    occurrence: int
    session: str
    address: str


@dataclass
class Ledger:
    """What was acknowledged: occurrence and the exact words that were sent."""

    kept: list[tuple[int, str]] = field(default_factory=list)
    error_pages: list[str] = field(default_factory=list)
    unavailable: int = 0
    unanswered: int = 0
    _lock: Lock = field(default_factory=Lock)

    def acknowledge(self, occurrence: int, words: str) -> None:
        """Somebody was told that this is saved."""
        with self._lock:
            self.kept.append((occurrence, words))

    def complain(self, status: int, body: bytes) -> None:
        """Somebody saw something else; that is well if it is the page that says that nothing was saved."""
        with self._lock:
            if status == 503 and NOT_SAVED in body.decode():
                self.unavailable += 1
            else:
                self.error_pages.append(f"{status} {body[:200]!r}")


@dataclass
class World:
    """A district with people at their desks.

    Attributes:
        vendor: kind of its database.
        desks: one person each, one occurrence each.
        port: where its server listens.
        server: the one that runs, if any.
        origin: where servers are forked from; without one the command is started.
    """

    vendor: str
    desks: list[Desk]
    port: int
    server: subprocess.Popen[bytes] | Fork | None = None
    origin: ForkServerContext | None = None

    def start(self, **options: object) -> None:
        """Start the server and wait until it answers: the command, or a fork where there is an origin."""
        log = Path(os.environ["LUOSHI_DATA"]) / LOG
        arguments = ("serve", "--port", str(self.port), "--no-migrate")
        if self.origin is not None:
            self.server = fork(self.origin, log, *arguments)
        else:
            with log.open("ab") as file:
                self.server = subprocess.Popen(
                    [str(COMMAND), *arguments],
                    start_new_session=True,
                    stdout=file,
                    stderr=file,
                    **options,  # type: ignore[call-overload]
                )
        if not wait_until(self._answers, START_SECONDS):
            raise RuntimeError("the server did not start")

    def _answers(self) -> bool:
        try:
            return ask(self.port, "GET", "/ready/")[0] in (200, 503)
        except (OSError, http.client.HTTPException):
            return False

    def kill(self, number: int = signal.SIGKILL) -> None:
        """End the server and all its processes at once."""
        if self.server is not None and self.server.poll() is None:
            os.killpg(self.server.pid, number)
            self.server.wait()


def prepare() -> World:
    """Make the district in the database that the environment names, and seat its people."""
    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from luoshi.apps.audit.operations import seal
    from luoshi.apps.simulation.district import find, make
    from luoshi.apps.work.models import Occurrence

    Path(os.environ["LUOSHI_DATA"]).mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    make(0, timezone.localdate(), seed=1)
    district = find(0)
    if district is None:
        raise RuntimeError("no district was made")
    seal(at=timezone.now())
    # Open whatever there is: who works here does not wait for the calendar.
    rows = list(
        Occurrence.objects.filter(assignment__issue=district.issue, report=None).order_by("due", "pk")
    )
    chosen, seen = [], set()
    for row in rows:
        if row.body_id not in seen:
            seen.add(row.body_id)
            chosen.append(row)
    Occurrence.objects.filter(pk__in=[row.pk for row in chosen]).update(
        state=Occurrence.State.OPEN, opened_at=timezone.now()
    )
    desks = [seat(district.liaisons[row.body_id], row.pk) for row in chosen]
    connection.close()
    return World(connection.vendor, desks, free_port())


def seat(user: User, occurrence: int) -> Desk:
    """Sign a person in, at the report of a period."""
    from django.test import Client
    from django.urls import reverse

    client = Client()
    client.force_login(user)
    address = reverse("work:report-save", args=[occurrence])
    return Desk(occurrence, client.cookies["sessionid"].value, address)


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ask(
    port: int, method: str, path: str, session: str = "", form: dict[str, str] | None = None
) -> tuple[int, bytes]:
    """One request, as a browser makes it."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Cookie": f"csrftoken={TOKEN}; sessionid={session}", "Accept": "application/json"}
    body = None
    if form is not None:
        body = urlencode({"csrfmiddlewaretoken": TOKEN, **form})
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    try:
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def save(world: World, desk: Desk, ledger: Ledger, words: str, base: int) -> int:
    """Save some words; gives the number of the version to go on from."""
    try:
        status, body = ask(
            world.port, "POST", desk.address, desk.session, {"progress": words, "base": str(base)}
        )
    except (OSError, http.client.HTTPException):
        ledger.unanswered += 1
        return base
    if status != 200:
        ledger.complain(status, body)
        return base
    told = json.loads(body)
    if told.get("refused"):
        ledger.complain(200, body)
        return base
    ledger.acknowledge(desk.occurrence, words)
    return int(told["own"])


class Load:
    """People who save again and again, each at a desk, until told to stop."""

    def __init__(self, world: World, ledger: Ledger, desks: Sequence[Desk]) -> None:
        self._stop = Event()
        self._threads = [
            Thread(target=self._work, args=(world, ledger, desk, place), daemon=True)
            for place, desk in enumerate(desks)
        ]

    def _work(self, world: World, ledger: Ledger, desk: Desk, place: int) -> None:
        turn, base = 0, 0
        while not self._stop.is_set():
            words = f"第{place}席第{turn}次保存 {time.monotonic_ns()}"
            before = len(ledger.kept)
            base = save(world, desk, ledger, words, base)
            turn += 1
            if len(ledger.kept) == before:
                # As after loading the page anew.
                base = 0
                self._stop.wait(0.05)

    def __enter__(self) -> Load:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()


def wait_until(true: Callable[[], bool], seconds: float) -> bool:
    """Whether it comes true in time. Counts pauses, not the clock: the machine may be stopped meanwhile."""
    for _ in range(round(seconds / PAUSE)):
        if true():
            return True
        time.sleep(PAUSE)
    return true()


def compare(ledger: Ledger) -> dict[str, int]:
    """Hold the database against the ledger and the log against its signatures."""
    from django.db import close_old_connections
    from django.utils import timezone

    from luoshi.apps.audit.operations import seal
    from luoshi.apps.audit.queries.examining import examine
    from luoshi.apps.work.models import Occurrence, Revision

    close_old_connections()
    stored: Counter[tuple[int, str]] = Counter()
    kinds = {Revision.Kind.DRAFT, Revision.Kind.NO_CHANGE}
    for occurrence, values in Revision.objects.filter(kind__in=kinds).values_list(
        "report__occurrence", "values"
    ):
        stored[occurrence, str(values.get("progress", ""))] += 1
    seal(at=timezone.now())
    report = examine(at=timezone.now())
    keys = list(Occurrence.objects.values_list("assignment", "key"))
    return {
        "acknowledged": len(ledger.kept),
        "lost": sum(1 for one in ledger.kept if not stored[one]),
        "doubled": sum(1 for one in set(ledger.kept) if stored[one] > 1) + len(keys) - len(set(keys)),
        "errors": len(ledger.error_pages),
        "unanswered": ledger.unanswered,
        "unavailable": ledger.unavailable,
        "log_entries": report.entries,
        "log_problems": len(report.problems),
    }
