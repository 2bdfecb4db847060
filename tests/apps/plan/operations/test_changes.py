"""Whatever is done to a plan, undoing all of it gives the plan as it was read."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from luoshi.apps.plan.models import Deadline, Finding, Plan, Settlement, Target, Task, TaskBody
from luoshi.apps.plan.operations import editing, matching, settling
from luoshi.apps.plan.operations.changes import Changes, put_back
from luoshi.apps.plan.operations.editing import TaskEdit
from tests.apps.factories import NOW, office, stored_plan

STEPS = (
    "settle",
    "title",
    "rename",
    "role",
    "add",
    "remove",
    "target",
    "deadline",
    "register-all",
    "match",
    "forget",
)


def state(plan: Plan) -> dict[str, Any]:
    """Every value of the plan that a person may change, leaving out the versions."""
    models = (TaskBody.everything, Target.everything, Deadline.everything)
    return {
        "plan": Plan.objects.filter(pk=plan.pk).values().get(),
        "tasks": list(Task.objects.filter(plan=plan).order_by("pk").values("pk", "title", "number", "text")),
        "findings": list(Finding.objects.filter(plan=plan).order_by("pk").values()),
        "parts": [list(model.filter(task__plan=plan).order_by("pk").values()) for model in models],
    }


class UndoEverything(TestCase):
    @given(steps=st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 30)), min_size=1, max_size=8))
    @settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
    def test_undoing_every_step_gives_the_plan_as_read(self, steps: list[tuple[str, int]]) -> None:
        user = office(f"office-{User.objects.count()}")
        plan = stored_plan(by=user)
        before = state(plan)
        for step, pick in steps:
            take(plan, step, pick, user)
        for _ in range(Settlement.objects.filter(plan=plan).count()):
            settling.undo_last(plan=plan, by=user, at=NOW)
        assert state(plan) == before
        assert not Settlement.objects.filter(plan=plan, undone_at=None).exists()


def take(plan: Plan, step: str, pick: int, user: User) -> None:
    """One step of a review, on the row that `pick` points at."""

    def pick_of(rows: Any) -> Any:
        found = list(rows.order_by("pk"))
        return found[pick % len(found)] if found else None

    body = pick_of(TaskBody.objects.filter(task__plan=plan))
    task = Task.objects.get(pk=body.task_id) if body else pick_of(Task.objects.filter(plan=plan))
    if step == "settle":
        finding = pick_of(Finding.objects.filter(plan=plan, state=Finding.State.OPEN))
        if finding:
            action = "choose" if finding.candidates else ("accept", "dismiss")[pick % 2]
            value = finding.candidates[0] if finding.candidates else ""
            settling.settle_finding(finding=finding, action=action, value=value, by=user, at=NOW)
    elif step == "register-all":
        matching.register_all(plan=plan, by=user, at=NOW)
    elif step in {"match", "forget"}:
        known = pick_of(user.plan_roles.get().region.bodies) if step == "match" else None
        matching.match_body(plan=plan, name=body.name if body else "", body=known, by=user, at=NOW)
    else:
        part = pick_of({"target": Target, "deadline": Deadline}.get(step, TaskBody).objects.filter(task=task))
        edit = EDITS[step](part.pk if part else None, pick)
        if part or not (edit.changed or edit.removed):
            editing.edit_task(task=task, edit=edit, seen=task.version, by=user, at=NOW)


DUE = {"kind": "date", "value": "2027-01-01"}
EDITS = {
    "title": lambda key, pick: TaskEdit(title=f"改名{pick}"),
    "add": lambda key, pick: TaskEdit(added=(("body", {"name": f"区新局{pick}", "role": "lead"}),)),
    "rename": lambda key, pick: TaskEdit(changed=(("body", key, {"name": f"区改局{pick}"}),)),
    "role": lambda key, pick: TaskEdit(changed=(("body", key, {"role": "lead"}),)),
    "remove": lambda key, pick: TaskEdit(removed=(("body", key),)),
    "target": lambda key, pick: TaskEdit(changed=(("target", key, {"value": Decimal(pick)}),)),
    "deadline": lambda key, pick: TaskEdit(
        changed=(("deadline", key, {"kind": "date", "value": "2027-01-01"}),)
    ),
}


@pytest.mark.django_db
def test_a_change_that_changes_nothing_is_not_kept(plan: Plan) -> None:
    changes = Changes()
    changes.change(plan, title=plan.title)
    assert changes.made == []


@pytest.mark.django_db
def test_decimals_come_back_exactly(plan: Plan) -> None:
    target = Target.objects.filter(task__plan=plan, unit="%").first()
    assert target
    changes = Changes()
    changes.change(target, value=Decimal("99.5"))
    assert changes.made[0]["after"] == {"value": "99.5"}
    put_back(changes.made)
    target.refresh_from_db()
    assert target.value == Decimal(95)
