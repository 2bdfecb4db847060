"""Burden: counted by the rules of the core, by body and month, never by person."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from luoshi.apps.plan.models import Task
from luoshi.apps.work.models import Issue
from luoshi.apps.work.queries.burden import (
    bodies_asked,
    bodies_burden,
    by_month,
    months_until,
    seen_requests,
    within,
)
from luoshi.core.calendar.periods import Period
from tests.apps.work import rows
from tests.apps.work.rows import TODAY, at

MAY, JUNE = Period.parse("2026-05"), Period.parse("2026-06")


@pytest.fixture
def issue(office: User) -> Issue:
    """Two bodies asked in May and June."""
    issue = rows.issued(rows.plan_of(4, office), office)
    first, second = rows.bodies(2)
    asked = (
        (first, 1, 5, (3, 1), 10),
        (first, 2, 5, (1, 4), 2),
        (first, 3, 6, (1, 5), None),
        (second, 1, 5, (2, 0), None),
    )
    for body, number, month, (fields, prefilled), minutes in asked:
        part = rows.assignment(issue, Task.objects.get(plan=issue.plan_id, number=str(number)), body, None)
        spent = None if minutes is None else Decimal(minutes)
        opens = date(2026, month, 20)
        rows.occurrence(part, date(2026, 9, 30), opens, asked=fields, prefilled=prefilled, minutes=spent)
    return issue


def test_a_body_and_its_months(issue: Issue) -> None:
    requests = within(seen_requests(issue.issued_by), months_until(TODAY))
    first, second = bodies_burden(requests, bodies_asked(requests))

    assert (first.requests, first.asked, first.prefilled, first.minutes, first.known) == (3, 5, 10, 6, 2)
    assert first.share == 67
    assert [(month.month, month.requests) for month in first.months] == [(MAY, 2), (JUNE, 1)]
    # Nobody knows how long it took: that is not no time at all.
    assert (second.minutes, second.known) == (None, 0)


def test_months_add_up_to_the_bodies(issue: Issue) -> None:
    months = months_until(TODAY)
    requests = within(seen_requests(issue.issued_by), months)
    counted = by_month(requests, months)

    assert (len(counted), counted[-1].month) == (12, Period.parse("2026-09"))
    told = {one.month: (one.requests, one.asked, one.prefilled) for one in counted if one.requests}
    assert told == {MAY: (3, 6, 5), JUNE: (1, 1, 5)}
    bodies = bodies_burden(requests, bodies_asked(requests))
    assert sum(one.asked for one in bodies) == sum(one.asked for one in counted)
    assert [one.body.name for one in bodies_burden(requests, bodies_asked(requests, sort="name"))] == sorted(
        one.body.name for one in bodies
    )


def test_the_page_shows_a_body_its_own_and_tells_of_no_person(
    client: Client, issue: Issue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at(TODAY))
    body = bodies_asked(seen_requests(issue.issued_by)).get(name="云溪区民政局")
    client.force_login(rows.person("lin-xiao", body))
    page = client.get(reverse("work:burden"))

    assert [row.body for row in page.context["rows"]] == [body]
    # The name stands in the head of the page only, as whoever looks at it.
    assert "lin-xiao" not in page.text.split("<main", 1)[1]
    may = client.get(reverse("work:burden"), {"month": "2026-05"})
    assert [row.requests for row in may.context["rows"]] == [2]
