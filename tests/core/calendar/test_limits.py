"""Statutory limits against a plain list of days, and what their dates warn about."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.calendar.limits import (
    ExtensionTooLong,
    Limit,
    LimitsOverlap,
    Pause,
    due,
    in_force,
)
from luoshi.core.calendar.working_days import PUBLISHED, WorkCalendar

DAY = timedelta(days=1)
CALENDAR = WorkCalendar()
ALWAYS = date(2000, 1, 1)

starts = st.dates(date(2010, 1, 1), date(2023, 12, 31))
amounts = st.integers(1, 90)
units = st.sampled_from(["day", "working_day"])
closed_pauses = st.lists(
    st.tuples(st.integers(-20, 120), st.integers(0, 40)),
    max_size=4,
)


def rule(amount: int, unit: str, **more: object) -> Limit:
    """A limit that is in force and verified unless said otherwise."""
    details: dict[str, object] = {"in_force_from": ALWAYS, "verified": True, **more}
    return Limit(amount, unit, "示例条例第1条", **details)  # type: ignore[arg-type]


def slow(amount: int, unit: str, start: date, off: set[date]) -> date:
    """The last counted day: list the days that count and take the one in that place."""
    after = [start + n * DAY for n in range(1, 1000)]
    counted = [d for d in after if d not in off and (unit == "day" or CALENDAR.is_working_day(d))]
    return counted[amount - 1]


@given(amounts, units, starts, closed_pauses)
def test_counting_leaves_pauses_out(amount: int, unit: str, start: date, gaps: list[tuple[int, int]]) -> None:
    pauses = [Pause(start + first * DAY, start + (first + length) * DAY) for first, length in gaps]
    off = {p.first + n * DAY for p in pauses for n in range((p.last - p.first).days + 1) if p.last}
    found = due(rule(amount, unit), start, CALENDAR, pauses=pauses)
    assert found.counted == slow(amount, unit, start, off)
    assert found.day == CALENDAR.roll_on(found.counted).day
    assert found.certain


@given(st.integers(1, 60), st.integers(0, 60), units, starts)
def test_an_extension_continues_the_count(amount: int, extended: int, unit: str, start: date) -> None:
    longer = due(rule(amount, unit, extension=60), start, CALENDAR, extended=extended)
    assert longer.day == due(rule(amount + extended, unit), start, CALENDAR).day


@given(amounts, starts)
def test_working_days_are_the_calendar_s(amount: int, start: date) -> None:
    assert (
        due(rule(amount, "working_day"), start, CALENDAR).day == CALENDAR.add_working_days(start, amount).day
    )


@given(amounts, units, starts, st.integers(0, 30))
def test_a_pause_never_brings_the_day_forward(amount: int, unit: str, start: date, length: int) -> None:
    pause = Pause(start + 3 * DAY, start + (3 + length) * DAY)
    plain, paused = (
        due(rule(amount, unit), start, CALENDAR),
        due(rule(amount, unit), start, CALENDAR, pauses=[pause]),
    )
    assert plain.day is not None
    assert paused.day is not None
    assert paused.day >= plain.day


# --- known limits -------------------------------------------------------------------------------------


def test_calendar_days_roll_over_the_spring_festival() -> None:
    # 15 days after 4 February 2026 is 19 February, within the holiday that ends on the 23rd.
    found = due(rule(15, "day"), date(2026, 2, 4), CALENDAR)
    assert (found.counted, found.day) == (date(2026, 2, 19), date(2026, 2, 24))
    assert due(rule(15, "day", rolls_on=False), date(2026, 2, 4), CALENDAR).day == date(2026, 2, 19)


def test_working_days_of_a_reply() -> None:
    # From Friday 18 September: 5 days to Thursday 24 (Sunday 20 is worked), then 3, then 8 to 10 October.
    assert due(rule(20, "working_day"), date(2026, 9, 18), CALENDAR).day == date(2026, 10, 22)


# --- warnings -----------------------------------------------------------------------------------------


def codes(limit: Limit, start: date, **more: object) -> list[str]:
    """The cautions of a due date."""
    return [caution.code for caution in due(limit, start, CALENDAR, **more).cautions]  # type: ignore[arg-type]


def test_what_was_not_verified_says_so() -> None:
    assert codes(rule(7, "day", verified=False), date(2026, 3, 2)) == ["not-verified"]


def test_a_limit_out_of_force_says_so() -> None:
    old = rule(7, "day", in_force_to=date(2024, 12, 31))
    assert codes(old, date(2024, 12, 31)) == []
    assert codes(old, date(2025, 1, 1)) == ["not-in-force"]
    assert codes(rule(7, "day", in_force_from=date(2026, 4, 1)), date(2026, 3, 31)) == ["not-in-force"]


def test_unknown_years_matter_only_where_they_are_used() -> None:
    start = date(max(PUBLISHED), 12, 21)
    assert codes(rule(20, "working_day"), start) == ["year-unknown"]
    assert codes(rule(20, "day"), start) == ["year-unknown"], "its last day may be a day off"
    assert codes(rule(20, "day", rolls_on=False), start) == []
    assert codes(rule(3, "working_day"), start) == []


def test_an_open_pause_leaves_no_date() -> None:
    found = due(rule(10, "working_day"), date(2026, 3, 2), CALENDAR, pauses=[Pause(date(2026, 3, 5))])
    assert (found.day, found.counted, found.certain) == (None, None, False)
    assert [caution.code for caution in found.cautions] == ["paused"]
    late = due(rule(2, "day"), date(2026, 3, 2), CALENDAR, pauses=[Pause(date(2026, 3, 5))])
    assert late.day == date(2026, 3, 4), "a pause after the end changes nothing"


# --- choosing and refusing ----------------------------------------------------------------------------


def test_the_version_in_force_governs() -> None:
    old = rule(15, "day", in_force_to=date(2021, 12, 31))
    new = rule(7, "day", in_force_from=date(2022, 1, 1))
    assert in_force([new, old], date(2021, 12, 31)) is old
    assert in_force([new, old], date(2022, 1, 1)) is new
    assert in_force([new], date(2021, 12, 31)) is None


def test_two_versions_on_one_day_are_refused() -> None:
    with pytest.raises(LimitsOverlap):
        in_force([rule(15, "day"), rule(7, "day")], date(2022, 1, 1))


def test_an_extension_beyond_the_rule_is_refused() -> None:
    with pytest.raises(ExtensionTooLong) as refused:
        due(rule(20, "working_day", extension=20), date(2026, 3, 2), CALENDAR, extended=21)
    assert "20 working days" in refused.value.message("en")
    with pytest.raises(ExtensionTooLong):
        due(rule(20, "working_day"), date(2026, 3, 2), CALENDAR, extended=-1)


@pytest.mark.parametrize("more", [{"extension": -1}, {"in_force_to": date(1999, 1, 1)}, {"extension": 10**6}])
def test_what_is_no_limit(more: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"not a limit|in force until"):
        rule(5, "day", **more)


def test_a_limit_of_nothing_is_no_limit() -> None:
    with pytest.raises(ValueError, match="not a limit"):
        rule(0, "day")


# --- months and years ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "unit", "start", "end"),
    [
        (3, "month", date(2026, 1, 15), date(2026, 4, 15)),
        (1, "month", date(2026, 1, 31), date(2026, 2, 28)),
        (1, "year", date(2024, 2, 29), date(2025, 2, 28)),
        (5, "year", date(2021, 6, 1), date(2026, 6, 1)),
        (14, "month", date(2025, 11, 30), date(2027, 1, 30)),
    ],
)
def test_months_end_on_the_corresponding_day(amount: int, unit: str, start: date, end: date) -> None:
    assert due(rule(amount, unit), start, CALENDAR).counted == end


def test_a_pause_lengthens_months_by_its_days() -> None:
    paused = [Pause(date(2026, 1, 20), date(2026, 1, 29))]
    assert due(rule(3, "month"), date(2026, 1, 15), CALENDAR, pauses=paused).counted == date(2026, 4, 25)


@given(st.integers(1, 60), st.sampled_from(["month", "year"]), starts, st.integers(0, 30))
def test_more_months_never_end_earlier(amount: int, unit: str, start: date, more: int) -> None:
    first, later = (due(rule(n, unit), start, CALENDAR).counted for n in (amount, amount + more))
    assert first is not None
    assert later is not None
    assert start < first <= later
