"""Suggestions are near names, each body once, the likest first."""

from __future__ import annotations

from django.contrib.auth.models import User

from luoshi.apps.organization.models import Body, BodyAlias
from luoshi.apps.plan.models import Plan
from luoshi.apps.plan.operations.matching import match_body
from luoshi.apps.plan.queries.matching import Name, names
from tests.apps.factories import NOW


def one_name(plan: Plan, name: str) -> Name:
    """The row of that name."""
    return next(row for row in names(plan) if row.name == name)


def test_near_names_are_suggested(plan: Plan) -> None:
    money = Body.objects.create(region=plan.region, name="区财政局")
    BodyAlias.objects.create(region=plan.region, body=money, name="区财正处")
    Body.objects.create(region=plan.region, name="云溪水务集团")
    row = one_name(plan, "区财正局")
    assert [(hit.body.name, hit.name, hit.alike) for hit in row.suggestions] == [("区财政局", "区财政局", 75)]


def test_an_exact_name_is_the_only_suggestion(plan: Plan) -> None:
    Body.objects.create(region=plan.region, name="区民政局")
    row = one_name(plan, "区民政局")
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
    assert [row.body for row in rows] == [None, None, None, body]
