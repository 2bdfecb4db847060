"""Reports asked for beside the rules."""

from __future__ import annotations

from datetime import date

import pytest

from luoshi.apps.organization.models import Body
from luoshi.apps.work.models import Occurrence
from luoshi.apps.work.operations import refusals
from luoshi.apps.work.operations.asking import ask
from tests.apps.work.factories import World, issued_plan, morning

pytestmark = pytest.mark.django_db
APRIL = morning(2026, 4, 8)
JANUARY = {"first_day": date(2026, 1, 1)}


def asked(world: World, due: date = date(2026, 4, 20), task: int = 1, **words: str) -> list[Occurrence]:
    return ask(
        task=world.tasks[task - 1],
        bodies=[world.bodies["区教育局"], world.bodies["青山镇"]],
        due=due,
        reason=words.get("reason", "市里专项检查"),
        basis=words.get("basis", "市专项检查通知第3条"),
        by=world.office,
        at=APRIL,
    )


def test_the_report_of_the_period_is_brought_forward_instead_of_a_second_one() -> None:
    world = issued_plan()
    made = asked(world)
    assert [(row.key, row.state, row.due) for row in made] == [("2026Q2", "open", date(2026, 4, 20))] * 2
    assert made[0].scheduled == date(2026, 6, 30)
    assert made[0].reason == "市里专项检查"
    assert world.occurrence(1, "区民政局", "2026Q2").state == "scheduled"


def test_a_period_that_is_open_is_not_asked_for_twice() -> None:
    world = issued_plan()
    asked(world)
    with pytest.raises(refusals.RequestRefused, match="区教育局"):
        asked(world, due=date(2026, 5, 20))


def test_asking_again_after_an_answer_needs_a_reason_and_is_one_more_request() -> None:
    world = issued_plan()
    for row in asked(world):
        Occurrence.objects.filter(pk=row.pk).update(state="closed", answered_at=APRIL, closed_at=APRIL)
    with pytest.raises(refusals.RequestRefused, match="理由"):
        asked(world, reason=" ")
    assert [row.key for row in asked(world)] == ["2026-04-20", "2026-04-20"]


def test_notice_and_basis_are_needed() -> None:
    world = issued_plan()
    with pytest.raises(refusals.RequestRefused, match="工作日"):
        asked(world, due=date(2026, 4, 9))
    with pytest.raises(refusals.RequestRefused, match="依据"):
        asked(world, basis="")
    assert not Occurrence.objects.filter(asked_by__isnull=False).exists()


def test_who_does_not_work_on_it_is_not_asked() -> None:
    world = issued_plan()
    court: Body = world.bodies["区人民法院"]
    with pytest.raises(refusals.NotConcerned, match="区人民法院"):
        ask(
            task=world.tasks[0],
            bodies=[court],
            due=date(2026, 4, 20),
            reason="",
            basis="x",
            by=world.office,
            at=APRIL,
        )
