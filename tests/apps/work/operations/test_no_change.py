"""“No change”: one click for everything of which it is true, the rest named with its reason."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from pytest_django import DjangoDbBlocker

from luoshi.apps.audit.models import Event
from luoshi.apps.work.models import Assignment, Occurrence, Report, Revision
from luoshi.apps.work.operations.deciding import accept, accept_unchanged
from luoshi.apps.work.operations.joint import cosign, submit_joint
from luoshi.apps.work.operations.no_change import report_no_change
from luoshi.apps.work.operations.report_refusals import (
    ContributionsChanged,
    DraftHoldsChanges,
    FirstReport,
    NotOneClick,
)
from luoshi.apps.work.operations.reporting import open_report, save, submit
from luoshi.apps.work.operations.setting import set_body
from tests.apps.conftest import taken_back
from tests.apps.work.factories import World, issued_plan, morning

FIRST, SECOND, THIRD = morning(2026, 3, 18), morning(2026, 6, 20), morning(2026, 9, 20)
Counter = Callable[..., Any]


@pytest.fixture(scope="module")
def lived(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """The world below, made once."""
    with taken_back(django_db_blocker):
        yield _first_quarter()


@pytest.fixture
def world(lived: World, db: None) -> World:
    """Everybody has reported on the first quarter, all is accepted, and the second quarter is open."""
    return copy.deepcopy(lived)


def _first_quarter() -> World:
    world = issued_plan(until=FIRST)
    for occurrence in Occurrence.objects.filter(state="open").select_related("body"):
        by = world.liaison(occurrence.body.name)
        report = open_report(occurrence=occurrence, by=by, at=FIRST)
        values = {"progress": "已完成。", "next_step": "继续。"}
        saved = save(report=report, values=values, base=0, by=by, at=FIRST)
        Report.objects.filter(pk=report.pk).update(
            state="accepted", pinned=saved.latest, sent=saved.latest, accepted_at=FIRST
        )
        Occurrence.objects.filter(pk=occurrence.pk).update(state="closed", answered_at=FIRST, closed_at=FIRST)
    world.advance(SECOND)
    return world


def open_ones(world: World, body: str, key: str = "2026Q2") -> list[Occurrence]:
    return list(Occurrence.objects.filter(body=world.bodies[body], key=key, state="open"))


def test_one_click_for_all_tasks_of_a_body(world: World) -> None:
    asked = open_ones(world, "区教育局")
    assert len(asked) == 3
    result = report_no_change(occurrences=asked, by=world.liaison("区教育局"), at=SECOND)
    assert (len(result.done), result.refused) == (3, [])
    for report in Report.objects.filter(occurrence__in=asked):
        assert (report.state, report.no_change, report.sent) == ("submitted", True, 1)
        kept = Revision.objects.get(report=report)
        assert (kept.kind, kept.values) == ("no-change", {"next_step": "继续。"})
    assert {one.answered_at for one in open_ones(world, "区教育局")} == {SECOND}
    assert {(one.asked, one.prefilled) for one in open_ones(world, "区教育局")} == {(0, 2)}
    assert Event.objects.filter(type="work.report.unchanged").count() == 1


def test_no_change_after_no_change(world: World) -> None:
    by = world.liaison("区教育局")
    result = report_no_change(occurrences=open_ones(world, "区教育局"), by=by, at=SECOND)
    for report in result.done:
        accept(report=report, seen=1, by=world.office, at=SECOND)
    world.advance(THIRD)
    again = report_no_change(occurrences=open_ones(world, "区教育局", "2026Q3"), by=by, at=THIRD)
    assert (len(again.done), again.refused) == (3, [])


def test_a_first_report_has_to_be_written(world: World) -> None:
    Report.objects.filter(body=world.bodies["区教育局"]).update(state="returned", pinned=None)
    result = report_no_change(
        occurrences=open_ones(world, "区教育局"), by=world.liaison("区教育局"), at=SECOND
    )
    assert result.done == []
    assert {type(error) for _, error in result.refused} == {FirstReport}
    assert not Report.objects.filter(occurrence__key="2026Q2").exists()


def test_what_somebody_has_written_is_not_thrown_away(world: World) -> None:
    occurrence = world.occurrence(1, "区教育局", "2026Q2")
    by = world.liaison("区教育局")
    report = open_report(occurrence=occurrence, by=by, at=SECOND)
    save(report=report, values={"progress": "新情况。", "next_step": "继续。"}, base=0, by=by, at=SECOND)
    result = report_no_change(occurrences=[occurrence], by=by, at=SECOND)
    assert isinstance(result.refused[0][1], DraftHoldsChanges)


def test_a_lead_hears_that_others_reported_something_new(world: World) -> None:
    by = world.liaison("区教育局")
    report = open_report(occurrence=world.occurrence(1, "区教育局", "2026Q2"), by=by, at=SECOND)
    saved = save(report=report, values={"progress": "新增两个点。"}, base=0, by=by, at=SECOND)
    submit(report=report, seen=saved.latest, by=by, at=SECOND)
    result = report_no_change(
        occurrences=open_ones(world, "区民政局"), by=world.liaison("区民政局"), at=SECOND
    )
    [(occurrence, error)] = result.refused
    assert isinstance(error, ContributionsChanged)
    assert "区教育局" in error.message()
    assert occurrence == world.occurrence(1, "区民政局", "2026Q2")
    states = {report.task_id: report.state for report in result.done}
    assert states == {world.tasks[1].pk: "proposed", world.tasks[2].pk: "submitted"}


def test_a_signed_no_change_goes_up_by_itself(world: World) -> None:
    occurrence = world.occurrence(2, "区民政局", "2026Q2")
    [report] = report_no_change(occurrences=[occurrence], by=world.liaison("区民政局"), at=SECOND).done
    cosign(report=report, body=world.bodies["区司法局"], seen=1, by=world.liaison("区司法局"), at=SECOND)
    report.refresh_from_db()
    assert (report.state, report.submitted_by) == ("submitted", world.liaison("区民政局"))
    assert world.occurrence(2, "区民政局", "2026Q2").answered_at == SECOND


def test_where_the_head_approves_the_head_has_the_last_word(world: World) -> None:
    set_body(body=world.bodies["区民政局"], head_approves=True, by=world.head("区民政局"), at=SECOND)
    occurrence = world.occurrence(1, "区民政局", "2026Q2")
    [report] = report_no_change(occurrences=[occurrence], by=world.liaison("区民政局"), at=SECOND).done
    assert report.state == "cosigned"
    assert submit_joint(report=report, seen=1, by=world.head("区民政局"), at=SECOND).state == "submitted"


def test_nobody_answers_for_another_body(world: World) -> None:
    with pytest.raises(PermissionDenied):
        report_no_change(occurrences=open_ones(world, "区教育局"), by=world.liaison("青山镇"), at=SECOND)
    assert not Report.objects.filter(occurrence__key="2026Q2").exists()


def test_the_queries_do_not_grow_with_the_tasks(world: World, django_assert_max_num_queries: Counter) -> None:
    asked = open_ones(world, "区教育局")
    with django_assert_max_num_queries(25):
        report_no_change(occurrences=asked[:1], by=world.liaison("区教育局"), at=SECOND)
    with django_assert_max_num_queries(25):
        report_no_change(occurrences=asked[1:], by=world.liaison("区教育局"), at=SECOND)


def test_what_a_body_took_over_stands_prefilled(world: World) -> None:
    giver = world.assignment(1, "区教育局")
    taker = Assignment.objects.create(
        region_id=giver.region_id,
        issue=giver.issue,
        task=world.tasks[3],
        body=world.bodies["区教育局"],
        role="responsible",
        sign_by=giver.sign_by,
        signed_at=giver.signed_at,
        state="signed",
    )
    Assignment.objects.filter(pk=giver.pk).update(receiver=taker, state="handed-over")
    Occurrence.objects.filter(assignment=giver, key="2026Q2").update(assignment=taker)
    result = report_no_change(
        occurrences=[Occurrence.objects.get(assignment=taker)], by=world.liaison("区教育局"), at=SECOND
    )
    assert len(result.done) == 1


def test_only_no_change_is_accepted_at_once(world: World) -> None:
    [plain, *_] = report_no_change(
        occurrences=open_ones(world, "区教育局"), by=world.liaison("区教育局"), at=SECOND
    ).done
    by = world.liaison("青山镇")
    report = open_report(occurrence=world.occurrence(1, "青山镇", "2026Q2"), by=by, at=SECOND)
    save(report=report, values={"progress": "新情况。"}, base=0, by=by, at=SECOND)
    submit(report=report, seen=1, by=by, at=SECOND)
    result = accept_unchanged(seen={plain.pk: 1, report.pk: 1}, by=world.office, at=SECOND)
    assert [one.pk for one in result.done] == [plain.pk]
    assert isinstance(result.refused[0][1], NotOneClick)
    plain.refresh_from_db()
    assert (plain.state, plain.pinned, plain.occurrence.state) == ("accepted", 1, "closed")
