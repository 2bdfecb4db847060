"""Steps of entries: one transaction, one record, nothing lost, nothing taken twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.apps.audit.models import Event
from luoshi.apps.register.models import Clock, Entry, Series, Step, Value
from luoshi.apps.register.operations.refusals import EntryChanged, FileUnknown, NotForBody
from luoshi.apps.register.operations.taking import begin, bring_up_to_date, take_step
from luoshi.core.register.procedure import Actor
from luoshi.core.register.refusals import StepNotYours
from tests.apps.register.factories import APPLICATION, AT, Place, apply_for_aid, make_place

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    return make_place()


def _grant(place: Place, row: Entry, *, seen: int | None = None, actor: Actor = Actor.HEAD) -> Entry:
    return take_step(
        entry=row,
        transition="grant",
        given={},
        seen=row.revision if seen is None else seen,
        actor=actor,
        by=place.head,
        at=AT + timedelta(days=2),
    )


def test_an_entry_begins_with_its_number_title_values_clock_and_record(place: Place) -> None:
    row = apply_for_aid(place)
    assert row.number == "（2026）云溪区法律援助中心援字第1号"
    assert "民事" in row.title
    assert "甲某" not in row.title
    assert row.values["applicant"] == {"name": "甲某"}
    assert set(Value.objects.filter(entry=row).values_list("field", "text")) == {
        ("form", "civil"),
        ("matter", "labour"),
        ("means", "exempt"),
    }
    clock = Clock.objects.get(entry=row)
    assert (clock.limit, clock.outcome, str(clock.due)) == ("review", "running", "2026-03-09")
    event = Event.objects.get(type="register.entry.begun")
    assert (event.object_id, event.detail["transition"]) == (str(row.pk), "apply")
    assert "甲某" not in str(event.detail)


def test_numbers_are_counted_without_gaps_also_after_a_refusal(place: Place) -> None:
    apply_for_aid(place)
    with pytest.raises(FileUnknown):
        apply_for_aid(place, evidence=["guessed"])
    assert apply_for_aid(place).number == "（2026）云溪区法律援助中心援字第2号"
    assert Series.objects.get(mechanism="legal-aid").last == 2


def test_a_step_is_taken_once_and_written_once(place: Place) -> None:
    row = _grant(place, apply_for_aid(place))
    assert (row.state, row.revision) == ("granted", 2)
    assert list(Step.objects.filter(entry=row).values_list("transition", "by__username")) == [
        ("apply", place.liaison.username),
        ("grant", place.head.username),
    ]
    assert Event.objects.filter(type="register.entry.taken").count() == 1


def test_who_has_not_seen_the_newest_is_told_who_changed_it(place: Place) -> None:
    row = apply_for_aid(place)
    _grant(place, row)
    with pytest.raises(EntryChanged) as refused:
        _grant(place, row, seen=1)
    assert refused.value.details["who"] == "head"


def test_a_refused_step_leaves_nothing(place: Place) -> None:
    row = apply_for_aid(place)
    events = Event.objects.count()
    with pytest.raises(StepNotYours):
        _grant(place, row, actor=Actor.HANDLER)
    row.refresh_from_db()
    assert (row.state, row.revision, Event.objects.count()) == ("received", 1, events)


def test_a_body_that_keeps_no_such_entries_is_refused(place: Place) -> None:
    with pytest.raises(NotForBody) as refused:
        begin(
            mechanism="legal-aid",
            body=place.other,
            transition="apply",
            given=APPLICATION,
            actor=Actor.HANDLER,
            by=place.stranger,
            at=AT,
        )
    assert "云溪区法律援助中心" in refused.value.message("zh")


def test_who_only_looks_locks_nothing(place: Place) -> None:
    row = apply_for_aid(place)
    with CaptureQueriesContext(connection) as said:
        assert not bring_up_to_date(entry=row, at=AT + timedelta(days=7))
    assert not [one["sql"] for one in said if not one["sql"].startswith("SELECT")]
    assert not [one["sql"] for one in said if "FOR UPDATE" in one["sql"]]
    assert bring_up_to_date(entry=row, at=AT + timedelta(days=8))


def test_a_limit_that_ran_out_moves_the_entry_whenever_somebody_looks(place: Place) -> None:
    row = apply_for_aid(place)
    take_step(
        entry=row,
        transition="ask-papers",
        given={"missing-papers": "身份证复印件"},
        seen=1,
        actor=Actor.HANDLER,
        by=place.liaison,
        at=AT + timedelta(days=1),
    )
    assert not bring_up_to_date(entry=row, at=AT + timedelta(days=16))
    assert bring_up_to_date(entry=row, at=AT + timedelta(days=40))
    row.refresh_from_db()
    lapse = row.steps.get(transition="lapse")
    assert (row.state, str(lapse.on), lapse.by) == ("withdrawn", "2026-03-19", None)
    assert Event.objects.filter(type="register.entry.advanced").count() == 1
    assert not bring_up_to_date(entry=row, at=AT + timedelta(days=41)), "nothing happens twice"
