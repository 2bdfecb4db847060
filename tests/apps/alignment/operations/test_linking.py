"""The same duty in two plans: suggested by text, settled by a person, and one report answers both."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from luoshi.apps.alignment.models import Link, Settlement
from luoshi.apps.alignment.operations.linking import link_tasks, settle_link, suggest_links
from luoshi.apps.alignment.operations.refusals import PlanNotSettled, SamePlan, SettledMeanwhile
from luoshi.apps.audit.models import Event
from luoshi.apps.work.models import Occurrence
from luoshi.apps.work.operations.deciding import accept, send_back
from luoshi.apps.work.operations.reporting import open_report, save
from luoshi.apps.work.operations.taking_back import correct
from luoshi.apps.work.queries.burden import seen_requests
from luoshi.apps.work.queries.contributions import contributions
from luoshi.apps.work.queries.desk import BY_KEY, Scope
from luoshi.apps.work.queries.sheet import open_requests
from tests.apps.alignment.factories import OPENS, WORDS, Twins, second_plan, twins
from tests.apps.work.factories import NOW, REGION, issued_plan, morning

pytestmark = pytest.mark.django_db
LATER = morning(2026, 3, 20)


def to_report(user: User) -> list[int]:
    """Keys of the requests on somebody's desk."""
    return sorted(BY_KEY["report"].rows(Scope.of(user), OPENS.date()).values_list("pk", flat=True))


def opened(pair: Twins) -> Twins:
    """Both plans linked, after the first quarter has opened."""
    pair.link()
    pair.world.advance(OPENS)
    return pair


def test_the_same_duties_are_suggested_and_no_others() -> None:
    world = issued_plan(3)
    plan = second_plan(world)
    found = suggest_links(region=REGION, by=world.office, at=NOW)
    best = Link.objects.order_by("-score", "pk")
    numbers = {(link.first.number, link.second.number) for link in best.filter(score__gte="0.95")}
    assert {("1", "1"), ("2", "2")} <= numbers
    assert found.new == found.waiting == Link.objects.count()
    assert all(link.first.plan_id != link.second.plan_id == plan.pk for link in best)
    words, left, right = best[0].reasons["shared"][0]
    assert best[0].first.text[left:].startswith(words)
    assert best[0].second.text[right:].startswith(words)


def test_looking_again_keeps_what_a_person_has_settled() -> None:
    world = issued_plan(3)
    second_plan(world)
    suggest_links(region=REGION, by=world.office, at=NOW)
    link = Link.objects.order_by("pk")[0]
    settle_link(link=link, action="refuse", seen=link.version, by=world.office, at=NOW)
    again = suggest_links(region=REGION, by=world.office, at=LATER)
    link.refresh_from_db()
    assert (again.new, link.state, link.settled_by) == (0, Settlement.REFUSED, world.office)


def test_drafts_are_left_out() -> None:
    world = issued_plan(3)
    plan = second_plan(world, issued=False)
    plan.status, plan.confirmed_at, plan.confirmed_by = "draft", None, None
    plan.save()
    assert suggest_links(region=REGION, by=world.office, at=NOW).new == 0
    task = plan.tasks.order_by("position")[0]
    with pytest.raises(PlanNotSettled):
        link_tasks(first=world.tasks[0], second=task, by=world.office, at=NOW)


def test_one_report_answers_both_and_is_one_to_do() -> None:
    pair = opened(twins())
    one, other = pair.world.occurrence(1, "区教育局"), pair.asked("区教育局")
    assert other.goes_with == one
    desk = to_report(pair.world.liaison("区教育局"))
    assert one.pk in desk
    assert other.pk not in desk
    pair.accepted(one, LATER)
    other.refresh_from_db()
    one.refresh_from_db()
    assert (other.state, other.answered_at) == (Occurrence.State.CLOSED, one.answered_at)
    assert not hasattr(other, "report")
    assert Event.objects.get(type="work.occurrences.answered").detail["occurrences"] == {
        str(other.pk): one.pk
    }


def test_a_sheet_asks_for_what_the_desk_asks_for() -> None:
    pair = opened(twins())
    assert pair.asked("区教育局").goes_with is not None
    asked = open_requests([pair.world.bodies["区教育局"].pk])
    assert sorted(asked.values_list("pk", flat=True)) == to_report(pair.world.liaison("区教育局"))


def test_the_burden_counts_it_once() -> None:
    pair = twins()
    pair.world.advance(OPENS)
    before = seen_requests(pair.world.office).count()
    pair.link(OPENS)
    joined = Occurrence.objects.filter(goes_with__isnull=False, opened_at__isnull=False).count()
    assert joined == 5
    assert seen_requests(pair.world.office).count() == before - joined


def test_a_joint_report_answers_the_other_joint_one() -> None:
    pair = opened(twins())
    other = pair.asked("区民政局")
    pair.accepted(pair.world.occurrence(1, "区民政局"), LATER)
    other.refresh_from_db()
    assert other.state == Occurrence.State.CLOSED


def test_a_return_asks_again_and_a_correction_does_not() -> None:
    pair = opened(twins())
    other = pair.asked("区教育局")
    report = pair.accepted(pair.world.occurrence(1, "区教育局"), LATER)
    correct(report=report, reason="数字有误", by=pair.world.liaison("区教育局"), at=LATER)
    other.refresh_from_db()
    assert other.state == Occurrence.State.CLOSED
    second = pair.accepted(pair.world.occurrence(1, "青山镇"), LATER)
    town = pair.asked("青山镇")
    assert town.state == Occurrence.State.CLOSED
    send_back(report=second, reason="请补充数字", by=pair.world.office, at=LATER)
    town.refresh_from_db()
    assert (town.state, town.answered_at, town.closed_at) == (Occurrence.State.OPEN, None, None)


def test_a_finer_report_answers_the_coarser_request_that_ends_with_it() -> None:
    pair = opened(twins(recurrence="monthly"))
    quarter, march = pair.world.occurrence(1, "区教育局"), pair.asked("区教育局", "2026-03")
    assert quarter.goes_with == march
    assert march.goes_with is None
    assert pair.asked("区教育局", "2026-04").goes_with is None
    pair.accepted(march, LATER)
    quarter.refresh_from_db()
    assert quarter.state == Occurrence.State.CLOSED


def test_different_leads_are_related_only() -> None:
    opened(twins(lead="区司法局"))
    assert not Occurrence.objects.filter(goes_with__isnull=False).exists()


def test_unlinking_parts_what_is_not_answered_yet() -> None:
    pair = opened(twins())
    pair.accepted(pair.world.occurrence(1, "区教育局"), LATER)
    link = Link.objects.get()
    settle_link(link=link, action="reopen", seen=link.version, by=pair.world.office, at=LATER)
    assert pair.asked("区教育局").goes_with == pair.world.occurrence(1, "区教育局")
    assert pair.asked("青山镇").goes_with is None
    assert pair.asked("青山镇").pk in to_report(pair.world.liaison("青山镇"))


def test_who_has_begun_a_report_of_its_own_is_left_alone() -> None:
    pair = opened(twins())
    other, liaison = pair.asked("区教育局"), pair.world.liaison("区教育局")
    report = open_report(occurrence=other, by=liaison, at=OPENS)
    save(report=report, values=WORDS, base=0, by=liaison, at=OPENS)
    assert other.pk in to_report(liaison)
    pair.accepted(pair.world.occurrence(1, "区教育局"), LATER)
    other.refresh_from_db()
    assert other.state == Occurrence.State.OPEN


def test_who_has_only_looked_at_the_form_is_answered_all_the_same() -> None:
    pair = opened(twins())
    other, liaison = pair.asked("区教育局"), pair.world.liaison("区教育局")
    open_report(occurrence=other, by=liaison, at=OPENS)
    assert other.pk not in to_report(liaison)
    report = pair.accepted(pair.world.occurrence(1, "区教育局"), LATER)
    other.refresh_from_db()
    assert other.state == Occurrence.State.CLOSED
    send_back(report=report, reason="请补充数字", by=pair.world.office, at=LATER)
    other.refresh_from_db()
    assert other.state == Occurrence.State.OPEN


def test_linking_after_the_report_answers_at_once() -> None:
    pair = twins()
    pair.world.advance(OPENS)
    pair.accepted(pair.world.occurrence(1, "区教育局"), LATER)
    pair.link(LATER)
    assert pair.asked("区教育局").state == Occurrence.State.CLOSED


def test_the_other_lead_reads_the_words_that_answer() -> None:
    pair = opened(twins())
    pair.accepted(pair.world.occurrence(1, "区教育局"), LATER)
    found = {one.assignment.body.name: one for one in contributions(pair.asked("区民政局"))}
    assert found["区教育局"].values["progress"] == WORDS["progress"]
    assert not found["区教育局"].is_missing


def test_tasks_of_one_plan_are_not_linked() -> None:
    world = issued_plan(3)
    with pytest.raises(SamePlan):
        link_tasks(first=world.tasks[0], second=world.tasks[1], by=world.office, at=NOW)


def test_two_persons_do_not_settle_the_same_link_unseen() -> None:
    pair = twins()
    link = pair.link()
    settle_link(link=link, action="refuse", seen=link.version, by=pair.world.office, at=NOW)
    with pytest.raises(SettledMeanwhile):
        settle_link(link=link, action="confirm", seen=link.version, by=pair.world.colleague(), at=NOW)


def test_accepting_twice_answers_once() -> None:
    pair = opened(twins())
    joint = pair.report(pair.world.occurrence(1, "区民政局"), LATER)
    pair.report(pair.world.occurrence(1, "区教育局"), LATER)
    done = accept(report=joint, seen=joint.latest, by=pair.world.office, at=LATER)
    assert len(done) == 2
    assert pair.asked("区民政局").state == pair.asked("区教育局").state == Occurrence.State.CLOSED
