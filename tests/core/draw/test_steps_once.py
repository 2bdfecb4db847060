"""Nothing is drawn for twice, unless the first draw was cancelled in public."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from luoshi.core.draw import errors
from luoshi.core.draw.steps import cancel, commit, refuse_second
from tests.core.draw.example import (
    AFTER,
    BEFORE,
    SECRET,
    answered,
    called_off,
    committed,
    drawn,
    prepared,
    seed,
)


@pytest.mark.parametrize("before", [committed(), drawn(), answered()])
def test_nothing_is_drawn_for_twice(before: Any) -> None:
    spellings = (prepared().purpose, "2026年第二季度 市场监管抽查", "２０２６年第二季度市场监管抽查")
    for again in (replace(prepared(), purpose=spelling) for spelling in spellings):
        with pytest.raises(errors.DrawnBefore) as told:
            commit(again, secret=seed(1), at=BEFORE, earlier=[before])
        assert committed().commitment in told.value.message("zh")
    other = replace(prepared(), purpose="2026年第三季度市场监管抽查")
    assert commit(other, secret=seed(1), at=BEFORE, earlier=[before]).earlier == ()


def test_after_a_public_cancellation_it_is_drawn_again_and_says_so() -> None:
    dropped = called_off()
    again = commit(prepared(), secret=seed(1), at=dropped.at, earlier=[dropped])
    (told,) = again.earlier
    assert (told.commitment, told.secret) == (committed().commitment, SECRET.hex())
    assert (told.reason, told.at) == ("名单有误", dropped.at)
    assert again.commitment != commit(prepared(), secret=seed(1), at=dropped.at).commitment
    with pytest.raises(errors.DrawnBefore):
        refuse_second(prepared().purpose, [dropped, again])
    twice = cancel(again, secret=seed(1), reason="再次更正", at=dropped.at + timedelta(hours=1))
    reasons = [one.reason for one in refuse_second(prepared().purpose, [twice, dropped])]
    assert reasons == ["名单有误", "再次更正"]


def test_after_a_cancellation_nothing_is_dated_before_it() -> None:
    with pytest.raises(errors.OutOfOrder):
        commit(prepared(), secret=seed(1), at=BEFORE, earlier=[called_off()])


def test_a_secret_that_was_opened_is_not_used_again() -> None:
    dropped = called_off()
    with pytest.raises(ValueError, match="nobody has seen"):
        commit(prepared(), secret=SECRET, at=dropped.at, earlier=[dropped])


def test_a_cancellation_has_a_reason() -> None:
    with pytest.raises(errors.UnfitText):
        cancel(drawn(), secret=SECRET, reason="", at=AFTER)
