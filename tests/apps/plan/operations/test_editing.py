"""Edits keep the original beside them, and two people editing lose nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.contrib.auth.models import User

from luoshi.apps.audit.models import Event
from luoshi.apps.organization.models import Body
from luoshi.apps.plan.models import Plan, Settlement, TaskBody
from luoshi.apps.plan.operations.editing import TaskEdit, edit_task
from luoshi.apps.plan.operations.matching import match_body
from luoshi.apps.plan.operations.refusals import EditedMeanwhile
from luoshi.apps.plan.operations.settling import undo_last
from tests.apps.factories import NOW


def test_a_new_title_leaves_the_read_one(plan: Plan, office: User) -> None:
    task = plan.tasks.get(key="t1")
    edit_task(task=task, edit=TaskEdit(title=" 办好助餐服务 "), seen=1, by=office, at=NOW)
    task.refresh_from_db()
    assert (task.title, task.read["title"], task.version) == ("办好助餐服务", "办好第1项服务", 2)


def test_the_second_of_two_editors_is_refused(plan: Plan, office: User) -> None:
    task = plan.tasks.get(key="t1")
    edit_task(task=task, edit=TaskEdit(title="甲的标题"), seen=1, by=office, at=NOW)
    with pytest.raises(EditedMeanwhile):
        edit_task(task=task, edit=TaskEdit(title="乙的标题"), seen=1, by=office, at=NOW)
    task.refresh_from_db()
    assert task.title == "甲的标题"
    assert Settlement.objects.count() == 1
    assert Event.objects.filter(type="plan.task.edited").count() == 1


def test_undoing_makes_open_forms_out_of_date(plan: Plan, office: User) -> None:
    task = plan.tasks.get(key="t1")
    edit_task(task=task, edit=TaskEdit(title="甲的标题"), seen=1, by=office, at=NOW)
    undo_last(plan=plan, by=office, at=NOW)
    with pytest.raises(EditedMeanwhile):
        edit_task(task=task, edit=TaskEdit(title="乙的标题"), seen=1, by=office, at=NOW)


def test_saving_without_a_change_is_no_step(plan: Plan, office: User) -> None:
    task = plan.tasks.get(key="t1")
    assert edit_task(task=task, edit=TaskEdit(title=task.title), seen=1, by=office, at=NOW) is None
    task.refresh_from_db()
    assert task.version == 1


def test_another_name_means_another_body(plan: Plan, office: User) -> None:
    registered = Body.objects.create(region=plan.region, name="区民政局")
    match_body(plan=plan, name="区民政局", body=registered, by=office, at=NOW)
    lead = TaskBody.objects.get(task__key="t1", role="lead")
    edit = TaskEdit(changed=(("body", lead.pk, {"name": "区司法局", "role": "responsible"}),))
    edit_task(task=lead.task, edit=edit, seen=1, by=office, at=NOW)
    lead.refresh_from_db()
    assert (lead.name, lead.role, lead.body, lead.printed) == ("区司法局", "responsible", None, "区民政局")


def test_a_removed_body_stays_as_a_row(plan: Plan, office: User) -> None:
    school = TaskBody.objects.get(task__key="t1", name="区教育局")
    edit_task(task=school.task, edit=TaskEdit(removed=(("body", school.pk),)), seen=1, by=office, at=NOW)
    task = plan.tasks.get(key="t1")
    assert "区教育局" not in task.bodies.values_list("name", flat=True)
    assert TaskBody.everything.get(pk=school.pk).removed


def test_parts_are_added_behind_the_others(plan: Plan, office: User) -> None:
    task = plan.tasks.get(key="t1")
    values = {"comparator": ">=", "value": Decimal("12.5"), "unit": "万元", "of": "经费"}
    edit_task(task=task, edit=TaskEdit(added=(("target", values),)), seen=1, by=office, at=NOW)
    added = task.targets.last()
    assert added is not None
    assert (added.position, added.start, added.added, str(added)) == (2, None, True, "经费>=12.5万元")


def test_parts_of_another_task_cannot_be_reached(plan: Plan, office: User) -> None:
    other = TaskBody.objects.get(task__key="t2", name="区教育局")
    edit = TaskEdit(removed=(("body", other.pk),))
    with pytest.raises(TaskBody.DoesNotExist):
        edit_task(task=plan.tasks.get(key="t1"), edit=edit, seen=1, by=office, at=NOW)
