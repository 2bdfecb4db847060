"""A whole database as members of a backup, and back: a file of SQLite, or the tables of PostgreSQL as text.

Both are one moment of the database, and nobody who writes has to wait.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from luoshi.apps.running.archive import CHUNK, DATABASE, TABLES, Backup, Writer

# Written by the migrations themselves.
OWN_OF_DJANGO = "django_migrations"


def newest_migrations() -> list[tuple[str, str]]:
    """The last migrations that the database has had, one or more of each app."""
    executor = MigrationExecutor(connection)
    graph, applied = executor.loader.graph, executor.loader.applied_migrations
    return sorted(
        key
        for key in applied
        if key in graph.nodes and not any(c.key in applied for c in graph.node_map[key].children)
    )


def copy_sqlite(writer: Writer, beside: Path) -> dict[str, int]:
    """Write the database as one file; gives the number of rows of every table.

    Args:
        beside: a folder with room for a copy.
    """
    with tempfile.TemporaryDirectory(prefix=".luoshi-backup-", dir=beside) as folder:
        copy = Path(folder) / DATABASE
        with closing(sqlite3.connect(copy)) as target:
            connection.ensure_connection()
            connection.connection.backup(target)
            # One file, without a log beside it.
            target.execute("PRAGMA journal_mode=DELETE")
            names = [row[0] for row in target.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            rows = {name: target.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608
        with writer.member(DATABASE) as member, copy.open("rb") as file:
            while piece := file.read(CHUNK):
                member.write(piece)
    return rows


def copy_postgres(writer: Writer) -> tuple[dict[str, list[str]], dict[str, int]]:
    """Write every table as text; gives their columns and their numbers of rows."""
    columns: dict[str, list[str]] = {}
    rows: dict[str, int] = {}
    with _one_moment():
        with connection.cursor() as cursor:
            names = sorted(set(connection.introspection.table_names(cursor)) - {OWN_OF_DJANGO})
            for name in names:
                described = connection.introspection.get_table_description(cursor, name)
                columns[name] = [column.name for column in described]
        for name, listed in columns.items():
            with connection.cursor() as cursor, writer.member(f"{TABLES}{name}") as member:
                with cursor.cursor.copy(f"COPY {_target(name, listed)} TO STDOUT") as copy:
                    for piece in copy:
                        member.write(bytes(piece))
                rows[name] = cursor.cursor.rowcount
    return columns, rows


def load_sqlite(backup: Backup) -> None:
    """Put the file where this process expects its database; there is none yet."""
    backup.write(DATABASE, Path(str(connection.settings_dict["NAME"])))


def load_postgres(backup: Backup) -> None:
    """Make the tables of the time of the backup in an empty schema, and fill them."""
    from django.apps import apps
    from django.core.management.color import no_style

    MigrationExecutor(connection).migrate([(app, name) for app, name in backup.manifest.migrations])
    with transaction.atomic():
        for name, listed in backup.manifest.columns.items():
            with connection.cursor() as cursor:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(name)}")  # noqa: S608 (rows of migrations)
                with cursor.cursor.copy(f"COPY {_target(name, listed)} FROM STDIN") as copy:
                    for piece in backup.pieces(f"{TABLES}{name}"):
                        copy.write(piece)
        there = set(backup.manifest.columns)
        models = [
            model for model in apps.get_models(include_auto_created=True) if model._meta.db_table in there
        ]
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), models):
                cursor.execute(statement)


def unknown_migrations(backup: Backup) -> list[tuple[str, str]]:
    """Migrations that the backup has had and this version does not know."""
    known = MigrationExecutor(connection).loader.graph.nodes
    return [(app, name) for app, name in backup.manifest.migrations if (app, name) not in known]


def has_data() -> bool:
    """Whether the database was ever used."""
    return MigrationRecorder(connection).has_table()


def _target(table: str, columns: list[str]) -> str:
    quote = connection.ops.quote_name
    return f"{quote(table)} ({', '.join(map(quote, columns))})"


@contextmanager
def _one_moment() -> Iterator[None]:
    """Everything that is read inside belongs to one moment."""
    with connection.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")
