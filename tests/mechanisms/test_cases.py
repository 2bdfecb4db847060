"""Every case of every mechanism, in memory."""

from __future__ import annotations

import pytest

from luoshi import mechanisms
from luoshi.core.calendar.working_days import WorkCalendar
from luoshi.core.mechanism.cases import Case, read_cases
from luoshi.core.mechanism.catalogue import Catalogue, load
from luoshi.core.mechanism.running import differences

CASES = [
    pytest.param(case, id=f"{key}: {case.name.en}")
    for key, text in mechanisms.cases().items()
    for case in read_cases(key, text, f"{key}.cases.yaml")
]
# A mechanism is complete with at least so many.
FEWEST = 8


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load(mechanisms.declarations())


@pytest.mark.parametrize("case", CASES)
def test_a_case_comes_out_as_it_says(case: Case, catalogue: Catalogue) -> None:
    assert list(differences(case, catalogue, WorkCalendar())) == []


def test_every_mechanism_brings_its_cases(catalogue: Catalogue) -> None:
    texts = mechanisms.cases()
    few = {
        one.key: found
        for one in catalogue
        if (found := len(read_cases(one.key, texts.get(one.key, "[]"), one.key))) < FEWEST
    }
    assert not few, f"fewer than {FEWEST} cases: {few}"


@pytest.mark.parametrize("key", sorted(mechanisms.cases()))
def test_the_cases_hold_refusals_an_overrun_and_an_empty_denominator(key: str) -> None:
    cases = read_cases(key, mechanisms.cases()[key], key)
    steps = [step for case in cases for entry in case.entries for step in entry.steps]
    outcomes = {limit.outcome for case in cases for entry in case.entries for limit in entry.limits.values()}
    figures = {figure.value for case in cases for figure in case.figures}
    assert any(step.refused for step in steps)
    assert "overrun" in outcomes
    assert figures & {"missing", "not-applicable", "0"}
