"""Names of bodies and headings of tasks, as pages show them."""

from __future__ import annotations

import pytest

from luoshi.apps.organization.models import Body
from luoshi.apps.plan.models import Plan, TaskBody
from luoshi.apps.plan.queries.bodies import partners_of, tasks_of
from luoshi.apps.plan.queries.names import LONGEST_HEADING, bodies_of, heading


@pytest.mark.parametrize(
    ("number", "title", "text", "shown"),
    [
        ("3", "加强普法", "3.加强普法。", "加强普法"),
        ("3", "", "3.加强普法。每年组织一次。", "加强普法"),
        ("（一）", "", "（一）建好台账；按月更新。", "建好台账"),
        ("", "", "某局负责统计", "某局负责统计"),
        ("1", "", "1." + "长" * 90, "长" * (LONGEST_HEADING - 1) + "…"),
    ],
)
def test_heading(number: str, title: str, text: str, shown: str) -> None:
    assert heading(number, title, text) == shown


def test_bodies_are_counted_by_task(plan: Plan) -> None:
    counted = {body.name: (body.leads, body.responsibles, body.collective) for body in bodies_of(plan.pk)}
    assert counted == {
        "区民政局": (3, 0, False),
        "区教育局": (0, 3, False),
        "区财正局": (0, 3, False),
        "各镇": (0, 3, True),
    }


def test_matched_names_become_one_body(plan: Plan) -> None:
    registered = Body.objects.create(region_id=plan.region_id, name="区教育局")
    TaskBody.objects.filter(name="区财正局").update(body=registered)
    counted = {body.name: body.responsibles for body in bodies_of(plan.pk)}
    # Each task names the body twice now; it still is one task.
    assert counted["区教育局"] == 3
    assert "区财正局" not in counted
    assert tasks_of(plan.pk, "区教育局", "responsible").count() == 3
    assert tasks_of(plan.pk, "区财正局", "responsible").count() == 0


def test_partners_share_tasks(plan: Plan) -> None:
    one = plan.tasks.get(number="1")
    one.bodies.filter(name="各镇").update(removed=True)
    assert [(partner.name, partner.tasks) for partner in partners_of(plan.pk, "区民政局")] == [
        ("区教育局", 3),
        ("区财正局", 3),
        ("各镇", 2),
    ]
