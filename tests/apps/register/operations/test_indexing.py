"""Entries are found by what they hold now, and never by what is personal."""

from __future__ import annotations

import pytest

from luoshi.apps.register.models import Entry, Wording
from luoshi.apps.register.operations.indexing import index_anew
from luoshi.apps.register.operations.taking import take_step
from luoshi.apps.register.queries.searching import worded
from luoshi.core.register.procedure import Actor
from tests.apps.register.factories import AT, Place, apply_for_aid, make_place

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    """A region at work."""
    return make_place()


def finds(question: str) -> bool:
    """Whether any entry is found."""
    return worded(Entry.objects.all(), question).exists()


def test_an_entry_is_found_by_number_option_and_body(place: Place) -> None:
    row = apply_for_aid(place)
    assert row.number
    for question in (row.number, "劳动报酬", "劳动 云溪区法律援助中心", "酬"):
        assert finds(question), question


def test_nothing_personal_is_searched(place: Place) -> None:
    apply_for_aid(place, opponent="丁某某公司")
    assert "甲某" not in Wording.objects.get().text
    for question in ("甲某", "拖欠工资", "丁某某"):
        assert not finds(question), question


def test_a_step_changes_what_is_found(place: Place) -> None:
    row = apply_for_aid(place)
    assert not finds("户口簿")
    take_step(
        entry=row,
        transition="ask-papers",
        given={"missing-papers": "户口簿复印件"},
        seen=row.revision,
        actor=Actor.HANDLER,
        by=place.liaison,
        at=AT,
    )
    assert finds("户口簿")


def test_words_are_written_anew(place: Place) -> None:
    for _ in range(3):
        apply_for_aid(place)
    kept = list(Wording.objects.values_list("pk", "text", "grams"))
    Wording.objects.filter(pk=kept[0][0]).delete()
    Wording.objects.update(text="", grams="")
    assert not finds("劳动")
    assert list(index_anew(mechanism="legal-aid")) == [3]
    assert list(Wording.objects.values_list("pk", "text", "grams")) == kept
    assert list(index_anew(mechanism="mediation")) == []
