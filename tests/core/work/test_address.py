"""Whom each issuing line may instruct, and whom it has to ask."""

from __future__ import annotations

from typing import get_args

import pytest

from luoshi.core.work.address import REGULATION, IssuingLine, address

LINES = (
    *("party", "government", "congress", "consultative", "court", "procuratorate", "mass", "vertical"),
    *("township", "enterprise", "institution", "leading-group", "other"),
)


@pytest.mark.parametrize(
    "line", ["party", "congress", "consultative", "court", "procuratorate", "mass", "leading-group"]
)
def test_a_government_asks_those_it_does_not_supervise_and_says_by_which_article(line: str) -> None:
    found = address("government", line)
    assert (found.form, found.source) == ("letter", REGULATION)
    assert found.title.zh == "商请函"


@pytest.mark.parametrize("line", ["government", "township", "institution"])
@pytest.mark.parametrize("issuing", get_args(IssuingLine))
def test_everybody_instructs_departments_and_townships(issuing: IssuingLine, line: str) -> None:
    assert address(issuing, line).title.zh == "交办单"


@pytest.mark.parametrize("issuing", ["party", "rule-of-law"])
@pytest.mark.parametrize("line", ["court", "procuratorate", "mass", "party", "congress"])
def test_the_party_and_its_office_reach_them(issuing: IssuingLine, line: str) -> None:
    assert address(issuing, line).form == "order"


@pytest.mark.parametrize("issuing", get_args(IssuingLine))
def test_bodies_led_from_above_and_unknown_ones_are_asked(issuing: IssuingLine) -> None:
    assert {address(issuing, line).form for line in ("vertical", "enterprise", "other", "")} == {"letter"}


@pytest.mark.parametrize("issuing", get_args(IssuingLine))
@pytest.mark.parametrize("line", LINES)
def test_every_answer_has_words_in_both_languages(issuing: IssuingLine, line: str) -> None:
    found = address(issuing, line)
    assert all(phrase.zh and phrase.en for phrase in (found.reason, found.source, found.title, found.verb))
