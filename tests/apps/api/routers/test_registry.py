"""The registry through the API: effects seen first, workbooks out and in, what is known of a body."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User

from luoshi.apps.organization.models import Body, Membership
from luoshi.apps.organization.operations import create_body
from luoshi.apps.plan.models import Plan
from luoshi.apps.registry.models import Upload
from tests.apps.api.calling import Caller, problem, program
from tests.apps.factories import NOW, REGION
from tests.apps.registry.workbooks import Rows, edited, row_named, rows_of


@pytest.fixture
def caller(office: User) -> Caller:
    return program(office, "office")


@pytest.fixture
def group(caller: Caller, plan: Plan, office: User) -> dict[str, Any]:
    """The group that the plan names, with a town that is not in it yet."""
    create_body(region=REGION, name="柳河镇", kind="town", by=office, at=NOW)
    made: dict[str, Any] = caller.do("/bodies", {"name": "各镇", "kind": "group"})
    caller.do(f"/plans/{plan.pk}/names/match", {"name": "各镇", "body": made["id"]})
    return made


def test_effects_are_seen_before_a_change_is_made(caller: Caller, group: dict[str, Any]) -> None:
    town = Body.objects.get(name="柳河镇")
    sent = {"members": [town.pk]}
    seen = caller.do(f"/effects/groups/{group['id']}/memberships", sent)
    assert seen["gained"] > 0
    assert {one["body"] for one in seen["changes"]} == {"柳河镇"}
    assert not Membership.objects.exists()
    tie = caller.do(f"/groups/{group['id']}/memberships", sent)["items"][0]
    back = caller.do(f"/effects/groups/{group['id']}/memberships/{tie['id']}", method="DELETE")
    assert (back["lost"], back["gained"]) == (seen["gained"], 0)
    dated = {"excluded": False, "valid_to": "2000-01-01"}
    path = f"/effects/groups/{group['id']}/memberships/{tie['id']}"
    assert caller.do(path, dated, "PUT")["lost"] == seen["gained"]
    assert Membership.objects.count() == 1


def test_every_kind_of_change_can_be_tried(caller: Caller, group: dict[str, Any]) -> None:
    town = Body.objects.get(name="柳河镇")
    assert caller.do("/effects/bodies", {"name": "新镇"})["gained"] == 0
    changed = {"name": "柳河街道", "kind": "organ"}
    problem(caller("POST", f"/effects/bodies/{town.pk}", changed), 428, "api-version-missing")
    assert caller.do(f"/effects/bodies/{town.pk}", changed, If_Match=f'"{town.version}"')["lost"] == 0
    renamed = {"change": "rename", "predecessors": [town.pk], "successors": ["新河镇"], "on": "2026-01-01"}
    assert caller.do("/effects/reorganizations", renamed)["plans"] == 0
    assert caller.do(f"/effects/groups/{group['id']}/rules", {"kind": "town"})["gained"] > 0
    rule = caller.do(f"/groups/{group['id']}/rules", {"kind": "town"})
    gone = caller.do(f"/effects/groups/{group['id']}/rules/{rule['id']}", method="DELETE")
    assert gone["lost"] > 0
    assert {one.name for one in Body.objects.all()} == {"柳河镇", "各镇"}


def good(rows: Rows) -> None:
    row_named(rows, "柳河镇")["full_name"] = "云溪区柳河镇"
    rows["bodies"].append({"name": "区教育局"})


def bad(rows: Rows) -> None:
    row_named(rows, "柳河镇").update(active_from="不详", parent="区天文局")


def test_the_registry_goes_out_and_comes_back(caller: Caller, group: dict[str, Any]) -> None:
    assert rows_of(caller.file("/registry/workbook"))[1] == []
    sent = caller.send("/registry/uploads", "名录.xlsx", edited(good))
    assert (sent["changes"], sent["faults"], sent["applied_at"]) == (2, 0, None)
    path = f"/registry/uploads/{sent['id']}"
    deeds = {(one["deed"], one["name"]) for one in caller.get(f"{path}/changes")["items"]}
    assert deeds == {("changed", "柳河镇"), ("created", "区教育局")}
    assert not Body.objects.filter(name="区教育局").exists()
    assert caller.do(f"{path}/apply")["applied_at"]
    assert Body.objects.filter(name="区教育局").exists()
    problem(caller("POST", f"{path}/apply", {}), 409, "registry-upload-applied")
    assert caller.get("/registry/uploads")["count"] == 1


def test_a_wrong_workbook_comes_back_marked(caller: Caller, group: dict[str, Any]) -> None:
    sent = caller.send("/registry/uploads", "名录.xlsx", edited(bad))
    path = f"/registry/uploads/{sent['id']}"
    assert sent["faults"] == 2
    assert caller.get(f"{path}/faults")["items"][0]["zh"]
    assert caller.file(f"{path}/faults/file")[:2] == b"PK"
    problem(caller("POST", f"{path}/apply", {}), 409, "registry-upload-has-faults")


def test_what_changed_meanwhile_is_looked_at_again_also_under_a_key(
    caller: Caller, group: dict[str, Any], office: User
) -> None:
    sent = caller.send("/registry/uploads", "名录.xlsx", edited(good))
    create_body(region=REGION, name="区教育局", by=office, at=NOW)
    path = f"/registry/uploads/{sent['id']}/apply"
    problem(caller("POST", path, {}, Idempotency_Key="one"), 409, "registry-changed-meanwhile")
    assert len(Upload.objects.get().report["changes"]) == 1
    assert caller("POST", path, {}, Idempotency_Key="one").status_code == 200


def test_what_is_known_of_a_body(caller: Caller, group: dict[str, Any], plan: Plan) -> None:
    town = Body.objects.get(name="柳河镇")
    caller.do(f"/groups/{group['id']}/memberships", {"members": [town.pk]})
    caller.do(
        "/reorganizations",
        {"change": "rename", "predecessors": [town.pk], "successors": ["新河镇"], "on": "2026-01-01"},
    )
    names = {one["name"]: one["kind"] for one in caller.get(f"/bodies/{town.pk}/names")["items"]}
    assert names == {"新河镇": "name", "柳河镇": "former"}
    assert caller.get(f"/bodies/{town.pk}/history")["items"][0]["what"] == "rename"
    assert caller.get(f"/bodies/{town.pk}/groups")["items"][0]["group_id"] == group["id"]
    assert caller.get(f"/bodies/{town.pk}/plans")["items"][0]["through"] == {"各镇": 3}
    assert caller.get(f"/bodies/{group['id']}/tasks")["count"] == 3
