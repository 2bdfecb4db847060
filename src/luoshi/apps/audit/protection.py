"""Triggers that keep the audit log append-only, for each database that Luoshi runs on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

EVENTS = "audit_event"
TREE = ("audit_leaf", "audit_node", "audit_checkpoint")
REFUSAL = "audit events are append-only"

_SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{refusal}'); END
"""
_FUNCTION = """
CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{refusal}' USING ERRCODE = 'restrict_violation'; END $$
"""
_NO_CHANGE = """
CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_refuse()
"""
# TRUNCATE fires no row triggers.
_NO_TRUNCATE = """
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()
"""


def installing(vendor: str, *tables: str) -> tuple[str, ...]:
    """The statements that make tables append-only."""
    if vendor == "sqlite":
        return tuple(
            _SQLITE.format(table=table, verb=verb, refusal=REFUSAL)
            for table in tables
            for verb in ("update", "delete")
        )
    parts = (_FUNCTION, _NO_CHANGE, _NO_TRUNCATE)
    return tuple(part.format(table=table, refusal=REFUSAL) for table in tables for part in parts)


def removing(vendor: str, *tables: str) -> tuple[str, ...]:
    """The statements that take the triggers of tables away again."""
    if vendor == "sqlite":
        return tuple(
            f"DROP TRIGGER IF EXISTS {table}_no_{verb}" for table in tables for verb in ("update", "delete")
        )
    return tuple(
        statement
        for table in tables
        for statement in (
            f"DROP TRIGGER IF EXISTS {table}_no_change ON {table}",
            f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}",
            f"DROP FUNCTION IF EXISTS {table}_refuse()",
        )
    )


VENDORS = ("sqlite", "postgresql")
INSTALL = {vendor: installing(vendor, EVENTS, *TREE) for vendor in VENDORS}
REMOVE = {vendor: removing(vendor, EVENTS, *TREE) for vendor in VENDORS}


def install(*tables: str) -> Callable[[Any, Any], None]:
    """What makes tables append-only (for `RunPython`)."""

    def run(apps: Any, schema_editor: Any) -> None:
        for statement in installing(schema_editor.connection.vendor, *tables):
            schema_editor.execute(statement)

    return run


def remove(*tables: str) -> Callable[[Any, Any], None]:
    """What takes the triggers of tables away again (for `RunPython`)."""

    def run(apps: Any, schema_editor: Any) -> None:
        for statement in removing(schema_editor.connection.vendor, *tables):
            schema_editor.execute(statement)

    return run
