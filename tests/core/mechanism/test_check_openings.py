"""What a draw opens: how it is declared, who serves where, and what is wrong between the two mechanisms."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.mechanism.catalogue import load
from luoshi.core.mechanism.drawing import Share, in_turn
from luoshi.core.mechanism.errors import DeclarationWrong
from tests.core.mechanism.test_drawing import drawing, refusal, texts

ROUND, RECORD = "random-inspection.yaml", "inspection-records.yaml"
OPENED = "\n    who: [system]\n    help"


def test_what_is_opened() -> None:
    opens = drawing().opens
    assert opens is not None
    assert (opens.step, opens.each, opens.candidate) == ("open-records", "objects", "object")
    assert (opens.opening.mechanism, opens.opening.link) == ("inspection-records", "round")
    assert set(opens.opening.copies) == {"item", "planned-for"}
    assert opens.takes == {"name": "name", "code": "code", "address": "address"}
    assert opens.shares == {"inspectors": Share("inspectors", 2)}
    assert set(opens.fills) == {
        *("round", "object", "item", "planned-for", "name", "code", "address", "inspectors")
    }


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (ROUND, "each: objects", "each: objekts", "objects"),
        (ROUND, "step: open-records", "step: visit", "open-records"),
        (ROUND, f"stay: true{OPENED}", f"to: visiting{OPENED}", "stay: true"),
        (ROUND, "mechanism: inspection-records", "mechanism: inspection-record", "inspection-records"),
        (ROUND, "link: round", "link: rounds", "round"),
        (ROUND, "link: round", "link: object", "random-inspection"),
        (ROUND, "candidate: object", "candidate: item", "inspection-objects"),
        (ROUND, "copies: {item: item", "copies: {itm: item", "item"),
        (ROUND, "planned-for: planned_for}", "planned-for: planed_for}", "planned_for"),
        (ROUND, "takes: {name: name", "takes: {name: nam", "name"),
        (ROUND, "{inspectors: {pool: inspectors", "{inspectors: {pool: inspector", "inspectors"),
        (ROUND, "{pool: inspectors, number: 2}", "{pool: objects, number: 2}", "shared out"),
        (ROUND, "shares: {inspectors:", "shares: {note:", "does not ask"),
        (ROUND, "shares: {inspectors: {", "shares: {code: {", "rows"),
        (ROUND, "{name: name, body: body}", "{name: name, body: body, accepted: body}", "accepted"),
        (RECORD, "    who: [system]", "    who: [handler]", "first step of `system`"),
        (ROUND, "candidate: object", "candidate: corrected-on", "does not ask for “corrected-on”"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(file: str, old: str, new: str, said: str) -> None:
    assert said in refusal(file, old, new)


def test_a_first_step_of_the_system_needs_a_mechanism_that_opens_it() -> None:
    found = texts()
    text = found[ROUND]
    start, end = text.index("    opens:\n"), text.index("    pools:\n")
    step = text[text.index("  open-records:\n") : text.index("  cancel-draw:\n")]
    without = text[:start] + text[end:]
    with pytest.raises(DeclarationWrong) as refused:
        load(found | {ROUND: without.replace(step, "")})
    assert "No mechanism opens such entries" in refused.value.message("en")
    assert RECORD in refused.value.message("en")


@given(
    holders=st.lists(st.integers(), min_size=1, max_size=9, unique=True),
    number=st.integers(0, 9),
    places=st.integers(0, 40),
)
def test_nobody_serves_twice_in_one_entry_nor_more_often_than_others(
    holders: list[int], number: int, places: int
) -> None:
    served = [in_turn(holders, number, place) for place in range(places)]
    wanted = min(number or len(holders), len(holders))
    assert all(len(set(one)) == len(one) == wanted for one in served)
    times = Counter(dict.fromkeys(holders, 0))
    times.update(one for group in served for one in group)
    assert max(times.values()) - min(times.values()) <= 1
