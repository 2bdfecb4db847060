"""The entries of the demo are made by the rules, and stand at different stages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from luoshi.apps.demo.district import CODE, make_district
from luoshi.apps.demo.people import first_clerk, make_people
from luoshi.apps.demo.registering import AID, VENUES, keep_registers
from luoshi.apps.organization.models import Region
from luoshi.apps.register.models import Entry

# A day in a week of work, and one at a turn of the year with its holiday.
DAYS = (datetime(2026, 6, 10, 2, tzinfo=UTC), datetime(2027, 1, 2, 2, tzinfo=UTC))


@pytest.mark.django_db
@pytest.mark.parametrize("at", DAYS)
def test_entries_stand_at_every_stage(at: datetime) -> None:
    """Whatever the day of the demo."""
    bodies = make_district(by=first_clerk(), at=at)
    people = make_people(bodies, Region.objects.get(pk=CODE), at=at)
    keep_registers(people, bodies, at=at)
    states = list(Entry.objects.order_by("pk").values_list("mechanism", "state"))
    assert len(states) == len(AID) + len(VENUES)
    assert {state for key, state in states if key == "legal-aid"} == {
        "received",
        "supplement",
        "granted",
        "appointed",
        "refused",
    }
    assert {state for key, state in states if key == "culture-venues"} == {"in-use", "repair"}
