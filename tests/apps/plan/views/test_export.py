"""Downloads: they open, they hold what was reviewed, and a filtered list holds only its tasks."""

from __future__ import annotations

import json
from io import BytesIO
from urllib.parse import unquote

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from icalendar import Calendar
from python_calamine import CalamineWorkbook

from luoshi.apps.organization.models import Body
from luoshi.apps.plan.models import Plan, TaskBody
from luoshi.core.plan.serial import plan_from_dict


def _download(desk: Client, plan: Plan, shape: str, **wanted: str) -> HttpResponse:
    response = desk.get(reverse("plan:download", args=[plan.pk, shape]), wanted)
    assert response.status_code == 200
    name = unquote(response["Content-Disposition"])
    assert "云溪区社区服务重点任务分解方案." + shape in name
    return response


def _rows(response: HttpResponse, sheet: int = 0) -> list[list[object]]:
    book = CalamineWorkbook.from_filelike(BytesIO(response.content))
    return book.get_sheet_by_index(sheet).to_python()


def test_json_is_a_plan_whose_spans_hold(desk: Client, plan: Plan) -> None:
    data = json.loads(_download(desk, plan, "json").content)
    read = plan_from_dict(data)
    assert len(read.tasks) == 4
    assert len(read.findings) == 7
    mentions = [body for task in read.tasks for body in (*task.leads, *task.responsibles)]
    assert mentions
    for body in mentions:
        assert body.span.of(read.text) == body.printed


def test_edited_names_are_exported(desk: Client, plan: Plan) -> None:
    right = Body.objects.create(region_id=plan.region_id, name="区财政局")
    TaskBody.objects.filter(name="区财正局").update(body=right)
    data = json.loads(_download(desk, plan, "json").content)
    names = {body["name"]: body["printed"] for task in data["tasks"] for body in task["responsibles"]}
    assert names["区财政局"] == "区财正局"


def test_added_and_removed_parts(desk: Client, plan: Plan) -> None:
    task = plan.tasks.get(number="1")
    task.bodies.filter(name="区教育局").update(removed=True)
    TaskBody.objects.create(
        region_id=plan.region_id, task=task, position=9, role="responsible", name="区审计局"
    )
    data = json.loads(_download(desk, plan, "json").content)
    first = next(one for one in data["tasks"] if one["number"] == "1")
    names = [body["name"] for body in first["responsibles"]]
    assert "区审计局" in names
    assert "区教育局" not in names


@pytest.mark.parametrize("wanted", [{}, {"q": "第2项"}])
def test_workbook_holds_the_list(desk: Client, plan: Plan, wanted: dict[str, str]) -> None:
    rows = _rows(_download(desk, plan, "xlsx", **wanted))
    assert len(rows) - 1 == (1 if wanted else 4)


def test_calendar_holds_the_dates(desk: Client, plan: Plan) -> None:
    calendar = Calendar.from_ical(_download(desk, plan, "ics").content)
    assert len(calendar.events) == 3
    assert {event.start.isoformat() for event in calendar.events} == {"2026-12-31"}


def test_markdown_names_every_task(desk: Client, plan: Plan) -> None:
    text = _download(desk, plan, "md").content.decode()
    for task in plan.tasks.all():
        assert task.title in text


def test_unknown_shape(desk: Client, plan: Plan) -> None:
    assert desk.get(reverse("plan:download", args=[plan.pk, "exe"])).status_code == 404


@pytest.mark.parametrize(
    ("page", "wanted", "expected"),
    [("bodies", {}, 4), ("bodies", {"role": "lead"}, 1), ("findings", {"severity": "1"}, 3)],
)
def test_lists_go_to_excel(
    desk: Client, plan: Plan, page: str, wanted: dict[str, str], expected: int
) -> None:
    response = desk.get(reverse(f"plan:{page}", args=[plan.pk]), {"format": "xlsx", **wanted})
    assert len(_rows(response)) - 1 == expected


def test_plans_go_to_excel_as_text(desk: Client, plan: Plan) -> None:
    plan.title = "=1+1"
    plan.save()
    rows = _rows(desk.get(reverse("plan:list"), {"format": "xlsx"}))
    assert rows[1][0] == "=1+1"
