"""Every page of a plan: who may see it, what it says, and how much it asks of the database."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luoshi.apps.plan.models import Plan
from tests.apps import factories

MOST_QUERIES = 25
PAGES = ("overview", "bodies", "timeline", "findings", "export")


def _addresses(plan: Plan) -> dict[str, str]:
    named = {page: reverse(f"plan:{page}", args=[plan.pk]) for page in PAGES}
    task = plan.tasks.get(number="1")
    return {
        **named,
        "list": reverse("plan:list"),
        "task": reverse("plan:task", args=[plan.pk, task.pk]),
        "body": reverse("plan:body", args=[plan.pk, "区民政局"]),
    }


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("page", [*PAGES, "list", "task", "body"])
def test_page_stands(desk: Client, plan: Plan, page: str, language: str) -> None:
    desk.cookies["django_language"] = language
    response = desk.get(_addresses(plan)[page])
    assert response.status_code == 200
    html = response.content.decode()
    assert ("云溪区社区服务重点任务分解方案" in html) or page == "list"
    assert ('<html lang="en"' in html) == (language == "en")


@pytest.mark.parametrize("page", [*PAGES, "list", "task", "body"])
def test_queries_do_not_grow_with_the_plan(client: Client, office: User, page: str) -> None:
    client.force_login(office)
    counts = []
    for tasks in (2, 60):
        plan = factories.stored_plan(tasks=tasks, by=office, name=f"{tasks}.txt")
        address = _addresses(plan)[page]
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(address).status_code == 200
        counts.append(len(captured))
    assert counts[1] <= MOST_QUERIES
    assert counts[1] <= counts[0] + 1, "a longer plan must not ask more often"


@pytest.mark.parametrize("page", [*PAGES, "task", "body"])
def test_other_districts_see_nothing(client: Client, plan: Plan, page: str) -> None:
    stranger = factories.user_with("stranger", "office", code="990103")
    client.force_login(stranger)
    assert client.get(_addresses(plan)[page]).status_code == 403


def test_list_shows_own_district_only(client: Client, plan: Plan) -> None:
    client.force_login(factories.user_with("stranger", "office", code="990103"))
    assert "云溪区社区服务" not in client.get(reverse("plan:list")).content.decode()


def test_visitors_are_sent_to_sign_in(client: Client, plan: Plan) -> None:
    response = client.get(reverse("plan:overview", args=[plan.pk]))
    assert response.status_code == 302
    assert reverse("account_login") in response["Location"]


def test_empty_list_invites(desk: Client) -> None:
    html = desk.get(reverse("plan:list")).content.decode()
    assert "从第一份方案开始" in html
    assert reverse("plan:upload") in html


def test_whoever_may_not_import_is_not_invited_to(client: Client, plan: Plan) -> None:
    client.force_login(factories.user_with("looks", "viewer", code="990103"))
    html = client.get(reverse("plan:list")).content.decode()
    assert "还没有方案" in html
    assert reverse("plan:upload") not in html


def test_unknown_body_is_not_found(desk: Client, plan: Plan) -> None:
    assert desk.get(reverse("plan:body", args=[plan.pk, "没有这个局"])).status_code == 404


def test_task_of_another_plan_is_not_found(desk: Client, plan: Plan, office: User) -> None:
    other = factories.stored_plan(tasks=1, by=office, name="other.txt")
    foreign = other.tasks.first()
    assert foreign is not None
    assert desk.get(reverse("plan:task", args=[plan.pk, foreign.pk])).status_code == 404


def test_task_shows_its_source_with_marks(desk: Client, plan: Plan) -> None:
    html = desk.get(_addresses(plan)["task"]).content.decode()
    assert '<mark class="mark-lead">区民政局</mark>' in html
    assert '<mark class="mark-target">达到95%</mark>' in html
    # The doubtful name is a responsible body and a finding at once.
    assert '<mark class="mark-finding mark-responsible">区财正局</mark>' in html
    assert "第 3 行" in html


def test_task_leads_on_and_back(desk: Client, plan: Plan) -> None:
    first, second, third = plan.tasks.order_by("position")[:3]
    html = desk.get(reverse("plan:task", args=[plan.pk, second.pk])).content.decode()
    for neighbour, rel in ((first, "prev"), (third, "next")):
        assert f'<a rel="{rel}" href="{reverse("plan:task", args=[plan.pk, neighbour.pk])}"' in html


def test_words_of_the_document_are_escaped(desk: Client, office: User) -> None:
    plan = factories.stored_plan(by=office)
    task = plan.tasks.get(number="1")
    task.title = "<script>alert(1)</script>"
    task.save()
    for page in ("overview", "task", "body", "timeline", "findings"):
        assert "<script>alert" not in desk.get(_addresses(plan)[page]).content.decode()


def test_findings_weigh_as_much_as_the_heaviest(desk: Client, plan: Plan) -> None:
    first = plan.tasks.get(key="t1")
    row = f'quiet" href="{reverse("plan:task", args=[plan.pk, first.pk])}#findings"'
    address = reverse("plan:overview", args=[plan.pk])
    assert f'class="severity severity-warning {row}' in desk.get(address).content.decode()
    first.findings.filter(code="unknown-organization").update(state="accepted")
    assert f'class="severity severity-note {row}' in desk.get(address).content.decode()


def test_a_draft_leads_to_where_it_is_edited(desk: Client, plan: Plan) -> None:
    task = plan.tasks.get(key="t2")
    pages = (reverse("plan:task", args=[plan.pk, task.pk]), reverse("plan:findings", args=[plan.pk]))
    place = f"{reverse('plan:review', args=[plan.pk])}#task-{task.position}"
    assert all(place in desk.get(address).content.decode() for address in pages)
    Plan.objects.filter(pk=plan.pk).update(status=Plan.Status.CONFIRMED, confirmed_at=factories.NOW)
    assert not any(place in desk.get(address).content.decode() for address in pages)
