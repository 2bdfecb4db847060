"""The work as its pages show it: to-dos, papers, queues, what was said, days, settings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import override_settings
from django.utils import timezone

from luoshi.apps.work.models import Assignment, Occurrence
from tests.apps.api.calling import Caller, problem, program
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
    with override_settings(LUOSHI_API_CALLS=10_000):
        monkeypatch.setattr(timezone, "now", lambda: morning(2026, 3, 18))
        yield


@pytest.fixture
def world() -> World:
    return issued_plan(until=morning(2026, 3, 17))


@pytest.fixture
def office(world: World) -> Caller:
    return program(world.office, "office")


def reported(world: World, task: int, name: str) -> Occurrence:
    """A report that was submitted."""
    occurrence = world.occurrence(task, name)
    caller, path = program(world.liaison(name), "report"), f"/occurrences/{occurrence.pk}/report"
    caller.do(path, {"base": 0, "values": WORDS}, "PUT")
    caller.do(f"{path}/submit", If_Match='"1"')
    return occurrence


def test_a_plan_is_issued_with_other_rules_for_one_task() -> None:
    world = confirmed_plan()
    office, task = program(world.office, "office"), world.tasks[0]
    terms = {"line": "government", "basis": "方案第五部分", "first_day": "2026-01-01"}
    rules = [{"task": task.pk, "rules": [{"recurrence": "monthly"}]}]
    path = f"/plans/{world.plan.pk}/issue"
    wrong = {**terms, "rules": [{**rules[0], "task": 999_999}]}
    problem(office("POST", path, wrong), 404, "api-not-there")
    office.do(path, {**terms, "rules": rules})
    told = office.get(f"{path}/rules/{task.pk}")
    assert [(one["recurrence"], one["origin"]) for one in told["now"]] == [("monthly", "office")]
    assert told["said"][0]["recurrence"] != "monthly"


def test_what_is_to_be_signed_and_its_paper(world: World, office: Caller) -> None:
    body = world.bodies["区教育局"]
    slip = office.get(f"/plans/{world.plan.pk}/slips/{body.pk}")
    assert slip["form"] == "order"
    assert {one["task_id"] for one in slip["lines"]} == set(
        Assignment.objects.filter(body=body).values_list("task", flat=True)
    )
    liaison = program(world.liaison("区教育局"), "report")
    assert liaison.get("/signing?state=all")["count"] == len(slip["lines"])
    assert liaison.get("/signing?state=signed")["count"] + liaison.get("/signing")["count"] == len(
        slip["lines"]
    )


def test_queues_are_read_and_no_change_is_accepted_at_once(world: World, office: Caller) -> None:
    occurrence = reported(world, 1, "区教育局")
    rows = office.get("/reports/accepting?along=true")["items"]
    assert [one["occurrence_id"] for one in rows] == [occurrence.pk]
    told = office.do("/reports/accept-unchanged", {"reports": [{"report": rows[0]["id"], "seen": 1}]})
    assert told["done"] == []
    assert told["refused"][0]["occurrence_id"] == occurrence.pk
    head = program(world.head("区教育局"), "report")
    assert head.get("/reports/approving")["count"] == 0
    assert head.do(f"/bodies/{occurrence.body_id}/setting", {"head_approves": True}, "PUT")["waiting"] == 1
    assert head.get(f"/bodies/{occurrence.body_id}/setting")["head_approves"] is True
    assert head.get("/reports/approving")["count"] == 1


def test_a_lead_reads_and_quotes_what_others_say(world: World, office: Caller) -> None:
    lead = world.occurrence(2, "区民政局")
    others = Occurrence.objects.filter(task=lead.task_id, key=lead.key).exclude(pk=lead.pk)
    other = others.select_related("body").order_by("pk")[0]
    reported(world, 2, other.body.name)
    caller = program(world.liaison("区民政局"), "report")
    parts = {one["body_id"]: one for one in caller.get(f"/occurrences/{lead.pk}/parts")["items"]}
    part: dict[str, Any] = parts[other.body_id]
    assert part["values"]["progress"] == WORDS["progress"]
    caller.do(f"/occurrences/{lead.pk}/report/open")
    quoting = {"source": part["report_id"], "field": "progress"}
    assert caller.do(f"/occurrences/{lead.pk}/report/quote", quoting)["latest"] == 1
    versions = caller.get(f"/occurrences/{lead.pk}/report/versions")["items"]
    assert WORDS["progress"] in versions[0]["values"]["progress"]
    # Drafts are the affair of those who write them.
    assert office.get(f"/occurrences/{lead.pk}/report/versions")["count"] == 0
    stranger = program(world.liaison("区教育局"), "report")
    problem(stranger("GET", f"/occurrences/{lead.pk}/parts"), 403, "api-not-allowed")


def test_a_task_at_work_is_told_row_by_row(world: World, office: Caller) -> None:
    occurrence = reported(world, 1, "区教育局")
    path = f"/plans/{world.plan.pk}/tasks/{occurrence.task_id}"
    assert occurrence.body_id in {one["body_id"] for one in office.get(f"{path}/work")["items"]}
    said = office.get(f"{path}/words")["items"]
    assert [one["report"]["occurrence_id"] for one in said] == [occurrence.pk]
    assert office.get(f"{path}/history")["count"] > 0
    assert office.get(f"{path}/evidence")["count"] == 0
    assert office.get(f"/tasks/{occurrence.task_id}/extensions")["count"] == 0
    people = office.get(f"/plans/{world.plan.pk}/work/bodies/{occurrence.body_id}/people")["items"]
    assert {one["role"] for one in people} == {"liaison"}


def test_to_dos_are_listed_by_kind(world: World) -> None:
    caller = program(world.liaison("区教育局"), "report")
    for one in caller.get("/desk"):
        if one["kind"] == "report":
            assert caller.get("/desk/report")["count"] == one["count"] > 0
    problem(caller("GET", "/desk/accept"), 403, "api-not-allowed")
    problem(caller("GET", "/desk/nothing"), 422, "api-body-wrong")
    assert caller.file("/calendar/own.ics").startswith(b"BEGIN:VCALENDAR")


def test_days_are_set_and_restored(world: World, office: Caller) -> None:
    days = {"days": ["2026-06-30"], "working": False, "reason": "区庆"}
    assert office.do("/working-days", days, "PUT")["done"] >= 0
    assert office.get("/working-days?year=2026")["items"] == [
        {"day": "2026-06-30", "working": False, "reason": "区庆"}
    ]
    shown = office.get("/calendar?year=2026&size=200")["items"]
    assert {one["day"]: one["working"] for one in shown}["2026-06-30"] is False
    office.do("/working-days/2026-06-30", method="DELETE")
    assert office.get("/working-days")["count"] == 0
    assert office.do("/working-days/years/2027", {"complete": True}, "PUT")["done"] > 0
    liaison = program(world.liaison("区教育局"), "report")
    problem(liaison("PUT", "/working-days", days), 403, "api-token-too-narrow")
    problem(office("PUT", "/working-days?region=110101", days), 403, "api-not-allowed")


def test_lists_are_narrowed_as_on_their_pages(world: World, office: Caller) -> None:
    path, body = f"/plans/{world.plan.pk}", world.bodies["区教育局"]
    tasks = office.get(f"{path}/work")
    lights = office.get(f"{path}/lights")["tally"]
    assert tasks["count"] == sum(lights.values())
    for light, number in lights.items():
        assert office.get(f"{path}/work?light={light}")["count"] == number
    mine = office.get(f"{path}/work/bodies/{body.pk}")["count"]
    led = office.get(f"{path}/work/bodies/{body.pk}?role=lead")["count"]
    assert office.get(f"{path}/work?body={body.pk}")["count"] == mine >= led
    leads = office.get(f"{path}/bodies?role=lead&sort=name")["items"]
    assert [one["name"] for one in leads] == sorted(one["name"] for one in leads if one["leads"])
    asked = office.get("/burden")["count"]
    assert office.get("/burden?month=2026-03")["count"] == asked > 0
    assert office.get("/burden?month=1999-01")["count"] == 0
    forms = [office.get(f"{path}/issue/bodies?form={form}")["count"] for form in ("order", "letter")]
    assert sum(forms) == office.get(f"{path}/issue/bodies")["count"]
    assert office.get(f"{path}/matrix?chapter=999999")["items"][0]["cells"] == []


@pytest.mark.parametrize("path", ["work", "words", "history", "evidence"])
def test_lists_cost_the_same_however_long(
    world: World, office: Caller, path: str, django_assert_max_num_queries: Any
) -> None:
    reported(world, 1, "区教育局")
    with django_assert_max_num_queries(22):
        office.get(f"/plans/{world.plan.pk}/tasks/{world.tasks[0].pk}/{path}?size=200")
