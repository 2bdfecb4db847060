"""When time is over, and what is known of what is gone."""

from __future__ import annotations

from datetime import date

import pytest

from luoshi.apps.register.queries.destruction import numbers_of_destroyed, years_before


@pytest.mark.parametrize(
    ("today", "years", "before"),
    [
        (date(2026, 3, 2), 10, date(2016, 3, 2)),
        (date(2028, 2, 29), 4, date(2024, 2, 29)),
        (date(2028, 2, 29), 1, date(2027, 2, 28)),
    ],
)
def test_years_end_on_the_same_day(today: date, years: int, before: date) -> None:
    assert years_before(today, years) == before


def test_of_nothing_no_numbers_are_asked_for() -> None:
    assert numbers_of_destroyed([]) == {}
