"""Working days against the package asked day by day, known holidays, and what is not known."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.calendar.working_days import PUBLISHED, DayOutOfRange, Override, WorkCalendar

DAY = timedelta(days=1)
NATIONAL = WorkCalendar()
FIRST, LAST = date(min(PUBLISHED), 1, 1), date(max(PUBLISHED), 12, 31)
ENOUGH = timedelta(days=700)

published_days = st.dates(FIRST + ENOUGH, LAST - ENOUGH)
any_days = st.dates(date(1995, 1, 1), date(2190, 12, 31))
overrides = st.dictionaries(st.dates(date(2024, 1, 1), date(2028, 12, 31)), st.booleans(), max_size=12)


def calendar_of(changes: dict[date, bool], confirmed: frozenset[int] = frozenset()) -> WorkCalendar:
    """A region's calendar with these days changed."""
    return WorkCalendar(tuple(Override(day, working) for day, working in changes.items()), confirmed)


def worked(day: date, changes: dict[date, bool] | None = None) -> bool:
    """The slow calculation: one day, asked of the package through its own door."""
    if changes and day in changes:
        return changes[day]
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


def step(start: date, n: int, changes: dict[date, bool] | None = None) -> date:
    """The n-th working day after or before a day, one day at a time."""
    day, left = start, abs(n)
    while left:
        day += DAY if n > 0 else -DAY
        left -= worked(day, changes)
    return day


def count(start: date, end: date, changes: dict[date, bool] | None = None) -> int:
    """The working days after `start` up to `end`, one day at a time."""
    return sum(worked(start + n * DAY, changes) for n in range(1, (end - start).days + 1))


# --- against the slow calculation ---------------------------------------------------------------------


@pytest.mark.parametrize("year", sorted(PUBLISHED))
def test_every_published_day(year: int) -> None:
    days = [date(year, 1, 1) + n * DAY for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]
    assert [NATIONAL.is_working_day(day) for day in days] == [worked(day) for day in days]
    assert any(worked(day) and day.weekday() >= 5 for day in days), (
        "a year without shifted days proves little"
    )


@given(published_days, st.integers(-300, 300))
def test_adding_is_stepping(start: date, n: int) -> None:
    found = NATIONAL.add_working_days(start, n)
    assert found.day == step(start, n)
    assert found.certain


@given(published_days, st.integers(0, 700))
def test_between_is_counting(start: date, length: int) -> None:
    end = start + length * DAY
    assert NATIONAL.working_days_between(start, end).days == count(start, end)
    assert NATIONAL.working_days_between(end, start).days == -count(start, end)


@given(overrides, st.dates(date(2023, 6, 1), date(2029, 6, 30)), st.integers(-80, 80))
def test_overrides_are_kept(changes: dict[date, bool], start: date, n: int) -> None:
    calendar = calendar_of(changes)
    day = calendar.add_working_days(start, n).day
    assert day == step(start, n, changes)
    low, high = min(start, day), max(start, day)
    assert calendar.working_days_between(low, high).days == count(low, high, changes)
    assert calendar.is_working_day(start) == worked(start, changes)


# --- laws ---------------------------------------------------------------------------------------------


@given(any_days, st.integers(1, 400))
def test_between_undoes_adding(start: date, n: int) -> None:
    later = NATIONAL.add_working_days(start, n).day
    assert NATIONAL.working_days_between(start, later).days == n
    assert NATIONAL.is_working_day(later)
    assert (NATIONAL.add_working_days(later, -n).day == start) == NATIONAL.is_working_day(start)


@given(any_days, any_days, any_days)
def test_counts_add_up(a: date, b: date, c: date) -> None:
    between = NATIONAL.working_days_between
    assert between(a, b).days + between(b, c).days == between(a, c).days


@given(any_days)
def test_rolling_on_stops_at_the_first_working_day(day: date) -> None:
    found = NATIONAL.roll_on(day).day
    assert NATIONAL.is_working_day(found)
    assert found >= day
    assert not any(NATIONAL.is_working_day(day + n * DAY) for n in range((found - day).days))
    assert NATIONAL.roll_on(found).day == found


@given(any_days)
def test_the_previous_working_day_is_the_last_one_before(day: date) -> None:
    found = NATIONAL.previous_working_day(day).day
    assert found < day
    assert NATIONAL.is_working_day(found)
    assert NATIONAL.roll_on(found + DAY).day >= day


@given(any_days)
def test_nothing_to_add_is_the_day_itself(day: date) -> None:
    assert NATIONAL.add_working_days(day, 0).day == day
    assert NATIONAL.working_days_between(day, day).days == 0


# --- known days ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "working", "why"),
    [
        (date(2026, 2, 14), True, "春节调休上班"),
        (date(2026, 2, 15), False, "春节放假"),
        (date(2026, 2, 23), False, "春节放假"),
        (date(2026, 2, 28), True, "春节调休上班"),
        (date(2026, 3, 1), False, "周末"),
        (date(2026, 9, 20), True, "国庆节调休上班"),
        (date(2026, 10, 8), True, "工作日"),
        (date(2026, 10, 10), True, "国庆节调休上班"),
        (date(2026, 1, 4), True, "元旦调休上班"),
    ],
)
def test_days_of_2026(day: date, working: bool, why: str) -> None:
    found = NATIONAL.explain(day)
    assert (found.working, found.why.zh, found.certain) == (working, why, True)


def test_limits_over_the_spring_festival_of_2026() -> None:
    # Friday 13 February; Saturday 14 is worked, 15 to 23 are off.
    assert NATIONAL.add_working_days(date(2026, 2, 13), 1).day == date(2026, 2, 14)
    assert NATIONAL.add_working_days(date(2026, 2, 13), 2).day == date(2026, 2, 24)
    assert NATIONAL.previous_working_day(date(2026, 2, 24)).day == date(2026, 2, 14)
    assert NATIONAL.roll_on(date(2026, 2, 17)).day == date(2026, 2, 24)


# --- what is not known --------------------------------------------------------------------------------


def test_a_year_without_a_schedule_says_so() -> None:
    unknown = max(PUBLISHED) + 1
    found = NATIONAL.add_working_days(date(unknown - 1, 12, 20), 20)
    assert not found.certain
    assert found.missing == (unknown,)
    assert found.doubt is not None
    assert str(unknown) in found.doubt.zh
    assert not NATIONAL.explain(date(unknown, 5, 1)).certain
    assert NATIONAL.working_days_between(date(unknown, 3, 1), date(unknown + 1, 3, 1)).missing == (
        unknown,
        unknown + 1,
    )


def test_the_last_days_of_a_year_wait_for_the_next_schedule() -> None:
    last = max(PUBLISHED)
    assert NATIONAL.explain(date(last, 12, 28)).certain
    assert NATIONAL.explain(date(last, 12, 31)).missing == (last + 1,)
    moved = {day for day in (*chinese_calendar.holidays, *chinese_calendar.workdays) if day.month == 12}
    assert min(day.day for day in moved) == 29, "the reach of New Year has grown"


def test_years_before_the_first_schedule_are_not_known_either() -> None:
    assert NATIONAL.explain(date(2003, 5, 1)).missing == (2003,)


def test_an_override_settles_its_own_day_only() -> None:
    unknown = max(PUBLISHED) + 1
    here = calendar_of({date(unknown, 6, 1): False})
    assert here.explain(date(unknown, 6, 1)).certain
    assert here.roll_on(date(unknown, 6, 1)).missing == (unknown,)
    assert not here.explain(date(unknown, 6, 2)).certain


def test_a_schedule_entered_by_the_office_is_known() -> None:
    unknown = max(PUBLISHED) + 1
    here = WorkCalendar((Override(date(unknown, 10, 1), False, "国庆节"),), frozenset({unknown}))
    assert here.add_working_days(date(unknown - 1, 12, 20), 20).certain
    assert not here.explain(date(unknown, 12, 31)).certain, "the year after it is still unknown"
    assert here.explain(date(unknown, 10, 1)).why.zh == "本地区放假:国庆节"


@given(any_days, st.integers(-60, 60), overrides)
def test_doubt_is_doubt_about_a_day_in_between(start: date, n: int, changes: dict[date, bool]) -> None:
    calendar = calendar_of(changes)
    found = calendar.add_working_days(start, n)
    counted = (start + DAY, found.day) if n > 0 else (found.day, start - DAY)
    days = [counted[0] + k * DAY for k in range((counted[1] - counted[0]).days + 1)] if n else []
    open_years = {year for day in days for year in calendar.explain(day).missing}
    assert found.missing == tuple(sorted(open_years))


# --- refusals -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", [date(1989, 12, 31), date(2200, 1, 1), date.max, date.min])
def test_days_nobody_can_count(day: date) -> None:
    with pytest.raises(DayOutOfRange):
        NATIONAL.is_working_day(day)
    with pytest.raises(DayOutOfRange):
        NATIONAL.add_working_days(date(2026, 1, 1), 10**6)


def test_a_day_has_one_override() -> None:
    with pytest.raises(ValueError, match="two overrides"):
        WorkCalendar((Override(date(2026, 7, 1), False), Override(date(2026, 7, 1), True)))
