"""Servers on databases of different sizes, asked the same by turns, so that what slows one slows the other.

python -m benchmarks.growing seats      # in a database that `luoshi simulate` filled: whom to ask, and what
"""

from __future__ import annotations

import http.client
import json
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Barrier, BrokenBarrierError, Lock, Thread
from urllib.parse import urlencode

from benchmarks.measure import COMMAND
from benchmarks.preparing import Prepared

USERS = 4
# Rounds that are not measured.
WARMING = 4
# Of the forms that are sent: any that comes as a cookie as well.
TOKEN = "0123456789abcdefghijABCDEFGHIJ01"  # noqa: S105
# A figure of the exposition: `luoshi_request_queries_sum{route="work:desk"} 12.0`.
QUERIES = re.compile(r'^luoshi_request_queries_(sum|count)\{route="([^"]+)"\} (\S+)$', re.M)


@dataclass
class Place:
    """A server with its database.

    Attributes:
        name: as in the figures.
        pages: name, address, session and form of each thing that is asked.
        seconds: of every answer, by name.
    """

    name: str
    port: int
    pages: list[tuple[str, str, str, dict[str, str] | None]]
    server: subprocess.Popen[bytes]
    seconds: dict[str, list[float]] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def ask(self, page: tuple[str, str, str, dict[str, str] | None]) -> None:
        """Ask once and note how long it took.

        Raises:
            RuntimeError: it is no answer that people want.
        """
        name, path, session, form = page
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        headers = {"Cookie": f"csrftoken={TOKEN}; sessionid={session}", "Accept": "text/html"}
        body = None
        if form is not None:
            words = {"progress": f"核实情况 {secrets.token_hex(4)}", "csrfmiddlewaretoken": TOKEN, **form}
            body = urlencode(words)
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        begun = time.perf_counter()
        connection.request("GET" if form is None else "POST", path, body, headers)
        response = connection.getresponse()
        response.read()
        taken = time.perf_counter() - begun
        connection.close()
        if response.status != 200:
            raise RuntimeError(f"{self.name}: {path} answered {response.status}")
        with self.lock:
            self.seconds.setdefault(name, []).append(taken)

    def queries(self) -> dict[str, float]:
        """Statements of a request, by route."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", "/metrics/")
        text = connection.getresponse().read().decode()
        found: dict[str, dict[str, float]] = {}
        for what, route, value in QUERIES.findall(text):
            found.setdefault(route, {})[what] = float(value)
        return {route: both["sum"] / both["count"] for route, both in found.items() if both["count"]}

    def megabytes(self) -> float:
        """Memory that its processes hold together."""
        total = 0
        for status in Path("/proc").glob("[0-9]*/stat"):
            try:
                group = int(status.read_text(encoding="utf-8").rpartition(")")[2].split()[2])
                if group == self.server.pid:
                    total += int((status.parent / "statm").read_text(encoding="ascii").split()[1])
            except (OSError, ValueError):
                continue
        return total * os.sysconf("SC_PAGE_SIZE") / 1_000_000


@contextmanager
def places(made: list[Prepared]) -> Iterator[list[Place]]:
    """A server on each database."""
    with ExitStack() as stack:
        yield [stack.enter_context(_place(one)) for one in made]


@contextmanager
def _place(made: Prepared) -> Iterator[Place]:
    name, environment = made.name, made.environment
    seats = subprocess.run(
        [sys.executable, "-m", "benchmarks.growing", "seats"],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    server = subprocess.Popen(
        [COMMAND, "serve", "--no-migrate", "--port", str(port), "--language", "en"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        if server.stdout is None or not server.stdout.readline():
            raise RuntimeError(f"{name}: the server did not start")
        pages = [tuple(page) for page in json.loads(seats.stdout)]
        yield Place(name, port, pages, server)  # type: ignore[arg-type]
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait()


def ask_by_turns(asked: list[Place], rounds: int) -> None:
    """Some people at a time ask the same page of a place, then of the next place, page after page.

    They wait for each other, so that a page is measured beside itself and not beside a heavier one. Before
    that, every server has answered for a while on all its connections: what starts up is not measured.
    """
    _ask_together(asked, WARMING)
    for place in asked:
        place.seconds.clear()
    _ask_together(asked, rounds)


def _ask_together(asked: list[Place], rounds: int) -> None:
    failures: list[BaseException] = []
    together = Barrier(USERS)

    def user() -> None:
        try:
            for _ in range(rounds):
                for number in range(len(asked[0].pages)):
                    for place in asked:
                        together.wait()
                        place.ask(place.pages[number])
        except BrokenBarrierError:
            pass
        except BaseException as error:
            failures.append(error)
            together.abort()

    threads = [Thread(target=user) for _ in range(USERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


def seats() -> list[tuple[str, str, str, dict[str, str] | None]]:
    """The ten main pages and calls of the first district, each with a session of somebody who uses it."""
    import django

    django.setup()
    from django.contrib.auth.models import User
    from django.db import connection
    from django.test import Client
    from django.urls import reverse

    from luoshi.apps.simulation.district import find
    from luoshi.apps.work.models import Occurrence

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # What the database would do by itself overnight.
            cursor.execute("VACUUM ANALYZE")
    district = find(0)
    if district is None:
        raise RuntimeError("there is no district")

    def session(user: User) -> str:
        client = Client()
        client.force_login(user)
        return client.cookies["sessionid"].value

    open_ones = Occurrence.objects.filter(
        assignment__issue=district.issue, state=Occurrence.State.OPEN, assignment__rank=None, report=None
    )
    one = open_ones.order_by("pk").first()
    if one is None:
        raise RuntimeError("nothing is open")
    plan = district.issue.plan_id
    office, liaison = session(district.office), session(district.liaisons[one.body_id])
    asked: list[tuple[str, str, list[int], str, dict[str, str] | None]] = [
        ("desk", "work:desk", [], liaison, None),
        ("overview", "plan:overview", [plan], office, None),
        ("map", "work:map", [plan], office, None),
        ("matrix", "work:matrix", [plan], office, None),
        ("calendar", "work:calendar", [], office, None),
        ("task", "work:task", [plan, one.task_id], office, None),
        ("body", "work:body", [plan, one.body_id], office, None),
        ("accepting", "work:accepting", [], office, None),
        ("report", "work:report", [one.pk], liaison, None),
        ("save", "work:report-save", [one.pk], liaison, {"base": "0"}),
    ]
    return [(name, reverse(view, args=parts), who, form) for name, view, parts, who, form in asked]


if __name__ == "__main__":
    print(json.dumps(seats()))
