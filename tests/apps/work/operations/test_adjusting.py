"""Other wordings of tasks."""

from __future__ import annotations

import pytest

from luoshi.apps.work.models import Adjustment
from luoshi.apps.work.operations import refusals
from luoshi.apps.work.operations.adjusting import (
    approve_wording,
    propose_wording,
    refuse_wording,
    withdraw_wording,
)
from luoshi.apps.work.queries.wordings import wording_of, wordings_of
from tests.apps.work.factories import NOW, World, issued_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return issued_plan()


def proposed(world: World, text: str = "新的表述", **words: str) -> Adjustment:
    return propose_wording(
        task=world.tasks[0],
        new_text=text,
        reason=words.get("reason", "机构调整"),
        basis=words.get("basis", "区政府第3次常务会议纪要"),
        body=world.bodies["区民政局"],
        by=world.liaison("区民政局"),
        at=NOW,
    )


def test_the_new_wording_counts_and_the_old_one_stays(world: World) -> None:
    task, old = world.tasks[0], world.tasks[0].text
    row = proposed(world)
    assert wording_of(task) == old
    approve_wording(adjustment=row, by=world.office, at=NOW)
    assert wordings_of(world.tasks) == {task.pk: "新的表述"}
    task.refresh_from_db()
    assert (task.text, row.old_text) == (old, old)
    assert proposed(world, "更新的表述").old_text == "新的表述"


def test_one_person_does_not_decide_alone(world: World) -> None:
    row = propose_wording(
        task=world.tasks[0], new_text="新", reason="r", basis="b", body=None, by=world.office, at=NOW
    )
    with pytest.raises(refusals.AdjustmentBySamePerson):
        approve_wording(adjustment=row, by=world.office, at=NOW)
    assert approve_wording(adjustment=row, by=world.colleague(), at=NOW).state == "approved"


def test_a_refusal_says_why_and_is_final(world: World) -> None:
    row = proposed(world)
    with pytest.raises(refusals.RefusalWithoutReason):
        refuse_wording(adjustment=row, reason=" ", by=world.office, at=NOW)
    refuse_wording(adjustment=row, reason="依据不足", by=world.office, at=NOW)
    with pytest.raises(refusals.AdjustmentDecided):
        approve_wording(adjustment=row, by=world.office, at=NOW)
    assert wording_of(world.tasks[0]) == world.tasks[0].text


def test_one_proposal_at_a_time_and_only_a_whole_one(world: World) -> None:
    with pytest.raises(refusals.AdjustmentIncomplete):
        proposed(world, basis="")
    with pytest.raises(refusals.AdjustmentChangesNothing):
        proposed(world, world.tasks[0].text)
    first = proposed(world)
    with pytest.raises(refusals.AdjustmentPending):
        proposed(world, "另一种")
    withdraw_wording(adjustment=first, by=world.liaison("区民政局"), at=NOW)
    assert proposed(world, "另一种").state == "asked"
