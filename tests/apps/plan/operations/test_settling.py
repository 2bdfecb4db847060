"""Findings are settled one by one; undoing puts everything back exactly."""

from __future__ import annotations

import dataclasses

import pytest
from django.contrib.auth.models import User

from luoshi.apps.audit.models import Event
from luoshi.apps.plan.models import Finding, Plan, Settlement, TaskBody
from luoshi.apps.plan.operations.confirming import confirm_plan
from luoshi.apps.plan.operations.refusals import (
    AlreadySettled,
    AnswerMissing,
    AnswerUnusable,
    ChangedSince,
    NoSuchCandidate,
    NothingToUndo,
    PlanIsConfirmed,
)
from luoshi.apps.plan.operations.settling import settle_finding, undo_last, undo_settlement
from luoshi.apps.plan.operations.storing import import_document
from luoshi.core.plan import model as core
from luoshi.core.source import Span
from tests.apps.factories import NOW, REGION, core_plan, plan_text, read_document


def finding(plan: Plan, code: str, task: str = "") -> Finding:
    """The finding of that code (in that task)."""
    found = Finding.objects.filter(plan=plan, code=code)
    return found.get(task__key=task) if task else found.get()


@pytest.mark.parametrize(
    ("action", "state"), [("accept", Finding.State.ACCEPTED), ("dismiss", Finding.State.DISMISSED)]
)
def test_settling_without_an_answer_changes_only_the_finding(
    plan: Plan, office: User, action: str, state: str
) -> None:
    doubt = finding(plan, "unknown-organization", "t1")
    settlement = settle_finding(finding=doubt, action=action, by=office, at=NOW)
    doubt.refresh_from_db()
    assert doubt.state == state
    assert [change["model"] for change in settlement.changes] == ["plan.finding"]


def test_choosing_a_candidate_renames_the_body_and_keeps_what_was_read(plan: Plan, office: User) -> None:
    doubt = finding(plan, "unknown-organization", "t2")
    settle_finding(finding=doubt, action="choose", value="区财政局", by=office, at=NOW)
    body = TaskBody.objects.get(task__key="t2", name="区财政局")
    assert body.printed == "区财正局"
    assert body.read["name"] == "区财正局"
    assert TaskBody.objects.filter(name="区财正局").count() == 2
    assert body.task.version == 2


def test_only_candidates_can_be_chosen(plan: Plan, office: User) -> None:
    with pytest.raises(NoSuchCandidate):
        settle_finding(
            finding=finding(plan, "unknown-organization", "t1"),
            action="choose",
            value="区法院",
            by=office,
            at=NOW,
        )
    assert not Settlement.objects.exists()
    assert not Event.objects.filter(type="plan.finding.settled").exists()


def test_an_empty_answer_is_refused(plan: Plan, office: User) -> None:
    with pytest.raises(AnswerMissing):
        settle_finding(
            finding=finding(plan, "unknown-organization", "t1"), action="edit", value="  ", by=office, at=NOW
        )


def test_a_missing_lead_is_added_or_raised(plan: Plan, office: User) -> None:
    doubt = finding(plan, "no-organization")
    settle_finding(finding=doubt, action="edit", value="区委宣传部", by=office, at=NOW)
    body = TaskBody.objects.get(task__key="t4")
    assert (body.role, body.name, body.added) == ("lead", "区委宣传部", True)
    undo_last(plan=plan, by=office, at=NOW)
    assert not TaskBody.everything.filter(task__key="t4").exists()


def test_a_vague_deadline_becomes_a_date(plan: Plan, office: User) -> None:
    doubt = finding(plan, "vague-deadline", "t1")
    with pytest.raises(AnswerUnusable):
        settle_finding(finding=doubt, action="edit", value="明年", by=office, at=NOW)
    settle_finding(finding=doubt, action="edit", value="2027-06-30", by=office, at=NOW)
    deadlines = plan.tasks.get(key="t1").deadlines.values_list("kind", "value")
    assert list(deadlines) == [("date", "2026-12-31"), ("date", "2027-06-30")]


def test_metadata_are_corrected(office: User) -> None:
    document = read_document(plan_text(1))
    conflict = core.Finding(
        "metadata-conflict",
        Span(0, 2),
        {"field": "date", "first": "2026-01-15", "second": "2026-01-18"},
        ("2026-01-15", "2026-01-18"),
    )
    read = dataclasses.replace(core_plan(document), findings=(conflict,))
    plan = import_document(region=REGION, document=document, plan=read, content=b"-", by=office, at=NOW)
    settle_finding(finding=plan.findings.get(), action="choose", value="2026-01-18", by=office, at=NOW)
    plan.refresh_from_db()
    assert plan.date == "2026-01-18"
    assert plan.read["date"] == "2026-01-15"


def test_a_finding_is_settled_once(plan: Plan, office: User) -> None:
    doubt = finding(plan, "no-organization")
    settle_finding(finding=doubt, action="accept", by=office, at=NOW)
    with pytest.raises(AlreadySettled) as refused:
        settle_finding(finding=doubt, action="dismiss", by=office, at=NOW)
    assert "office" in refused.value.message("zh")


def test_undoing_is_written_down_and_happens_once(plan: Plan, office: User) -> None:
    doubt = finding(plan, "no-organization")
    settlement = settle_finding(finding=doubt, action="accept", by=office, at=NOW)
    undo_settlement(settlement=settlement, by=office, at=NOW)
    doubt.refresh_from_db()
    assert doubt.state == Finding.State.OPEN
    assert Event.objects.filter(type="plan.settlement.undone").count() == 1
    with pytest.raises(NothingToUndo):
        undo_settlement(settlement=settlement, by=office, at=NOW)
    with pytest.raises(NothingToUndo):
        undo_last(plan=plan, by=office, at=NOW)


def test_an_earlier_step_cannot_be_undone_beneath_a_later_one(plan: Plan, office: User) -> None:
    doubt = finding(plan, "unknown-organization", "t1")
    first = settle_finding(finding=doubt, action="choose", value="区财政局", by=office, at=NOW)
    body = TaskBody.objects.get(task__key="t1", name="区财政局")
    body.name = "区审计局"
    body.save()
    with pytest.raises(ChangedSince):
        undo_settlement(settlement=first, by=office, at=NOW)
    doubt.refresh_from_db()
    assert doubt.state == Finding.State.CHOSEN


def test_a_confirmed_plan_is_closed(plan: Plan, office: User) -> None:
    settle_finding(finding=finding(plan, "no-organization"), action="accept", by=office, at=NOW)
    confirm_plan(plan=plan, by=office, at=NOW)
    with pytest.raises(PlanIsConfirmed):
        undo_last(plan=plan, by=office, at=NOW)
    with pytest.raises(PlanIsConfirmed):
        settle_finding(finding=finding(plan, "vague-deadline", "t1"), action="accept", by=office, at=NOW)


@pytest.mark.parametrize(
    ("words", "answer", "names"),
    [
        ("区财正局", "区财政局", ["区民政局", "区教育局", "区财政局", "各镇"]),
        ("财正", "财政", ["区民政局", "区教育局", "区财政局", "各镇"]),
        ("局、区财正", "、", ["区民政局", "区教育局", "区财正局", "各镇"]),
        ("覆盖", "覆盖", ["区民政局", "区教育局", "区财正局", "各镇"]),
    ],
)
def test_an_answer_changes_only_the_part_of_the_name_that_it_is_about(
    office: User, words: str, answer: str, names: list[str]
) -> None:
    document = read_document(plan_text(1))
    start = document.text.index(words)
    doubt = core.Finding("stray-space", Span(start, start + len(words)), {"was": words})
    read = dataclasses.replace(core_plan(document), findings=(doubt,))
    plan = import_document(region=REGION, document=document, plan=read, content=b"-", by=office, at=NOW)
    settle_finding(finding=plan.findings.get(), action="edit", value=answer, by=office, at=NOW)
    assert list(plan.tasks.get(key="t1").bodies.values_list("name", flat=True)) == names
