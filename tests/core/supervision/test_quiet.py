"""Hours in which nobody is reminded."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.calendar.working_days import WorkCalendar
from luoshi.core.supervision.quiet import Hours, HoursUnusable

HOUR = st.integers(0, 23)


@given(HOUR, HOUR, HOUR, HOUR)
def test_nothing_is_sent_before_the_hour_or_in_quiet_hours(at: int, hour: int, start: int, end: int) -> None:
    try:
        hours = Hours(hour, start, end)
    except HoursUnusable:
        return
    allowed = hours.allow(datetime(2026, 3, 17, at, tzinfo=UTC), (WorkCalendar(),))
    assert allowed == (at >= hour and not hours.quiet_at(at))
    assert hours.allow(datetime(2026, 3, 17, hour, tzinfo=UTC), (WorkCalendar(),))


def test_the_hour_of_the_digest_is_never_quiet() -> None:
    with pytest.raises(HoursUnusable):
        Hours(22, 20, 8)


def test_one_region_at_work_is_enough() -> None:
    assert not Hours().allow(datetime(2026, 3, 21, 9, tzinfo=UTC), (WorkCalendar(),))
    assert not Hours().allow(datetime(2026, 3, 17, 9, tzinfo=UTC), ())
