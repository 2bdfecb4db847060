"""A look at personal data: for a purpose, recorded without what was seen."""

from __future__ import annotations

import pytest

from luoshi.apps.audit.models import Event
from luoshi.apps.register.declared import catalogue
from luoshi.apps.register.operations.filing import file
from luoshi.apps.register.operations.outside_refusals import PurposeTooShort
from luoshi.apps.register.operations.revealing import export_own, reveal
from luoshi.apps.register.queries.personal import looks
from tests.apps.register.factories import APPLICATION, AT, Place, apply_for_aid, make_place

pytestmark = pytest.mark.django_db

PERSON = {"name": "甲某", "phone": "13800001234", "identity": "110101199003078515"}


@pytest.fixture
def place() -> Place:
    return make_place()


def test_personal_fields_are_shown_and_only_their_names_recorded(place: Place) -> None:
    row = apply_for_aid(place, applicant=PERSON)
    found = reveal(entry=row, purpose="电话通知补充材料", language="zh", by=place.liaison, at=AT)
    words = {one.field.key: one.words for one in found}
    assert words == {"applicant": "甲某 · 13800001234 · 110101199003078515", "facts": "拖欠工资三个月"}
    event = Event.objects.get(type="register.person.revealed")
    assert event.detail["purpose"] == "电话通知补充材料"
    assert event.detail["fields"] == ["applicant", "facts"]
    assert not any(said in str(event.detail) for said in ("甲某", "1380000", "拖欠"))


@pytest.mark.parametrize("purpose", ["", "  ", "看看", "a  b"])
def test_without_a_purpose_nothing_is_shown_or_recorded(place: Place, purpose: str) -> None:
    with pytest.raises(PurposeTooShort):
        reveal(entry=apply_for_aid(place), purpose=purpose, language="zh", by=place.liaison, at=AT)
    assert not Event.objects.filter(type="register.person.revealed").exists()


def test_the_person_concerned_sees_who_looked_and_why(place: Place) -> None:
    row = apply_for_aid(place)
    reveal(entry=row, purpose="电话通知补充材料", language="zh", by=place.liaison, at=AT)
    reveal(entry=row, purpose="核对统计口径用", language="zh", by=place.office, at=AT)
    assert [(one.body, one.purpose) for one in looks(row)] == [
        ("", "核对统计口径用"),
        (place.centre.name, "电话通知补充材料"),
    ]


def test_what_a_person_gave_is_handed_back_whole_and_recorded(place: Place) -> None:
    mechanism = catalogue().latest("legal-aid")
    given = {**APPLICATION, "applicant": PERSON}
    made = file(mechanism=mechanism, body=place.centre, given=given, at=AT)
    kept = {one.field.key: one.words for one in export_own(receipt=made.receipt, language="zh", at=AT)}
    assert kept["applicant"].startswith("甲某 · 138")
    assert set(kept) == set(APPLICATION)
    event = Event.objects.get(type="register.person.exported")
    assert "甲某" not in str(event.detail)
