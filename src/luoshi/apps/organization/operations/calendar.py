"""What changes the working days of a region.

Whoever calls these has to let limits be reckoned anew in the same transaction: see
`luoshi.apps.work.operations.timing.recalculate`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction

from luoshi.apps.audit.operations import record
from luoshi.apps.organization.models import RegionDay, RegionYear
from luoshi.apps.organization.operations.bodies import lock_registry


@transaction.atomic
def set_days(
    *, region: str, days: Iterable[date], working: bool, reason: str, by: User, at: datetime
) -> list[RegionDay]:
    """Let days be worked, or not, whatever the national schedule says."""
    place = lock_registry(region)
    rows = [
        RegionDay.objects.update_or_create(
            region=place, day=day, defaults={"working": working, "reason": reason.strip()}
        )[0]
        for day in days
    ]
    record(
        type="organization.days.set",
        object=place,
        region=region,
        by=by,
        at=at,
        days=[row.day.isoformat() for row in rows],
        working=working,
        reason=reason.strip(),
    )
    return rows


@transaction.atomic
def unset_day(*, region: str, day: date, by: User, at: datetime) -> None:
    """Let the national schedule count for a day again."""
    place = lock_registry(region)
    removed, _ = RegionDay.objects.filter(region=place, day=day).delete()
    if removed:
        record(type="organization.days.unset", object=place, region=region, by=by, at=at, day=day.isoformat())


@transaction.atomic
def confirm_year(*, region: str, year: int, complete: bool, by: User, at: datetime) -> None:
    """Say whether the whole schedule of a year that the package does not carry is entered."""
    place = lock_registry(region)
    if complete:
        _, changed = RegionYear.objects.get_or_create(region=place, year=year)
    else:
        changed = bool(RegionYear.objects.filter(region=place, year=year).delete()[0])
    if changed:
        record(
            type="organization.year.confirmed",
            object=place,
            region=region,
            by=by,
            at=at,
            year=year,
            complete=complete,
        )
