"""The first yellow day, against asking `show` day by day."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.calendar.working_days import Override, WorkCalendar
from luoshi.core.work.lights import Light, Thresholds, show, warn_from

DAY = timedelta(days=1)
days = st.dates(date(2024, 1, 1), date(2027, 12, 31))
calendars = st.dictionaries(days, st.booleans(), max_size=12).map(
    lambda found: WorkCalendar(tuple(Override(day, working) for day, working in found.items()))
)
thresholds = st.builds(Thresholds, st.integers(0, 12), st.integers(0, 100))


@given(days, st.integers(-5, 120), calendars, thresholds)
def test_show_turns_yellow_exactly_on_that_day(
    start: date, length: int, calendar: WorkCalendar, near: Thresholds
) -> None:
    due = start + length * DAY
    found = warn_from(start=start, due=due, calendar=calendar, thresholds=near).day
    assert found <= due
    for today in (found - n * DAY for n in range(-20, 21)):
        shown = show(start=start, due=due, today=today, calendar=calendar, thresholds=near)
        expected = Light.RED if today > due else Light.YELLOW if today >= found else Light.GREEN
        assert shown.light is expected, today


def test_a_span_that_reaches_an_unknown_year_is_not_certain() -> None:
    calendar = WorkCalendar()
    assert warn_from(start=date(2026, 6, 1), due=date(2026, 6, 30), calendar=calendar).certain
    assert not warn_from(start=date(2031, 6, 1), due=date(2031, 6, 30), calendar=calendar).certain
