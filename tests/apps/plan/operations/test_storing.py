"""A plan that was read becomes rows, and the rows give the plan again."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest
from django.contrib.auth.models import User

from luoshi.apps.audit.models import Event
from luoshi.apps.document.models import StoredDocument
from luoshi.apps.document.operations import load
from luoshi.apps.document.queries import text_between
from luoshi.apps.plan.models import Finding, Plan, Target, Task, TaskBody
from luoshi.apps.plan.operations.storing import import_document
from luoshi.core.plan import model as core
from luoshi.core.source import Span
from tests.apps.factories import NOW, REGION, core_plan, plan_text, read_document, stored_plan


def test_everything_that_was_read_is_stored(plan: Plan) -> None:
    assert plan.title == "云溪区社区服务重点任务分解方案"
    assert list(plan.tasks.values_list("key", "section__key")) == [
        ("t1", "s1"),
        ("t2", "s1"),
        ("t3", "s1"),
        ("t4", "s2"),
    ]
    task = plan.tasks.get(key="t2")
    assert list(task.bodies.values_list("role", "name", "collective")) == [
        ("lead", "区民政局", False),
        ("responsible", "区教育局", False),
        ("responsible", "区财正局", False),
        ("responsible", "各镇", True),
    ]
    assert list(task.targets.values_list("value", "unit", "per", "by")) == [
        (Decimal(1), "个", "社区", ""),
        (Decimal(95), "%", "", "2026-12-31"),
    ]
    assert list(task.deadlines.values_list("kind", "value")) == [("date", "2026-12-31"), ("vague", "")]
    assert [str(citation) for citation in task.citations.all()] == ["云溪区社区服务办法"]


def test_each_span_still_quotes_its_words(plan: Plan) -> None:
    bodies = TaskBody.objects.filter(task__plan=plan)
    assert bodies.count() == 12
    for body in bodies:
        assert text_between(plan.document_id, body.start, body.end) == body.printed
    for target in Target.objects.filter(task__plan=plan):
        assert text_between(plan.document_id, target.start, target.end) == target.quote
    for task in plan.tasks.all():
        assert text_between(plan.document_id, task.start, task.end) == task.text


def test_findings_know_their_weight_task_and_place(plan: Plan) -> None:
    rows = list(plan.findings.values_list("code", "severity", "task__key"))
    assert rows[0] == ("no-organization", Finding.Severity.ERROR, "t4")
    assert rows[1] == ("unknown-organization", Finding.Severity.WARNING, "t1")
    assert rows[-1] == ("vague-deadline", Finding.Severity.NOTE, "t3")
    assert plan.findings.get(code="no-organization").place == {"zh": "13:1", "en": "13:1"}


def test_the_document_comes_back_as_it_was_read(plan: Plan) -> None:
    stored = StoredDocument.objects.get(pk=plan.document_id)
    assert load(stored) == read_document(plan_text())


def test_the_same_bytes_are_stored_once(plan: Plan, office: User) -> None:
    again = stored_plan(by=office, name="换了名字.txt")
    assert again.pk == plan.pk
    assert Event.objects.filter(type="plan.plan.imported").count() == 1


def test_another_region_has_its_own(plan: Plan) -> None:
    assert stored_plan(code="990103").pk != plan.pk


def test_nested_tasks_and_sections_keep_their_parents(office: User) -> None:
    document = read_document(plan_text(1))
    read = core_plan(document)
    tasks = (read.tasks[0], dataclasses.replace(read.tasks[1], parent="t1"))
    sections = (read.sections[0], dataclasses.replace(read.sections[1], parent="s1", level=2))
    nested = dataclasses.replace(read, tasks=tasks, sections=sections)
    plan = import_document(
        region=REGION, document=document, plan=nested, content=plan_text(1).encode(), by=office, at=NOW
    )
    assert plan.tasks.get(key="t2").parent == plan.tasks.get(key="t1")
    assert plan.sections.get(key="s2").parent == plan.sections.get(key="s1")


def test_a_finding_in_no_task_belongs_to_none(office: User) -> None:
    document = read_document(plan_text(1))
    read = core_plan(document)
    stray = core.Finding("metadata-conflict", Span(0, 3), {"field": "date", "first": "甲", "second": "乙"})
    plan = import_document(
        region=REGION,
        document=document,
        plan=dataclasses.replace(read, findings=(stray,)),
        content=plan_text(1).encode(),
        by=office,
        at=NOW,
    )
    assert plan.findings.get().task is None


@pytest.mark.django_db
def test_the_number_of_statements_does_not_grow_with_the_plan(
    office: User, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(45):  # type: ignore[operator]
        stored_plan(40)
    assert Task.objects.count() == 41
