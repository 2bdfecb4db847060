"""The real plan with every group taken apart: at most 25 queries a page, and nothing new is one click."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from luoshi.apps.organization.models import Body, Region, Role
from luoshi.apps.organization.operations import add_members, create_body, grant
from luoshi.apps.plan.models import Finding, Plan, Task
from luoshi.apps.plan.operations.confirming import confirm_plan
from luoshi.apps.plan.operations.matching import register_all
from luoshi.apps.plan.operations.settling import settle_finding
from luoshi.apps.plan.operations.storing import import_document
from luoshi.apps.work.models import Assignment, Issue, Occurrence, Report
from luoshi.apps.work.operations.deciding import accept
from luoshi.apps.work.operations.issuing import IssueTerms, issue_plan
from luoshi.apps.work.operations.reporting import open_report, save, submit
from luoshi.apps.work.operations.signing import sign
from luoshi.apps.work.operations.timing import advance
from luoshi.core.document.open import open_document
from luoshi.core.plan.read import read_plan
from tests.apps import factories

MOST_QUERIES = 25
MEMBERS = 8
ISSUED = datetime(2026, 7, 2, 2, tzinfo=UTC)
FIRST_QUARTER = datetime(2026, 9, 20, 2, tzinfo=UTC)
SECOND_QUARTER = datetime(2026, 12, 20, 2, tzinfo=UTC)
LIAISON_OF = "区司法局"


@dataclass(frozen=True)
class Issued:
    """The plan at work, and who looks at it."""

    plan: Plan
    office: User
    liaison: User


@pytest.fixture
def issued(office: User, corpus: Path) -> Issued:
    """The real plan, confirmed, every collective given members, issued, its first quarter open."""
    file = corpus / "plans/000_59e480d8bb04c074.txt"
    content = file.read_bytes()
    document = open_document(content, file.name)
    plan = import_document(
        region=factories.REGION,
        document=document,
        plan=read_plan(document),
        content=content,
        by=office,
        at=ISSUED,
    )
    for finding in Finding.objects.filter(plan=plan, state="open", severity=Finding.Severity.ERROR):
        settle_finding(finding=finding, action="accept", by=office, at=ISSUED)
    register_all(plan=plan, by=office, at=ISSUED)
    for group in Body.objects.filter(kind="group").order_by("pk"):
        members = [
            create_body(region=factories.REGION, name=f"{group.name}第{n}单位", by=office, at=ISSUED)
            for n in range(MEMBERS)
        ]
        add_members(group=group, members=members, by=office, at=ISSUED)
    confirm_plan(plan=plan, by=office, at=ISSUED)
    terms = IssueTerms(line=Issue.Line.RULE_OF_LAW.value, basis="方案第七部分", first_day=ISSUED.date())
    issue_plan(plan=plan, terms=terms, by=office, at=ISSUED)
    advance(region=factories.REGION, at=FIRST_QUARTER)
    liaison = User.objects.create_user("liaison")
    grant(
        user=liaison,
        region=Region.objects.get(pk=factories.REGION),
        role=Role.Name.LIAISON,
        body=Body.objects.get(name=LIAISON_OF),
        by=office,
        at=ISSUED,
    )
    return Issued(plan, office, liaison)


def _addresses(plan: Plan) -> Iterator[str]:
    """Every page of the plan and of its work that shows a list or a whole thing."""
    task = Task.objects.get(plan=plan, number="20")
    body = Body.objects.get(name=LIAISON_OF)
    one = Occurrence.objects.filter(task=task, state="open").order_by("pk")[0]
    names = ("plan:overview", "plan:bodies", "plan:timeline", "plan:findings", "plan:export", "plan:review")
    yield from (reverse(name, args=[plan.pk]) for name in names)
    yield from (reverse(f"work:{name}", args=[plan.pk]) for name in ("map", "matrix", "issued"))
    for part in ("bodies", "reports", "changes", "evidence", "history"):
        yield reverse("work:task", args=[plan.pk, task.pk]) + f"?part={part}"
    yield reverse("work:body", args=[plan.pk, body.pk])
    yield reverse("work:slip", args=[plan.pk, body.pk])
    yield reverse("work:collecting", args=[one.pk])
    yield reverse("work:report", args=[one.pk])
    work = (
        "desk",
        "calendar",
        "burden",
        "signing",
        "extensions",
        "accepting",
        "approving",
        "evidence",
        "sheet",
    )
    yield from (reverse(f"work:{name}") for name in work)
    yield reverse("registry:list")
    yield reverse("registry:body", args=[body.pk])


def test_no_page_asks_more_than_25_queries(client: Client, issued: Issued) -> None:
    assert Assignment.objects.count() > 600
    over = []
    for user in (issued.office, issued.liaison):
        client.force_login(user)
        for address in _addresses(issued.plan):
            with CaptureQueriesContext(
                connection,
            ) as asked:
                status = client.get(address).status_code
            if status not in {200, 403} or len(asked) > MOST_QUERIES:
                over.append((user.username, address, status, len(asked)))
    assert not over


def test_a_quarter_with_nothing_new_is_one_click_for_all_tasks(
    client: Client, issued: Issued, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = _own(issued)
    assert len(own) > 10
    for one in own:
        _report_and_accept(one, issued)
    advance(region=factories.REGION, at=SECOND_QUARTER)
    waiting = [one.pk for one in _own(issued)]
    assert len(waiting) > 10
    monkeypatch.setattr(timezone, "now", lambda: SECOND_QUARTER)
    client.force_login(issued.liaison)
    desk = client.get(reverse("work:desk")).content.decode()
    # One form with one button, and nothing to fill in: the keys stand in it.
    form = desk[desk.index(f'action="{reverse("work:no-change")}"') :]
    form = form[: form.index("</form>")]
    assert form.count("<button") == 1
    assert 'type="text"' not in form
    assert "<textarea" not in form
    client.post(reverse("work:no-change"), {"occurrence": waiting})
    answered = Occurrence.objects.filter(pk__in=waiting, answered_at__isnull=False)
    assert answered.count() == len(waiting)
    assert set(answered.values_list("asked", flat=True)) == {0}


def _own(issued: Issued) -> list[Occurrence]:
    """The open requests for own reports of the liaison's body."""
    found = Occurrence.objects.filter(body__name=LIAISON_OF, state="open", answered_at=None)
    return list(found.filter(assignment__role=Assignment.Role.RESPONSIBLE).order_by("pk"))


def _report_and_accept(one: Occurrence, issued: Issued) -> Report:
    by, at = issued.liaison, FIRST_QUARTER
    if one.assignment.signed_at is None:
        sign(assignments=[one.assignment], by=by, at=at)
    report = open_report(occurrence=one, by=by, at=at)
    save(report=report, values={"progress": "已开展两次。"}, base=0, by=by, at=at)
    submit(report=report, seen=1, by=by, at=at)
    return accept(report=report, seen=1, by=issued.office, at=at)[0]
