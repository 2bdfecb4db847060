"""The working days of a region, from the database into `luoshi.core.calendar`."""

from __future__ import annotations

from luoshi.apps.organization.models import RegionDay, RegionYear
from luoshi.core.calendar.working_days import Override, WorkCalendar


def calendar_of(region: str) -> WorkCalendar:
    """The calendar by which limits of a region are counted, in two queries."""
    days = RegionDay.objects.filter(region_id=region).order_by("day").values_list("day", "working", "reason")
    years = RegionYear.objects.filter(region_id=region).values_list("year", flat=True)
    return WorkCalendar(tuple(Override(*row) for row in days), frozenset(years))
