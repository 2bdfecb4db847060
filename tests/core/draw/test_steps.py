"""A draw goes from stage to stage, and whatever would make it worth less is refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import FrozenInstanceError, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.draw import errors
from luoshi.core.draw.steps import answer, answer_all, cancel, commit, draw, prepare
from luoshi.core.draw.values import Answer, Cancelled, Candidate, Drawn, Reply, Stratum
from luoshi.core.errors import LuoshiError
from tests.core.draw.example import (
    AFTER,
    BEFORE,
    CANDIDATES,
    SECRET,
    SOURCE,
    STRATA,
    VALUE,
    answered,
    committed,
    drawn,
    histories,
    prepared,
    seed,
)

LATER = AFTER + timedelta(days=1)


def prepare_with(**changed: Any) -> object:
    """The example with something else in it."""
    given = {"purpose": "抽查", "strata": STRATA, "source": SOURCE, "candidates": CANDIDATES}
    return prepare(**(given | changed))


def held(now: Drawn, stratum: str) -> list[str]:
    """Keys of those who hold the places of a stratum."""
    return [place.key for place in now.places[stratum]]


@given(st.permutations(CANDIDATES), st.permutations(STRATA))
def test_the_order_of_the_list_does_not_matter(candidates: list[Candidate], strata: list[Stratum]) -> None:
    again = prepare(purpose=prepared().purpose, strata=strata, source=SOURCE, candidates=candidates)
    assert commit(again, secret=SECRET, at=BEFORE) == committed()
    assert draw(commit(again, secret=SECRET, at=BEFORE), secret=SECRET, value=VALUE, at=AFTER) == drawn()


@given(histories())
def test_each_stratum_gets_its_number_from_its_own_and_nobody_twice(made: Drawn | Cancelled) -> None:
    now = made.before if isinstance(made, Cancelled) else made
    if not isinstance(now, Drawn):
        return
    frozen = now.committed.prepared
    known = {one.key: one for one in frozen.candidates}
    assert list(now.orders) == [one.key for one in frozen.strata]
    for stratum in frozen.strata:
        order = now.orders[stratum.key]
        assert len(set(order)) == len(order) == stratum.number + stratum.substitutes
        assert all(known[key].eligible and known[key].stratum == stratum.key for key in order)
        out = sum(reply.key in order and reply.answer is not Answer.accepted for reply in now.replies)
        assert held(now, stratum.key) == [key for key in order if key not in gone(now)][: stratum.number]
        assert now.vacant[stratum.key] == max(0, out - stratum.substitutes)


def gone(now: Drawn) -> set[str]:
    """Who refused or was recused."""
    return {reply.key for reply in now.replies if reply.answer is not Answer.accepted}


def test_who_is_kept_out_is_never_drawn_and_keeps_the_reasons() -> None:
    found = Counter(
        key
        for run in range(300)
        for order in draw(
            commit(prepared(), secret=seed(run), at=BEFORE), secret=seed(run), value=VALUE, at=AFTER
        ).orders.values()
        for key in order
    )
    assert set(found) == {one.key for one in CANDIDATES} - {"D10", "R08"}
    assert prepared().candidates[-1].kept_out == ("在外培训", "近亲属任职于检查对象")


def test_another_value_secret_or_list_is_another_draw() -> None:
    base = drawn()
    assert draw(committed(), secret=SECRET, value="03 08 11 17 22 29 07", at=AFTER).seed != base.seed
    assert committed().commitment != commit(prepared(), secret=seed(0), at=BEFORE).commitment
    longer = prepare_with(purpose=prepared().purpose, candidates=[*CANDIDATES, Candidate("D11", "对象")])
    assert commit(longer, secret=SECRET, at=BEFORE).commitment != committed().commitment


def test_stages_are_values() -> None:
    with pytest.raises(FrozenInstanceError):
        drawn().value = "another"  # type: ignore[misc]
    before = drawn()
    after = answer(before, key=held(before, "人员")[0], answer=Answer.accepted, at=LATER)
    assert before == drawn()
    assert after.replies


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"purpose": " "}, errors.UnfitText),
        ({"purpose": "抽查\n另一行"}, errors.UnfitText),
        ({"source": replace(SOURCE, form="")}, errors.UnfitText),
        ({"candidates": [*CANDIDATES, Candidate("D11", "对象", kept_out=("",))]}, errors.UnfitText),
        ({"candidates": [*CANDIDATES, Candidate("D11\ud800", "对象")]}, errors.UnfitText),
        ({"candidates": [*CANDIDATES, Candidate("D01", "人员")]}, errors.ListedTwice),
        ({"candidates": [*CANDIDATES, Candidate("D11", "别处")]}, errors.StratumUnknown),
        ({"strata": [*STRATA, Stratum("人员", 1)]}, errors.ListedTwice),
        ({"strata": [STRATA[0], Stratum("人员", 0)]}, errors.UnfitNumber),
        ({"strata": [STRATA[0], Stratum("人员", 1, -1)]}, errors.UnfitNumber),
        ({"strata": [STRATA[0], Stratum("人员", 1, 0, 0)]}, errors.UnfitNumber),
        ({"strata": [STRATA[0], Stratum("人员", True)]}, errors.UnfitNumber),
        ({"strata": [STRATA[0], Stratum("人员", 3, 0, 3)]}, errors.PoolTooSmall),
        ({"strata": [STRATA[0], Stratum("人员", 5, 3)]}, errors.PoolTooSmall),
    ],
)
def test_a_list_that_nobody_can_draw_from(change: dict[str, Any], refusal: type[LuoshiError]) -> None:
    with pytest.raises(refusal) as told:
        prepare_with(**change)
    told.value.message("en").encode()


def test_a_small_pool_says_what_is_there_and_what_is_asked() -> None:
    with pytest.raises(errors.PoolTooSmall) as told:
        prepare_with(strata=[STRATA[0], Stratum("人员", 3, multiple=3)])
    assert told.value.message("en").startswith(
        "Stratum “人员” lists 8 and 7 of them are eligible, but the rules ask for at least 9"
    )


def test_the_commitment_comes_days_before_the_value_and_the_draw_after() -> None:
    # The last minute of the fourth of March in China, and the first of the fifth.
    last, first = datetime(2026, 3, 4, 15, 59, tzinfo=UTC), datetime(2026, 3, 4, 16, 0, tzinfo=UTC)
    assert commit(prepared(), secret=SECRET, at=last)
    with pytest.raises(errors.CommittedTooLate):
        commit(prepared(), secret=SECRET, at=first)
    assert draw(committed(), secret=SECRET, value=VALUE, at=first)
    with pytest.raises(errors.DrawnTooEarly):
        draw(committed(), secret=SECRET, value=VALUE, at=last)


@pytest.mark.parametrize("secret", [b"", bytes(31), bytes(33)])
def test_a_secret_has_its_length(secret: bytes) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        commit(prepared(), secret=secret, at=BEFORE)


def test_moments_have_a_time_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        commit(prepared(), secret=SECRET, at=BEFORE.replace(tzinfo=None))


def test_only_the_secret_that_was_committed_to_draws_or_cancels() -> None:
    with pytest.raises(errors.WrongSecret):
        draw(committed(), secret=seed(0), value=VALUE, at=AFTER)
    for before in (committed(), drawn()):
        with pytest.raises(errors.WrongSecret):
            cancel(before, secret=seed(0), reason="名单有误", at=LATER)


@pytest.mark.parametrize(
    "change",
    [
        {"prepared": replace(prepared(), purpose="另一事项")},
        {"prepared": replace(prepared(), strata=(STRATA[1], replace(STRATA[0], number=4)))},
        {"prepared": replace(prepared(), candidates=prepared().candidates[1:])},
        {"prepared": replace(prepared(), source=replace(SOURCE, date=date(2026, 3, 4)))},
        {"at": BEFORE - timedelta(days=1)},
    ],
)
def test_what_was_changed_after_the_commitment_is_not_drawn(change: dict[str, Any]) -> None:
    with pytest.raises(errors.WrongSecret):
        draw(replace(committed(), **change), secret=SECRET, value=VALUE, at=AFTER)


@pytest.mark.parametrize("value", ["", " 03 08", "03\n08"])
def test_the_public_value_is_one_line(value: str) -> None:
    with pytest.raises(errors.UnfitText):
        draw(committed(), secret=SECRET, value=value, at=AFTER)


def test_substitutes_move_up_in_their_order() -> None:
    now = drawn()
    one, two, three, fourth, fifth = now.orders["对象"]
    assert held(now, "对象") == [one, two, three]
    now = answer(now, key=two, answer=Answer.refused, reason="停业", at=LATER)
    assert held(now, "对象") == [one, three, fourth]
    now = answer(now, key=fourth, answer=Answer.recused, reason="利害关系", at=LATER)
    assert held(now, "对象") == [one, three, fifth]
    now = answer(now, key=one, answer=Answer.refused, reason="搬迁", at=LATER)
    assert (held(now, "对象"), now.vacant) == ([three, fifth], {"人员": 0, "对象": 1})
    assert held(now, "人员") == list(now.orders["人员"][:2])
    assert not now.settled


def test_a_recusal_that_is_known_only_afterwards_frees_the_place() -> None:
    now = answered()
    order = now.orders["对象"]
    assert [(place.key, place.accepted) for place in now.places["对象"]] == [
        (order[1], True),
        (order[3], False),
        (order[4], False),
    ]


def test_settled_when_everybody_accepted() -> None:
    now = drawn()
    for stratum in ("人员", "对象"):
        for key in held(now, stratum):
            assert not now.settled
            now = answer(now, key=key, answer=Answer.accepted, at=LATER)
    assert now.settled


@pytest.mark.parametrize(
    ("who", "said", "reason", "refusal"),
    [
        ("D10", Answer.accepted, "", errors.HoldsNoPlace),
        ("nobody", Answer.refused, "出差", errors.HoldsNoPlace),
        (0, Answer.accepted, "", errors.HoldsNoPlace),
        (0, Answer.refused, "再次", errors.HoldsNoPlace),
        (1, Answer.accepted, "", errors.AcceptedBefore),
        (3, Answer.refused, "", errors.UnfitText),
        (3, Answer.recused, "", errors.UnfitText),
        (3, Answer.accepted, " ", errors.UnfitText),
    ],
)
def test_answers_that_are_refused(
    who: int | str, said: Answer, reason: str, refusal: type[LuoshiError]
) -> None:
    now = answered()
    key = now.orders["对象"][who] if isinstance(who, int) else who
    with pytest.raises(refusal):
        answer(now, key=key, answer=said, reason=reason, at=LATER)


def test_a_substitute_who_has_not_moved_up_is_not_asked() -> None:
    now = drawn()
    with pytest.raises(errors.HoldsNoPlace):
        answer(now, key=now.orders["对象"][3], answer=Answer.accepted, at=LATER)


@pytest.mark.parametrize(
    "step",
    [
        lambda at: answer(answered(), key=held(answered(), "人员")[0], answer=Answer.accepted, at=at),
        lambda at: cancel(answered(), secret=SECRET, reason="名单有误", at=at),
    ],
)
def test_no_step_is_dated_before_the_last(step: Callable[[datetime], object]) -> None:
    assert step(answered().replies[-1].at)
    with pytest.raises(errors.OutOfOrder):
        step(AFTER)


def test_many_answers_at_once_are_the_same_as_one_by_one() -> None:
    now = answered()
    assert answer_all(drawn(), now.replies) == now
    assert answer_all(now, []) == now
    with pytest.raises(errors.HoldsNoPlace):
        answer_all(now, [Reply(now.orders["对象"][0], Answer.accepted, "", LATER)])
