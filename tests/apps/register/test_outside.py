"""Numbers, codes, questions and passes: drawn, signed, and good for one thing."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.apps.register import outside
from luoshi.apps.register.outside import (
    ALPHABET,
    Question,
    ask,
    asked,
    fits,
    hidden,
    is_right,
    new_code,
    new_number,
    pass_for,
    passed,
    tidy,
)


def test_numbers_and_codes_are_drawn_and_hold_no_character_that_is_misread() -> None:
    drawn = {new_number() for _ in range(500)} | {new_code() for _ in range(500)}
    assert len(drawn) == 1000
    assert set("".join(drawn)) == set(ALPHABET) | {"-"}
    assert not set("01OIL") & set(ALPHABET)


@given(st.text(ALPHABET, min_size=12, max_size=12), st.sampled_from(["", " ", "-", "－"]))
def test_what_was_printed_is_found_however_it_is_typed(plain: str, between: str) -> None:
    printed = "-".join(plain[start : start + 4] for start in (0, 4, 8))
    assert tidy(between.join(plain).lower()) == printed
    assert tidy(printed) == printed


@given(st.integers(1, 9), st.integers(1, 9))
def test_a_sum_is_right_in_digits_and_in_chinese(first: int, second: int) -> None:
    question, total = Question(first, second, ""), first + second
    numerals = "零一二三四五六七八九"
    chinese = ("十" if total > 9 else "") + (numerals[total % 10] if total % 10 or total < 10 else "")
    for answer in (
        str(total),
        f" {total} ",
        str(total).translate(dict(zip(range(48, 58), range(0xFF10, 0xFF1A), strict=True))),
        chinese,
    ):
        assert is_right(question, answer), answer
    for answer in (str(total + 1), "", "十个", "-1", "9" * 500, f"{total}.0"):
        assert not is_right(question, answer), answer


def test_a_question_is_good_for_its_own_form_and_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    question = ask("legal-aid")
    assert asked("legal-aid", question.token) == question
    assert asked("mediation", question.token) is None
    assert asked("legal-aid", question.token[:-1]) is None
    assert asked("legal-aid", "") is None
    later = time.time() + outside.QUESTION_SECONDS + 5
    monkeypatch.setattr(time, "time", lambda: later)
    assert asked("legal-aid", question.token) is None


def test_a_pass_opens_one_receipt_until_its_code_changes_or_half_an_hour(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    token = pass_for(7, "hash")
    assert (passed(token), fits(token, "hash"), fits(token, "other")) == (7, True, False)
    assert passed(ask("legal-aid").token) is None
    later = time.time() + outside.PASS_SECONDS + 5
    monkeypatch.setattr(time, "time", lambda: later)
    assert (passed(token), fits(token, "hash")) == (None, False)


def test_an_address_cannot_be_read_from_what_is_kept() -> None:
    assert "10.0.0.1" not in hidden("file", "10.0.0.1")
    assert hidden("file", "10.0.0.1") == hidden("file", "10.0.0.1") != hidden("receipt", "10.0.0.1")
