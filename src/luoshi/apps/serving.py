"""The product made ready and served: to the person at this machine, or to the offices of a region."""

from __future__ import annotations

import os
import socket
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Thread

import django

from luoshi.core.document.model import Document
from luoshi.core.errors import LuoshiError
from luoshi.core.plan.model import Plan as ReadPlan

HOST = "127.0.0.1"
# The first port that is tried when none is asked for, and how many after it.
FIRST_PORT, PORTS = 8000, 100
THREADS = 8
# How long requests may take to end when the program is stopped: at one's own machine, and on a server.
STOP_SECONDS, SERVER_STOP_SECONDS = 2, 30


class PortTaken(LuoshiError):
    """The port that was asked for is in use, or must not be used."""

    code = "port-taken"
    zh = "端口 {port} 已被占用或无权使用;请用 --port 另选一个,或不指定而由程序选择。"
    en = "Port {port} is in use or not permitted; choose another with --port, or let the program choose."


class DatabaseOutdated(LuoshiError):
    """The tables are not those of this version, and nobody allowed to change them."""

    code = "database-outdated"
    zh = "数据库尚未升级到本版本(待执行:{waiting});请先备份,再运行:luoshi migrate"
    en = (
        "The database is not up to date with this version (waiting: {waiting}); back it up, then run: "
        "luoshi migrate"
    )


@dataclass(frozen=True, slots=True)
class Listening:
    """How a server listens.

    Attributes:
        address: where it can be reached; the default is this machine only, behind a proxy.
        port: from `free_port` or chosen.
        workers: processes; more than one only with PostgreSQL, as SQLite has one writer anyway.
        threads: of each process; as many requests are answered at a time.
        waiting: connections of each process beside those being answered: requests that wait, and browsers
            that keep theirs for the next one. More are not accepted until some end.
        kill_seconds: how long requests may take to end when it is stopped.
    """

    address: str = HOST
    port: int = FIRST_PORT
    workers: int = 1
    threads: int = THREADS
    waiting: int = 504
    kill_seconds: int = STOP_SECONDS


def set_up(data: Path | None = None) -> None:
    """Set the product up as far as its database, which is left as it is.

    Args:
        data: folder for the database and keys; None leaves it to `LUOSHI_DATA`.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.settings.sqlite")
    if data is not None:
        data.mkdir(parents=True, exist_ok=True)
        os.environ["LUOSHI_DATA"] = str(data.resolve())
    django.setup()


def prepare(data: Path | None = None, *, demo: bool = False) -> None:
    """Set the product up for the person at this machine, with its database up to date.

    Args:
        data: folder for the database and keys; None leaves it to `LUOSHI_DATA`.
        demo: whether it works for the made-up district, whose people can be tried out.
    """
    if demo:
        os.environ.update(LUOSHI_DEMO="true", LUOSHI_REGION="990102", LUOSHI_REGION_NAME="云溪区")
    # Read by the settings here and in the process that serves.
    os.environ["LUOSHI_LOCAL"] = "true"
    set_up(data)
    bring_up_to_date()


def migrate() -> list[str]:
    """Bring the tables up to date with this version; gives what was done, as `app.name`."""
    from django.core.management import call_command

    from luoshi.apps.running.queries.readiness import waiting_migrations

    waiting = waiting_migrations()
    call_command("migrate", verbosity=0, interactive=False)
    return waiting


def bring_up_to_date(*, change: bool = True) -> None:
    """Make everything ready for the first request.

    Args:
        change: whether the tables may be changed for this version.

    Raises:
        DatabaseOutdated: they have to be and may not.
    """
    from django.utils import timezone

    from luoshi.apps.bulk.operations.going_on import mark_all_interrupted
    from luoshi.apps.plan.operations.importing import mark_interrupted
    from luoshi.apps.running.holding import hold_on_to_the_file
    from luoshi.apps.running.queries.readiness import waiting_migrations
    from luoshi.apps.work.operations.timing import advance_everywhere

    if change:
        migrate()
    elif waiting := waiting_migrations():
        raise DatabaseOutdated(waiting=", ".join(waiting[:3]) + ("…" if len(waiting) > 3 else ""))
    now = timezone.now()
    # Whatever was being imported when the product was stopped waits to be tried again.
    mark_interrupted(at=now, everything=True)
    mark_all_interrupted(at=now, everything=True)
    # What had to be opened while it was stopped is opened now.
    advance_everywhere(at=now)
    hold_on_to_the_file()


def advance(data: Path | None = None) -> tuple[int, int]:
    """Make and open the reports that are due by now, in every region; twice does no harm.

    Args:
        data: folder of the database; None leaves it to the environment.

    Returns:
        How many periods were made, and how many were opened.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.settings.sqlite")
    if data is not None:
        os.environ["LUOSHI_DATA"] = str(data.resolve())
    django.setup()

    from django.utils import timezone

    from luoshi.apps.running.holding import hold_on_to_the_file
    from luoshi.apps.work.operations.timing import advance_everywhere

    hold_on_to_the_file()
    done = advance_everywhere(at=timezone.now())
    return done.made, done.opened


def tick(data: Path | None = None) -> dict[str, int]:
    """Do everything that is due by now, in every region: openings, reminders, letters, events, the seal.

    Args:
        data: folder of the database; None leaves it to the environment.

    Returns:
        How much of each was done, by the names of `luoshi.apps.reminders.operations.ticking.Ticked`; and how
        many events went out to other systems, as `events`.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.settings.sqlite")
    if data is not None:
        os.environ["LUOSHI_DATA"] = str(data.resolve())
    django.setup()

    from dataclasses import asdict

    from django.utils import timezone

    from luoshi.apps.api.operations.delivering import deliver
    from luoshi.apps.bulk.operations.going_on import go_on
    from luoshi.apps.reminders.operations.ticking import tick
    from luoshi.apps.running.holding import hold_on_to_the_file

    hold_on_to_the_file()
    done = asdict(tick(at=timezone.now()))
    go_on(at=timezone.now())
    return {**done, "events": deliver(at=timezone.now()).sent}


def store(document: Document, plan: ReadPlan, content: bytes) -> str:
    """Store a document and its plan, unless these bytes were stored before.

    Args:
        document: what was read.
        plan: what was read from it.
        content: the bytes of the file.

    Returns:
        The address of its page, from the root: the review of a draft, the overview of a confirmed plan.
    """
    from django.conf import settings
    from django.urls import reverse
    from django.utils import timezone

    from luoshi.apps.organization.operations import local_office_user
    from luoshi.apps.plan.models import Plan
    from luoshi.apps.plan.operations.storing import import_document

    now = timezone.now()
    stored = import_document(
        region=settings.LUOSHI_REGION,
        document=document,
        plan=plan,
        content=content,
        by=local_office_user(at=now),
        at=now,
    )
    page = "plan:review" if stored.status == Plan.Status.DRAFT else "plan:overview"
    return reverse(page, args=[stored.pk])


def make_demo(tell: Callable[[date], None]) -> str:
    """Make the demo's district, unless it is there.

    Args:
        tell: called with every week of its story.

    Returns:
        The address of its plan at work, from the root.
    """
    from django.urls import reverse
    from django.utils import timezone

    from luoshi.apps.demo.story import make_demo

    return reverse("work:map", args=[make_demo(at=timezone.now(), tell=tell).pk])


def free_port(wanted: int | None = None, host: str = HOST) -> int:
    """A port that can be listened on: the one wanted, or the first that is free.

    Raises:
        PortTaken: the one wanted is not free, or none is.
    """
    ports = [wanted] if wanted is not None else range(FIRST_PORT, FIRST_PORT + PORTS)
    for port in ports:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            # As the server does: a port whose last connections are just closing is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise PortTaken(port=wanted if wanted is not None else f"{FIRST_PORT}–{FIRST_PORT + PORTS - 1}")


def serve(port: int, ready: Callable[[], None]) -> None:
    """Serve to this machine only, until interrupted.

    Args:
        port: from `free_port`.
        ready: called once connections are accepted.
    """
    _listen(Listening(port=port), ready)


def serve_offices(listening: Listening, ready: Callable[[], None]) -> None:
    """Serve to whoever reaches the address, until asked to stop; figures of all processes are kept together.

    A process that ends unasked is started again. When stopped, requests that run are answered first.

    Args:
        listening: address, processes and limits.
        ready: called once connections are accepted.
    """
    with tempfile.TemporaryDirectory(prefix="luoshi-figures-") as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        _listen(listening, ready, respawn=True)


def _listen(listening: Listening, ready: Callable[[], None], *, respawn: bool = False) -> None:
    from django.db import connections
    from granian import Granian
    from granian.constants import Interfaces

    # The process that serves opens its own.
    connections.close_all()
    server = Granian(
        "luoshi.wsgi:application",
        address=listening.address,
        port=listening.port,
        interface=Interfaces.WSGI,
        workers=listening.workers,
        blocking_threads=listening.threads,
        backpressure=listening.threads + listening.waiting,
        respawn_failed_workers=respawn,
        websockets=False,
        log_enabled=False,
        # Ctrl-C reaches the worker twice, from the terminal and from its parent, and may catch it in between.
        workers_kill_timeout=listening.kill_seconds,
    )
    watch = Thread(target=_when_up, args=(listening.address, listening.port, ready), daemon=True)
    server.on_startup(watch.start)
    server.serve()


def _when_up(address: str, port: int, ready: Callable[[], None]) -> None:
    """Wait until the server accepts connections. It calls its own hook before it does."""
    # "Everywhere" is no address to connect to.
    reached = {"0.0.0.0": HOST, "::": "::1"}.get(address, address)  # noqa: S104 (compared, not bound)
    while True:
        # First a pause: the worker is forked right now, and a sleeping thread holds no lock.
        time.sleep(0.05)
        with suppress(OSError), socket.create_connection((reached, port), timeout=1):
            break
    ready()
