"""What is written down when the audit log leaves the installation."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from luoshi.apps.audit.operations import record
from luoshi.apps.organization.operations.roles import EVERYWHERE


@transaction.atomic
def note_export(*, wanted: dict[str, Any], entries: int, by: User, at: datetime) -> None:
    """Write down who took how much of the log, and by which filter."""
    record(
        type="accounts.log.exported",
        object=by,
        region=EVERYWHERE,
        by=by,
        at=at,
        entries=entries,
        filter={name: str(value) for name, value in wanted.items() if value},
    )
