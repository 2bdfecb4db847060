"""Reports: what stands there already, saving beside others, sending up, taking back, correcting."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from pytest_django import DjangoDbBlocker

from luoshi.apps.audit.models import Event
from luoshi.apps.work.models import Assignment, EvidenceUse, Occurrence, Report, Revision
from luoshi.apps.work.operations.deciding import accept, approve, send_back
from luoshi.apps.work.operations.evidence import add_evidence
from luoshi.apps.work.operations.report_refusals import (
    EvidenceNotYours,
    NoSuchRevision,
    ReportNotEditable,
    ReportNotOpen,
)
from luoshi.apps.work.operations.reporting import open_report, save, submit
from luoshi.apps.work.operations.setting import set_body
from luoshi.apps.work.operations.taking_back import correct, withdraw
from luoshi.apps.work.queries.forms import counting
from luoshi.core.work.prefill import AnswersMissing
from luoshi.core.work.states import StepNeedsMore, StepNotForRole, StepNotFromHere, VersionMovedOn
from tests.apps.conftest import taken_back
from tests.apps.work.factories import World, issued_plan, morning

AT = morning(2026, 3, 18)
SOLE = (4, "区人民法院")


@pytest.fixture(scope="module")
def lived(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """The world below, made once."""
    with taken_back(django_db_blocker):
        yield issued_plan(until=morning(2026, 3, 17))


@pytest.fixture
def world(lived: World, db: None) -> World:
    """An issued plan whose first quarter is open."""
    return copy.deepcopy(lived)


def sole(world: World, key: str = "2026Q1") -> Occurrence:
    return world.occurrence(*SOLE, key=key)


def clerk(world: World) -> User:
    return world.liaison(SOLE[1])


def opened(world: World) -> Report:
    return open_report(occurrence=sole(world), by=clerk(world), at=AT)


def sent(world: World, text: str = "已宣传三次。") -> Report:
    report = opened(world)
    saved = save(report=report, values={"progress": text}, base=0, by=clerk(world), at=AT)
    return submit(report=report, seen=saved.latest, by=clerk(world), at=AT)


def test_opening_measures_what_is_asked(world: World) -> None:
    report = opened(world)
    occurrence = sole(world)
    assert (occurrence.asked, occurrence.prefilled) == (1, 0)
    assert not report.joint
    assert opened(world).pk == report.pk
    assert Event.objects.filter(type="work.report.opened").count() == 1


def test_a_period_that_is_not_open_asks_for_nothing(world: World) -> None:
    with pytest.raises(ReportNotOpen):
        open_report(occurrence=sole(world, "2026Q2"), by=clerk(world), at=AT)
    Assignment.objects.filter(pk=sole(world).assignment_id).update(state="suspended")
    with pytest.raises(ReportNotOpen):
        opened(world)


def test_saving_adds_versions_and_nothing_twice(world: World) -> None:
    report = opened(world)
    first = save(report=report, values={"progress": " 一 "}, base=0, by=clerk(world), at=AT)
    again = save(report=report, values={"progress": "一"}, base=first.latest, by=clerk(world), at=AT)
    assert (first.latest, first.stored, again.stored) == (1, True, False)
    assert Revision.objects.get(report=report).values == {"progress": "一"}
    assert world.assignment(*SOLE).state == Assignment.State.IN_PROGRESS


def test_two_who_save_at_once_keep_every_word(world: World) -> None:
    report = opened(world)
    liaison, head = clerk(world), world.head(SOLE[1])
    base = save(report=report, values={"progress": "召开会议。"}, base=0, by=liaison, at=AT).latest
    save(report=report, values={"progress": "召开会议。印发通知。"}, base=base, by=head, at=AT)
    saved = save(
        report=report, values={"progress": "召开会议两次。", "problems": "缺人"}, base=base, by=liaison, at=AT
    )
    assert saved.values == {"progress": "召开会议两次。印发通知。", "problems": "缺人"}
    assert saved.others == (head,)
    assert saved.merged is not None
    assert saved.merged.clean
    kinds = list(report.revisions.values_list("number", "base", "kind"))
    assert kinds == [(1, 0, "draft"), (2, 1, "draft"), (3, 1, "draft"), (4, 2, "merge")]
    assert saved.own == 3


def test_who_types_on_meanwhile_goes_on_from_the_own_version(world: World) -> None:
    report = opened(world)
    liaison, head = clerk(world), world.head(SOLE[1])
    save(report=report, values={"progress": "甲。"}, base=0, by=head, at=AT)
    mine = save(report=report, values={"progress": "乙。"}, base=0, by=liaison, at=AT)
    later = save(report=report, values={"progress": "乙。丙。"}, base=mine.own, by=liaison, at=AT)
    text = str(later.values["progress"])
    assert sorted(text.replace("\n", "")) == sorted("甲。乙。丙。")


def test_looking_again_brings_what_others_saved(world: World) -> None:
    report = opened(world)
    save(report=report, values={"problems": "缺人"}, base=0, by=world.head(SOLE[1]), at=AT)
    seen = save(report=report, values={}, base=0, by=clerk(world), at=AT)
    assert not seen.stored
    assert seen.values == {"problems": "缺人"}
    assert seen.merged is not None
    assert [field.by for field in seen.merged.fields] == ["first"]


def test_a_base_that_never_was(world: World) -> None:
    with pytest.raises(NoSuchRevision):
        save(report=opened(world), values={"progress": "一"}, base=7, by=clerk(world), at=AT)


def test_the_first_report_has_to_say_something(world: World) -> None:
    report = opened(world)
    with pytest.raises(AnswersMissing):
        submit(report=report, seen=0, by=clerk(world), at=AT)
    report.refresh_from_db()
    assert (report.state, report.latest) == ("draft", 0)


def test_submitting_answers_the_request(world: World) -> None:
    report = sent(world)
    occurrence = sole(world)
    assert (report.state, report.sent, report.submitted_by) == ("submitted", 1, clerk(world))
    assert (occurrence.state, occurrence.answered_at, occurrence.closed_at) == ("open", AT, None)
    with pytest.raises(ReportNotEditable):
        save(report=report, values={"progress": "别的"}, base=1, by=clerk(world), at=AT)
    with pytest.raises(StepNotFromHere):
        submit(report=report, seen=1, by=clerk(world), at=AT)


def test_who_has_not_seen_the_newest_version_cannot_send_it(world: World) -> None:
    report = opened(world)
    save(report=report, values={"progress": "一"}, base=0, by=world.head(SOLE[1]), at=AT)
    with pytest.raises(VersionMovedOn):
        submit(report=report, seen=0, by=clerk(world), at=AT)


def test_strangers_have_no_part(world: World) -> None:
    report = opened(world)
    save(report=report, values={"progress": "一"}, base=0, by=clerk(world), at=AT)
    with pytest.raises(PermissionDenied):
        submit(report=report, seen=1, by=world.liaison("区教育局"), at=AT)
    with pytest.raises(StepNotForRole):
        submit(report=report, seen=1, by=world.office, at=AT)


def test_accepting_closes_the_period_and_pins_the_version(world: World) -> None:
    report = sent(world)
    later = AT + timedelta(days=1)
    assert accept(report=report, seen=1, by=world.office, at=later) == [report]
    report.refresh_from_db()
    occurrence = sole(world)
    assert (report.state, report.pinned, counting(report)) == ("accepted", 1, 1)
    assert (occurrence.state, occurrence.answered_at, occurrence.closed_at) == ("closed", AT, later)


def test_a_return_says_why_and_opens_the_period_again(world: World) -> None:
    report = sent(world)
    accept(report=report, seen=1, by=world.office, at=AT)
    with pytest.raises(StepNeedsMore):
        send_back(report=report, reason=" ", by=world.office, at=AT)
    send_back(report=report, reason="数字有误", by=world.office, at=AT)
    report.refresh_from_db()
    occurrence = sole(world)
    assert (report.state, report.answer, report.pinned, counting(report)) == (
        "returned",
        "数字有误",
        None,
        None,
    )
    assert (occurrence.state, occurrence.answered_at, occurrence.closed_at) == ("open", None, None)


def test_while_a_report_is_corrected_the_accepted_one_counts(world: World) -> None:
    report = sent(world)
    accept(report=report, seen=1, by=world.office, at=AT)
    report = correct(report=report, reason="补充数字", by=clerk(world), at=AT)
    saved = save(report=report, values={"progress": "已宣传四次。"}, base=1, by=clerk(world), at=AT)
    report = submit(report=report, seen=saved.latest, by=clerk(world), at=AT)
    assert (counting(report), sole(world).state) == (1, "closed")
    report = send_back(report=report, reason="还是不对", by=world.office, at=AT)
    assert (counting(report), sole(world).state, sole(world).answered_at) == (1, "closed", AT)
    saved = save(report=report, values={"progress": "已宣传五次。"}, base=2, by=clerk(world), at=AT)
    report = submit(report=report, seen=saved.latest, by=clerk(world), at=AT)
    accept(report=report, seen=saved.latest, by=world.office, at=AT)
    report.refresh_from_db()
    assert counting(report) == saved.latest


def test_withdrawing_takes_the_answer_back(world: World) -> None:
    report = withdraw(report=sent(world), by=clerk(world), at=AT)
    assert (report.state, report.sent, sole(world).answered_at) == ("withdrawn", None, None)
    save(report=report, values={"progress": "二"}, base=1, by=clerk(world), at=AT)


def test_where_the_head_approves_the_office_waits(world: World) -> None:
    body, head = world.bodies[SOLE[1]], world.head(SOLE[1])
    set_body(body=body, head_approves=True, by=head, at=AT)
    report = sent(world)
    with pytest.raises(StepNeedsMore):
        accept(report=report, seen=1, by=world.office, at=AT)
    with pytest.raises(StepNotForRole):
        approve(report=report, seen=1, by=clerk(world), at=AT)
    with pytest.raises(VersionMovedOn):
        approve(report=report, seen=0, by=head, at=AT)
    report = approve(report=report, seen=1, by=head, at=AT)
    assert (report.state, report.pinned, counting(report)) == ("approved", 1, None)
    with pytest.raises(StepNotForRole):
        withdraw(report=report, by=clerk(world), at=AT)
    accept(report=report, seen=1, by=world.office, at=AT)


def test_a_head_who_sends_has_approved(world: World) -> None:
    body, head = world.bodies[SOLE[1]], world.head(SOLE[1])
    set_body(body=body, head_approves=True, by=head, at=AT)
    report = opened(world)
    save(report=report, values={"progress": "一"}, base=0, by=head, at=AT)
    report = submit(report=report, seen=1, by=head, at=AT)
    assert (report.state, report.approved_by) == ("approved", head)


def test_the_next_quarter_stands_prefilled(world: World) -> None:
    report = opened(world)
    values = {"progress": "已宣传三次。", "problems": "缺人", "next_step": "进社区"}
    save(report=report, values=values, base=0, by=clerk(world), at=AT)
    report = submit(report=report, seen=1, by=clerk(world), at=AT)
    accept(report=report, seen=1, by=world.office, at=AT)
    later = morning(2026, 6, 20)
    world.advance(later)
    following = open_report(occurrence=sole(world, "2026Q2"), by=clerk(world), at=later)
    occurrence = sole(world, "2026Q2")
    assert (occurrence.asked, occurrence.prefilled) == (0, 3)
    saved = save(report=following, values={}, base=0, by=clerk(world), at=later)
    assert saved.values == {}, "both fields were cleared"


def test_minutes_belong_to_the_request_and_pauses_do_not_count(world: World) -> None:
    report = opened(world)
    people = [clerk(world), world.head(SOLE[1])]
    for n, seconds in enumerate((0, 60, 90, 500, 530)):
        save(
            report=report,
            values={"progress": f"{n}"},
            base=n,
            by=people[n % 2] if n < 2 else people[0],
            at=AT + timedelta(seconds=seconds),
        )
    # 60 between the two people, 30 after that, a pause, and 30 again.
    assert sole(world).minutes == Decimal("2.00")


def test_only_files_of_the_own_body(world: World) -> None:
    report = opened(world)
    mine = add_evidence(
        body=world.bodies[SOLE[1]], name="a.txt", content="纪要".encode(), by=clerk(world), at=AT
    )
    other = add_evidence(
        body=world.bodies["区教育局"], name="b.txt", content="纪要".encode(), by=world.office, at=AT
    )
    with pytest.raises(EvidenceNotYours):
        save(report=report, values={"evidence": (str(other.evidence.pk),)}, base=0, by=clerk(world), at=AT)
    save(report=report, values={"evidence": (str(mine.evidence.pk),)}, base=0, by=clerk(world), at=AT)
    assert EvidenceUse.objects.get(report=report).evidence == mine.evidence
    save(report=report, values={"progress": "一"}, base=1, by=clerk(world), at=AT)
    assert not EvidenceUse.objects.filter(report=report).exists()


def test_a_correction_is_no_late_answer(world: World) -> None:
    report = sent(world)
    accept(report=report, seen=1, by=world.office, at=AT)
    later = AT + timedelta(days=60)
    report = correct(report=report, reason="补充数字", by=clerk(world), at=later)
    saved = save(report=report, values={"progress": "已宣传四次。"}, base=1, by=clerk(world), at=later)
    submit(report=report, seen=saved.latest, by=clerk(world), at=later)
    assert sole(world).answered_at == AT


def test_files_of_a_task_that_was_taken_over_come_with_it(world: World) -> None:
    report = opened(world)
    file = add_evidence(
        body=world.bodies[SOLE[1]], name="a.txt", content="纪要".encode(), by=clerk(world), at=AT
    ).evidence
    values: dict[str, Any] = {"progress": "一", "evidence": (str(file.pk),)}
    save(report=report, values=values, base=0, by=clerk(world), at=AT)
    taker = world.bodies["青山镇"]
    Report.objects.filter(pk=report.pk).update(body=taker)
    Occurrence.objects.filter(pk=report.occurrence_id).update(body=taker)
    values["progress"] = "二"
    saved = save(report=report, values=values, base=1, by=world.liaison("青山镇"), at=AT)
    assert saved.values == values
