"""Working days of a region: what its office sets otherwise than the national schedule."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Query, Schema
from pydantic import Field

from luoshi.apps.api.area import Area, InRegion, Name, Paged, Paging, Sent, Where, caller, paged
from luoshi.apps.api.shapes import Day, Done
from luoshi.apps.organization.models import RegionDay
from luoshi.apps.registry.views.opened import EDIT, VIEW, region
from luoshi.apps.work.operations.working_days import change_days, restore_day, settle_year
from luoshi.core.calendar.working_days import FIRST_YEAR, LAST_YEAR

area = Area("working-days")


class DaysAsked(Paging, InRegion):
    """Of which year and region."""

    year: Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)] | None = None


class OwnDay(Schema):
    """A day that the region sets otherwise."""

    day: date
    working: bool
    reason: str


class DaysIn(Sent):
    """Days that are worked, or not, whatever the national schedule says."""

    days: Annotated[list[Day], Field(min_length=1, max_length=60)]
    working: bool
    reason: Annotated[Name, Field(min_length=1)]


class Complete(Sent):
    """Whether the whole schedule of a year is entered."""

    complete: bool


@area.read("/working-days", VIEW, Paged[OwnDay])
def own(request: HttpRequest, asked: Annotated[DaysAsked, Query()]) -> Any:
    """The days that a region sets otherwise."""
    rows = RegionDay.objects.filter(region=region(request, VIEW)).order_by("day")
    return paged(rows.filter(day__year=asked.year) if asked.year else rows, asked)


@area.do("/working-days", EDIT, Done, "office", method="PUT")
def set_days(request: HttpRequest, sent: DaysIn, where: Where) -> Any:
    """Let days be worked, or not; `done` tells how many open periods have other days now."""
    code, by, now = region(request), caller(request), timezone.now()
    return {"done": change_days(region=code, by=by, at=now, **sent.model_dump())}


@area.do("/working-days/{day}", EDIT, Done, "office", method="DELETE")
def restore(request: HttpRequest, day: Annotated[Day, Path()], where: Where) -> Any:
    """Let the national schedule count for a day again."""
    return {"done": restore_day(region=region(request), day=day, by=caller(request), at=timezone.now())}


@area.do("/working-days/years/{year}", EDIT, Done, "office", method="PUT")
def settle_one_year(
    request: HttpRequest,
    year: Annotated[int, Path(ge=FIRST_YEAR, le=LAST_YEAR)],
    sent: Complete,
    where: Where,
) -> Any:
    """Say whether the whole schedule of a year is entered: what depends on it is certain then."""
    code, by, now = region(request), caller(request), timezone.now()
    return {"done": settle_year(region=code, year=year, complete=sent.complete, by=by, at=now)}
