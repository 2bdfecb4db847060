"""An installation of its own, on the kind of database that the tests run on, used through the command."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.db import connection

from tests.migrated import copied, outside, postgres_name, sqlite_file
from tools.postgres import new_database

COMMAND = Path(sys.executable).with_name("luoshi")


@dataclass(frozen=True)
class Installation:
    """A data folder with its database."""

    data: Path
    url: str

    @property
    def environment(self) -> dict[str, str]:
        """What its processes are told, and nothing that the tests set for themselves."""
        given = {
            "LUOSHI_DATA": str(self.data),
            "LUOSHI_DATABASE_URL": self.url,
            "LUOSHI_LANGUAGE": "en",
            "LUOSHI_REGION": "990102",
        }
        return {**outside(), **given}

    def run(self, *arguments: object, code: int = 0) -> str:
        """Run the command; gives what it said."""
        done = subprocess.run(
            [str(COMMAND), *map(str, arguments)],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def python(self, program: str) -> str:
        """Run a program with the product set up; gives what it printed."""
        setup = (
            "import os\n"
            "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'luoshi.settings.sqlite')\n"
            "import django\ndjango.setup()\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", setup + program],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()


@contextmanager
def installation(folder: Path, *, migrated: Path | None = None) -> Iterator[Installation]:
    """A new installation, gone afterwards.

    Args:
        folder: of its data.
        migrated: the folder that all workers share, where its database is to be up to date; else it is empty.
    """
    if connection.vendor == "sqlite":
        if migrated is not None:
            copied(sqlite_file(migrated), folder)
        yield Installation(folder, f"sqlite:///{folder / 'luoshi.sqlite3'}")
        return
    import psycopg

    cluster = os.environ["LUOSHI_DATABASE_URL"]
    name = f"running_{secrets.token_hex(4)}"
    template = "template1" if migrated is None else postgres_name(migrated, cluster)
    address = new_database(cluster, name, template=template)
    try:
        yield Installation(folder, address)
    finally:
        manager = urlunsplit(urlsplit(cluster)._replace(path="/postgres"))
        with psycopg.connect(manager, autocommit=True) as connected:
            connected.execute(f"DROP DATABASE {name} WITH (FORCE)")
