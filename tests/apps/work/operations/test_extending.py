"""More time: two steps, two persons, before the due date."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied

from luoshi.apps.audit.models import Event
from luoshi.apps.organization.models import Region
from luoshi.apps.organization.models import Role as Held
from luoshi.apps.organization.operations import grant as give
from luoshi.apps.work.models import Extension, Occurrence
from luoshi.apps.work.operations import refusals
from luoshi.apps.work.operations.extending import ask_extension, endorse, grant, refuse, withdraw
from luoshi.apps.work.operations.timing import recalculate
from luoshi.core.work.extension import ExtensionPending, ExtensionsUsedUp, ExtensionTooLate
from luoshi.core.work.states import StepNeedsMore, StepNotForRole
from tests.apps.work.factories import REGION, World, issued_plan, morning

pytestmark = pytest.mark.django_db
OPEN, MARCH = morning(2026, 3, 17), morning(2026, 3, 24)
LATER = date(2026, 4, 15)


@pytest.fixture
def world() -> World:
    return issued_plan(until=OPEN)


def asked(world: World, new_due: date = LATER, at: object = MARCH, body: str = "区教育局") -> Extension:
    return ask_extension(
        occurrence=world.occurrence(1, body),
        new_due=new_due,
        reason="雨季",
        progress="已完成一半",
        by=world.liaison(body),
        at=at,  # type: ignore[arg-type]
    )


def test_granted_time_moves_the_due_day_and_the_first_yellow_day(world: World) -> None:
    extension = endorse(extension=asked(world), by=world.head("区教育局"), at=MARCH)
    before = world.occurrence(1, "区教育局")
    assert before.due == date(2026, 3, 31)
    grant(extension=extension, by=world.office, at=morning(2026, 4, 2))
    after = world.occurrence(1, "区教育局")
    assert (after.due, after.scheduled, after.opens_on) == (LATER, date(2026, 3, 31), date(2026, 3, 17))
    assert after.warn_from > before.warn_from
    assert recalculate(region=REGION, at=MARCH) == 0
    assert Event.objects.filter(type="work.extension.granted").count() == 1


def test_a_lead_of_the_task_may_endorse_too_but_not_somebody_else(world: World) -> None:
    extension = asked(world)
    with pytest.raises(PermissionDenied):
        endorse(extension=extension, by=world.head("区司法局"), at=MARCH)
    assert endorse(extension=extension, by=world.liaison("区民政局"), at=MARCH).state == "endorsed"


def test_the_lead_itself_needs_its_head(world: World) -> None:
    extension = asked(world, body="区民政局")
    with pytest.raises(StepNotForRole):
        endorse(extension=extension, by=world.liaison("区民政局"), at=MARCH)


def test_the_office_decides_directly_only_while_nobody_can_endorse(world: World) -> None:
    extension = asked(world, body="区民政局")
    head = world.head("区民政局")
    for step in (
        lambda: grant(extension=extension, by=world.office, at=MARCH),
        lambda: refuse(extension=extension, reason="进度正常", by=world.office, at=MARCH),
    ):
        with pytest.raises(StepNeedsMore, match="先由本单位负责人"):
            step()
    User.objects.filter(pk=head.pk).update(is_active=False)
    granted = grant(extension=extension, by=world.office, at=MARCH)
    assert (granted.state, granted.endorsed_by, granted.decided_by) == ("granted", None, world.office)
    assert world.occurrence(1, "区民政局").due == LATER


def test_a_head_who_asks_alone_goes_to_the_office_too(world: World) -> None:
    head = world.head("区民政局")
    row = ask_extension(
        occurrence=world.occurrence(1, "区民政局"), new_due=LATER, reason="雨季", by=head, at=MARCH
    )
    refused = refuse(extension=row, reason="进度正常", by=world.office, at=MARCH)
    assert (refused.state, world.occurrence(1, "区民政局").due) == ("refused", date(2026, 3, 31))


def test_who_asked_and_is_of_the_office_does_not_decide(world: World) -> None:
    asker = world.liaison("区民政局")
    region = Region.objects.get(pk=REGION)
    give(user=asker, region=region, role=Held.Name.OFFICE, by=None, at=MARCH)
    row, again = asked(world, body="区民政局"), User.objects.get(pk=asker.pk)
    with pytest.raises(StepNeedsMore, match="由另一人办理"):
        grant(extension=row, by=again, at=MARCH)


def test_nobody_takes_two_steps(world: World) -> None:
    head = world.head("区教育局")
    row = ask_extension(
        occurrence=world.occurrence(1, "区教育局"), new_due=LATER, reason="雨季", by=head, at=MARCH
    )
    with pytest.raises(StepNeedsMore):
        endorse(extension=row, by=head, at=MARCH)
    with pytest.raises(StepNeedsMore):
        grant(extension=row, by=world.office, at=MARCH)


def test_too_late_is_too_late(world: World) -> None:
    with pytest.raises(ExtensionTooLate):
        asked(world, at=morning(2026, 3, 31))


def test_what_was_asked_in_time_counts_when_granted_after_the_due_day(world: World) -> None:
    extension = endorse(extension=asked(world), by=world.head("区教育局"), at=MARCH)
    grant(extension=extension, by=world.office, at=morning(2026, 4, 10))
    assert world.occurrence(1, "区教育局").due == LATER


def test_one_at_a_time_and_no_more_than_the_plan_allows(world: World) -> None:
    first = asked(world)
    with pytest.raises(ExtensionPending):
        asked(world)
    withdraw(extension=first, by=world.liaison("区教育局"), at=MARCH)
    for new_due in (date(2026, 4, 3), date(2026, 4, 10)):
        row = endorse(extension=asked(world, new_due), by=world.head("区教育局"), at=MARCH)
        grant(extension=row, by=world.office, at=MARCH)
    with pytest.raises(ExtensionsUsedUp):
        asked(world, date(2026, 4, 17))


def test_a_refusal_needs_a_reason_and_leaves_the_date(world: World) -> None:
    extension = asked(world)
    with pytest.raises(StepNeedsMore):
        refuse(extension=extension, reason="", by=world.head("区教育局"), at=MARCH)
    refuse(extension=extension, reason="进度正常", by=world.head("区教育局"), at=MARCH)
    assert world.occurrence(1, "区教育局").due == date(2026, 3, 31)


def test_what_is_answered_needs_no_more_time(world: World) -> None:
    extension = endorse(extension=asked(world), by=world.head("区教育局"), at=MARCH)
    Occurrence.objects.filter(pk=extension.occurrence_id).update(answered_at=MARCH)
    with pytest.raises(refusals.NothingToExtend):
        grant(extension=extension, by=world.office, at=MARCH)
