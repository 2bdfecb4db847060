"""The table of an order: every way from proposal to archive, and what it refuses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.supervision.machines import OPEN, ORDER, RUNNING, WAITING
from luoshi.core.work.states import Role, Standing, StepNeedsMore, StepNotForRole, possible, step

GIVEN = {"reason": "有新批示", "basis": "会议纪要", "second-person": True, "acceptance": True}
WAY: list[tuple[str, Role]] = [
    ("propose", "office"),
    ("issue", "office"),
    ("sign", "liaison"),
    ("reply", "head"),
    ("return", "office"),
    ("reply", "liaison"),
    ("continue", "office"),
    ("reply", "liaison"),
    ("accept", "office"),
    ("close", "office"),
    ("archive", "office"),
]


def test_the_whole_way() -> None:
    standing = ORDER.start
    for name, role in WAY:
        standing = step(ORDER, standing, name, role=role, given=GIVEN)
    assert standing.state == "archived"


def test_nobody_approves_an_order_of_their_own() -> None:
    with pytest.raises(StepNeedsMore):
        step(ORDER, Standing("proposed"), "issue", role="office", given={**GIVEN, "second-person": False})


def test_an_order_without_authority_does_not_go_out() -> None:
    with pytest.raises(StepNeedsMore):
        step(ORDER, Standing("draft"), "propose", role="office", given={"basis": " "})


@pytest.mark.parametrize("name", ["accept", "return", "continue"])
def test_bodies_do_not_review_themselves(name: str) -> None:
    with pytest.raises(StepNotForRole):
        step(ORDER, Standing("replied"), name, role="head", given=GIVEN)


@given(st.lists(st.integers(0, 30), max_size=25))
def test_wherever_it_goes_a_suspension_comes_back_and_an_archive_is_the_end(choices: list[int]) -> None:
    standing = ORDER.start
    for choice in choices:
        rows = [
            (row, role) for role in ("office", "liaison", "head") for row in possible(ORDER, standing, role)
        ]
        if not rows:
            assert standing.state == "archived"
            return
        row, role = rows[choice % len(rows)]
        before = standing
        standing = step(ORDER, standing, row.name, role=role, given=GIVEN)
        if row.name == "suspend":
            assert step(ORDER, standing, "resume", role="office").state == before.state


def test_what_is_open_and_what_runs() -> None:
    states = {state.key for state in ORDER.states}
    assert set(WAITING) < set(RUNNING) < set(OPEN) < states
    assert states - set(OPEN) == {"closed", "renewed", "cancelled", "archived"}
