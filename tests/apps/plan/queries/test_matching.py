"""Suggestions are near names, each body once, the likest first."""

from __future__ import annotations

from django.contrib.auth.models import User

from luoshi.apps.organization.models import Body, BodyAlias
from luoshi.apps.plan.models import Plan
from luoshi.apps.plan.operations.matching import match_body
from luoshi.apps.plan.queries.matching import names, one_name
from tests.apps.factories import NOW


def test_near_names_are_suggested(plan: Plan) -> None:
    money = Body.objects.create(region=plan.region, name="区财政局")
    BodyAlias.objects.create(region=plan.region, body=money, name="区财正处")
    Body.objects.create(region=plan.region, name="云溪水务集团")
    row = one_name(plan, "区财正局")
    assert row is not None
    assert [(hit.body.name, hit.name, hit.alike) for hit in row.suggestions] == [("区财政局", "区财政局", 75)]


def test_an_exact_name_is_the_only_suggestion(plan: Plan) -> None:
    Body.objects.create(region=plan.region, name="区民政局")
    row = one_name(plan, "区民政局")
    assert row is not None
    assert [hit.exact for hit in row.suggestions] == [True]


def test_names_are_counted_by_role_and_sorted(plan: Plan, office: User) -> None:
    body = Body.objects.create(region=plan.region, name="区教育局")
    match_body(plan=plan, name="区教育局", body=body, by=office, at=NOW)
    rows = names(plan)
    assert [(row.name, row.leads, row.responsibles, row.collective) for row in rows] == [
        ("区民政局", 3, 0, False),
        ("区财正局", 0, 3, False),
        ("各镇", 0, 3, True),
        ("区教育局", 0, 3, False),
    ]
    assert [row.name for row in names(plan, only="matched")] == ["区教育局"]
    assert [row.name for row in names(plan, wanted="财")] == ["区财正局"]


def test_a_name_that_the_plan_does_not_use(plan: Plan) -> None:
    assert one_name(plan, "区") is None
