"""Taking the triggers of the audit log away and putting them back, as clearing a database needs."""

from __future__ import annotations

from django.db import connection

from luoshi.apps.audit import protection


def lift_protection(*then: str) -> None:
    """Let the log be changed, and run some statements."""
    with connection.cursor() as cursor:
        for statement in (*protection.REMOVE[connection.vendor], *then):
            cursor.execute(statement)


def protect_again() -> None:
    """Let nobody change the log any more."""
    with connection.cursor() as cursor:
        for statement in protection.INSTALL[connection.vendor]:
            cursor.execute(statement)
