"""What is filed from outside: only what is asked, one receipt, a code that cannot be tried out."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings

from luoshi.apps.audit.models import Event
from luoshi.apps.register.declared import catalogue
from luoshi.apps.register.models import Entry, Receipt, Tally
from luoshi.apps.register.operations.filing import Filed, file, open_receipt
from luoshi.apps.register.operations.limiting import FILING, OPENING, count_try, is_first
from luoshi.apps.register.operations.outside_refusals import ReceiptRefused, TooManyTries
from luoshi.core.register.refusals import StepNotYours, ValueNotAsked, ValuesMissing
from tests.apps.register.factories import APPLICATION, AT, Place, make_place

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    return make_place()


def filed(place: Place, **more: object) -> Filed:
    mechanism = catalogue().latest("legal-aid")
    return file(mechanism=mechanism, body=place.centre, given={**APPLICATION, **more}, at=AT)


def _refusal(number: str, code: str) -> str:
    with pytest.raises(ReceiptRefused) as refused:
        open_receipt(number=number, code=code, at=AT)
    return refused.value.message("zh")


def test_an_entry_begins_with_a_receipt_whose_code_is_not_kept(place: Place) -> None:
    made = filed(place)
    assert (made.receipt.entry.state, made.receipt.entry.body) == ("received", place.centre)
    assert made.receipt.entry.steps.get().actor == "outside"
    assert made.code not in made.receipt.code
    assert (
        open_receipt(number=made.receipt.number.lower(), code=f" {made.code.lower()} ", at=AT) == made.receipt
    )


def test_numbers_do_not_follow_each_other(place: Place) -> None:
    first, second = filed(place), filed(place)
    assert first.receipt.number != second.receipt.number
    assert sum(a == b for a, b in zip(first.receipt.number, second.receipt.number, strict=True)) < 9


def test_only_what_the_intake_names_is_taken(place: Place) -> None:
    with pytest.raises(ValueNotAsked):
        filed(place, lawyer={"name": "乙"})
    with pytest.raises(ValueNotAsked):
        filed(place, subsidy="100")
    with pytest.raises(ValuesMissing):
        filed(place, matter="")
    assert not Entry.objects.exists()
    assert not Receipt.objects.exists()


def test_nothing_is_filed_where_there_is_no_intake(place: Place) -> None:
    mechanism = catalogue().latest("legal-aid")
    closed = replace(mechanism, register=replace(mechanism.register, intake=None))
    with pytest.raises(StepNotYours):
        file(mechanism=closed, body=place.centre, given=APPLICATION, at=AT)


def test_an_unknown_number_and_a_wrong_code_get_the_same_answer(place: Place) -> None:
    made = filed(place)
    answers = {
        _refusal(made.receipt.number, "WRONG"),
        _refusal("ABCD-EFGH-JKMN", made.code),
        _refusal("", ""),
    }
    assert len(answers) == 1


def test_wrong_codes_close_the_receipt_for_a_while_with_the_same_answer(place: Place) -> None:
    made, other = filed(place), filed(place)
    answers = {_refusal(made.receipt.number, "WRONG") for _ in range(settings.AXES_FAILURE_LIMIT)}
    answers.add(_refusal(made.receipt.number, made.code))
    assert len(answers) == 1
    assert Event.objects.filter(type="register.receipt.closed").count() == 1
    assert open_receipt(number=other.receipt.number, code=other.code, at=AT) == other.receipt
    later = AT + settings.AXES_COOLOFF_TIME + timedelta(seconds=1)
    assert open_receipt(number=made.receipt.number, code=made.code, at=later) == made.receipt


def test_the_right_code_forgets_the_wrong_ones_before(place: Place) -> None:
    made = filed(place)
    for _ in range(3):
        for _ in range(settings.AXES_FAILURE_LIMIT - 1):
            _refusal(made.receipt.number, "WRONG")
        assert open_receipt(number=made.receipt.number, code=made.code, at=AT) == made.receipt
    assert not Event.objects.filter(type="register.receipt.closed").exists()


def test_one_address_tries_so_often_and_no_more() -> None:
    for _ in range(FILING.most):
        count_try(measure=FILING, who="10.0.0.1", at=AT)
    with pytest.raises(TooManyTries):
        count_try(measure=FILING, who="10.0.0.1", at=AT)
    count_try(measure=FILING, who="10.0.0.2", at=AT)
    count_try(measure=OPENING, who="10.0.0.1", at=AT)
    count_try(measure=FILING, who="10.0.0.1", at=AT + timedelta(seconds=FILING.seconds))
    assert "10.0.0" not in str(list(Tally.objects.values()))


def test_what_is_good_once_is_good_once() -> None:
    assert is_first(what="a", at=AT)
    assert not is_first(what="a", at=AT + timedelta(hours=1))
    assert is_first(what="b", at=AT)


def test_nothing_personal_gets_into_the_log_or_the_events(
    place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        made = filed(place, opponent="乙公司某某")
        _refusal(made.receipt.number, "WRONG-CODE")
        open_receipt(number=made.receipt.number, code=made.code, at=AT)
    said = caplog.text + str(list(Event.objects.values()))
    for secret in ("甲某", "拖欠工资", "乙公司某某", made.code):
        assert secret not in said
