"""Names in the plan are matched with the registry."""

from __future__ import annotations

from django.contrib.auth.models import User

from luoshi.apps.audit.models import Event
from luoshi.apps.organization.models import Body, BodyAlias
from luoshi.apps.plan.models import Plan, TaskBody
from luoshi.apps.plan.operations.matching import match_all_exact, match_body, register_all, register_body
from luoshi.apps.plan.operations.settling import undo_last
from tests.apps.factories import NOW


def matched(plan: Plan) -> dict[str, str | None]:
    """The body behind each name of the plan."""
    rows = TaskBody.objects.filter(task__plan=plan)
    return dict(rows.values_list("name", "body__name").distinct())


def test_a_name_is_matched_everywhere_at_once(plan: Plan, office: User) -> None:
    body = Body.objects.create(region=plan.region, name="区财政局")
    match_body(plan=plan, name="区财正局", body=body, by=office, at=NOW)
    assert TaskBody.objects.filter(body=body).count() == 3
    match_body(plan=plan, name="区财正局", body=None, by=office, at=NOW)
    assert matched(plan)["区财正局"] is None


def test_exact_names_and_aliases_are_matched_together(plan: Plan, office: User) -> None:
    civil = Body.objects.create(region=plan.region, name="区民政局")
    school = Body.objects.create(region=plan.region, name="区教育体育局")
    BodyAlias.objects.create(region=plan.region, body=school, name="区教育局")
    settlement = match_all_exact(plan=plan, by=office, at=NOW)
    assert settlement is not None
    assert settlement.detail == {"count": 2}
    assert matched(plan) == {
        "区民政局": civil.name,
        "区教育局": school.name,
        "区财正局": None,
        "各镇": None,
    }
    assert match_all_exact(plan=plan, by=office, at=NOW) is None


def test_a_short_name_of_two_bodies_matches_neither(plan: Plan, office: User) -> None:
    for name in ("云溪区教育局", "云溪区教育督导局"):
        Body.objects.create(region=plan.region, name=name, short_name="区教育局")
    assert match_all_exact(plan=plan, by=office, at=NOW) is None


def test_bodies_of_other_regions_do_not_count(plan: Plan, office: User) -> None:
    other = type(plan.region).objects.create(code="990103", name="北屿区", level=3)
    Body.objects.create(region=other, name="区民政局")
    assert match_all_exact(plan=plan, by=office, at=NOW) is None


def test_registering_keeps_line_and_collectives(plan: Plan, office: User) -> None:
    register_body(plan=plan, name="各镇", line="", by=office, at=NOW)
    assert Body.objects.get(name="各镇").is_collective
    register_all(plan=plan, by=office, at=NOW)
    assert set(Body.objects.values_list("name", flat=True)) == {"区民政局", "区教育局", "区财正局", "各镇"}
    assert Body.objects.get(name="区民政局").line == Body.Line.GOVERNMENT
    assert None not in matched(plan).values()
    assert register_all(plan=plan, by=office, at=NOW) is None


def test_undoing_takes_back_matches_and_keeps_the_registry(plan: Plan, office: User) -> None:
    register_all(plan=plan, by=office, at=NOW)
    undo_last(plan=plan, by=office, at=NOW)
    assert set(matched(plan).values()) == {None}
    assert Body.objects.count() == 4
    assert Event.objects.filter(type="plan.body.matched").count() == 1
