"""What a form shows comes back as the same value; what is no day and no recurrence is told apart."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.plan.typed import as_typed, day_of, recurrence_of

LANGUAGES = st.sampled_from(["zh", "en"])
RECURRENCES = st.one_of(
    st.sampled_from(["yearly", "half-yearly", "quarterly", "monthly", "weekly"]),
    st.builds("yearly:Q{}".format, st.integers(1, 4)),
    st.builds("yearly:{:02d}".format, st.integers(1, 12)),
    st.builds("yearly:{:02d}-{:02d}".format, st.integers(1, 12), st.integers(1, 28)),
    st.builds("monthly:{:02d}".format, st.integers(1, 31)),
)


@given(st.dates(date(1900, 1, 1)), st.booleans(), LANGUAGES)
def test_a_day_comes_back(day: date, with_year: bool, language: str) -> None:
    value = day.isoformat() if with_year else f"--{day:%m-%d}"
    assert day_of(as_typed(value, language)) == value
    assert day_of(value) == value


@given(RECURRENCES, LANGUAGES)
def test_a_recurrence_comes_back(value: str, language: str) -> None:
    assert recurrence_of(as_typed(value, language)) == value
    assert recurrence_of(value) == value


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("2025 年 12 月 31 日", "2025-12-31"),
        ("2025.6.30", "2025-06-30"),
        ("2025/6/3", "2025-06-03"),
        ("2月29日", "--02-29"),
        ("2025-02-29", None),
        ("2月30日", None),
        ("年底", None),
        ("", None),
    ],
)
def test_days(typed: str, value: str | None) -> None:
    assert day_of(typed) == value


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("每季", "quarterly"),
        ("每年 12 月 4 日", "yearly:12-04"),
        ("Every Year", "yearly"),
        ("每月32日", None),
        ("长期", None),
        ("经常", None),
        ("", None),
    ],
)
def test_recurrences(typed: str, value: str | None) -> None:
    assert recurrence_of(typed) == value
