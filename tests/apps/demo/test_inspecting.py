"""Rounds of inspection of the demo stand at every stage of their draw."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from luoshi.apps.demo.district import CODE, make_district
from luoshi.apps.demo.inspecting import keep_inspections
from luoshi.apps.demo.living import Lives
from luoshi.apps.demo.people import first_clerk, make_people
from luoshi.apps.draws.models import Draw
from luoshi.apps.organization.models import Region
from luoshi.apps.register.models import Entry


@pytest.mark.django_db
@pytest.mark.parametrize("day", [(2026, 6, 10), (2027, 1, 2)])
def test_rounds_stand_at_every_stage(day: tuple[int, int, int]) -> None:
    at = datetime(*day, 2, tzinfo=UTC)
    bodies = make_district(by=first_clerk(), at=at)
    people = make_people(bodies, Region.objects.get(pk=CODE), at=at)
    keep_inspections(Lives(people, bodies, at))
    states = set(Entry.objects.filter(mechanism="random-inspection").values_list("state", flat=True))
    assert states == {"planned", "committed", "drawn", "published"}
    assert set(Draw.objects.values_list("stage", flat=True)) == {"committed", "drawn", "cancelled"}
    drawn = Entry.objects.get(mechanism="random-inspection", state="drawn")
    records = Entry.objects.filter(mechanism="inspection-records").order_by("state")
    assert [one.state for one in records] == ["clean", "clean", "corrected"]
    assert all(row["accepted"] == "yes" for row in drawn.values["inspectors"])
