"""A simulated district holds what real ones hold: rows that fit together, and that people can go on with."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, F, Q
from django.utils.timezone import localdate

from luoshi.apps.audit.models import Event
from luoshi.apps.simulation.district import District, code_of, name_of
from luoshi.apps.simulation.story import simulate
from luoshi.apps.work.models import Assignment, Extension, Occurrence, Report, Revision, Stance
from luoshi.apps.work.operations.deciding import accept
from luoshi.apps.work.operations.revising import values_at
from luoshi.apps.work.queries.contributions import joint_of
from luoshi.apps.work.queries.counted import count_each
from luoshi.apps.work.queries.desk import Scope, kinds_for
from luoshi.apps.work.queries.desk_sources import sources_for
from luoshi.apps.work.queries.standing import tally, with_lights
from tests.apps.simulation.conftest import NOW

pytestmark = pytest.mark.django_db


def test_a_hundred_districts_have_names_and_codes_of_their_own() -> None:
    assert len({name_of(number) for number in range(250)}) == 250
    assert len({code_of(number) for number in range(250)}) == 250


def test_a_second_run_adds_nothing(district: District) -> None:
    before = Event.objects.count()
    assert simulate(districts=1, years=1, seed=7, at=NOW) == 0
    assert Event.objects.count() == before


def test_every_kind_of_thing_happened(district: District) -> None:
    reports = Report.objects.filter(region=district.region)
    assert reports.count() > 1000
    lights = tally(with_lights(Occurrence.objects.filter(region=district.region), localdate(NOW)))
    assert lights.red
    assert lights.blue > 1000
    assert reports.filter(latest=2).exists()
    assert reports.filter(joint=True, stances__isnull=False).exists()
    assert Extension.objects.filter(region=district.region, state="granted").exists()
    assert reports.filter(state="submitted").exists()


def test_reports_fit_their_periods(district: District) -> None:
    rows = Report.objects.filter(region=district.region)
    assert not rows.filter(state="accepted").exclude(occurrence__state="closed").exists()
    assert not rows.filter(state="submitted").exclude(occurrence__state="open").exists()
    assert not rows.exclude(occurrence__answered_at=F("submitted_at")).exists()
    assert not rows.filter(submitted_at__lt=F("occurrence__opened_at")).exists()
    assert not rows.filter(accepted_at__lt=F("submitted_at")).exists()
    occurrences = list(Occurrence.objects.filter(report__in=rows).select_related("assignment", "report"))
    joint = joint_of(occurrences)
    assert all(joint[one.pk] == one.report.joint for one in occurrences)
    assert not Assignment.objects.filter(state="signed", occurrences__report__in=rows).exists()


def test_versions_and_signatures_are_complete(district: District) -> None:
    rows = Report.objects.filter(region=district.region)
    counted = rows.annotate(n=Count("revisions")).exclude(n=F("latest"))
    assert not counted.exists()
    assert not rows.exclude(sent=F("latest")).exists()
    for report in rows.filter(joint=True).select_related("occurrence")[:40]:
        others = Assignment.objects.filter(task=report.task_id, rank__gt=0).exclude(state__in=Assignment.GONE)
        signed = Stance.objects.filter(report=report, revision=report.latest, agrees=True)
        assert set(signed.values_list("body", flat=True)) == set(others.values_list("body", flat=True))
    assert Revision.objects.filter(report__in=rows).exclude(Q(base=F("number") - 1)).count() == 0


def test_every_report_stands_in_the_log(district: District) -> None:
    rows = Report.objects.filter(region=district.region)
    for type, number in (
        ("work.report.opened", rows.count()),
        ("work.report.accepted", rows.filter(state="accepted").count()),
        ("work.report.saved", Revision.objects.filter(report__in=rows).count()),
    ):
        assert Event.objects.filter(region=district.region.pk, type=type).count() == number


def test_people_can_go_on_from_there(district: District) -> None:
    with transaction.atomic():
        waiting = Report.objects.filter(region=district.region, state="submitted", joint=False).first()
        assert waiting is not None
        (done, *_) = accept(report=waiting, seen=waiting.latest, by=district.office, at=NOW)
        assert done.state == "accepted"
        assert values_at(done, done.latest, at=NOW)["progress"]
        transaction.set_rollback(True)


def test_the_number_of_everybodys_to_dos_is_that_of_their_lists(district: District) -> None:
    today = localdate(NOW)
    people = User.objects.filter(plan_roles__region=district.region) | User.objects.filter(
        plan_roles__body__region=district.region
    )
    seen: set[str] = set()
    for person in people.distinct().order_by("pk")[:40]:
        scope = Scope.of(person)
        kinds = (*kinds_for(scope), *sources_for(scope))
        alone = {kind.key: count for kind in kinds if (count := kind.groups(scope, today).count())}
        assert count_each(scope, kinds, today) == alone
        seen |= set(alone)
    assert {"report", "overdue", "accept"} <= seen
