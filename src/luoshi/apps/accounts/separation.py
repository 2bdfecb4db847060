"""Triggers that keep the three administrators apart from roles, for each database that Luoshi runs on.

The operations refuse before it comes to that; the triggers hold against whatever goes past them.
"""

from __future__ import annotations

from typing import Any

ROLES, ADMINISTRATORS = "organization_role", "organization_administrator"
REFUSAL = "an administrator holds no role"
PAIRS = ((ROLES, ADMINISTRATORS), (ADMINISTRATORS, ROLES))

_SQLITE = """
CREATE TRIGGER {table}_apart_{verb} BEFORE {verb} ON {table}
WHEN EXISTS (SELECT 1 FROM {other} WHERE user_id = NEW.user_id)
BEGIN SELECT RAISE(ABORT, '{refusal}'); END
"""
_FUNCTION = """
CREATE OR REPLACE FUNCTION {table}_apart() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
IF EXISTS (SELECT 1 FROM {other} WHERE user_id = NEW.user_id) THEN
RAISE EXCEPTION '{refusal}' USING ERRCODE = 'integrity_constraint_violation';
END IF;
RETURN NEW;
END $$
"""
_TRIGGER = """
CREATE TRIGGER {table}_apart BEFORE INSERT OR UPDATE ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_apart()
"""

INSTALL = {
    "sqlite": tuple(
        _SQLITE.format(table=table, other=other, verb=verb, refusal=REFUSAL)
        for table, other in PAIRS
        for verb in ("insert", "update")
    ),
    "postgresql": tuple(
        statement.format(table=table, other=other, refusal=REFUSAL)
        for table, other in PAIRS
        for statement in (_FUNCTION, _TRIGGER)
    ),
}
REMOVE = {
    "sqlite": tuple(
        f"DROP TRIGGER IF EXISTS {table}_apart_{verb}" for table, _ in PAIRS for verb in ("insert", "update")
    ),
    "postgresql": tuple(
        statement
        for table, _ in PAIRS
        for statement in (
            f"DROP TRIGGER IF EXISTS {table}_apart ON {table}",
            f"DROP FUNCTION IF EXISTS {table}_apart()",
        )
    ),
}


def install(apps: Any, schema_editor: Any) -> None:
    """Put the triggers in place (for `RunPython`)."""
    for statement in INSTALL[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def remove(apps: Any, schema_editor: Any) -> None:
    """Take them away again (to unapply the migration)."""
    for statement in REMOVE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)
