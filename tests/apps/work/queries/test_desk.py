"""The desk: every kind of to-do, grouped; its numbers are the lengths of its lists."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from luoshi.apps.plan.models import Task
from luoshi.apps.work.models import (
    Adjustment,
    Assignment,
    BodySetting,
    Extension,
    Issue,
    Occurrence,
    Report,
    Stance,
)
from luoshi.apps.work.queries.desk import BY_KEY, KINDS, Scope, groups, kinds_for, listed, waiting
from tests.apps import factories
from tests.apps.work import rows
from tests.apps.work.rows import TODAY, at

DUE = date(2026, 9, 30)
Queries = Callable[[int], Any]


@pytest.fixture
def issue(office: User) -> Issue:
    """A plan with four tasks, handed out."""
    return rows.issued(rows.plan_of(4, office), office)


def task(issue: Issue, number: int) -> Task:
    return Task.objects.get(plan=issue.plan_id, number=str(number))


def counts(user: User) -> dict[str, int]:
    """How many of each kind wait for somebody."""
    scope = Scope.of(User.objects.get(pk=user.pk))
    found = {kind.key: kind.rows(scope, TODAY).count() for kind in kinds_for(scope)}
    return {key: number for key, number in found.items() if number}


def test_what_is_due_on_one_day_is_one_to_do(issue: Issue) -> None:
    (body,) = rows.bodies(1)
    lin = rows.person("lin", body)
    for number in (1, 2, 3):
        rows.occurrence(rows.assignment(issue, task(issue, number), body), DUE)
    rows.occurrence(rows.assignment(issue, task(issue, 4), body), date(2026, 12, 31))
    scope = Scope.of(lin)

    found = [(one.kind.key, one.day, one.count) for one in groups(scope, TODAY, kinds_for(scope))]
    assert found == [("report", DUE, 3), ("report", date(2026, 12, 31), 1)]
    assert waiting(scope, TODAY) == 2


def test_the_bodies_of_one_person_are_brought_together(issue: Issue) -> None:
    first, second, other = rows.bodies(3)
    lin = rows.person("lin", first)
    rows.person("lin", second, "head")
    for body in (first, second, other):
        rows.occurrence(rows.assignment(issue, task(issue, 1), body, None), DUE)

    assert counts(lin) == {"report": 2}
    assert waiting(Scope.of(User.objects.get(pk=lin.pk)), TODAY) == 1


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        ("draft", "report"),
        ("withdrawn", "report"),
        ("returned", "returned"),
        ("proposed", None),
        ("objected", "report"),
        ("cosigned", "report"),
        ("submitted", None),
        ("accepted", None),
    ],
)
def test_a_report_waits_for_one_person_only(issue: Issue, state: str, kind: str | None) -> None:
    (body,) = rows.bodies(1)
    lin = rows.person("lin", body)
    occurrence = rows.occurrence(rows.assignment(issue, task(issue, 1), body), DUE)
    report = rows.report(occurrence, lin, state)
    if report.joint or state in {"proposed", "objected", "cosigned"}:
        # Only a report that was sent up is an answer.
        Occurrence.objects.update(answered_at=None)

    assert counts(lin) == ({kind: 1} if kind else {})


@pytest.mark.parametrize("state", ["suspended", "cancelled", "handed-over"])
def test_a_task_that_was_halted_asks_for_nothing(issue: Issue, state: str) -> None:
    (body,) = rows.bodies(1)
    rows.occurrence(rows.assignment(issue, task(issue, 1), body, state=state), date(2026, 9, 1))

    assert counts(rows.person("lin", body)) == {}
    assert counts(issue.issued_by) == {}


def test_signing_waits_for_the_body_and_is_kept_in_view_by_the_office(issue: Issue) -> None:
    (body,) = rows.bodies(1)
    late, soon = date(2026, 7, 8), TODAY + timedelta(days=2)
    rows.assignment(issue, task(issue, 1), body, state="issued", sign_by=late)
    rows.assignment(issue, task(issue, 2), body, state="issued", sign_by=soon)

    assert counts(rows.person("lin", body)) == {"sign": 2}
    assert counts(issue.issued_by) == {"unsigned": 1}
    assert waiting(Scope.of(issue.issued_by), TODAY) == 0


def test_another_lead_signs_each_version_once(issue: Issue) -> None:
    first, second = rows.bodies(2)
    lin = rows.person("lin", second)
    drawn = rows.occurrence(rows.assignment(issue, task(issue, 1), first), DUE)
    rows.assignment(issue, task(issue, 1), second, 1)
    report = rows.report(drawn, issue.issued_by, "proposed", joint=True)
    assert counts(lin) == {"cosign": 1}

    Stance.objects.create(
        region_id=issue.region_id, report=report, body=second, revision=1, agrees=True, by=lin, at=at(TODAY)
    )
    assert counts(lin) == {}
    Report.objects.update(latest=2)
    assert counts(lin) == {"cosign": 1}


def test_where_the_head_approves_the_office_waits(issue: Issue) -> None:
    (body,) = rows.bodies(1)
    occurrence = rows.occurrence(rows.assignment(issue, task(issue, 1), body), DUE)
    rows.report(occurrence, issue.issued_by, "submitted")
    head = rows.person("wang", body, "head")
    assert (counts(head), counts(issue.issued_by)) == ({}, {"accept": 1})

    BodySetting.objects.create(region_id=issue.region_id, body=body, head_approves=True)
    assert (counts(head), counts(issue.issued_by)) == ({"approve": 1}, {})


def extension(occurrence: Occurrence, by: User, state: str = "asked") -> Extension:
    return Extension.objects.create(
        region_id=occurrence.region_id,
        occurrence=occurrence,
        body_id=occurrence.body_id,
        number=1,
        old_due=occurrence.due,
        new_due=occurrence.due + timedelta(days=10),
        reason="雨季",
        state=state,
        asked_by=by,
        asked_at=at(TODAY),
    )


def test_more_time_is_looked_at_by_a_second_person(issue: Issue) -> None:
    (body,) = rows.bodies(1)
    head, lin = rows.person("wang", body, "head"), rows.person("lin", body)
    occurrence = rows.occurrence(rows.assignment(issue, task(issue, 1), body), DUE)
    asked = extension(occurrence, lin)
    assert (counts(head)["endorse"], counts(lin)) == (1, {"report": 1})

    Extension.objects.update(asked_by=head)
    assert "endorse" not in counts(head)
    Extension.objects.filter(pk=asked.pk).update(state="endorsed", endorsed_by=head)
    assert counts(issue.issued_by) == {"grant": 1}


def test_without_a_head_a_lead_looks_at_more_time(issue: Issue) -> None:
    lead, other = rows.bodies(2)
    rows.assignment(issue, task(issue, 1), lead)
    occurrence = rows.occurrence(rows.assignment(issue, task(issue, 1), other, None), DUE)
    extension(occurrence, rows.person("lin", other))
    leading = rows.person("zhao", lead)
    assert counts(leading) == {"endorse": 1}

    rows.person("wang", other, "head")
    assert counts(leading) == {}


def test_another_wording_is_decided_by_a_second_person(issue: Issue) -> None:
    asked = {"region_id": issue.region_id, "old_text": "旧", "new_text": "新", "reason": "政策变化"}
    Adjustment.objects.create(task=task(issue, 1), asked_by=issue.issued_by, asked_at=at(TODAY), **asked)
    colleague = factories.user_with("colleague", "office")

    assert (counts(issue.issued_by), counts(colleague)) == ({}, {"adjust": 1})
    (one,) = groups(Scope.of(colleague), TODAY, KINDS)
    assert one.day == TODAY


def test_the_office_keeps_what_is_overdue_in_view(issue: Issue) -> None:
    (body,) = rows.bodies(1)
    late = rows.occurrence(rows.assignment(issue, task(issue, 1), body), date(2026, 9, 25))
    rows.occurrence(rows.assignment(issue, task(issue, 2), body), DUE)
    assert counts(issue.issued_by) == {"overdue": 1}

    Occurrence.objects.filter(pk=late.pk).update(answered_at=at(TODAY))
    assert counts(issue.issued_by) == {}


def test_the_list_of_a_group_is_as_long_as_the_group_says(issue: Issue) -> None:
    bodies = rows.bodies(4)
    rows.spread(issue, bodies)
    lin = rows.person("lin", bodies[0])
    for user in (issue.issued_by, lin):
        scope = Scope.of(user)
        found = list(groups(scope, TODAY, kinds_for(scope)))
        assert found
        for one in found:
            rest = listed(one.kind, scope, TODAY, plan=one.plan.pk, day=one.day)
            assert rest.count() == one.count
        assert {one.kind for one in found} <= set(KINDS)


def test_a_list_is_searched_and_sorted(issue: Issue) -> None:
    first, second = rows.bodies(2)
    for number, body in ((2, first), (1, second)):
        rows.occurrence(rows.assignment(issue, task(issue, number), body), date(2026, 9, 25))
    scope, overdue = Scope.of(issue.issued_by), BY_KEY["overdue"]

    assert [one.body for one in listed(overdue, scope, TODAY, text=first.name)] == [first]
    assert [one.task.number for one in listed(overdue, scope, TODAY, sort="task")] == ["1", "2"]
    names = [one.body.name for one in listed(overdue, scope, TODAY, sort="body")]
    assert names == sorted(names)


@pytest.mark.parametrize("size", [1, 40])
def test_the_number_in_the_head_costs_one_query(
    office: User, size: int, django_assert_num_queries: Queries
) -> None:
    issue = rows.issued(rows.plan_of(size, office), office)
    (body, *_) = rows.bodies(2)
    rows.spread(issue, [body])
    lin = rows.person("lin", body, "head")
    scope = Scope.of(lin)
    with django_assert_num_queries(1):
        waiting(scope, TODAY)


def test_the_front_page(client: Client, desk: Client, issue: Issue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at(TODAY))
    (body,) = rows.bodies(1)
    assert desk.get("/").context["section"] == "plans"

    client.force_login(rows.person("lin", body))
    assert client.get("/")["Location"] == reverse("work:desk")
    assert "现在没有要办的事" in client.get(reverse("work:desk")).text
    rows.occurrence(rows.assignment(issue, task(issue, 1), body), DUE)
    page = client.get(reverse("work:desk"))
    # Counted by the page itself, and by one query on every other page.
    assert page.context["waiting"] == waiting(Scope.of(User.objects.get(username="lin")), TODAY) == 1
    assert '<span class="nav-count"><span aria-hidden="true">1</span>' in page.text
    assert reverse("work:no-change") in page.text
    assert Assignment.objects.count() == 1


def test_nobody_opens_a_kind_that_is_not_theirs(client: Client, issue: Issue) -> None:
    client.force_login(rows.person("lin", rows.bodies(1)[0]))

    for kind in ("accept", "overdue", "approve", "nothing"):
        assert client.get(reverse("work:desk-list", args=[kind])).status_code in {403, 404}
