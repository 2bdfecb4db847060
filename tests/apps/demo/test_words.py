"""The words of the made-up reports: the same in every database, and no gap left unfilled."""

from __future__ import annotations

import pytest

from luoshi.apps.demo.words import joint_values, number_of, report_values
from luoshi.apps.organization.models import Body
from luoshi.apps.plan.models import Task
from luoshi.apps.work.models import Occurrence


def _one(pk: int, body: str = "区司法局", period: str = "2026Q1") -> Occurrence:
    return Occurrence(pk=pk, body=Body(pk=pk, name=body), task=Task(pk=pk, key="t3"), key=period)


def test_the_number_depends_on_what_is_reported_and_not_on_keys_of_rows() -> None:
    assert number_of(_one(1)) == number_of(_one(4_711))


def test_other_bodies_and_periods_have_other_numbers() -> None:
    assert (
        len({number_of(_one(1)), number_of(_one(1, body="区民政局")), number_of(_one(1, period="2026Q2"))})
        == 3
    )


@pytest.mark.parametrize("number", range(0, 5_000, 97))
def test_no_gap_is_left_in_a_sentence(number: int) -> None:
    said = [*report_values(number).values(), *joint_values(number).values()]
    assert said
    assert not any(mark in words for words in said for mark in "{}")
