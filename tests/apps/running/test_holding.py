"""A database that is gone: the server says so and goes on by itself when it is there again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.db import connection

from tests.apps.running.installation import COMMAND, Installation


def test_a_server_outlives_its_database(installed: Installation) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [str(COMMAND), "serve", "--port", str(port), "--no-migrate"]
    with subprocess.Popen(
        command, env=installed.environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as server:
        try:
            assert server.stdout is not None
            server.stdout.readline()
            assert status(port, "/ready/")[0] == 200
            with away(installed):
                assert status(port, "/ready/")[0] == 503
                code, page = status(port, "/")
                assert (code, "刚才的操作没有保存" in page) == (503, True)
                assert "The database cannot be used" in installed.run("tick", code=2)
            assert status(port, "/ready/")[0] == 200
            assert server.poll() is None
        finally:
            os.kill(server.pid, signal.SIGTERM)


def status(port: int, path: str) -> tuple[int, str]:
    """What a page answers."""
    asked = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        # Whose session this is has to be looked up.
        asked.request("GET", path, headers={"Cookie": f"sessionid={'x' * 32}"})
        answer = asked.getresponse()
        return answer.status, answer.read().decode()
    finally:
        asked.close()


@contextmanager
def away(used: Installation) -> Iterator[None]:
    """The database is gone meanwhile, and nobody makes a new one in its place."""
    if connection.vendor == "sqlite":
        file = used.data / "luoshi.sqlite3"
        aside = file.rename(file.with_name("aside.sqlite3"))
        yield
        assert not file.exists()
        aside.rename(file)
        return
    parts = urlsplit(used.url)
    name = parts.path.removeprefix("/")
    with psycopg.connect(urlunsplit(parts._replace(path="/postgres")), autocommit=True) as manager:
        rename(manager, name, f"{name}_aside")
        yield
        rename(manager, f"{name}_aside", name)


def rename(manager: psycopg.Connection, old: str, new: str) -> None:
    """Give a database another name, as soon as nobody is connected."""
    for _ in range(100):
        manager.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [old])
        try:
            manager.execute(f"ALTER DATABASE {old} RENAME TO {new}")
        except psycopg.errors.ObjectInUse:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"{old} is always in use")
