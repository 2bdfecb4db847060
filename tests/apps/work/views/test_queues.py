"""Queues and lists: who sees them, filters, counts, exports, and queries that do not grow."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker
from python_calamine import CalamineWorkbook

from luoshi.apps.work.models import Evidence, EvidenceUse, Report
from luoshi.apps.work.operations.evidence import add_evidence, set_expiry
from luoshi.apps.work.operations.reporting import open_report, save, submit
from tests.apps.conftest import taken_back
from tests.apps.work import rows
from tests.apps.work.factories import World, issued_plan, morning

AT = morning(2026, 3, 18)
COURT, LEAD, SCHOOL = "区人民法院", "区民政局", "区教育局"
Counter = Callable[..., Any]


@pytest.fixture(scope="module")
def lived(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """The world below, made once."""
    with taken_back(django_db_blocker):
        yield issued_plan(until=morning(2026, 3, 17))


@pytest.fixture
def world(lived: World, db: None) -> World:
    """An issued plan whose first quarter is open."""
    return copy.deepcopy(lived)


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def sent(world: World, body: str, task: int, **fields: Any) -> Report:
    by = world.liaison(body)
    report = open_report(occurrence=world.occurrence(task, body), by=by, at=AT)
    saved = save(report=report, values={"progress": "一", **fields}, base=0, by=by, at=AT)
    return submit(report=report, seen=saved.latest, by=by, at=AT)


def file(world: World, name: str, body: str = SCHOOL, **given: Any) -> Evidence:
    return add_evidence(
        body=world.bodies[body], name=name, content=name.encode(), by=world.liaison(body), at=AT, **given
    ).evidence


def sheet(response: Any) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(0).to_python()


def test_the_office_sees_what_it_has_to_decide(world: World) -> None:
    sent(world, COURT, 4)
    sent(world, SCHOOL, 1)
    office, there = browser(world.office), reverse("work:accepting")
    page = office.get(there)
    assert page.context["page"].paginator.count == 1, (
        "what a lead brings together comes with the joint report"
    )
    assert office.get(there + "?along=1").context["page"].paginator.count == 2
    assert len(sheet(office.get(there + "?along=1&format=xlsx"))) == 3
    assert browser(world.liaison(SCHOOL)).get(there).status_code == 403
    assert browser(world.viewer()).get(there).status_code == 403


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("q=宣传", 1),
        ("q=服务", 1),
        ("q=无此", 0),
        ("kind=unchanged", 0),
        ("kind=changed", 2),
        ("period=2026Q1", 2),
    ],
)
def test_filters_of_the_queue(world: World, query: str, count: int) -> None:
    sent(world, COURT, 4)
    sent(world, SCHOOL, 1)
    page = browser(world.office).get(reverse("work:accepting") + f"?along=1&{query}")
    assert page.context["page"].paginator.count == count
    assert len(page.context["page"].object_list) == count


def test_chapters_and_bodies_of_the_queue(world: World) -> None:
    report = sent(world, COURT, 4)
    sent(world, SCHOOL, 1)
    office, there = browser(world.office), reverse("work:accepting") + "?along=1"
    for query in (f"chapter={report.task.section_id}", f"body={report.body_id}"):
        assert [row.pk for row in office.get(f"{there}&{query}").context["page"]] == [report.pk]


def test_only_no_change_is_accepted_unread(world: World) -> None:
    plain, rich = sent(world, COURT, 4), sent(world, SCHOOL, 1)
    Report.objects.filter(pk=plain.pk).update(no_change=True)
    office, there = browser(world.office), reverse("work:accepting")
    office.post(there, {"report": [f"{plain.pk}:1", f"{rich.pk}:1"]})
    states = dict(Report.objects.values_list("pk", "state"))
    assert states == {plain.pk: "accepted", rich.pk: "submitted"}
    other = browser(world.liaison(SCHOOL)).post(there, {"report": f"{rich.pk}:1"})
    assert other.status_code == 403


def test_who_is_missing(world: World) -> None:
    sent(world, SCHOOL, 1)
    there = reverse("work:collecting", args=[world.occurrence(1, LEAD).pk])
    lead = browser(world.liaison(LEAD))
    page = lead.get(there)
    assert (page.context["missing"], page.context["total"]) == (3, 4)
    assert lead.get(there + "?heard=reported").context["page"].paginator.count == 1
    assert len(sheet(lead.get(there + "?format=xlsx"))) == 5
    assert browser(world.office).get(there).status_code == 200
    assert browser(world.viewer()).get(there).status_code == 200
    school = browser(world.liaison(SCHOOL))
    own = reverse("work:collecting", args=[world.occurrence(1, SCHOOL).pk])
    Report.objects.create(
        region_id=world.plan.region_id,
        occurrence=world.occurrence(1, LEAD),
        task=world.tasks[0],
        body=world.bodies[LEAD],
        joint=True,
        state="accepted",
        pinned=1,
    )
    for closed in (there, own):
        assert school.get(closed).status_code == 403, "what others say is for those who bring it together"


def test_files_of_a_body(world: World) -> None:
    used, old = file(world, "纪要.txt", note="三月会议"), file(world, "旧.txt")
    set_expiry(evidence=old, expires_on=date(2026, 1, 1), by=world.liaison(SCHOOL), at=AT)
    file(world, "法院.txt", COURT)
    sent(world, SCHOOL, 1, evidence=(str(used.pk),))
    there = reverse("work:evidence")
    mine = browser(world.liaison(SCHOOL))
    assert mine.get(there).context["page"].paginator.count == 2
    assert browser(world.office).get(there).context["page"].paginator.count == 3
    for query, names in (
        ("q=三月", ["纪要.txt"]),
        ("state=expired", ["旧.txt"]),
        ("state=unused", ["旧.txt"]),
        ("state=current", ["纪要.txt"]),
        ("sort=name", ["旧.txt", "纪要.txt"]),
    ):
        found = [one.name for one in mine.get(f"{there}?{query}").context["page"]]
        assert found == names, query
    assert len(sheet(mine.get(there + "?format=xlsx"))) == 3


def test_uploading_and_replacing(world: World) -> None:
    mine = browser(world.liaison(SCHOOL))
    mine.post(reverse("work:evidence"), {"file": SimpleUploadedFile("a.pdf", b"%PDF-1"), "note": "一"})
    found = Evidence.objects.get()
    there = reverse("work:evidence-page", args=[found.pk])
    mine.post(there, {"file": SimpleUploadedFile("b.pdf", b"%PDF-2")})
    assert Evidence.objects.get(replaces=found).name == "b.pdf"
    mine.post(there, {"expiry": "1", "expires_on": "2026-12-31"})
    found.refresh_from_db()
    assert found.expires_on == date(2026, 12, 31)
    page = mine.post(reverse("work:evidence"), {"file": SimpleUploadedFile("a.pdf", b"<html>")})
    assert page.status_code == 422
    assert "网页" in page.content.decode()
    assert browser(world.office).post(there, {"expiry": "1"}).status_code == 403


def test_a_file_goes_to_whoever_may_read_a_report_that_rests_on_it(world: World) -> None:
    found = file(world, "纪要.txt")
    there = reverse("work:evidence-file", args=[found.pk])
    lead = browser(world.liaison(LEAD))
    assert lead.get(there).status_code == 403
    report = open_report(occurrence=world.occurrence(1, SCHOOL), by=world.liaison(SCHOOL), at=AT)
    values = {"progress": "一", "evidence": (str(found.pk),)}
    save(report=report, values=values, base=0, by=world.liaison(SCHOOL), at=AT)
    assert EvidenceUse.objects.count() == 1
    assert lead.get(there).status_code == 403, "a draft is the body's own affair"
    submit(report=report, seen=1, by=world.liaison(SCHOOL), at=AT)
    response = lead.get(there)
    assert response.content == "纪要.txt".encode()
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert browser(world.liaison(COURT)).get(there).status_code == 403
    assert browser(world.office).get(there).status_code == 200


def test_queries_do_not_grow(world: World, django_assert_max_num_queries: Counter) -> None:
    office = world.office
    plan = rows.plan_of(60, office, 3)
    issue = rows.issued(plan, office)
    [body] = rows.bodies(1)
    for task in plan.tasks.all():
        one = rows.occurrence(rows.assignment(issue, task, body), date(2026, 9, 30))
        rows.report(one, office, no_change=True, submitted_at=AT, submitted_by=office, sent=1)
    for n in range(40):
        add_evidence(body=body, name=f"{n}.txt", content=f"{n}".encode(), by=office, at=AT)
    client = browser(office)
    for name in ("accepting", "evidence"):
        with django_assert_max_num_queries(25):
            page = client.get(reverse(f"work:{name}"))
        assert page.context["page"].paginator.count >= 40
    ticked = [f"{row.pk}:{row.latest}" for row in Report.objects.filter(task__plan=plan)]
    with django_assert_max_num_queries(25):
        client.post(reverse("work:accepting"), {"report": ticked})
    assert not Report.objects.filter(task__plan=plan).exclude(state="accepted").exists()


def test_the_pages_of_a_report_stay_small(world: World, django_assert_max_num_queries: Counter) -> None:
    for body in (SCHOOL, "区财政局", "青山镇", "绿水镇"):
        sent(world, body, 1)
    one = world.occurrence(1, LEAD)
    lead, office = browser(world.liaison(LEAD)), browser(world.office)
    for client, name in ((lead, "report"), (lead, "collecting"), (office, "report"), (office, "collecting")):
        with django_assert_max_num_queries(25):
            assert client.get(reverse(f"work:{name}", args=[one.pk])).status_code == 200
