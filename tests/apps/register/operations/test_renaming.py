"""Entries are found by every name that their bodies bear or have borne, soon after one is renamed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.apps.organization.models import Body
from luoshi.apps.organization.operations.bodies import add_alias, change_body
from luoshi.apps.organization.operations.reorganizing import reorganize
from luoshi.apps.register.models import BodyWords, Entry, Wording
from luoshi.apps.register.operations import renaming
from luoshi.apps.register.operations.beginning import begin_many
from luoshi.apps.register.operations.indexing import index_anew
from luoshi.apps.register.operations.renaming import keep_names
from luoshi.apps.register.queries.searching import worded
from luoshi.apps.reminders.operations.ticking import tick
from luoshi.core.register.procedure import Actor
from tests.apps.register.factories import AT, Place, apply_for_aid, make_place

OLD, NEW = "云溪区法律援助中心", "云溪区公共法律援助中心"


@pytest.fixture
def place(db: None) -> Place:
    """A region at work, whose names stand in the words of its entries."""
    place = make_place()
    settle()
    return place


def settle() -> None:
    """Strokes of the clock until nothing is left to be done."""
    while BodyWords.objects.exclude(wanted="").exists() or BodyWords.objects.count() < Body.objects.count():
        keep_names(at=AT)
    keep_names(at=AT)
    keep_names(at=AT)


def rename(place: Place, body: Body, name: str) -> None:
    reorganize(change="rename", predecessors=[body], successors=[name], on=AT.date(), by=place.office, at=AT)
    body.refresh_from_db()


def found(question: str) -> set[int]:
    return set(worded(Entry.objects.all(), question).values_list("pk", flat=True))


def venue(place: Place, body: Body) -> Entry:
    """An entry of another body that names this one in a field."""
    values = {
        "name": "法治长廊",
        "kind": "gallery",
        "for-body": str(body.pk),
        "address": "云溪路1号",
        "built-on": "2024-05-01",
    }
    (made,) = begin_many(
        mechanism="culture-venues",
        body=place.other,
        transition="register",
        given=[values],
        actor=Actor.HANDLER,
        by=place.stranger,
        at=AT,
    )
    assert isinstance(made, Entry)
    return made


def test_a_renamed_body_is_found_by_either_name_after_a_stroke_of_the_clock(place: Place) -> None:
    own, named, other = apply_for_aid(place), venue(place, place.centre), venue(place, place.other)
    rename(place, place.centre, NEW)
    assert found(NEW) == set()
    tick(at=AT)
    for name in (OLD, NEW):
        assert found(name) == {own.pk, named.pk}, name
    assert other.pk not in found("公共法律")
    # What is begun from now on is found by the name of before, too.
    assert apply_for_aid(place).pk in found(OLD)


def test_every_kind_of_name_is_found_and_what_was_a_slip_is_not(place: Place) -> None:
    entry = apply_for_aid(place)
    add_alias(body=place.centre, name="法援中心", by=place.office, at=AT)
    body = Body.objects.get(pk=place.centre.pk)
    change_body(
        body=body,
        version=body.version,
        full_name="云溪区司法局法律援助中心",
        short_name="区法援",
        by=place.office,
        at=AT,
    )
    keep_names(at=AT)
    for name in ("法援中心", "云溪区司法局法律援助中心", "区法援", OLD):
        assert found(name) == {entry.pk}, name
    # A correction says that the body was never called so.
    body.refresh_from_db()
    change_body(body=body, version=body.version, name="云溪区法援中心站", by=place.office, at=AT)
    keep_names(at=AT)
    assert found("云溪区法援中心站") == {entry.pk}
    assert "\n".join([OLD, ""]).strip() not in Wording.objects.get().text.split()


def test_a_stroke_is_bounded_and_the_next_goes_on(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renaming, "MOST", 4)
    monkeypatch.setattr(renaming, "_AT_ONCE", 2)
    made = {apply_for_aid(place).pk for _ in range(7)}
    rename(place, place.centre, NEW)
    reached = []
    for _ in range(3):
        assert keep_names(at=AT) <= 4
        reached.append(len(found(NEW)))
    assert reached == [4, 7, 7]
    settle()
    assert found(NEW) == made
    assert not BodyWords.objects.exclude(wanted="").exists()
    assert keep_names(at=AT) == 0


def test_one_that_was_changed_at_that_moment_is_seen_the_second_time(place: Place) -> None:
    entry = apply_for_aid(place)
    before = Wording.objects.get()
    rename(place, place.centre, NEW)
    keep_names(at=AT)
    # Somebody had read the old name, and saves only now.
    before.save()
    assert found(NEW) == set()
    keep_names(at=AT)
    assert found(NEW) == {entry.pk}


def test_with_nothing_renamed_it_asks_little_however_many_there_are(place: Place) -> None:
    asked = []
    for more in (1, 6):
        for number in range(more):
            apply_for_aid(place)
            Body.objects.create(region=place.region, name=f"单位{more}{number}", kind="organ")
        settle()
        with CaptureQueriesContext(connection) as queries:
            assert keep_names(at=AT) == 0
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 6


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(["rename", "alias", "entry", "venue", "stroke"]), st.integers(0, 1)),
        max_size=12,
    )
)
def test_at_rest_the_words_are_those_that_are_written_anew(
    place: Place, steps: list[tuple[str, int]]
) -> None:
    with transaction.atomic():
        bodies = [Body.objects.get(pk=one.pk) for one in (place.centre, place.other)]
        for number, (act, which) in enumerate(steps):
            body = bodies[which]
            if act == "rename":
                change_body(
                    body=body, version=body.version, name=f"云溪区第{number}办公室", by=place.office, at=AT
                )
                body.refresh_from_db()
            elif act == "alias":
                add_alias(body=body, name=f"又名{number}", by=place.office, at=AT)
            elif act == "entry":
                apply_for_aid(place, at=AT + timedelta(minutes=number))
            elif act == "venue":
                venue(place, body)
            else:
                keep_names(at=AT)
        settle()
        kept = dict(Wording.objects.values_list("pk", "text"))
        list(index_anew())
        assert dict(Wording.objects.values_list("pk", "text")) == kept
        transaction.set_rollback(True)
