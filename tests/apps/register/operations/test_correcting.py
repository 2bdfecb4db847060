"""Requests to put something right, and their answers."""

from __future__ import annotations

import pytest

from luoshi.apps.audit.models import Event
from luoshi.apps.register.declared import catalogue
from luoshi.apps.register.models import Receipt
from luoshi.apps.register.operations.correcting import answer_correction, ask_correction
from luoshi.apps.register.operations.filing import file
from luoshi.apps.register.operations.outside_refusals import CorrectionAnswered, CorrectionTooShort
from tests.apps.register.factories import APPLICATION, AT, Place, make_place

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    return make_place()


@pytest.fixture
def receipt(place: Place) -> Receipt:
    mechanism = catalogue().latest("legal-aid")
    return file(mechanism=mechanism, body=place.centre, given=APPLICATION, at=AT).receipt


def test_a_request_is_answered_once_with_a_reason(place: Place, receipt: Receipt) -> None:
    asked = ask_correction(receipt=receipt, words="姓名应为甲某某", at=AT)
    with pytest.raises(CorrectionTooShort):
        answer_correction(correction=asked, made=False, answer="不行", by=place.liaison, at=AT)
    answered = answer_correction(
        correction=asked, made=True, answer="已按身份证改正", by=place.liaison, at=AT
    )
    assert (answered.made, answered.answered_by) == (True, place.liaison)
    with pytest.raises(CorrectionAnswered):
        answer_correction(correction=asked, made=False, answer="再次答复一下", by=place.liaison, at=AT)
    said = str(list(Event.objects.values_list("detail", flat=True)))
    assert "甲某某" not in said
    assert Event.objects.filter(type__startswith="register.correction.").count() == 2


def test_a_request_says_what(receipt: Receipt) -> None:
    with pytest.raises(CorrectionTooShort):
        ask_correction(receipt=receipt, words="错了", at=AT)
    assert not receipt.entry.corrections.exists()
