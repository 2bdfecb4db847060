"""Plans through the API: the same as on the pages, from the import to the confirmed plan."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile

from luoshi.apps.plan.models import ImportJob, Plan
from tests.apps import factories
from tests.apps.api.calling import Caller, problem, program


@pytest.fixture
def caller(office: User) -> Caller:
    return program(office, "office")


def test_lists_are_counted_and_paged(caller: Caller, plan: Plan) -> None:
    first = caller.get(f"/plans/{plan.pk}/tasks?size=3")
    assert (first["count"], first["pages"], len(first["items"])) == (4, 2, 3)
    second = caller.get(f"/plans/{plan.pk}/tasks?size=3&page=2")
    assert [one["position"] for one in [*first["items"], *second["items"]]] == [0, 1, 2, 3]
    assert caller.get(f"/plans/{plan.pk}/tasks?size=3&page=9")["items"] == []
    assert caller.get("/plans")["items"][0]["task_count"] == 4


def test_a_task_has_everything_that_was_read(caller: Caller, plan: Plan) -> None:
    row = caller.get(f"/plans/{plan.pk}/tasks")["items"][0]
    task = caller.get(f"/plans/{plan.pk}/tasks/{row['id']}")
    assert [one["name"] for one in task["bodies"]] == ["区民政局", "区教育局", "区财正局", "各镇"]
    assert len(task["targets"]) == len(task["deadlines"]) == 2
    assert task["citations"] == ["云溪区社区服务办法"]


def test_chinese_is_written_as_it_is(caller: Caller, plan: Plan) -> None:
    assert "社区服务".encode() in caller("GET", f"/plans/{plan.pk}").content


def test_a_title_is_changed_only_by_who_saw_the_last_one(caller: Caller, plan: Plan) -> None:
    row = caller.get(f"/plans/{plan.pk}/tasks")["items"][0]
    path = f"/plans/{plan.pk}/tasks/{row['id']}"
    problem(caller("PATCH", path, {"title": "新题"}), 428, "api-version-missing")
    problem(caller("PATCH", path, {"title": "新题"}, If_Match="abc"), 400, "api-version-unreadable")
    changed = caller("PATCH", path, {"title": "新题"}, If_Match=caller("GET", path)["ETag"])
    assert changed.json()["title"] == "新题"
    told = problem(caller("PATCH", path, {"title": "另题"}, If_Match='"1"'), 412, "task-edited-meanwhile")
    assert told["present"]["title"] == "新题"
    assert changed["ETag"] == f'"{told["present"]["version"]}"'


@pytest.mark.django_db
def test_a_document_is_imported_once(office: User, settings: object) -> None:
    caller = program(office, "office")
    content = factories.plan_text(2).encode()

    def send() -> dict[str, object]:
        file = SimpleUploadedFile("云溪区方案.txt", content)
        response = caller.client.post(
            "/api/v1/imports", {"document": file}, headers={**caller.headers, "Idempotency-Key": "one"}
        )
        assert response.status_code == 202, response.content.decode()
        answered: dict[str, object] = response.json()
        return answered

    job = send()
    assert send() == job
    assert ImportJob.objects.count() == 1
    assert caller.get(f"/imports/{job['id']}")["state"] in {"done", "waiting", "reading", "storing"}


def test_a_review_ends_in_a_confirmed_plan(caller: Caller, plan: Plan) -> None:
    path = f"/plans/{plan.pk}"
    finding = caller.get(f"{path}/findings?state=open")["items"][0]
    action = (
        {"action": "choose", "value": finding["candidates"][0]}
        if finding["candidates"]
        else {"action": "accept"}
    )
    step = caller.do(f"{path}/findings/{finding['id']}/settle", action)
    assert caller.do(f"{path}/settlements/{step['id']}/undo")["undone_at"]
    for one in caller.get(f"{path}/findings?state=open&size=100")["items"]:
        caller.do(f"{path}/findings/{one['id']}/settle", {"action": "accept"})
    assert caller.do(f"{path}/names/register", {"name": "区民政局"})["kind"] == "body.register"
    caller.do(f"{path}/names/register-all")
    assert caller.do(f"{path}/names/match-exact") is None
    assert all(one["body_id"] for one in caller.get(f"{path}/names")["items"])
    assert caller.do(f"{path}/confirm")["status"] == "confirmed"
    problem(caller("POST", f"{path}/names/register-all", {}), 409, "plan-is-confirmed")
    assert caller.do(f"{path}/reopen")["status"] == "draft"


def test_files_come_as_attachments(caller: Caller, plan: Plan) -> None:
    for shape in ("xlsx", "json", "ics", "md"):
        response = caller("GET", f"/plans/{plan.pk}/files/{shape}")
        assert response.status_code == 200
        assert response["Content-Disposition"].startswith("attachment")
    assert "办好第1项服务".encode() in caller("GET", f"/plans/{plan.pk}/original").content


def test_a_list_costs_the_same_however_long(
    caller: Caller, plan: Plan, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        caller.get(f"/plans/{plan.pk}/tasks?size=200")
