"""How the installation is: what its system administrator has to know, and nothing of anybody's work."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from luoshi import __version__
from luoshi.apps.accounts.queries.people import people
from luoshi.apps.audit.models import Event

# Below this much free space it is time to act.
LEAST_FREE = 2 * 1024**3


@dataclass(frozen=True, slots=True)
class Health:
    """The installation at a moment."""

    version: str
    database: str
    waiting_migrations: int
    free_bytes: int
    total_bytes: int
    accounts: int
    disabled: int
    locked: int
    present: int
    refused_today: int

    @property
    def space_is_short(self) -> bool:
        """Whether the disk is nearly full."""
        return self.free_bytes < LEAST_FREE


def health(*, at: datetime) -> Health:
    """How the installation is at `at`."""
    executor = MigrationExecutor(connection)
    disk = shutil.disk_usage(settings.LUOSHI_DATA if settings.LUOSHI_DATA.is_dir() else "/")
    day = at - timedelta(days=1)
    return Health(
        version=__version__,
        database={"sqlite": "SQLite", "postgresql": "PostgreSQL"}.get(connection.vendor, connection.vendor),
        waiting_migrations=len(executor.migration_plan(executor.loader.graph.leaf_nodes())),
        free_bytes=disk.free,
        total_bytes=disk.total,
        accounts=User.objects.count(),
        disabled=User.objects.filter(is_active=False).count(),
        locked=people(state="locked", at=at).count(),
        present=UserSession.objects.filter(last_seen_at__gte=at - settings.LUOSHI_IDLE)
        .values("user")
        .distinct()
        .count(),
        refused_today=Event.objects.filter(type="accounts.session.refused", at__gte=day).count(),
    )
