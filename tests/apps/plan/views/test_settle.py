"""Settling, undoing, confirming: with the script and without it."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from luoshi.apps.plan.models import Finding, Plan, Settlement, TaskBody
from luoshi.apps.plan.operations.matching import register_all
from tests.apps.factories import NOW

HTMX = {"HX-Request": "true"}


@pytest.fixture
def doubt(plan: Plan) -> Finding:
    return plan.findings.get(code="unknown-organization", task__key="t1")


def settle(desk: Client, doubt: Finding, headers: dict[str, str] | None = None, **data: str) -> object:
    return desk.post(reverse("plan:settle", args=[doubt.plan_id, doubt.pk]), data, headers=headers)


def test_one_click_changes_finding_task_and_progress(desk: Client, doubt: Finding) -> None:
    response = settle(desk, doubt, HTMX, candidate="区财政局")
    text = response.content.decode()
    for part in (f"finding-{doubt.pk}", "task-0", "review-bar", "review-tabs"):
        assert f'id="{part}"' in text
    assert text.count('hx-swap-oob="true"') == 5
    assert "区财政局" in text
    assert "存疑 2" in text
    told = json.loads(response["HX-Trigger-After-Settle"])["luoshi:settled"]
    assert told == {"finding": doubt.pk, "state": "chosen", "refused": False}


def test_without_the_script_the_page_comes_again(desk: Client, doubt: Finding) -> None:
    response = settle(desk, doubt, action="dismiss")
    assert response.status_code == 302
    assert response["Location"] == reverse("plan:review", args=[doubt.plan_id]) + "?plain=1&view=findings"


def test_a_refusal_is_said_and_nothing_changes(desk: Client, doubt: Finding) -> None:
    settle(desk, doubt, HTMX, action="accept")
    response = settle(desk, doubt, HTMX, action="dismiss")
    assert "已由office处理为“按读取结果”" in response.content.decode()
    assert json.loads(response["HX-Trigger-After-Settle"])["luoshi:settled"]["refused"]
    assert Settlement.objects.count() == 1


def test_what_was_typed_is_there_again_beside_the_reason(desk: Client, plan: Plan) -> None:
    vague = plan.findings.get(code="vague-deadline", task__key="t1")
    text = settle(desk, vague, HTMX, action="edit", value="下周五").content.decode()
    assert text.count('value="下周五"') == 2  # in the list and on the card
    assert text.count("“下周五”不能用作时限") == 2
    assert text.count('<details data-act="edit" open>') == 2
    settle(desk, vague, HTMX, action="edit", value="2026年6月30日")
    assert plan.tasks.get(key="t1").deadlines.get(quote="适时").value == "2026-06-30"


@pytest.mark.parametrize("data", [{}, {"action": "choose"}, {"action": "explode"}])
def test_other_actions_are_bad_requests(desk: Client, doubt: Finding, data: dict[str, str]) -> None:
    assert settle(desk, doubt, **data).status_code == 400


def test_undoing_brings_the_finding_back(desk: Client, doubt: Finding) -> None:
    settle(desk, doubt, HTMX, candidate="区财政局")
    step = Settlement.objects.get()
    response = desk.post(reverse("plan:undo", args=[doubt.plan_id, step.pk]), headers=HTMX)
    assert 'data-act="accept"' in response.content.decode()
    assert TaskBody.objects.filter(name="区财正局").count() == 3


def test_undoing_many_at_once_brings_the_whole_page(desk: Client, plan: Plan, office: User) -> None:
    step = register_all(plan=plan, by=office, at=NOW)
    assert step is not None
    response = desk.post(reverse("plan:undo", args=[plan.pk, step.pk]), headers=HTMX)
    assert response["HX-Refresh"] == "true"


def test_findings_and_steps_of_other_plans_cannot_be_reached(desk: Client, doubt: Finding) -> None:
    settle(desk, doubt, action="accept")
    step = Settlement.objects.get()
    assert desk.post(reverse("plan:undo", args=[doubt.plan_id + 1, step.pk])).status_code == 404
    assert desk.post(reverse("plan:settle", args=[doubt.plan_id + 1, doubt.pk])).status_code == 404


def test_all_notes_at_once(desk: Client, plan: Plan) -> None:
    desk.post(reverse("plan:accept-notes", args=[plan.pk]))
    states = set(plan.findings.filter(severity=Finding.Severity.NOTE).values_list("state", flat=True))
    assert states == {"accepted"}
    assert plan.findings.filter(state="open").count() == 4


def test_confirming_says_what_stands_in_the_way(desk: Client, plan: Plan) -> None:
    response = desk.post(reverse("plan:confirm", args=[plan.pk]))
    assert response["Location"] == reverse("plan:review", args=[plan.pk]) + "#findings"
    assert "任务4" in str(next(iter(get_messages(response.wsgi_request))))
    settle(desk, plan.findings.get(code="no-organization"), action="edit", value="区委宣传部")
    response = desk.post(reverse("plan:confirm", args=[plan.pk]))
    assert response["Location"] == reverse("plan:overview", args=[plan.pk])
    plan.refresh_from_db()
    assert plan.status == Plan.Status.CONFIRMED
    desk.post(reverse("plan:reopen", args=[plan.pk]))
    plan.refresh_from_db()
    assert plan.status == Plan.Status.DRAFT


@pytest.mark.parametrize("name", ["confirm", "reopen", "accept-notes", "match-exact", "register-all"])
def test_looking_changes_nothing(desk: Client, plan: Plan, name: str) -> None:
    assert desk.get(reverse(f"plan:{name}", args=[plan.pk])).status_code == 405
