"""Working days change, and with them every limit that depends on them: one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction

from luoshi.apps.organization.operations.calendar import confirm_year, set_days, unset_day
from luoshi.apps.work.operations.timing import advance, recalculate


@transaction.atomic
def change_days(
    *, region: str, days: Iterable[date], working: bool, reason: str, by: User, at: datetime
) -> int:
    """Let days be worked, or not.

    Returns:
        How many periods have other days now.
    """
    set_days(region=region, days=days, working=working, reason=reason, by=by, at=at)
    return _reckon(region, at)


@transaction.atomic
def restore_day(*, region: str, day: date, by: User, at: datetime) -> int:
    """Let the national schedule count for a day again."""
    unset_day(region=region, day=day, by=by, at=at)
    return _reckon(region, at)


@transaction.atomic
def settle_year(*, region: str, year: int, complete: bool, by: User, at: datetime) -> int:
    """Say whether the whole schedule of a year is entered: what depends on it is certain then."""
    confirm_year(region=region, year=year, complete=complete, by=by, at=at)
    return _reckon(region, at)


def _reckon(region: str, at: datetime) -> int:
    moved = recalculate(region=region, at=at)
    advance(region=region, at=at)
    return moved
