"""Triggers that keep the audit log append-only, for each database that Luoshi runs on."""

from __future__ import annotations

from typing import Any

TABLE = "audit_event"
REFUSAL = "audit events are append-only"

_SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{refusal}'); END
"""
_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$
"""
_NO_CHANGE = f"""
CREATE TRIGGER {TABLE}_no_change BEFORE UPDATE OR DELETE ON {TABLE}
FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse()
"""
# TRUNCATE fires no row triggers.
_NO_TRUNCATE = f"""
CREATE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE}
FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_refuse()
"""

INSTALL = {
    "sqlite": tuple(_SQLITE.format(table=TABLE, verb=verb, refusal=REFUSAL) for verb in ("update", "delete")),
    "postgresql": (_FUNCTION, _NO_CHANGE, _NO_TRUNCATE),
}
REMOVE = {
    "sqlite": (f"DROP TRIGGER IF EXISTS {TABLE}_no_update", f"DROP TRIGGER IF EXISTS {TABLE}_no_delete"),
    "postgresql": (
        f"DROP TRIGGER IF EXISTS {TABLE}_no_change ON {TABLE}",
        f"DROP TRIGGER IF EXISTS {TABLE}_no_truncate ON {TABLE}",
        f"DROP FUNCTION IF EXISTS {TABLE}_refuse()",
    ),
}


def install(apps: Any, schema_editor: Any) -> None:
    """Make the log append-only (for `RunPython`)."""
    for statement in INSTALL[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def remove(apps: Any, schema_editor: Any) -> None:
    """Take the triggers away again (to unapply the migration)."""
    for statement in REMOVE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)
