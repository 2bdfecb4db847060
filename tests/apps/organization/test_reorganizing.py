"""Renames, mergers and splits keep history: names, groups and successions by day."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import User

from luoshi.apps.audit.models import Event
from luoshi.apps.organization.models import Body, BodyAlias, Succession
from luoshi.apps.organization.operations import add_members, create_body, reorganize
from luoshi.apps.organization.operations.refusals import BodyNameTaken, CannotReorganize
from luoshi.apps.organization.queries import bodies_by_name, members_of
from luoshi.apps.organization.queries.names import names_of
from tests.apps.factories import NOW, REGION

BEFORE, DAY, AFTER = date(2024, 6, 30), date(2024, 7, 1), date(2024, 7, 2)


def made(office: User, name: str, **values: object) -> Body:
    return create_body(region=REGION, name=name, line="government", by=office, at=NOW, **values)


def group_of(office: User, *members: Body) -> Body:
    group = create_body(region=REGION, name="区直各部门", collective=True, by=office, at=NOW)
    add_members(group=group, members=members, by=office, at=NOW)
    return group


def names(bodies: list[Body]) -> list[str]:
    return [body.name for body in bodies]


def test_a_renamed_body_stays_itself(office: User) -> None:
    body = made(office, "区信息化办", active_from=date(2015, 1, 1))
    group = group_of(office, body)
    (renamed,) = reorganize(
        change="rename", predecessors=[body], successors=["区数据局"], on=DAY, by=office, at=NOW
    )
    assert renamed == body
    assert [(name.text, name.kind, name.valid.start, name.valid.end) for name in names_of(renamed)] == [
        ("区数据局", "name", DAY, None),
        ("区信息化办", "former", date(2015, 1, 1), BEFORE),
    ]
    assert members_of(group, at=BEFORE) == members_of(group, at=AFTER) == [body]
    assert bodies_by_name(REGION)["区信息化办"] == bodies_by_name(REGION)["区数据局"] == body
    assert "区信息化办" not in bodies_by_name(REGION, DAY)
    # The old name is free from that day on, and not before.
    with pytest.raises(BodyNameTaken):
        made(office, "区信息化办", active_from=BEFORE)
    assert made(office, "区信息化办", active_from=DAY) != body


def test_a_second_rename_follows_the_first(office: User) -> None:
    body = made(office, "甲办")
    reorganize(change="rename", predecessors=[body], successors=["乙办"], on=DAY, by=office, at=NOW)
    later = date(2025, 1, 1)
    reorganize(change="rename", predecessors=[body], successors=["丙办"], on=later, by=office, at=NOW)
    formers = BodyAlias.objects.filter(body=body).order_by("valid_to")
    assert [(row.name, row.valid_from, row.valid_to) for row in formers] == [
        ("甲办", None, BEFORE),
        ("乙办", DAY, date(2024, 12, 31)),
    ]
    # Back to the first name: the alias of then stays, the name of now is the same.
    reorganize(
        change="rename", predecessors=[body], successors=["甲办"], on=date(2026, 1, 1), by=office, at=NOW
    )
    assert bodies_by_name(REGION)["甲办"] == body


def test_merged_bodies_end_and_their_successor_takes_their_places(office: User) -> None:
    education, sports = made(office, "区教育局"), made(office, "区体育局")
    group = group_of(office, education, sports)
    (merged,) = reorganize(
        change="merge", predecessors=[education, sports], successors=["区教体局"], on=DAY, by=office, at=NOW
    )
    assert names(members_of(group, at=BEFORE)) == ["区体育局", "区教育局"]
    assert names(members_of(group, at=DAY)) == ["区教体局"]
    assert merged.line == "government"
    assert merged.active_from == DAY
    education.refresh_from_db()
    assert education.active_to == BEFORE
    assert list(Succession.objects.values_list("predecessor__name", "kind").order_by("pk")) == [
        ("区教育局", "merge"),
        ("区体育局", "merge"),
    ]
    told = Event.objects.get(type="organization.body.reorganized").detail
    assert told["predecessors"] == ["区教育局", "区体育局"]
    assert told["successors"] == ["区教体局"]


def test_a_body_may_take_another_in(office: User) -> None:
    big, small = made(office, "区农业农村局"), made(office, "区畜牧局")
    group = group_of(office, big, small)
    assert reorganize(
        change="merge", predecessors=[big, small], successors=[big], on=DAY, by=office, at=NOW
    ) == [big]
    big.refresh_from_db()
    assert big.active_to is None
    assert names(members_of(group, at=DAY)) == ["区农业农村局"]


def test_a_split_body_may_go_on(office: User) -> None:
    body = made(office, "区教体局")
    group = group_of(office, body)
    new = reorganize(
        change="split", predecessors=[body], successors=[body, "区体育局"], on=DAY, by=office, at=NOW
    )
    assert names(new) == ["区教体局", "区体育局"]
    assert names(members_of(group, at=BEFORE)) == ["区教体局"]
    assert names(members_of(group, at=DAY)) == ["区体育局", "区教体局"]


def test_a_successor_may_bear_the_same_name(office: User) -> None:
    body = made(office, "区司法局")
    (new,) = reorganize(
        change="replace", predecessors=[body], successors=["区司法局"], on=DAY, by=office, at=NOW
    )
    assert new != body
    assert bodies_by_name(REGION)["区司法局"] == new
    assert bodies_by_name(REGION, BEFORE)["区司法局"] == body


@pytest.mark.parametrize(
    ("change", "old", "new"),
    [
        ("rename", ["甲", "乙"], ["丙"]),
        ("merge", ["甲"], ["丙"]),
        ("split", ["甲"], ["丙"]),
        ("replace", ["甲"], ["丙", "丁"]),
    ],
)
def test_numbers_must_fit(office: User, change: str, old: list[str], new: list[str]) -> None:
    bodies = [made(office, name) for name in old]
    with pytest.raises(CannotReorganize):
        reorganize(change=change, predecessors=bodies, successors=new, on=DAY, by=office, at=NOW)
    assert not Succession.objects.exists()


def test_what_has_ended_is_not_reorganized(office: User) -> None:
    gone = made(office, "旧局", active_to=date(2020, 1, 1))
    with pytest.raises(CannotReorganize) as caught:
        reorganize(change="rename", predecessors=[gone], successors=["新局"], on=DAY, by=office, at=NOW)
    assert "2024-07-01" in caught.value.message("en")
