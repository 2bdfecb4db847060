"""Which steps an entry offers to whom."""

from __future__ import annotations

from datetime import timedelta

import pytest

from luoshi.apps.register.models import Entry
from luoshi.apps.register.operations.taking import begin, take_step
from luoshi.apps.register.queries.acting import open_steps
from luoshi.apps.register.queries.loading import register_of
from luoshi.core.register.procedure import Actor
from tests.apps.register.factories import AT, Place, make_place

pytestmark = pytest.mark.django_db


def _mediating(place: Place, source: str, **more: object) -> Entry:
    """A dispute from somewhere, up to the mediation."""
    given: dict[str, object] = {
        "kind": "people",
        "dispute": "neighbours",
        "applicant": {"name": "甲某"},
        "other-party": {"name": "乙某"},
        "facts": "围墙越界",
        "applicant-consents": "yes",
        "other-consents": "yes",
    }
    own = source == "proactive"
    papers = {"source": source, "papers": [{"name": "移送函"}], "signed-on": "2026-03-02"}
    mediators = [{"name": {"name": "丙某"}}]
    following: dict[str, dict[str, object]] = {"accept": {}, "appoint": {"mediators": mediators}}
    entry = begin(
        mechanism="mediation",
        body=place.centre,
        transition="take-up" if own else "take-in",
        given=given | ({} if own else papers) | more,
        actor=Actor.HANDLER,
        by=place.liaison,
        at=AT,
    )
    for step, words in following.items():
        entry = take_step(
            entry=entry,
            transition=step,
            given=words,
            seen=entry.revision,
            actor=Actor.HANDLER,
            by=place.liaison,
            at=AT + timedelta(hours=1),
        )
    return entry


@pytest.mark.parametrize(
    ("source", "more", "offered"),
    [
        ("proactive", {}, {"mediation"}),
        ("court-assigned", {}, {"court-assigned"}),
        ("court-entrusted", {"procedure": "summary"}, {"court-summary"}),
    ],
)
def test_more_time_is_offered_for_limits_that_count(
    source: str, more: dict[str, object], offered: set[str]
) -> None:
    place = make_place()
    entry = _mediating(place, source, **more)
    found = open_steps(entry, register_of(entry), place.liaison)
    assert {one.step.extends for one in found if one.step.extends} == offered
    assert {"agree", "fail", "terminate"} <= {one.step.key for one in found}
