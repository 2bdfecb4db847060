"""A database in which every migration has run.

It is made once a run, and copied for each worker and for each test that wants its own.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from django.db import connection

from tools.postgres import new_database

NAME = "luoshi.sqlite3"
TEMPLATE = "luoshi_migrated"


def folder_of_all(factory: pytest.TempPathFactory) -> Path:
    """A folder that the workers of a run share."""
    base = factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


def sqlite_file(folder: Path) -> Path:
    """The file of such a database; `folder` is that of all workers."""
    file = folder / NAME
    _once(folder / "migrated-sqlite", lambda: _migrate(folder, f"sqlite:///{file}"))
    return file


def postgres_name(folder: Path, address: str) -> str:
    """The name of such a database, to make others like it; `address` is of any in the cluster."""
    _once(folder / "migrated-postgresql", lambda: _migrate(folder, new_database(address, TEMPLATE)))
    return TEMPLATE


def copied(file: Path, data: Path) -> Path:
    """A copy of it in the folder of an installation."""
    return Path(shutil.copy(file, data / NAME))


@contextmanager
def underneath(folder: Path) -> Iterator[None]:
    """Meanwhile the database of a worker is made with all of it in it; `folder` is that of all workers."""
    if connection.vendor == "postgresql":
        test = connection.settings_dict["TEST"]
        test["TEMPLATE"] = postgres_name(folder, os.environ["LUOSHI_DATABASE_URL"])
        yield
        return
    # It is in memory, and there as long as anybody is connected to it.
    name = connection.creation._get_test_db_name()
    with closing(sqlite3.connect(name, uri=True)) as kept:
        with closing(sqlite3.connect(sqlite_file(folder))) as source:
            source.backup(kept)
        yield


def outside() -> dict[str, str]:
    """The environment without what the tests set for themselves, for processes that it must not reach."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("LUOSHI_", "DJANGO_"))}


def _migrate(data: Path, address: str) -> None:
    given = {
        "LUOSHI_DATA": str(data),
        "LUOSHI_DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "luoshi.settings.sqlite",
    }
    command = [sys.executable, "-m", "django", "migrate", "-v", "0"]
    subprocess.run(command, env=outside() | given, check=True)


def _once(mark: Path, make: Callable[[], None]) -> None:
    with _alone(mark.with_suffix(".lock")):
        if not mark.exists():
            make()
            mark.touch()


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    with file.open("w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
