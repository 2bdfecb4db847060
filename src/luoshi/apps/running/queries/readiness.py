"""Whether the product can do its work now: what a load balancer and the person on duty ask."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.timezone import localdate

from luoshi.apps.work.models import Occurrence
from luoshi.apps.work.operations.timing import AT_WORK

# Less room than this, and the next large upload may be refused.
LEAST_FREE = 200 * 2**20
# The scheduler runs once a day; what should have been opened longer ago than this was forgotten.
LATEST = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Readiness:
    """What was found. All but the scheduler have to be well before anybody is let in.

    Attributes:
        database: whether it answers.
        migrated: whether its tables are those of this version.
        room: whether the data folder has room.
        on_time: whether everything was opened on its day, as far as that can be known.
    """

    database: bool
    migrated: bool
    room: bool
    on_time: bool

    @property
    def ready(self) -> bool:
        """Whether requests can be answered. A late scheduler needs a person, not another server."""
        return self.database and self.migrated and self.room


def readiness(*, at: datetime) -> Readiness:
    """How the product stands at `at`."""
    room = has_room()
    try:
        if waiting_migrations():
            return Readiness(database=True, migrated=False, room=room, on_time=False)
        return Readiness(database=True, migrated=True, room=room, on_time=not late(at=at))
    except DatabaseError:
        return Readiness(database=False, migrated=False, room=room, on_time=False)


def waiting_migrations() -> list[str]:
    """Migrations of this version that the database has not had, as `app.name`."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def has_room() -> bool:
    """Whether there is room beside the database; a folder that cannot be asked has none."""
    folder = settings.LUOSHI_DATA
    try:
        # Before the first start the folder is not there yet; it will be made where there is one.
        there = next(one for one in (folder, *folder.parents) if one.is_dir())
        return shutil.disk_usage(there).free >= LEAST_FREE
    except OSError:
        return False


def late(*, at: datetime) -> int:
    """How many periods should have been opened before yesterday and were not: the scheduler stood still."""
    return Occurrence.objects.filter(
        assignment__state__in=AT_WORK,
        state=Occurrence.State.SCHEDULED,
        opens_on__lt=localdate(at) - LATEST,
    ).count()
