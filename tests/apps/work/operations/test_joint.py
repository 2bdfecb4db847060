"""The joint report: signatures, objections, silence, quotations, and what the office accepts with it."""

from __future__ import annotations

import copy
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from pytest_django import DjangoDbBlocker

from luoshi.apps.work.models import Report, Revision, Stance
from luoshi.apps.work.operations.deciding import accept, send_back
from luoshi.apps.work.operations.joint import cosign, object_to, propose, quote, revise, submit_joint
from luoshi.apps.work.operations.report_refusals import NothingToQuote
from luoshi.apps.work.operations.reporting import open_report, save, submit
from luoshi.apps.work.operations.setting import set_body
from luoshi.apps.work.operations.taking_back import withdraw
from luoshi.apps.work.queries.contributions import contributions
from luoshi.core.work.states import StepNeedsMore, StepNotForRole, StepNotFromHere, VersionMovedOn
from tests.apps.conftest import taken_back
from tests.apps.work.factories import World, issued_plan, morning

AT = morning(2026, 3, 18)
LEAD, OTHER, SCHOOL = "区民政局", "区司法局", "区教育局"


@pytest.fixture(scope="module")
def lived(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """The world below, made once."""
    with taken_back(django_db_blocker):
        yield issued_plan(until=morning(2026, 3, 17))


@pytest.fixture
def world(lived: World, db: None) -> World:
    """An issued plan whose first quarter is open; task 2 has two leads."""
    return copy.deepcopy(lived)


def written(world: World, body: str, task: int = 2, text: str = "本期开展两次检查。") -> Report:
    """A report of a body with one version."""
    report = open_report(occurrence=world.occurrence(task, body), by=world.liaison(body), at=AT)
    save(report=report, values={"progress": text}, base=0, by=world.liaison(body), at=AT)
    report.refresh_from_db()
    return report


def own(world: World, body: str, task: int = 2) -> Report:
    """A report of a body that was sent."""
    return submit(report=written(world, body, task), seen=1, by=world.liaison(body), at=AT)


def proposed(world: World) -> Report:
    return propose(report=written(world, LEAD), seen=1, by=world.liaison(LEAD), at=AT)


def signer(world: World) -> User:
    return world.liaison(OTHER)


def test_the_first_lead_of_several_bodies_draws_a_joint_report(world: World) -> None:
    assert written(world, LEAD).joint
    assert not written(world, OTHER).joint
    assert not written(world, SCHOOL).joint


def test_all_sign_then_it_goes_up(world: World) -> None:
    report = proposed(world)
    with pytest.raises(StepNeedsMore):
        submit_joint(report=report, seen=1, by=world.liaison(LEAD), at=AT)
    report = cosign(report=report, body=world.bodies[OTHER], seen=1, by=signer(world), at=AT)
    assert report.state == "cosigned"
    report = submit_joint(report=report, seen=1, by=world.liaison(LEAD), at=AT)
    assert (report.state, report.sent) == ("submitted", 1)
    assert world.occurrence(2, LEAD).answered_at == AT


def test_only_other_leads_sign_and_only_what_they_saw(world: World) -> None:
    report = proposed(world)
    with pytest.raises(VersionMovedOn):
        cosign(report=report, body=world.bodies[OTHER], seen=0, by=signer(world), at=AT)
    with pytest.raises(PermissionDenied):
        cosign(report=report, body=world.bodies[SCHOOL], seen=1, by=world.liaison(SCHOOL), at=AT)
    with pytest.raises(StepNotForRole):
        cosign(report=report, body=world.bodies[LEAD], seen=1, by=world.liaison(LEAD), at=AT)


def test_an_objection_is_settled_by_signing_or_by_another_version(world: World) -> None:
    report = proposed(world)
    with pytest.raises(StepNeedsMore):
        object_to(report=report, body=world.bodies[OTHER], seen=1, reason="", by=signer(world), at=AT)
    report = object_to(
        report=report, body=world.bodies[OTHER], seen=1, reason="次数不对", by=signer(world), at=AT
    )
    assert report.state == "objected"
    report = cosign(report=report, body=world.bodies[OTHER], seen=1, by=signer(world), at=AT)
    assert report.state == "cosigned"
    report = revise(report=report, by=world.liaison(LEAD), at=AT)
    saved = save(report=report, values={"progress": "三次检查。"}, base=1, by=world.liaison(LEAD), at=AT)
    report = propose(report=report, seen=saved.latest, by=world.liaison(LEAD), at=AT)
    assert report.state == "proposed", "a signature is for the version that was seen"


def test_dissent_goes_up_quoted(world: World) -> None:
    report = proposed(world)
    object_to(report=report, body=world.bodies[OTHER], seen=1, reason="次数不对", by=signer(world), at=AT)
    report = submit_joint(report=report, seen=1, by=world.liaison(LEAD), at=AT)
    assert report.state == "submitted"
    assert Stance.objects.get(report=report).reason == "次数不对"


def test_silence_does_not_stop_it_once_the_time_is_over(world: World) -> None:
    report = proposed(world)
    # Proposed on Wednesday, three working days to sign: until Monday.
    with pytest.raises(StepNeedsMore):
        submit_joint(report=report, seen=1, by=world.liaison(LEAD), at=morning(2026, 3, 23))
    report = submit_joint(report=report, seen=1, by=world.liaison(LEAD), at=morning(2026, 3, 24))
    assert report.state == "submitted"


def test_a_sole_lead_needs_no_signature(world: World) -> None:
    report = written(world, LEAD, task=1)
    report = submit_joint(report=report, seen=1, by=world.liaison(LEAD), at=AT)
    assert report.state == "submitted"


def test_the_head_sends_where_the_head_approves(world: World) -> None:
    head = world.head(LEAD)
    set_body(body=world.bodies[LEAD], head_approves=True, by=head, at=AT)
    report = propose(report=written(world, LEAD, task=1), seen=1, by=world.liaison(LEAD), at=AT)
    assert report.state == "cosigned"
    with pytest.raises(StepNeedsMore):
        submit_joint(report=report, seen=1, by=world.liaison(LEAD), at=AT)
    assert submit_joint(report=report, seen=1, by=head, at=AT).state == "submitted"


def test_accepting_takes_the_own_reports_along(world: World) -> None:
    mine, waiting = own(world, SCHOOL, task=1), own(world, "青山镇", task=1)
    set_body(body=world.bodies["青山镇"], head_approves=True, by=world.head("青山镇"), at=AT)
    elsewhere = own(world, SCHOOL, task=3)
    report = submit_joint(report=written(world, LEAD, task=1), seen=1, by=world.liaison(LEAD), at=AT)
    done = accept(report=report, seen=1, by=world.office, at=AT)
    assert [one.pk for one in done] == [report.pk, mine.pk]
    assert world.occurrence(1, SCHOOL).state == "closed"
    for one, state in ((waiting, "submitted"), (elsewhere, "submitted"), (mine, "accepted")):
        one.refresh_from_db()
        assert one.state == state


def test_a_lead_returns_what_it_has_to_bring_together(world: World) -> None:
    report = own(world, SCHOOL)
    report = send_back(report=report, reason="请写明次数", by=world.liaison(LEAD), at=AT)
    assert (report.state, world.occurrence(2, SCHOOL).answered_at) == ("returned", None)
    with pytest.raises(PermissionDenied):
        send_back(report=own(world, "青山镇"), reason="我说的", by=world.liaison(SCHOOL), at=AT)


def test_withdrawing_a_joint_report(world: World) -> None:
    report = submit_joint(report=written(world, LEAD, task=1), seen=1, by=world.liaison(LEAD), at=AT)
    assert withdraw(report=report, by=world.liaison(LEAD), at=AT).state == "draft"
    with pytest.raises(StepNotFromHere):
        accept(report=report, seen=1, by=world.office, at=AT)


def test_quotations_keep_their_source_as_long_as_they_stand(world: World) -> None:
    report = written(world, LEAD)
    draft = written(world, SCHOOL)
    with pytest.raises(NothingToQuote):
        quote(report=report, source=draft, field="progress", by=world.liaison(LEAD), at=AT)
    source = submit(report=draft, seen=1, by=world.liaison(SCHOOL), at=AT)
    quote(report=report, source=source, field="progress", by=world.liaison(LEAD), at=AT)
    kept = Revision.objects.get(report=report, number=2)
    assert kept.values["progress"] == "本期开展两次检查。\n区教育局:本期开展两次检查。"
    said = {"report": source.pk, "revision": 1, "body": "区教育局", "field": "progress"}
    assert kept.quotes == [{**said, "text": "本期开展两次检查。"}]
    save(report=report, values={"progress": "另写。"}, base=2, by=world.liaison(LEAD), at=AT)
    assert Revision.objects.get(report=report, number=3).quotes == []


def test_who_has_reported_and_who_is_missing(world: World) -> None:
    own(world, SCHOOL)
    written(world, "青山镇")
    found = {one.assignment.body.name: one for one in contributions(world.occurrence(2, LEAD))}
    assert list(found) == [OTHER, SCHOOL, "区财政局", "青山镇", "绿水镇"] or set(found) == {
        OTHER,
        SCHOOL,
        "区财政局",
        "青山镇",
        "绿水镇",
    }
    assert (found[SCHOOL].heard, found[SCHOOL].values) == ("reported", {"progress": "本期开展两次检查。"})
    assert (found["青山镇"].heard, found["青山镇"].values) == ("draft", {}), (
        "a draft is the body's own affair"
    )
    assert found[OTHER].is_missing
    assert not found[SCHOOL].is_missing
