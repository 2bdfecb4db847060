"""The review page and the parts that it fetches: complete, escaped, and cheap at any size."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from luoshi.apps.document.models import StoredPassage
from luoshi.apps.plan.models import Plan, Task
from luoshi.apps.plan.operations.confirming import confirm_plan
from luoshi.apps.plan.operations.settling import settle_finding
from tests.apps.factories import NOW, stored_plan

MOST = 32


def page(desk: Client, name: str, *values: object, **query: str) -> str:
    response = desk.get(reverse(f"plan:{name}", args=values), query)
    assert response.status_code == 200
    return response.content.decode()


def test_both_sides_are_there(desk: Client, plan: Plan) -> None:
    text = page(desk, "review", plan.pk)
    assert 'data-keys="' in text
    assert text.count('class="card-task"') == 4
    for words in ("区财正局", "办好第2项服务", "错误 1", "存疑 3", "提示 3", "确认方案", "区民政局"):
        assert words in text
    assert "style=" not in text
    assert "<script>" not in text


def test_a_finding_in_plain_text_stands_in_a_line(desk: Client, plan: Plan) -> None:
    text = page(desk, "review-findings", plan.pk)
    line = plan.document.text[: plan.findings.get(code="no-organization").start].count("\n") + 1
    assert f"第 {line} 行" in text


def test_markup_in_a_document_is_text(desk: Client, plan: Plan) -> None:
    Task.objects.filter(plan=plan, key="t1").update(title='<img src=x onerror="alert(1)">')
    text = page(desk, "review", plan.pk)
    assert "<img src=x" not in text
    assert "&lt;img src=x" in text


@pytest.mark.parametrize("tasks", [3, 90])
def test_the_number_of_queries_does_not_grow(
    desk: Client, office: User, tasks: int, django_assert_max_num_queries: Any
) -> None:
    plan = stored_plan(tasks, by=office)
    addresses = [
        reverse("plan:review", args=[plan.pk]),
        reverse("plan:review-passage", args=[plan.pk, 0]),
        reverse("plan:review-batch", args=[plan.pk, 0]),
        reverse("plan:review-findings", args=[plan.pk]),
        reverse("plan:review-names", args=[plan.pk]),
        *(
            reverse("plan:review", args=[plan.pk]) + f"?plain=1&view={view}&page=2"
            for view in ("text", "tasks", "findings")
        ),
        reverse("plan:upload"),
    ]
    for address in addresses:
        with django_assert_max_num_queries(MOST):
            assert desk.get(address).status_code == 200


def test_a_long_plan_comes_in_parts(desk: Client, office: User) -> None:
    plan = stored_plan(90, by=office)
    text = page(desk, "review", plan.pk)
    passages = StoredPassage.objects.filter(document=plan.document).count()
    assert text.count('class="card-task"') == 20
    assert text.count("passage is-waiting") == passages - 1 > 1
    assert text.count("batch is-waiting") == 4
    last = page(desk, "review-batch", plan.pk, 4)
    assert last.count('class="card-task"') == 11
    assert 'data-first="80" data-end="100"' in last


def test_parts_that_do_not_exist(desk: Client, plan: Plan) -> None:
    assert desk.get(reverse("plan:review-passage", args=[plan.pk, 99])).status_code == 404
    assert desk.get(reverse("plan:review-card", args=[plan.pk, 99])).status_code == 404
    assert desk.get(reverse("plan:review", args=[plan.pk + 1])).status_code == 404


@pytest.mark.parametrize(
    ("show", "count"),
    [("open", 7), ("error", 1), ("warning", 3), ("note", 3), ("settled", 0), ("nonsense", 7)],
)
def test_findings_are_narrowed(desk: Client, plan: Plan, show: str, count: int) -> None:
    assert page(desk, "review-findings", plan.pk, show=show).count('class="doubt ') == count


def test_findings_come_heaviest_first_and_in_pages(desk: Client, office: User) -> None:
    plan = stored_plan(30, by=office)
    first = page(desk, "review-findings", plan.pk)
    assert first.index("doubt-error") < first.index("doubt-warning")
    assert first.count('class="doubt ') == 40
    assert "page=2" in first
    assert page(desk, "review-findings", plan.pk, page="2").count('class="doubt ') == 21


def test_a_confirmed_plan_offers_nothing_but_reopening(desk: Client, plan: Plan, office: User) -> None:
    settle_finding(finding=plan.findings.get(code="no-organization"), action="accept", by=office, at=NOW)
    confirm_plan(plan=plan, by=office, at=NOW)
    text = page(desk, "review", plan.pk)
    assert "重新打开" in text
    assert 'data-act="accept"' not in page(desk, "review-findings", plan.pk)


def test_without_scripts_everything_comes_in_pages(desk: Client, office: User) -> None:
    plan = stored_plan(90, by=office)
    first = page(desk, "review", plan.pk, plain="1")
    assert first.count('class="card-task"') == 20
    assert "is-waiting" not in first
    assert 'data-goto="text"' not in first
    last = page(desk, "review", plan.pk, plain="1", page="5")
    assert "加强宣传引导" in last
    assert "持续开展宣传。" in last  # the text beside it
    passages = StoredPassage.objects.filter(document=plan.document).count()
    text = page(desk, "review", plan.pk, plain="1", view="text", page=str(passages))
    assert "持续开展宣传。" in text
    assert 'class="card-task"' not in text
    doubts = page(desk, "review", plan.pk, plain="1", view="findings", show="warning", page="3")
    assert doubts.count('class="doubt ') == 90 - 80
    assert "show=warning&amp;page=2" in doubts or "page=2" in doubts


def test_without_scripts_a_task_has_a_form_of_its_own(desk: Client, office: User) -> None:
    plan = stored_plan(30, by=office)
    address = reverse("plan:review-edit", args=[plan.pk, 25])
    text = desk.get(address).content.decode()
    assert "<h1>修改任务 26</h1>" in text
    assert 'name="body-4-name"' in text  # a row to add a body
    data = {"title": "新标题", "seen": 1}
    data |= {
        f"{kind}-{count}_FORMS": 0
        for kind in ("body", "target", "deadline")
        for count in ("TOTAL", "INITIAL")
    }
    response = desk.post(address, data)
    assert response["Location"].endswith("/review/?plain=1&view=tasks&page=2#task-25")
    assert "新标题" in desk.get(response["Location"]).content.decode()
