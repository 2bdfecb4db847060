"""A quarter through the API: issued, signed, reported, merged, signed by the leads, accepted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from luoshi.apps.api.routers.reports import Values
from luoshi.core.work.prefill import NOT_APPLICABLE
from tests.apps.api.calling import problem, program
from tests.apps.work.factories import World, confirmed_plan, issued_plan, morning

pytestmark = pytest.mark.django_db
WORDS = {
    "progress": "已建成服务点3个",
    "problems": "无",
    "next_step": "继续推进",
    "help_needed": "无",
    "share_done": 60,
}


@pytest.fixture(autouse=True)
def quarter(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """It is 18 March 2026, and tokens live on."""
    from django.utils import timezone

    with override_settings(LUOSHI_API_CALLS=10_000):
        monkeypatch.setattr(timezone, "now", lambda: morning(2026, 3, 18))
        yield


@pytest.fixture
def world() -> World:
    return issued_plan(until=morning(2026, 3, 17))


def test_a_plan_is_issued_and_signed_for() -> None:
    world = confirmed_plan()
    office = program(world.office, "office")
    path = f"/plans/{world.plan.pk}"
    preview = office.get(f"{path}/issue/preview")
    assert preview["unmatched"] == []
    assert {one["form"] for one in preview["shares"]} >= {"order", "letter"}
    issue = office.do(
        f"{path}/issue", {"line": "government", "basis": "方案第五部分", "first_day": "2026-01-01"}
    )
    assert issue["plan_id"] == world.plan.pk
    body = world.bodies["区民政局"]
    mine = office.get(f"{path}/assignments?body={body.pk}")["items"]
    liaison = program(world.liaison("区民政局"), "report")
    assert liaison.do("/assignments/sign", {"assignments": [one["id"] for one in mine]}) == {
        "done": len(mine)
    }
    signed = office.get(f"{path}/issue/bodies?q=民政")["items"][0]
    assert signed["unsigned"] == 0


def test_terms_change_by_version(world: World) -> None:
    office = program(world.office, "office")
    path = f"/plans/{world.plan.pk}/issue"
    etag = office("GET", path)["ETag"]
    assert office.do(path, {"signing_days": 7}, "PUT", If_Match=etag)["signing_days"] == 7
    told = problem(office("PUT", path, {}, If_Match=etag), 412, "work-terms-changed-meanwhile")
    assert told["present"]["signing_days"] == 7


def test_an_own_report_is_written_submitted_and_accepted(world: World) -> None:
    occurrence = world.occurrence(1, "区教育局")
    liaison, office = program(world.liaison("区教育局"), "report"), program(world.office, "office")
    path = f"/occurrences/{occurrence.pk}/report"
    assert liaison.get(path) == {"report": None, "revision": None}
    assert liaison.do(f"{path}/open")["latest"] == 0
    saved = liaison.do(path, {"base": 0, "values": WORDS}, "PUT")
    assert (saved["latest"], saved["clean"], saved["merged"]) == (1, True, [])
    problem(liaison("POST", f"{path}/submit", {}), 428, "api-version-missing")
    assert liaison.do(f"{path}/submit", If_Match='"1"')["state"] == "submitted"
    assert office.get(path)["revision"]["values"]["progress"] == WORDS["progress"]
    returned = office.do(f"{path}/return", {"reason": "请写明数量"})
    assert (returned["state"], returned["answer"]) == ("returned", "请写明数量")
    liaison.do(path, {"base": 1, "values": {**WORDS, "progress": "已建成服务点5个"}}, "PUT")
    told = problem(liaison("POST", f"{path}/submit", {}, If_Match='"1"'), 412, "work-version-moved-on")
    assert told["present"]["latest"] == 2
    liaison.do(f"{path}/submit", If_Match='"2"')
    assert office.do(f"{path}/accept", If_Match='"2"')["state"] == "accepted"


def test_two_who_save_at_once_lose_nothing(world: World) -> None:
    path = f"/occurrences/{world.occurrence(1, '区教育局').pk}/report"
    one, two = program(world.liaison("区教育局"), "report"), program(world.head("区教育局"), "report")
    one.do(path, {"base": 0, "values": {"progress": "甲写的进展"}}, "PUT")
    saved = two.do(path, {"base": 0, "values": {"problems": "乙写的问题"}}, "PUT")
    assert saved["values"] == {"progress": "甲写的进展", "problems": "乙写的问题"}
    assert {each["field"] for each in saved["merged"]} == {"progress", "problems"}


def test_leads_sign_or_object(world: World) -> None:
    path = f"/occurrences/{world.occurrence(2, '区民政局').pk}/report"
    lead, other = program(world.liaison("区民政局"), "report"), program(world.liaison("区司法局"), "report")
    lead.do(path, {"base": 0, "values": WORDS}, "PUT")
    assert lead.do(f"{path}/propose", If_Match='"1"')["state"] == "proposed"
    assert other.do(f"{path}/object", {"reason": "数字不一致"}, If_Match='"1"')["state"] == "objected"
    assert other.do(f"{path}/cosign", {}, If_Match='"1"')["state"] in {"cosigned", "submitted"}
    problem(other("POST", f"{path}/submit", {}, If_Match='"1"'), 403, "api-not-allowed")


def test_no_change_lists_what_has_to_be_written(world: World) -> None:
    occurrence = world.occurrence(1, "区教育局")
    told = program(world.liaison("区教育局"), "report").do(
        "/occurrences/no-change", {"occurrences": [occurrence.pk]}
    )
    assert told["done"] == []
    assert told["refused"][0]["occurrence_id"] == occurrence.pk


def test_files_time_and_wording(world: World) -> None:
    liaison, office = program(world.liaison("区教育局"), "report"), program(world.office, "office")
    response = liaison.client.post(
        "/api/v1/evidence",
        {"file": SimpleUploadedFile("说明.txt", "已完成".encode()), "note": "佐证"},
        headers=liaison.headers,
    )
    assert response.status_code == 201, response.content.decode()
    file = response.json()
    assert liaison("GET", f"/evidence/{file['id']}/file").content == "已完成".encode()
    assert liaison.do(f"/evidence/{file['id']}/expiry", {"expires_on": "2027-01-01"}, "PUT")["expires_on"]
    occurrence = world.occurrence(1, "区教育局")
    asked = liaison.do(
        f"/occurrences/{occurrence.pk}/extensions", {"new_due": "2026-04-10", "reason": "数据未到"}
    )
    head = program(world.head("区教育局"), "report")
    assert head.do(f"/extensions/{asked['id']}/endorse", {})["state"] == "endorsed"
    assert office.do(f"/extensions/{asked['id']}/grant", {})["state"] == "granted"
    task = world.tasks[0]
    words = {"new_text": "改后的表述", "reason": "理由", "basis": "会议纪要"}
    made = liaison.do(f"/tasks/{task.pk}/adjustments", words)
    assert office.do(f"/adjustments/{made['id']}/approve", {"answer": "同意"})["state"] == "approved"


def test_the_office_steers(world: World) -> None:
    office = program(world.office, "office")
    row = world.assignment(1, "区教育局")
    told = office.do("/assignments/suspend", {"assignments": [row.pk], "reason": "等待上级文件"})
    assert told[0]["state"] == "suspended"
    assert office.do("/assignments/resume", {"assignments": [row.pk]})[0]["state"] != "suspended"
    problem(office("POST", "/assignments/suspend", {"assignments": [row.pk, 99999]}), 404, "api-not-there")


def test_how_it_stands(world: World) -> None:
    office = program(world.office, "office")
    lights: dict[str, Any] = office.get(f"/plans/{world.plan.pk}/lights")
    assert sum(lights["tally"].values()) == sum(len(one["tasks"]) for one in lights["chapters"])
    rows = office.get(f"/plans/{world.plan.pk}/matrix")["items"]
    assert {row["name"] for row in rows} == {one.name for one in world.bodies.values()}
    assert office.get("/occurrences?state=open")["count"] > 0
    assert office.get("/burden")["count"] > 0
    assert office.get("/calendar?year=2026")["count"] == 365
    assert {one["kind"] for one in office.get("/desk")}


def test_values_are_those_of_the_operation() -> None:
    given = Values(share_done="not-applicable", evidence=[7, 7]).values()
    assert given["share_done"] is NOT_APPLICABLE
    assert given["evidence"] == ("7",)
