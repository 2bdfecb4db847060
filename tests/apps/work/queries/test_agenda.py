"""The calendar: what comes due when, holidays and working weekends, one's own dates to take away."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from luoshi.apps.organization.models import Body
from luoshi.apps.plan.models import Task
from luoshi.apps.work.models import Issue, Occurrence
from luoshi.apps.work.queries.agenda import Day, dated, months, own_dates, plans_and_bodies
from luoshi.core.calendar.periods import Period
from luoshi.core.work.lights import Tally
from tests.apps import factories
from tests.apps.work import rows
from tests.apps.work.rows import CALENDAR, TODAY, at

DUE = date(2026, 9, 30)


@pytest.fixture
def issue(office: User) -> Issue:
    """A plan with three tasks, handed out."""
    return rows.issued(rows.plan_of(3, office), office)


def give(issue: Issue, body: Body, due: date, number: int = 1, **given: object) -> Occurrence:
    task = Task.objects.get(plan=issue.plan_id, number=str(number))
    return rows.occurrence(rows.assignment(issue, task, body, None), due, **given)


def days_of(user: User, *keys: str) -> dict[date, Day]:
    """Every day of some months as a user sees them."""
    found = months(dated(user), [Period.parse(key) for key in keys], TODAY, CALENDAR)
    return {day.day: day for month in found for week in month.weeks for day in week if day.inside}


def test_holidays_and_working_weekends_say_why(office: User) -> None:
    days = days_of(office, "2026-09", "2026-10")

    assert len(days) == 61
    assert not days[date(2026, 10, 1)].working
    assert "国庆" in days[date(2026, 10, 1)].why.zh  # type: ignore[union-attr]
    assert days[date(2026, 10, 10)].working
    assert "调休" in days[date(2026, 10, 10)].why.zh  # type: ignore[union-attr]
    saturday, monday = days[date(2026, 9, 5)], days[date(2026, 9, 7)]
    assert (saturday.working, saturday.why, monday.working, monday.why) == (False, None, True, None)


def test_a_day_adds_up_its_plans_by_light(issue: Issue) -> None:
    first, second = rows.bodies(2)
    give(issue, first, DUE)
    give(issue, second, DUE, state="closed")
    give(issue, first, date(2026, 10, 30), 2)

    days = days_of(issue.issued_by, "2026-09", "2026-10")
    (due,) = days[DUE].due
    assert (due.plan, due.tally) == (issue.plan, Tally(yellow=1, blue=1))
    assert [day for day, one in days.items() if one.due] == [DUE, date(2026, 10, 30)]


def test_a_body_sees_its_own_dates_and_a_viewer_all(issue: Issue) -> None:
    first, second = rows.bodies(2)
    mine = give(issue, first, DUE)
    give(issue, second, DUE)
    give(issue, first, DUE, 2, state="cancelled")

    assert list(dated(rows.person("lin", first))) == [mine]
    assert dated(factories.user_with("viewer", "viewer")).count() == 2


def test_ones_own_dates_are_one_entry_a_plan_body_and_day(issue: Issue) -> None:
    first, second = rows.bodies(2)
    lin = rows.person("lin", first)
    for number in (1, 2):
        give(issue, first, DUE, number)
    give(issue, second, DUE)
    give(issue, first, date(2026, 9, 1), 3)

    (entry,) = own_dates(lin, TODAY)
    assert (entry.day, entry.description.count("\n")) == (DUE, 1)
    assert first.name in entry.summary
    assert own_dates(issue.issued_by, TODAY) == []


def test_the_pages(client: Client, issue: Issue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at(TODAY))
    (body,) = rows.bodies(1)
    client.force_login(rows.person("lin", body))
    give(issue, body, DUE)
    give(issue, body, date(2026, 10, 30), 2)
    address = reverse("work:calendar")

    def listed(**given: str) -> int:
        return int(client.get(address, given).context["page"].paginator.count)

    assert (listed(), listed(period="2026Q4"), listed(period="2026-10", day="2026-10-30")) == (1, 1, 1)
    assert (listed(period="2026-10", day="2026-10-29"), listed(period="nonsense")) == (0, 1)
    assert listed(body=str(body.pk), plan=str(issue.plan_id)) == 1
    file = client.get(address, {"format": "ics"})
    assert file["Content-Type"].startswith("text/calendar")
    assert "attachment" in file["Content-Disposition"]
    assert file.text.count("BEGIN:VEVENT") == 2


def test_what_can_be_chosen_is_what_is_dated(issue: Issue, office: User) -> None:
    first, second, third, fourth = rows.bodies(4)
    give(issue, first, DUE)
    give(issue, second, DUE, 2, state="cancelled")
    one = give(issue, third, DUE, 3).assignment
    one.state = "handed-over"
    one.save()
    rows.assignment(issue, Task.objects.get(plan=issue.plan_id, number="1"), fourth, None)
    plans, bodies = plans_and_bodies(office)
    assert {plan.pk for plan in plans} == set(dated(office).values_list("task__plan", flat=True))
    assert bodies == [first]
