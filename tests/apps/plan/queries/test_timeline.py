"""Laying deadlines out in time."""

from __future__ import annotations

import pytest

from luoshi.apps.plan.models import Deadline, Plan
from luoshi.apps.plan.queries.timeline import months_of, timeline


def _add(plan: Plan, number: str, kind: str, value: str, quote: str = "…") -> None:
    task = plan.tasks.get(number=number)
    Deadline.objects.create(
        region_id=plan.region_id,
        task=task,
        position=50 + task.deadlines.count(),
        kind=kind,
        value=value,
        quote=quote,
    )


def test_days_stand_by_year_and_quarter(plan: Plan) -> None:
    _add(plan, "2", "date", "2026-02-28")
    _add(plan, "4", "date", "2025-12-31")
    found = timeline(plan.pk)
    laid = [(year.number, [quarter.number for quarter in year.quarters]) for year in found.years]
    assert laid == [(2025, [4]), (2026, [1, 4])]


def test_day_without_year_comes_last(plan: Plan) -> None:
    _add(plan, "4", "date", "--03-31")
    found = timeline(plan.pk)
    assert [year.number for year in found.years] == [2026, None]
    assert found.years[-1].quarters[0].number == 1


def test_target_joins_the_deadline_of_its_task(plan: Plan) -> None:
    found = timeline(plan.pk)
    [year] = found.years
    [entries] = [day.entries for quarter in year.quarters for day in quarter.days]
    assert len(entries) == year.count == 3
    assert {entry.also for entry in entries} == {("覆盖率 ≥95%",)}


def test_what_has_no_day_stands_aside(plan: Plan) -> None:
    _add(plan, "4", "standing", "ongoing", "持续")
    _add(plan, "4", "recurring", "yearly:12-04")
    _add(plan, "1", "recurring", "monthly")
    found = timeline(plan.pk)
    assert [entry.quote for entry in found.standing] == ["持续"]
    assert [entry.quote for entry in found.vague] == ["适时"] * 3
    # The most frequent duty stands first.
    assert [entry.value for entry in found.recurring] == ["monthly", "yearly:12-04"]


def test_every_deadline_is_counted(plan: Plan) -> None:
    for kind, value in (("date", "2027-01-31"), ("standing", "ongoing"), ("recurring", "quarterly")):
        _add(plan, "4", kind, value)
    assert timeline(plan.pk).entries == 3 + 3 + 3


@pytest.mark.parametrize(
    ("value", "months"),
    [
        ("yearly", (12,)),
        ("yearly:Q1", (3,)),
        ("yearly:04-15", (4,)),
        ("half-yearly", (6, 12)),
        ("quarterly", (3, 6, 9, 12)),
        ("monthly:28", tuple(range(1, 13))),
        ("weekly", tuple(range(1, 13))),
        ("now and then", ()),
    ],
)
def test_months_of(value: str, months: tuple[int, ...]) -> None:
    assert months_of(value) == months
