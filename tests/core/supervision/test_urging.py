"""Urging: one rung at a time, not too often, not before its day, not beyond one's powers."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.calendar.working_days import WorkCalendar
from luoshi.core.supervision.urging import (
    RUNGS,
    Rung,
    Urged,
    UrgingBeyondPowers,
    UrgingOutOfOrder,
    UrgingTooEarly,
    UrgingTooOften,
    against_urging,
    next_rung,
)
from luoshi.core.work.address import Form

DUE = date(2026, 3, 20)
CALENDAR = WorkCalendar()


def against(rung: Rung, taken: list[Urged], today: date, form: Form = "order") -> list[type]:
    found = against_urging(rung, taken, form=form, body="区民政局", due=DUE, today=today, calendar=CALENDAR)
    return [type(one) for one in found]


def test_before_the_day_only_a_reminder() -> None:
    assert against("reminder", [], date(2026, 3, 18)) == []
    assert against("letter", [Urged("reminder", date(2026, 3, 10))], date(2026, 3, 20)) == [UrgingTooEarly]


def test_rungs_are_not_left_out() -> None:
    assert against("notice", [], date(2026, 3, 24)) == [UrgingOutOfOrder]


def test_three_working_days_between_two_steps() -> None:
    taken = [Urged("reminder", date(2026, 3, 20))]
    assert against("letter", taken, date(2026, 3, 24)) == [UrgingTooOften]
    assert against("letter", taken, date(2026, 3, 25)) == []


def test_a_court_is_written_to_and_nothing_more() -> None:
    taken = [Urged("reminder", date(2026, 3, 2)), Urged("letter", date(2026, 3, 23))]
    assert against("notice", taken, date(2026, 3, 30), "letter") == [UrgingBeyondPowers]
    assert next_rung(taken, "letter") == "letter"


@given(st.sampled_from(["order", "letter"]), st.integers(0, 8))
def test_the_next_rung_may_always_be_taken_in_time(form: Form, steps: int) -> None:
    taken: list[Urged] = []
    today = date(2026, 3, 24)
    for _ in range(steps):
        rung = next_rung(taken, form)
        assert against(rung, taken, today, form) == []
        taken.append(Urged(rung, today))
        today = CALENDAR.add_working_days(today, 3).day
    reached = [RUNGS.index(one.rung) for one in taken]
    assert reached == sorted(reached)


@pytest.mark.parametrize("rung", RUNGS)
def test_never_twice_on_a_day(rung: Rung) -> None:
    assert UrgingTooOften in against(rung, [Urged(rung, date(2026, 3, 24))], date(2026, 3, 24))
