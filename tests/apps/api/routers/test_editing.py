"""A draft corrected through the API as in the review: every part, one step, undone as one."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User

from luoshi.apps.plan.models import Plan, TaskBody
from tests.apps.api.calling import Caller, problem, program


@pytest.fixture
def caller(office: User) -> Caller:
    return program(office, "office")


@pytest.fixture
def task(caller: Caller, plan: Plan) -> dict[str, Any]:
    """The first task of the plan."""
    row = caller.get(f"/plans/{plan.pk}/tasks")["items"][0]
    found: dict[str, Any] = caller.get(f"/plans/{plan.pk}/tasks/{row['id']}")
    return found


def edit(caller: Caller, task: dict[str, Any], sent: dict[str, Any]) -> Any:
    path = f"/plans/{task['plan_id']}/tasks/{task['id']}"
    return caller("PATCH", path, sent, If_Match=f'"{task["version"]}"')


def test_bodies_targets_and_deadlines_are_corrected_in_one_step(
    caller: Caller, plan: Plan, task: dict[str, Any]
) -> None:
    first, second = task["bodies"][0], task["bodies"][1]
    response = edit(
        caller,
        task,
        {
            "title": "新题",
            "bodies": [
                {"id": first["id"], "name": "区司法局", "role": "responsible"},
                {"name": "区信访局", "role": "lead"},
            ],
            "targets": [
                {"of": "服务点", "comparator": ">=", "value": "12.5", "unit": "个", "by": "2026年6月30日"}
            ],
            "deadlines": [{"kind": "recurring", "value": "每月28日"}, {"kind": "standing"}],
            "removed": {"bodies": [second["id"]], "targets": [task["targets"][0]["id"]]},
        },
    )
    assert response.status_code == 200, response.content.decode()
    changed = response.json()
    names = {one["name"]: one["role"] for one in changed["bodies"]}
    assert names["区司法局"] == "responsible"
    assert names["区信访局"] == "lead"
    assert second["name"] not in names
    assert changed["targets"][-1]["by"] == "2026-06-30"
    assert [one["value"] for one in changed["deadlines"]][-2:] == ["monthly:28", "ongoing"]
    assert response["ETag"] == f'"{changed["version"]}"'
    last = caller.get(f"/plans/{plan.pk}/review")["last"]
    assert last["kind"] == "task.edit"
    assert caller.get(f"/plans/{plan.pk}/settlements")["items"][0]["id"] == last["id"]
    caller.do(f"/plans/{plan.pk}/settlements/{last['id']}/undo")
    back = caller.get(f"/plans/{plan.pk}/tasks/{task['id']}")
    assert (back["title"], back["bodies"]) == (task["title"], task["bodies"])


def test_parts_of_other_tasks_are_not_there(caller: Caller, plan: Plan, task: dict[str, Any]) -> None:
    foreign = (
        TaskBody.objects.filter(task__plan=plan).exclude(task=task["id"]).values_list("pk", flat=True)[0]
    )
    part = {"id": foreign, "name": "区司法局", "role": "lead"}
    problem(edit(caller, task, {"bodies": [part]}), 404, "api-not-there")
    problem(edit(caller, task, {"removed": {"bodies": [foreign]}}), 404, "api-not-there")


@pytest.mark.parametrize(
    "wrong",
    [
        {"targets": [{"comparator": ">=", "value": "1", "by": "不久"}]},
        {"deadlines": [{"kind": "date", "value": ""}]},
        {"deadlines": [{"kind": "recurring", "value": "有时"}]},
        {"bodies": [{"name": "", "role": "lead"}]},
    ],
)
def test_what_the_page_refuses_is_refused_here(
    caller: Caller, plan: Plan, task: dict[str, Any], wrong: dict[str, Any]
) -> None:
    problem(edit(caller, task, wrong), 422, "api-body-wrong")


def test_a_plan_is_read_with_its_headings_figures_days_and_text(caller: Caller, plan: Plan) -> None:
    path = f"/plans/{plan.pk}"
    assert caller.get(f"{path}/figures")["tasks"] == plan.tasks.count()
    assert caller.get(f"{path}/sections")["count"] == plan.sections.count()
    assert caller.get(f"{path}/timeline")["items"][0]["task_id"]
    passage = caller.get(f"{path}/passages")["items"][0]
    assert len(passage["text"]) == passage["end"] - passage["start"]
    assert "社区服务" in passage["text"]
    progress = caller.get(f"{path}/review")
    assert progress["unmatched"] > 0
    assert progress["last"] is None


def test_a_file_with_a_filter_holds_only_those_tasks(caller: Caller, plan: Plan) -> None:
    whole = caller("GET", f"/plans/{plan.pk}/files/json").json()
    some = caller("GET", f"/plans/{plan.pk}/files/json?body=区财正局").json()
    assert 0 < len(str(some)) < len(str(whole))
