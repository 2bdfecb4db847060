"""Proofs that are right in every hash, of draws that broke a rule: refused by our check and by the script."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from luoshi.cli.verify_draw import sha
from luoshi.core.draw.record import commitment_of, proof
from luoshi.core.draw.selection import seed_of, select
from luoshi.core.draw.values import (
    Answer,
    Cancellation,
    Cancelled,
    Candidate,
    Committed,
    Drawn,
    Prepared,
    Reply,
    Stratum,
)
from tests.core.draw.example import AFTER, BEFORE, SECRET, SOURCE, VALUE, answered, drawn, prepared
from tests.core.draw.test_checking import ours, theirs


def forge(frozen: Prepared = prepared(), **changed: Any) -> Drawn:  # noqa: B008
    """A draw with hashes as they should be, whatever was done."""
    committed = Committed(frozen, "", changed.pop("committed_at", BEFORE), changed.pop("earlier", ()))
    committed = replace(committed, commitment=commitment_of(committed, SECRET))
    seed = seed_of(SECRET, committed.commitment, VALUE)
    orders = {
        one.key: select(frozen.pool(one.key), one.number + one.substitutes, seed, one.key)
        for one in frozen.strata
    }
    return replace(Drawn(committed, SECRET.hex(), VALUE, seed.hex(), orders, AFTER), **changed)


def with_candidates(*more: Candidate) -> Prepared:
    """The example with more in its list, in order."""
    listed = sorted((*prepared().candidates, *more), key=lambda one: one.key)
    return replace(prepared(), candidates=tuple(listed))


def with_strata(*strata: Stratum) -> Prepared:
    """The example with other rules."""
    return replace(prepared(), strata=strata)


def replied(*replies: tuple[int, Answer, str]) -> Drawn:
    """The example with answers by those at these places of the drawn order."""
    order = drawn().orders["对象"]
    return replace(drawn(), replies=tuple(Reply(order[at], said, why, AFTER) for at, said, why in replies))


PEOPLE, OBJECTS = prepared().strata
YES, NO, OUT = Answer.accepted, Answer.refused, Answer.recused
FORGED: dict[str, Callable[[], Drawn | Cancelled]] = {
    "committed on the day of the value": lambda: forge(committed_at=AFTER - timedelta(hours=2)),
    "drawn before the day of the value": lambda: forge(at=AFTER - timedelta(days=1)),
    "drawn before it was committed": lambda: forge(at=BEFORE - timedelta(hours=1)),
    "a date that is none": lambda: forge(
        replace(prepared(), source=replace(SOURCE, date=Weird("2026-03-0")))
    ),
    "a pool too small for its multiple": lambda: forge(with_strata(replace(PEOPLE, multiple=4), OBJECTS)),
    "nobody to draw": lambda: forge(with_strata(replace(PEOPLE, number=0, substitutes=1), OBJECTS)),
    "fewer than none": lambda: forge(with_strata(replace(PEOPLE, substitutes=-1), OBJECTS)),
    "somebody listed twice": lambda: forge(with_candidates(Candidate("D01", "对象", "另一名称"))),
    "somebody of no stratum": lambda: forge(with_candidates(Candidate("D11", "别处"))),
    "a list out of order": lambda: forge(replace(prepared(), candidates=prepared().candidates[::-1])),
    "strata out of order": lambda: forge(with_strata(OBJECTS, PEOPLE)),
    "a seed that was chosen": lambda: forge(seed="0" * 64),
    "another value": lambda: forge(value="01 02 03 04 05 06 07"),
    "two exchanged": lambda: forge(
        orders={**drawn().orders, "对象": drawn().orders["对象"][1::-1] + drawn().orders["对象"][2:]}
    ),
    "two substitutes exchanged": lambda: forge(
        orders={**drawn().orders, "对象": drawn().orders["对象"][:3] + drawn().orders["对象"][:2:-1]}
    ),
    "one who was kept out": lambda: forge(
        orders={**drawn().orders, "人员": ("R08", *drawn().orders["人员"][1:])}
    ),
    "one too many": lambda: forge(orders={**drawn().orders, "人员": prepared().pool("人员")}),
    "an answer of nobody": lambda: replace(drawn(), replies=(Reply("D10", YES, "", AFTER),)),
    "an answer of a substitute": lambda: replied((3, YES, "")),
    "moved up too far": lambda: replied((0, NO, "停业"), (4, YES, "")),
    "accepted after refusing": lambda: replied((0, NO, "停业"), (0, YES, "")),
    "refused twice": lambda: replied((0, NO, "停业"), (0, OUT, "停业")),
    "accepted twice": lambda: replied((0, YES, ""), (0, YES, "")),
    "refused without a reason": lambda: replied((0, NO, "")),
    "recused without a reason": lambda: replied((0, OUT, "")),
    "answered before it was drawn": lambda: replace(
        drawn(), replies=(Reply(drawn().orders["对象"][0], YES, "", AFTER - timedelta(minutes=1)),)
    ),
    "cancelled without a reason": lambda: Cancelled(drawn(), SECRET.hex(), "", AFTER),
    "cancelled before it was drawn": lambda: Cancelled(drawn(), SECRET.hex(), "名单有误", BEFORE),
    "cancelled with another secret": lambda: Cancelled(drawn(), "0" * 64, "名单有误", AFTER),
    "committed before the first was cancelled": lambda: forge(
        earlier=(Cancellation("0" * 64, "1" * 64, "名单有误", BEFORE + timedelta(hours=1)),)
    ),
}


class Weird(str):
    """A day as no calendar has it."""

    __slots__ = ()

    def isoformat(self) -> str:
        """As it would be written."""
        return str(self)


@pytest.mark.parametrize("state", FORGED.values(), ids=FORGED)
def test_a_rule_that_was_broken_is_found(state: Callable[[], Drawn | Cancelled]) -> None:
    made = proof(state())
    assert not ours(made)
    assert not theirs(made)


def test_the_forger_can_also_be_honest() -> None:
    """What is refused above is refused for what was done, not for how it was made."""
    assert forge() == drawn()
    earlier = (Cancellation("0" * 64, "1" * 64, "名单有误", BEFORE),)
    for state in (
        forge(earlier=earlier),
        forge(replies=answered().replies),
        Cancelled(forge(), SECRET.hex(), "有误", AFTER),
    ):
        assert ours(proof(state))
        assert theirs(proof(state))


LAST = answered().replies[-1].at.isoformat(timespec="microseconds").replace("+00:00", "Z")


@pytest.mark.parametrize(
    "change",
    [
        lambda log: log.append({**log[0], "at": LAST}),
        lambda log: log.insert(0, {"kind": "cancelled", "reason": "有误", "at": log[0]["at"]}),
        lambda log: log.insert(1, {"kind": "cancelled", "reason": "有误", "at": log[0]["at"]}),
        lambda log: log.append({"kind": "drawn again", "key": "D01", "reason": "x", "at": LAST}),
        lambda log: log[-1].update(at=LAST.replace("T", "t")),
        lambda log: log[-1].update(at=LAST.replace("Z", "+00:00")),
        lambda log: log[-1].update(at=LAST.replace("Z", "z")),
        lambda log: log.clear(),
    ],
)
def test_steps_that_a_draw_does_not_have(change: Callable[[list[Any]], object]) -> None:
    made = json.loads(json.dumps(proof(answered())))
    change(made["log"])
    made["head"] = made["announced"]["commitment"]
    for entry in made["log"]:
        made["head"] = sha({"before": made["head"], "entry": entry})
    assert not ours(made)
    assert not theirs(made)
