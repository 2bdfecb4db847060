"""A small registry for the tests of its pages."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User

from luoshi.apps.organization.models import Body, BodyAlias, GroupRule, Membership
from luoshi.apps.organization.operations import add_members, create_body
from luoshi.apps.plan.models import Plan
from luoshi.apps.plan.operations.matching import match_body
from luoshi.core.credit_code import compose
from tests.apps.factories import NOW, REGION

CODE = compose(authority="11", region=REGION, number="MB000001")


@pytest.fixture
def bureau(office: User) -> Body:
    """A bureau."""
    return create_body(region=REGION, name="区教育局", line="government", by=office, at=NOW)


@pytest.fixture
def towns(office: User) -> list[Body]:
    """Two towns."""
    return [
        create_body(region=REGION, name=name, kind="town", by=office, at=NOW) for name in ("柳河镇", "石桥镇")
    ]


@pytest.fixture
def group(office: User, plan: Plan, towns: list[Body]) -> Body:
    """各镇 with one town, named by three tasks of a plan."""
    found = create_body(region=REGION, name="各镇", collective=True, by=office, at=NOW)
    add_members(group=found, members=towns[:1], by=office, at=NOW)
    match_body(plan=plan, name="各镇", body=found, by=office, at=NOW)
    return found


@pytest.fixture
def bodies(office: User) -> dict[str, Body]:
    """A bureau with everything, an office below it, a group with a member, an exception and a rule."""

    def make(name: str, **values: Any) -> Body:
        return create_body(region=REGION, name=name, by=office, at=NOW, **values)

    bureau = make("区民政局", full_name="云溪区民政局", line="government", level=3, credit_code=CODE)
    below = make("区殡葬所", parent=bureau, kind="institution")
    group = make("各镇", collective=True)
    town, other = make("柳河镇", kind="town"), make("石桥镇", kind="town")
    Membership.objects.create(region_id=REGION, group=group, member=town, valid_from=date(2020, 1, 1))
    Membership.objects.create(region_id=REGION, group=group, member=other, excluded=True)
    GroupRule.objects.create(region_id=REGION, group=group, kind="town")
    BodyAlias.objects.create(region_id=REGION, body=bureau, name="区民政和老龄局")
    make("区老龄办", active_to=date(2019, 5, 1))
    return {body.name: body for body in (bureau, below, group, town, other)}
