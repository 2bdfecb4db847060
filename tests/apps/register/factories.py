"""A region with bodies that keep entries, and people who work for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.models import User

from luoshi.apps.organization.models import Body, Region, Role
from luoshi.apps.register.models import Entry
from luoshi.apps.register.operations.taking import begin, take_step
from luoshi.core.register.procedure import Actor

# A Monday; the limits of the tests end in weeks without holidays.
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
APPLICATION: dict[str, Any] = {
    "applicant": {"name": "甲某"},
    "form": "civil",
    "matter": "labour",
    "facts": "拖欠工资三个月",
    "means": "exempt",
    "exemption": "wages",
}


@dataclass
class Place:
    """A region at work."""

    region: Region
    centre: Body
    other: Body
    office: User
    liaison: User
    head: User
    stranger: User


def make_place(code: str = "990110") -> Place:
    """A region with a legal aid centre, another body, and people."""
    region = Region.objects.create(code=code, name="云溪区", level=Region.Level.COUNTY)
    centre = Body.objects.create(
        region=region, name="云溪区法律援助中心", kind="institution", line="government"
    )
    other = Body.objects.create(region=region, name="区民政局", kind="organ", line="government")
    people = {
        name: User.objects.create(username=f"{name}-{code}", last_name=name)
        for name in ("office", "liaison", "head", "stranger")
    }
    Role.objects.create(region=region, user=people["office"], name="office")
    Role.objects.create(region=region, user=people["liaison"], name="liaison", body=centre)
    Role.objects.create(region=region, user=people["head"], name="head", body=centre)
    Role.objects.create(region=region, user=people["stranger"], name="liaison", body=other)
    return Place(region, centre, other, **people)


def apply_for_aid(place: Place, *, at: datetime = AT, **more: object) -> Entry:
    """An application for legal aid, taken in by the liaison of the centre."""
    return begin(
        mechanism="legal-aid",
        body=place.centre,
        transition="apply",
        given={**APPLICATION, **more},
        actor=Actor.HANDLER,
        by=place.liaison,
        at=at,
    )


def granted(row: Entry, place: Place, at: datetime) -> Entry:
    """An application after the head of the centre granted it."""
    return take_step(
        entry=row, transition="grant", given={}, seen=row.revision, actor=Actor.HEAD, by=place.head, at=at
    )


def withdrawn(row: Entry, place: Place, at: datetime) -> Entry:
    """An application after the liaison of the centre wrote down that it was withdrawn."""
    return take_step(
        entry=row,
        transition="withdraw",
        given={},
        seen=row.revision,
        actor=Actor.HANDLER,
        by=place.liaison,
        at=at,
    )
