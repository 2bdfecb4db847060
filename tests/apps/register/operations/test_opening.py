"""A request that leads on to legal aid: what was told once is not asked for again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from luoshi.apps.organization.models import Body
from luoshi.apps.register.models import Entry
from luoshi.apps.register.operations.opening import OpeningNeedsKeeper
from luoshi.apps.register.operations.taking import begin, take_step
from luoshi.core.register.procedure import Actor
from tests.apps.register.factories import AT, Place, make_place

REQUEST: dict[str, Any] = {
    "channel": "window",
    "caller": {"name": "甲某", "phone": "13800001234"},
    "language": "mongolian",
    "category": "aid",
    "matter": "labour",
    "question": "拖欠工资三个月",
}


@pytest.fixture
def place(db: None) -> Place:
    return make_place()


def ask(place: Place, body: Body) -> Entry:
    return begin(
        mechanism="legal-service-requests",
        body=body,
        transition="register",
        given=REQUEST,
        actor=Actor.HANDLER,
        by=place.liaison,
        at=AT,
    )


def lead_on(entry: Entry, place: Place) -> None:
    take_step(
        entry=entry,
        transition="refer-to-aid",
        given={},
        seen=entry.revision,
        actor=Actor.HANDLER,
        by=place.liaison,
        at=AT + timedelta(hours=1),
    )


def test_the_entry_inside_holds_what_was_told_and_links_back(place: Place) -> None:
    hall = Body.objects.create(region=place.region, name="云溪区公共法律服务中心", kind="institution")
    asked = ask(place, hall)
    lead_on(asked, place)
    aid = Entry.objects.get(mechanism="legal-aid")
    assert (aid.body, aid.state) == (place.centre, "referred")
    assert aid.values == {
        "request": str(asked.pk),
        "applicant": REQUEST["caller"],
        "language": "mongolian",
        "facts": REQUEST["question"],
    }
    assert [link.target for link in aid.links.all()] == [asked]


def test_without_a_body_for_it_nothing_is_kept(place: Place) -> None:
    hall = Body.objects.create(region=place.region, name="云溪区公共法律服务中心", kind="institution")
    asked = ask(place, hall)
    Body.objects.filter(pk=place.centre.pk).update(name="区残联")
    with pytest.raises(OpeningNeedsKeeper):
        lead_on(asked, place)
    assert not Entry.objects.filter(mechanism="legal-aid").exists()
    asked.refresh_from_db()
    assert asked.steps.count() == 1
