"""Groups: members by date, rules, groups of groups, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from luoshi.apps.organization.models import Body, GroupRule, Membership
from luoshi.apps.organization.operations import (
    add_members,
    add_rule,
    change_membership,
    create_body,
    refusals,
    remove_membership,
    remove_rule,
)
from luoshi.apps.organization.queries import load_roster, members_of
from tests.apps.factories import NOW, REGION

DAY = date(2025, 5, 1)


@pytest.fixture
def towns(office: User) -> list[Body]:
    return [
        create_body(region=REGION, name=name, kind="town", line="township", level=4, by=office, at=NOW)
        for name in ("柳河镇", "枫桥镇")
    ]


@pytest.fixture
def group(office: User) -> Body:
    return create_body(region=REGION, name="各镇", collective=True, by=office, at=NOW)


def test_rules_take_in_who_comes_later(office: User, group: Body, towns: list[Body]) -> None:
    add_rule(group=group, kind="town", by=office, at=NOW)
    assert set(members_of(group, at=DAY)) == set(towns)
    new = create_body(
        region=REGION, name="石桥镇", kind="town", active_from=date(2025, 6, 1), by=office, at=NOW
    )
    assert new not in members_of(group, at=DAY)
    assert new in members_of(group, at=date(2025, 6, 1))
    add_members(group=group, members=[towns[0]], excluded=True, by=office, at=NOW)
    assert members_of(group, at=DAY) == [towns[1]]
    remove_rule(rule=GroupRule.objects.get(), by=office, at=NOW)
    assert members_of(group, at=DAY) == []


def test_groups_of_groups(office: User, group: Body, towns: list[Body]) -> None:
    add_members(group=group, members=towns, by=office, at=NOW)
    wide = create_body(region=REGION, name="各镇、街道", collective=True, by=office, at=NOW)
    street = create_body(region=REGION, name="东湖街道", kind="street", by=office, at=NOW)
    add_members(group=wide, members=[group, street], by=office, at=NOW)
    assert set(members_of(wide, at=DAY)) == {*towns, street}
    assert members_of(wide, at=DAY, named=[group]) == [street]
    with pytest.raises(refusals.GroupInItself):
        add_members(group=group, members=[wide], by=office, at=NOW)
    with pytest.raises(refusals.GroupInItself):
        add_members(group=group, members=[group], by=office, at=NOW)


def test_members_come_and_go(office: User, group: Body, towns: list[Body]) -> None:
    (tie,) = add_members(group=group, members=[towns[0]], valid_from=date(2024, 1, 1), by=office, at=NOW)
    change_membership(
        membership=tie, valid_from=tie.valid_from, valid_to=date(2024, 12, 31), by=office, at=NOW
    )
    assert members_of(group, at=date(2024, 12, 31)) == [towns[0]]
    assert members_of(group, at=DAY) == []
    # Again, later: a second time of the same member.
    add_members(group=group, members=[towns[0]], valid_from=DAY, by=office, at=NOW)
    assert members_of(group, at=DAY) == [towns[0]]
    with pytest.raises(refusals.MemberTwice):
        add_members(group=group, members=[towns[0]], valid_from=date(2024, 6, 1), by=office, at=NOW)
    with pytest.raises(refusals.MemberTwice):
        change_membership(membership=tie, valid_from=tie.valid_from, valid_to=None, by=office, at=NOW)
    with pytest.raises(refusals.DaysOutOfOrder):
        change_membership(membership=tie, valid_from=DAY, valid_to=date(2024, 1, 1), by=office, at=NOW)
    remove_membership(membership=tie, by=office, at=NOW)
    assert members_of(group, at=date(2024, 6, 1)) == []


def test_only_groups_have_members(office: User, towns: list[Body], group: Body) -> None:
    with pytest.raises(refusals.NoGroup):
        add_members(group=towns[0], members=[towns[1]], by=office, at=NOW)
    with pytest.raises(refusals.NoGroup):
        add_rule(group=towns[0], kind="town", by=office, at=NOW)
    with pytest.raises(refusals.RuleEmpty):
        add_rule(group=group, by=office, at=NOW)
    add_rule(group=group, kind="town", by=office, at=NOW)
    with pytest.raises(refusals.RuleTwice):
        add_rule(group=group, kind="town", by=office, at=NOW)


WRONG_TIES = {
    "itself": {"member": "各镇"},
    "order": {"valid_from": DAY, "valid_to": date(2024, 1, 1)},
    "open twice": {},
}


@pytest.mark.parametrize("wrong", WRONG_TIES)
def test_the_database_refuses_wrong_ties(office: User, group: Body, towns: list[Body], wrong: str) -> None:
    Membership.objects.create(region_id=REGION, group=group, member=towns[0])
    values = {"member": "柳河镇", **WRONG_TIES[wrong]}
    values["member"] = Body.objects.get(name=values["member"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(region_id=REGION, group=group, **values)


@pytest.mark.parametrize("values", [{}, {"kind": "town"}, {"kind": "town", "level": 4}])
def test_the_database_refuses_wrong_rules(office: User, group: Body, values: dict[str, object]) -> None:
    GroupRule.objects.create(region_id=REGION, group=group, kind="town")
    GroupRule.objects.create(region_id=REGION, group=group, kind="town", level=4)
    with pytest.raises(IntegrityError), transaction.atomic():
        GroupRule.objects.create(region_id=REGION, group=group, **values)


def test_a_roster_takes_three_queries(office: User, group: Body, towns: list[Body]) -> None:
    add_members(group=group, members=towns, by=office, at=NOW)
    with CaptureQueriesContext(connection) as captured:
        load_roster(REGION).members(group.pk, DAY)
    assert len(captured) == 3
