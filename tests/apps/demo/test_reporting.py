"""When people of the demo report: late in a period, however early its request has opened."""

from __future__ import annotations

from datetime import date

import pytest

from luoshi.apps.demo.reporting import first_day
from luoshi.apps.work.models import Occurrence


@pytest.mark.parametrize(
    ("period", "opens", "due", "expected"),
    [
        # December's report is open on 9 November, and nobody writes it then.
        ("2026-12", date(2026, 11, 5), date(2026, 12, 31), date(2026, 12, 21)),
        ("2026Q4", date(2026, 11, 5), date(2026, 12, 31), date(2026, 12, 3)),
        ("2026", date(2026, 11, 5), date(2026, 12, 31), date(2026, 12, 3)),
        ("2026-12", date(2026, 12, 28), date(2026, 12, 31), date(2026, 12, 28)),
    ],
)
def test_reports_begin_late_in_the_period(period: str, opens: date, due: date, expected: date) -> None:
    assert first_day(Occurrence(period=period, opens_on=opens, due=due)) == expected
