"""A file of SQLite that is gone is missed, not made anew."""

from __future__ import annotations

from pathlib import Path

from django.db import connection, connections


def hold_on_to_the_file() -> None:
    """From here on this process opens the database only where it is.

    A new one would answer without what was saved, and its first writer would take the log of the old one, and
    what is in there only, for its own.
    """
    if connection.vendor == "sqlite" and not connection.is_in_memory_db():  # type: ignore[attr-defined]
        file = Path(str(connection.settings_dict["NAME"])).absolute()
        connection.settings_dict["OPTIONS"]["database"] = f"{file.as_uri()}?mode=rw"
        connections.close_all()
