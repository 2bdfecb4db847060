"""A step names bodies by their keys, and entries only where the person may see them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from luoshi.apps.register.declared import catalogue
from luoshi.apps.register.models import Entry
from luoshi.apps.register.operations.performing import perform
from luoshi.apps.register.operations.refusals import BodyUnknown, LinkUnknown
from luoshi.apps.register.operations.taking import begin
from luoshi.core.mechanism.declaration import Mechanism
from luoshi.core.register.fields import FieldType
from luoshi.core.register.procedure import Actor
from tests.apps.register.factories import APPLICATION, AT, Place, apply_for_aid, make_place

pytestmark = pytest.mark.django_db
VENUE = {"name": "法治文化长廊", "kind": "gallery", "address": "云溪路一号", "built-on": "2026-01-01"}


@pytest.fixture
def place() -> Place:
    return make_place()


def _linking(to: str) -> Mechanism:
    """Legal aid as it would be if its papers were a link."""
    declared = catalogue().latest("legal-aid")
    fields = tuple(
        replace(one, type=FieldType.LINK, to=to) if one.key == "facts" else one
        for one in declared.register.fields
    )
    return replace(declared, register=replace(declared.register, fields=fields))


def _venue(place: Place, for_body: object) -> Entry:
    return perform(
        mechanism=catalogue().latest("culture-venues"),
        entry=None,
        body=place.other,
        transition="register",
        given={**VENUE, "for-body": for_body},
        seen=0,
        actor=Actor.OFFICE,
        by=place.office,
        at=AT,
    )


@pytest.mark.parametrize("said", ["区民政局", "²", "-1", "9" * 30, [1]])
def test_a_body_is_named_by_its_key(place: Place, said: object) -> None:
    with pytest.raises(BodyUnknown):
        _venue(place, said)
    assert not Entry.objects.exists()


def test_a_key_may_come_as_a_number(place: Place) -> None:
    assert _venue(place, place.other.pk).values["for-body"] == str(place.other.pk)


def test_an_entry_is_named_by_whoever_may_see_it(place: Place) -> None:
    hidden = begin(
        mechanism="culture-venues",
        body=place.other,
        transition="register",
        given={**VENUE, "for-body": str(place.other.pk)},
        actor=Actor.OFFICE,
        by=place.office,
        at=AT,
    )
    entry = apply_for_aid(place)
    for said in (str(hidden.pk), hidden.pk, "没有", 10**17):
        with pytest.raises(LinkUnknown):
            perform(
                mechanism=_linking("culture-venues"),
                entry=entry,
                body=place.centre,
                transition="apply",
                given={"facts": said},
                seen=1,
                actor=Actor.HANDLER,
                by=place.liaison,
                at=AT,
            )


def test_an_entry_begins_with_its_first_revision(place: Place) -> None:
    entry = perform(
        mechanism=catalogue().latest("legal-aid"),
        entry=None,
        body=place.centre,
        transition="apply",
        given=APPLICATION,
        seen=0,
        actor=Actor.HANDLER,
        by=place.liaison,
        at=AT,
    )
    assert (entry.state, entry.revision) == ("received", 1)
