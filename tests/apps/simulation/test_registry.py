"""Any plan gets a registry: every name a body, every group its members."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User

from luoshi.apps.organization.models import Body
from luoshi.apps.organization.queries.members import members_of
from luoshi.apps.plan.models import Plan
from luoshi.apps.plan.operations.storing import import_document
from luoshi.apps.simulation.registry import made_name, register_bodies
from luoshi.apps.work.queries.drafting import draft_of
from luoshi.core.document.open import open_document
from luoshi.core.plan.read import read_plan
from tests.apps import factories

NOW = datetime(2026, 6, 3, 2, 0, tzinfo=UTC)
PLAN = """云溪区普法工作重点任务分解方案
一、加强宣传
1.开展宪法宣传。每年12月4日组织集中宣传。
牵头部门:区司法局、区委宣传部
责任部门:区教育局、各镇、各街道
2.建好普法队伍。定期开展培训。
牵头部门:区民政局
责任部门:平安云溪建设领导小组各成员单位、区直各部门、各中小学校
3.规范执法。
牵头部门:区司法局
责任部门:区直各有关执法单位、区财政局、区水务局、区交通局
"""


@pytest.fixture
def plan(office: User) -> Plan:
    content = PLAN.encode()
    document = open_document(content, "plan.txt")
    read = read_plan(document)
    return import_document(
        region=factories.REGION, document=document, plan=read, content=content, by=office, at=NOW
    )


def _members(name: str) -> set[str]:
    return {body.name for body in members_of(Body.objects.get(name=name), at=NOW.date())}


def test_every_name_is_registered_and_every_group_has_members(plan: Plan, office: User) -> None:
    register_bodies(plan=plan, seed=1, by=office, at=NOW)
    draft = draft_of(plan)
    assert not draft.unmatched
    assert not draft.empty
    assert len(_members("各镇")) == 3
    assert all(name.endswith("街道") for name in _members("各街道"))
    assert len(_members("各中小学校")) > 10
    assert {"区司法局", "区财政局", "区水务局"} <= _members("区直各部门")
    assert "区委宣传部" not in _members("区直各部门")


def test_of_a_leading_group_its_members_are_meant(plan: Plan, office: User) -> None:
    register_bodies(plan=plan, seed=1, by=office, at=NOW)
    group = Body.objects.get(name="平安云溪建设领导小组")
    assert group.kind == Body.Kind.LEADING_GROUP
    assert len(_members(group.name)) >= 3
    via = [part for part in draft_of(plan).parts if part.via == group.pk]
    assert via


def test_the_same_seed_draws_the_same_members(plan: Plan, office: User) -> None:
    # Keys of rows differ from run to run; names do not.
    Body.objects.create(region_id=factories.REGION, name="先建的单位")
    register_bodies(plan=plan, seed=1, by=office, at=NOW)
    some = _members("区直各有关执法单位")
    assert 3 <= len(some) < len(_members("区直各部门"))
    assert some == {"区司法局", "区水务局", "区财政局"}


def test_a_hundred_places_have_names_of_their_own() -> None:
    assert len({made_name(number) for number in range(100)}) == 100
