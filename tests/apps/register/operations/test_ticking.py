"""The tick and entries whose limits have run out."""

from __future__ import annotations

from datetime import timedelta

import pytest

from luoshi.apps.register.models import Clock
from luoshi.apps.register.operations.taking import take_step
from luoshi.apps.register.operations.ticking import advance_entries
from luoshi.core.register.procedure import Actor
from tests.apps.register.factories import AT, apply_for_aid, make_place

pytestmark = pytest.mark.django_db


def test_a_limit_that_ran_out_takes_its_step_once() -> None:
    """Papers that nobody supplied: taken as withdrawn on the next stroke, and left alone after it."""
    place = make_place()
    entry = apply_for_aid(place)
    take_step(
        entry=entry,
        transition="ask-papers",
        given={"missing-papers": "劳动合同"},
        seen=entry.revision,
        actor=Actor.HANDLER,
        by=place.liaison,
        at=AT,
    )
    assert advance_entries(at=AT + timedelta(days=15)) == 0
    assert advance_entries(at=AT + timedelta(days=16)) == 1
    entry.refresh_from_db()
    assert entry.state == "withdrawn"
    assert advance_entries(at=AT + timedelta(days=17)) == 0


def test_an_overrun_limit_is_noted_and_the_entry_stays() -> None:
    """A review that took too long is overrun, and still somebody's to do."""
    entry = apply_for_aid(make_place())
    advance_entries(at=AT + timedelta(days=8))
    clock = Clock.objects.get(entry=entry)
    assert (clock.outcome, clock.ended) == ("overrun", None)
