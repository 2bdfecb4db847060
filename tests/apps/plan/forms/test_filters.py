"""Filters: what is counted is what is listed, and an odd address never breaks a page."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from luoshi.apps.plan.models import Plan, TaskBody
from tests.apps import factories

# The count above a list. Sample: "<strong>4</strong> 项任务"
COUNT = re.compile(r"<strong>(\d+)</strong> (?:项任务|个单位|个疑点|份方案)")
ROW = re.compile(r'<a class="row-link[^"]*" href="[^"]*">([^<]+)</a>')


def _overview(desk: Client, plan: Plan, **wanted: object) -> str:
    return desk.get(reverse("plan:overview", args=[plan.pk]), wanted).content.decode()


def _listed(html: str) -> list[str]:
    return ROW.findall(html)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({}, 4),
        ({"q": "第2项"}, 1),
        ({"q": "社区 第2项"}, 1),
        ({"q": "区教育局"}, 3),
        ({"q": "没有的词"}, 0),
        ({"body": "区民政局"}, 3),
        ({"body": "区民政局", "role": "lead"}, 3),
        ({"body": "区民政局", "role": "responsible"}, 0),
        ({"role": "lead"}, 3),
        ({"has": "target"}, 3),
        ({"has": "date"}, 3),
        ({"has": "finding"}, 4),
        ({"has": "no-lead"}, 1),
    ],
)
def test_count_is_what_is_listed(desk: Client, plan: Plan, wanted: dict[str, str], expected: int) -> None:
    html = _overview(desk, plan, **wanted)
    found = COUNT.search(html)
    assert found is not None
    assert int(found[1]) == len(_listed(html)) == expected


def test_chapter_includes_what_is_beneath_it(desk: Client, plan: Plan) -> None:
    top = plan.sections.get(key="s1")
    under = plan.sections.create(
        region_id=plan.region_id, parent=top, key="s9", position=9, title="小节", level=2, start=0, end=1
    )
    task = plan.tasks.get(number="1")
    task.section = under
    task.save()
    assert len(_listed(_overview(desk, plan, chapter=top.pk))) == 3
    assert len(_listed(_overview(desk, plan, chapter=under.pk))) == 1


def test_removed_bodies_do_not_count(desk: Client, plan: Plan) -> None:
    TaskBody.objects.filter(name="区民政局").update(removed=True)
    assert _listed(_overview(desk, plan, q="区民政局 ", role="lead")) == []
    assert desk.get(reverse("plan:body", args=[plan.pk, "区民政局"])).status_code == 404


def test_sorting_by_due_date_puts_undated_tasks_last(desk: Client, plan: Plan) -> None:
    late = plan.tasks.get(number="1").deadlines.get(kind="date")
    late.value = "2027-12-31"
    late.save()
    names = _listed(_overview(desk, plan, sort="due"))
    assert names[-2:] == ["办好第1项服务", "加强宣传引导"]


@pytest.mark.parametrize(
    "odd",
    [
        {"chapter": "999999"},
        {"chapter": "x"},
        {"body": "'; DROP TABLE plan_task; --"},
        {"role": "boss"},
        {"has": "everything"},
        {"sort": "-pk"},
        {"page": "zero"},
        {"page": "99999"},
        {"q": "%_\\" * 40},
    ],
)
def test_odd_addresses_give_a_page(desk: Client, plan: Plan, odd: dict[str, str]) -> None:
    response = desk.get(reverse("plan:overview", args=[plan.pk]), odd)
    assert response.status_code == 200


def test_wildcards_of_the_database_are_plain_characters(desk: Client, plan: Plan) -> None:
    assert _listed(_overview(desk, plan, q="_")) == []
    assert len(_listed(_overview(desk, plan, q="95%"))) == 3


def test_pages_hold_every_task_once(client: Client, office: User) -> None:
    client.force_login(office)
    plan = factories.stored_plan(tasks=60, by=office)
    names: list[str] = []
    for page in (1, 2, 3):
        html = _overview(client, plan, page=page)
        assert "<strong>61</strong>" in html
        names += _listed(html)
    assert len(names) == len(set(names)) == 61


def test_htmx_gets_the_results_only(desk: Client, plan: Plan) -> None:
    address = reverse("plan:overview", args=[plan.pk])
    part = desk.get(address, {"q": "第2项"}, headers={"HX-Request": "true"})
    assert "HX-Request" in part["Vary"]
    html = part.content.decode()
    assert 'id="results"' in html
    assert "<html" not in html
    restored = desk.get(address, headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert "<html" in restored.content.decode()


def test_figures_open_lists_of_that_length(desk: Client, plan: Plan) -> None:
    html = _overview(desk, plan)
    figures = re.findall(r'<a href="([^"]+)"><strong>(\d+)</strong>', html)
    assert len(figures) == 5
    for address, number in figures:
        opened = desk.get(address.split("#")[0]).content.decode()
        found = COUNT.search(opened)
        assert found is not None
        assert found[1] == number, address


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({}, 7),
        ({"severity": "0"}, 1),
        ({"severity": "1"}, 3),
        ({"code": "vague-deadline"}, 3),
        ({"q": "第2项"}, 2),
    ],
)
def test_findings_filter(desk: Client, plan: Plan, wanted: dict[str, str], expected: int) -> None:
    html = desk.get(reverse("plan:findings", args=[plan.pk]), wanted).content.decode()
    found = COUNT.search(html)
    assert found is not None
    assert int(found[1]) == expected
    assert html.count("<tr>") - 1 == expected


def test_settled_findings_leave_the_open_ones(desk: Client, plan: Plan) -> None:
    first = plan.findings.first()
    assert first is not None
    first.state = "accepted"
    first.save()
    address = reverse("plan:findings", args=[plan.pk])
    assert "<strong>6</strong>" in desk.get(address, {"state": "open"}).content.decode()
    assert "<strong>1</strong>" in desk.get(address, {"state": "settled"}).content.decode()


def test_bodies_filter_and_sort(desk: Client, plan: Plan) -> None:
    address = reverse("plan:bodies", args=[plan.pk])
    assert _listed(desk.get(address).content.decode())[0] == "区民政局"
    assert _listed(desk.get(address, {"q": "教育"}).content.decode()) == ["区教育局"]
    assert _listed(desk.get(address, {"role": "lead"}).content.decode()) == ["区民政局"]


def test_plans_filter(desk: Client, plan: Plan, office: User) -> None:
    factories.stored_plan(tasks=1, by=office, name="第二份.txt")
    address = reverse("plan:list")
    assert "<strong>2</strong>" in desk.get(address).content.decode()
    assert "<strong>1</strong>" in desk.get(address, {"q": "第二份"}).content.decode()
    assert "没有符合条件" in desk.get(address, {"status": "confirmed"}).content.decode()
