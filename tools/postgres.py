"""Run a command against a throw-away PostgreSQL: a new cluster in a temporary folder, reached by socket only.

    python -m tools.postgres pytest tests/apps

The command finds the cluster through `LUOSHI_DATABASE_URL`. Nothing of it is left afterwards.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from tools.system import find_postgres

# Durability is worth nothing to data that lives for minutes, and costs half the time. Rows are not counted
# either: tests that are taken back leave pages without rows, and a table counted so is planned as if empty.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    # As docs/guide/postgresql.md asks for.
    "random_page_cost": "1.1",
}


# What has to outlive a cluster that is killed.
DURABLE = SETTINGS | {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


@contextmanager
def throw_away_cluster(
    settings: Mapping[str, str] = SETTINGS, *, inside: Path | None = None
) -> Iterator[str]:
    """A running cluster; gives its address as `LUOSHI_DATABASE_URL` wants it.

    Args:
        inside: a folder of another disk.

    Raises:
        FileNotFoundError: PostgreSQL is not installed.
        subprocess.CalledProcessError: the cluster did not start; its log was printed.
    """
    binaries = find_postgres()
    if binaries is None:
        raise FileNotFoundError("PostgreSQL is missing; run: sudo apt-get install postgresql")
    with tempfile.TemporaryDirectory(prefix="luoshi-pg-", dir=inside) as name:
        folder = Path(name)
        owner = _give_away(folder)
        log = folder / "log"

        def call(program: str, *arguments: str) -> None:
            command = [str(binaries / program), "-D", str(folder / "data"), *arguments]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder, **owner)

        options = [part for item in settings.items() for part in ("-c", "=".join(item))]
        call("initdb", "-U", "luoshi", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        try:
            call("pg_ctl", "start", "-w", "-l", str(log), "-o", " ".join(["-k", str(folder), *options]))
        except subprocess.CalledProcessError:
            print(log.read_text(encoding="utf-8") if log.is_file() else "no log was written", file=sys.stderr)
            raise
        try:
            yield f"postgresql://luoshi@/luoshi?host={folder}"
        finally:
            call("pg_ctl", "stop", "-m", "immediate")


def new_database(address: str, name: str, *, template: str = "template1") -> str:
    """Make a database in a running cluster, like another one that nobody is using; gives its address."""
    import psycopg
    from psycopg import sql

    parts = urlsplit(address)
    with psycopg.connect(urlunsplit(parts._replace(path="/postgres")), autocommit=True) as manager:
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        manager.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))
    return urlunsplit(parts._replace(path=f"/{name}"))


def _give_away(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root: root hands the folder to the account that Debian makes for it."""
    owner = owner_of()
    if owner:
        shutil.chown(folder, owner["user"], owner["group"])
    return owner


def owner_of() -> dict[str, Any]:
    """As whom its programs run: what `subprocess` has to be told."""
    if os.geteuid() != 0:
        return {}
    account = pwd.getpwnam("postgres")
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def main() -> int:
    """Command line; returns the exit code of the command."""
    if len(sys.argv) < 2:
        print(__doc__)
        return 2
    try:
        with throw_away_cluster() as address:
            environment = {**os.environ, "LUOSHI_DATABASE_URL": address}
            return subprocess.run(sys.argv[1:], env=environment, check=False).returncode
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
