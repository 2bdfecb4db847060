"""The entries of the demo are made by the rules, and stand at different stages, whatever the day."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta

import pytest
from django.utils.timezone import localdate

from luoshi.apps.demo.district import CODE, make_district
from luoshi.apps.demo.people import People, first_clerk, make_people
from luoshi.apps.demo.registering import AID, keep_registers
from luoshi.apps.demo.venues import WITHOUT
from luoshi.apps.indicator.queries.figures import Figures
from luoshi.apps.organization.models import Body, Region
from luoshi.apps.register.declared import catalogue
from luoshi.apps.register.models import Entry
from luoshi.apps.register.queries.listing import late_ones

# A day in a week of work, turns of the year with their holidays, and days on which a year's catalogue is new.
DAYS = tuple(
    datetime(*day, 2, tzinfo=UTC)
    for day in ((2026, 6, 10), (2027, 1, 2), (2026, 3, 1), (2026, 2, 24), (2026, 10, 9), (2028, 2, 29))
)
STATES = {
    "legal-aid": {"referred", "received", "supplement", "granted", "appointed", "refused"},
    "legal-service-requests": {"received supplement referred answered closed turned-away"},
    "culture-venues": {"planned", "in-use", "repair", "closed"},
    "data-centre-reports": {"submitted", "returned", "confirmed"},
    "mediation": {
        "sent returned applied refused mediating failed terminated agreed confirming filed claimed paid"
    },
    "decision-catalogue": {"proposed participation legality submitted carried-out"},
    "risk-assessment": {"consulting filed"},
    "legality-review": {"received given"},
}
# Registers in which something is late on every day.
LATE = (
    "culture-venues",
    "data-centre-reports",
    "legal-service-requests",
    "mediation",
    "risk-assessment",
    "legality-review",
)


def lived(at: datetime) -> tuple[People, dict[str, Body]]:
    bodies = make_district(by=first_clerk(), at=at)
    people = make_people(bodies, Region.objects.get(pk=CODE), at=at)
    keep_registers(people, bodies, at=at)
    return people, bodies


@pytest.mark.django_db
@pytest.mark.parametrize("at", DAYS, ids=str)
def test_entries_stand_at_every_stage(at: datetime) -> None:
    lived(at)
    states = defaultdict(set)
    for key, state in Entry.objects.values_list("mechanism", "state"):
        states[key].add(state)
    for key, wanted in STATES.items():
        assert states[key] == {state for words in wanted for state in words.split()}, key
    # One more than told: a request has led on to legal aid.
    assert Entry.objects.filter(mechanism="legal-aid").count() == len(AID) + 1
    for key in LATE:
        rows = Entry.objects.filter(mechanism=key, ended=None)
        assert late_ones(rows, localdate(at)).exists(), f"nothing is late in {key}"
    assert not Entry.objects.filter(changed_at__gt=at + timedelta(days=1)).exists()


@pytest.mark.django_db
def test_the_numbers_have_something_to_say() -> None:
    lived(DAYS[0])
    figures = Figures(CODE)

    def lacking(mechanism: str, indicator: str) -> list[str]:
        figure = figures.of(mechanism, catalogue().latest(mechanism).indicator[indicator])
        return figures.names(figure.lacking)

    lack = lacking("culture-venues", "halls-covered") + lacking("culture-venues", "boards-covered")
    assert set(lack) == set(WITHOUT)
    reviewed = figures.of(
        "decision-catalogue", catalogue().latest("decision-catalogue").indicator["reviewed"]
    )
    assert (reviewed.totals.top, reviewed.totals.base) == (2, 3)
