"""What made-up bodies do depends on the seed, the place and the period, and on nothing else."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from luoshi.apps.simulation.behaviour import IN_TIME, LATE, NEVER, conduct

names = st.text(min_size=1, max_size=6)


@given(seed=st.integers(), body=names, task=names, period=names, span=st.integers(0, 90))
def test_the_same_draw_is_the_same_conduct(seed: int, body: str, task: str, period: str, span: int) -> None:
    first = conduct(seed, body, task, period, span=span)
    assert first == conduct(seed, body, task, period, span=span)
    opened = date(2026, 3, 2)
    due = opened + timedelta(days=span)
    day = first.reported_on(opened, due)
    if first.outcome == NEVER:
        assert day is None
    elif first.outcome == IN_TIME:
        assert day is not None
        assert opened <= day <= due
    else:
        assert day is not None
        assert day > due


def test_most_report_in_time_and_every_outcome_occurs() -> None:
    drawn = Counter(
        conduct(1, f"body {body}", str(task), "2026Q1", span=20).outcome
        for body in range(40)
        for task in range(40)
    )
    assert set(drawn) == {IN_TIME, LATE, NEVER}
    assert drawn[IN_TIME] > 0.7 * drawn.total()
    assert drawn[NEVER] < 0.1 * drawn.total()
