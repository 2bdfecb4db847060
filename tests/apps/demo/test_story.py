"""The demo's story: lived once, it leaves something to see and to do for everybody who tries it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.timezone import localdate
from pytest_django import DjangoDbBlocker

from luoshi.apps.audit.models import Event
from luoshi.apps.demo.district import CODE, TOWNS
from luoshi.apps.demo.people import OFFERED
from luoshi.apps.demo.reporting import EARLIEST
from luoshi.apps.demo.story import NEVER_SIGNS, make_demo
from luoshi.apps.organization.models import Administrator, Body, Role
from luoshi.apps.plan.models import Plan
from luoshi.apps.reminders.models import Digest
from luoshi.apps.supervision.models import OrderBody
from luoshi.apps.work.models import Adjustment, Assignment, EvidenceUse, Extension, Occurrence, Report
from luoshi.apps.work.queries.standing import of_light, with_lights

pytestmark = pytest.mark.django_db
# Half-way through the second quarter of the year, when its reports are open.
NOW = datetime(2026, 5, 20, 2, 0, tzinfo=UTC)
TODAY = localdate(NOW)


@pytest.fixture(scope="module")
def plan(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Plan]:
    """The story up to the present, told once for all questions."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_demo(at=NOW)
        transaction.set_rollback(True)


def test_the_sample_plan_is_issued_to_bodies_that_are_all_registered(plan: Plan) -> None:
    assert plan.status == Plan.Status.CONFIRMED
    assert plan.region_id == CODE
    assert not plan.tasks.filter(bodies__body=None, bodies__isnull=False).exists()
    towns = Assignment.objects.filter(task__plan=plan, via__name="各镇").values_list("body__name", flat=True)
    assert set(towns) == set(TOWNS)


def test_there_are_people_of_each_role_and_none_has_a_password(plan: Plan) -> None:
    held = Role.objects.filter(region=CODE).values_list("name", flat=True)
    assert set(held) >= set(Role.Name.values)
    kinds = Administrator.objects.values_list("kind", flat=True)
    assert sorted(kinds) == sorted(Administrator.Kind.values)
    assert not any(user.has_usable_password() for user in User.objects.all())
    workers = Body.objects.filter(assignments__isnull=False).distinct()
    for role in (Role.Name.LIAISON, Role.Name.HEAD):
        assert not workers.exclude(roles__name=role).exists(), f"a body has no {role}"


def test_the_first_quarter_was_reported_and_accepted_but_for_two(plan: Plan) -> None:
    past = Occurrence.objects.filter(region=CODE, key="2026Q1")
    assert past.filter(report__state=Report.State.ACCEPTED).count() > past.count() * 0.9
    assert Report.objects.filter(region=CODE, joint=True, state=Report.State.ACCEPTED).exists()


def test_nobody_reports_long_before_the_end(plan: Plan) -> None:
    sent = Report.objects.filter(region=CODE, submitted_at__isnull=False).select_related("occurrence")
    early = [
        f"{one}: {one.occurrence.due}"
        for one in sent
        if one.submitted_at and one.occurrence.due - localdate(one.submitted_at) > EARLIEST
    ]
    assert not early


def test_reports_wait_for_the_office(plan: Plan) -> None:
    assert Report.objects.filter(region=CODE, state=Report.State.SUBMITTED, joint=True).exists()


def test_something_is_overdue_and_one_body_has_not_signed(plan: Plan) -> None:
    red = of_light(with_lights(Occurrence.objects.filter(region=CODE), TODAY), "red")
    assert red.exists()
    unsigned = Assignment.objects.filter(region=CODE, state=Assignment.State.ISSUED, sign_by__lt=TODAY)
    assert set(unsigned.values_list("body__name", flat=True)) == {NEVER_SIGNS}


def test_a_return_a_draft_and_an_approval_wait(plan: Plan) -> None:
    reports = Report.objects.filter(region=CODE)
    returned = reports.filter(state=Report.State.RETURNED, body__name="区民政局").exclude(answer="")
    assert returned.get().occurrence.due < TODAY
    assert reports.filter(state=Report.State.DRAFT, body__name="区司法局").exists()
    assert reports.filter(state=Report.State.SUBMITTED, body__name="区法院").exists()


def test_one_body_got_more_time_and_another_waits_for_it(plan: Plan) -> None:
    asked = dict(Extension.objects.filter(region=CODE).values_list("body__name", "state"))
    assert asked == {"青石镇": Extension.State.GRANTED, "柳河镇": Extension.State.ENDORSED}


def test_a_new_wording_waits_and_evidence_is_in_use(plan: Plan) -> None:
    adjustment = Adjustment.objects.get(region=CODE)
    assert adjustment.new_text != adjustment.task.text
    assert EvidenceUse.objects.filter(region=CODE).exists()


def test_a_letter_has_gone_out_and_waits_to_be_signed_for(plan: Plan) -> None:
    parts = OrderBody.objects.filter(region=CODE, form="letter", role="lead", order__state="issued")
    letter = parts.get(body__name="区法院", signed_at=None)
    assert letter.order.serial
    assert letter.order.sign_by is not None
    assert letter.order.sign_by >= TODAY


def test_everybody_on_the_log_in_page_has_something_to_do(plan: Plan) -> None:
    for name in OFFERED:
        waiting = Occurrence.objects.filter(region=CODE, body__name=name, state=Occurrence.State.OPEN)
        assert waiting.exists(), f"{name} has nothing to do"


def test_everybody_on_the_log_in_page_was_reminded_on_the_last_working_day(plan: Plan) -> None:
    for name in OFFERED:
        liaison = Role.objects.get(body__name=name, name=Role.Name.LIAISON).user
        digest = Digest.objects.get(user=liaison)
        assert digest.lines, f"{name} was reminded of nothing"
        assert digest.day == date(2026, 5, 19)


def test_nothing_lies_in_the_future(plan: Plan) -> None:
    assert not Event.objects.filter(at__gt=NOW + timedelta(days=1)).exists()


def test_the_second_call_changes_nothing(plan: Plan) -> None:
    before = _everything()
    assert make_demo(at=NOW) == plan
    assert _everything() == before


def _everything() -> list[int]:
    return [model.objects.count() for model in (Event, Body, User, Plan, Assignment, Occurrence, Report)]
