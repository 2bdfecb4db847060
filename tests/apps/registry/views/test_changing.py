"""Changing the registry on its pages: nothing typed is lost, and what happens to tasks is shown first."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from luoshi.apps.audit.models import Event
from luoshi.apps.organization.models import Body, BodyAlias, GroupRule, Membership, Succession
from luoshi.apps.organization.operations import add_members, change_body, create_body
from luoshi.apps.plan.models import Plan
from luoshi.apps.plan.operations.matching import match_body
from luoshi.core.credit_code import compose
from tests.apps.factories import NOW, REGION

CODE = compose(authority="11", region=REGION, number="MB000001")
# The seal in the button of the page that asks. Sample: name="seal" value="0123456789abcdef"
SEAL = re.compile(r'name="seal" value="(\w+)"')


@pytest.fixture
def bureau(office: User) -> Body:
    return create_body(region=REGION, name="区教育局", line="government", by=office, at=NOW)


@pytest.fixture
def towns(office: User) -> list[Body]:
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


def form(version: int | str = "", aliases: tuple[dict[str, str], ...] = (), **fields: str) -> dict[str, Any]:
    """What the form of a body sends."""
    data = {"name": "区教育局", "kind": "organ", "line": "government", "version": version, **fields}
    data |= {"alias-TOTAL_FORMS": len(aliases), "alias-INITIAL_FORMS": 0}
    for number, alias in enumerate(aliases):
        data |= {f"alias-{number}-{key}": value for key, value in alias.items()}
    return data


def seal_of(html: str) -> str:
    found = SEAL.search(html)
    assert found is not None, html
    return found[1]


# --- a body ------------------------------------------------------------------------------------------------


def test_a_body_is_registered_with_its_names(desk: Client) -> None:
    aliases = ({"name": "区教委", "kind": "former", "valid_to": "2018-12-31"}, {"name": ""})
    sent = form(aliases=aliases, level="3", credit_code=CODE.lower(), active_from="1984-03-01")
    response = desk.post(reverse("registry:create"), sent)
    made = Body.objects.get()
    assert response["Location"] == reverse("registry:body", args=[made.pk])
    assert (made.level, made.credit_code, made.active_from) == (3, CODE, date(1984, 3, 1))
    assert made.aliases.get().valid_to == date(2018, 12, 31)


def test_a_parent_is_found_by_any_name(desk: Client, bureau: Body) -> None:
    BodyAlias.objects.create(region_id=REGION, body=bureau, name="区教委")
    desk.post(reverse("registry:create"), form(name="区招生办", parent="区教委"))
    assert Body.objects.get(name="区招生办").parent == bureau


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": ""}, "这个字段是必填项"),
        ({"parent": "区教肓局"}, "您要找的是否是“区教育局”"),
        ({"credit_code": CODE[:-1] + "0"}, "末位校验码"),
        ({"active_from": "2025-01-02", "active_to": "2025-01-01"}, "早于起始日期"),
        ({"kind": "衙门"}, "衙门"),
        ({"active_from": "去年"}, "日期"),
    ],
)
def test_what_was_typed_stays_when_refused(
    desk: Client, bureau: Body, fields: dict[str, str], words: str
) -> None:
    sent = form(**{"name": "区招生办", "full_name": "云溪区招生办公室", **fields})
    sent |= {"alias-TOTAL_FORMS": 1, "alias-0-name": "区招办", "alias-0-kind": "alias"}
    response = desk.post(reverse("registry:create"), sent)
    html = response.content.decode()
    assert response.status_code == 422
    assert words in html
    for kept in ("云溪区招生办公室", "区招办", fields.get("parent", ""), fields.get("active_from", "")):
        assert kept in html
    assert Body.objects.count() == 1


def test_a_name_that_is_taken_is_refused(desk: Client, bureau: Body) -> None:
    response = desk.post(reverse("registry:create"), form(full_name="另一个教育局"))
    assert response.status_code == 409
    assert "已经是“区教育局”" in response.content.decode()
    assert "另一个教育局" in response.content.decode()


def test_an_alias_is_changed_and_another_removed(desk: Client, office: User, bureau: Body) -> None:
    for name in ("区教委", "区文教局"):
        BodyAlias.objects.create(region_id=REGION, body=bureau, name=name)
    aliases = ({"name": "区教委", "valid_to": "2018-12-31"}, {"name": "区文教局", "remove": "on"})
    desk.post(reverse("registry:change", args=[bureau.pk]), form(1, aliases))
    assert list(BodyAlias.objects.values_list("name", "valid_to")) == [("区教委", date(2018, 12, 31))]


def test_two_persons_at_once(desk: Client, office: User, bureau: Body) -> None:
    change_body(body=bureau, version=1, full_name="云溪区教育局", by=office, at=NOW)
    address = reverse("registry:change", args=[bureau.pk])
    response = desk.post(address, form(1, short_name="教育局"))
    html = response.content.decode()
    assert response.status_code == 409
    assert "现在的内容" in html
    assert "云溪区教育局" in html
    assert 'value="教育局"' in html
    assert '<input type="hidden" name="version" value="2">' in html
    assert desk.post(address, form(2, short_name="教育局")).status_code == 302
    bureau.refresh_from_db()
    assert (bureau.full_name, bureau.short_name) == ("", "教育局")


def test_saving_nothing_new_writes_nothing(desk: Client, bureau: Body) -> None:
    desk.post(reverse("registry:change", args=[bureau.pk]), form(1))
    assert not Event.objects.filter(type="organization.body.changed").exists()


def test_a_change_that_moves_tasks_is_shown_first(desk: Client, group: Body, towns: list[Body]) -> None:
    address = reverse("registry:change", args=[towns[0].pk])
    sent = form(1, name="柳河镇", kind="town", active_to="2025-12-31")
    html = desk.post(address, sent).content.decode()
    assert "1 份方案中有 <strong>3</strong> 项任务变动" in html
    assert "退出" in html
    towns[0].refresh_from_db()
    assert towns[0].active_to is None
    assert not Event.objects.filter(type="organization.body.changed").exists()
    again = desk.post(address, {**sent, "again": "1"}).content.decode()
    assert 'value="2025-12-31"' in again
    assert desk.post(address, {**sent, "seal": seal_of(html)}).status_code == 302
    towns[0].refresh_from_db()
    assert towns[0].active_to == date(2025, 12, 31)
    assert Event.objects.filter(type="organization.body.changed").count() == 1


def test_effects_that_have_changed_are_shown_again(
    desk: Client, office: User, group: Body, towns: list[Body]
) -> None:
    address = reverse("registry:add-members", args=[group.pk])
    sent = {"members": "石桥镇\n区审计局"}
    create_body(region=REGION, name="区审计局", by=office, at=NOW)
    seal = seal_of(desk.post(address, sent).content.decode())
    add_members(group=group, members=towns[1:], valid_to=date(2020, 1, 1), by=office, at=NOW)
    Membership.objects.filter(valid_to=date(2020, 1, 1)).delete()
    Body.objects.filter(name="区审计局").update(active_to=date(2020, 1, 1))
    html = desk.post(address, {**sent, "seal": seal}).content.decode()
    assert "情况有了变化" in html
    assert Membership.objects.count() == 1
    assert desk.post(address, {**sent, "seal": seal_of(html)}).status_code == 302
    assert Membership.objects.count() == 3


# --- reorganizing ------------------------------------------------------------------------------------------


def reorganized(desk: Client, body: Body, change: str, sent: dict[str, str]) -> str:
    """Ask for a reorganization and confirm it; what was asked."""
    address = reverse("registry:reorganize", args=[body.pk, change])
    html: str = desk.post(address, {**sent, "on": "2026-07-01"}).content.decode()
    assert not Succession.objects.exists()
    response = desk.post(address, {**sent, "on": "2026-07-01", "seal": seal_of(html)})
    assert response.status_code == 302, response.content.decode()
    return html


def test_renaming(desk: Client, bureau: Body) -> None:
    html = reorganized(desk, bureau, "rename", {"name": "区教育和体育局"})
    assert "更名为“区教育和体育局”" in html
    bureau.refresh_from_db()
    assert bureau.name == "区教育和体育局"
    assert bureau.aliases.get().name == "区教育局"


def test_merging_into_a_new_body(desk: Client, office: User, bureau: Body) -> None:
    create_body(region=REGION, name="区体育局", by=office, at=NOW)
    html = reorganized(desk, bureau, "merge", {"others": "区体育局", "name": "区教体局"})
    assert "“区体育局”在 2026年7月1日 的前一天撤销" in html
    assert "“区教体局”自 2026年7月1日 起新设" in html
    assert Body.objects.get(name="区教体局").origins.count() == 2


def test_splitting_and_going_on(desk: Client, bureau: Body) -> None:
    html = reorganized(desk, bureau, "split", {"into": "区教育局、区体育局"})
    assert "“区教育局”继续存在" in html
    bureau.refresh_from_db()
    assert bureau.active_to is None
    assert Body.objects.get(name="区体育局").active_from == date(2026, 7, 1)


def test_replacing_by_a_body_of_the_same_name(desk: Client, bureau: Body) -> None:
    reorganized(desk, bureau, "replace", {"name": "区教育局"})
    assert Body.objects.filter(name="区教育局").count() == 2


@pytest.mark.parametrize(
    ("change", "sent", "status", "words"),
    [
        ("rename", {"name": "柳河镇", "on": "2026-07-01"}, 409, "已经是"),
        ("rename", {"name": "", "on": "2026-07-01"}, 422, "必填"),
        (
            "merge",
            {"others": "区体肓局", "name": "区教体局", "on": "2026-07-01"},
            422,
            "名录中没有“区体肓局”",
        ),
        ("merge", {"others": "区教育局", "name": "区教体局", "on": "2026-07-01"}, 409, "个数"),
        ("split", {"into": "区体育局", "on": "2026-07-01"}, 422, "至少有两个"),
        ("replace", {"name": "区教体局", "on": ""}, 422, "必填"),
    ],
)
def test_reorganizations_that_are_refused(
    desk: Client, bureau: Body, towns: list[Body], change: str, sent: dict[str, str], status: int, words: str
) -> None:
    response = desk.post(reverse("registry:reorganize", args=[bureau.pk, change]), sent)
    assert response.status_code == status
    assert words in response.content.decode()
    assert not Succession.objects.exists()


def test_there_are_four_ways(desk: Client, bureau: Body) -> None:
    assert desk.get(reverse("registry:reorganize", args=[bureau.pk, "abolish"])).status_code == 404


# --- groups ------------------------------------------------------------------------------------------------


def test_members_are_added_after_asking(desk: Client, group: Body) -> None:
    address = reverse("registry:add-members", args=[group.pk])
    sent = {"members": "石桥镇", "valid_from": "2020-01-01"}
    html = desk.post(address, sent).content.decode()
    assert "加入 <strong>3</strong> 处" in html
    assert desk.post(address, {**sent, "seal": seal_of(html)}).status_code == 302
    assert Membership.objects.get(member__name="石桥镇").valid_from == date(2020, 1, 1)


def test_a_member_that_no_task_concerns_is_added_at_once(desk: Client, group: Body) -> None:
    desk.post(
        reverse("registry:add-members", args=[group.pk]), {"members": "石桥镇", "valid_from": "2026-02-01"}
    )
    assert Membership.objects.count() == 2


def test_unknown_members_are_refused_with_what_may_be_meant(desk: Client, group: Body) -> None:
    response = desk.post(reverse("registry:add-members", args=[group.pk]), {"members": "石桥镇、柳河乡镇"})
    assert response.status_code == 422
    assert "您要找的是否是“柳河镇”" in response.content.decode()
    assert Membership.objects.count() == 1


def test_a_member_twice_is_refused(desk: Client, group: Body) -> None:
    response = desk.post(reverse("registry:add-members", args=[group.pk]), {"members": "柳河镇"})
    assert response.status_code == 409
    assert "已是“各镇”的成员" in response.content.decode()


def test_a_member_leaves_or_is_left_out(desk: Client, group: Body) -> None:
    tie = Membership.objects.get()
    address = reverse("registry:membership", args=[group.pk, tie.pk])
    sent = {"valid_to": "2025-12-31"}
    html = desk.post(address, sent).content.decode()
    desk.post(address, {**sent, "seal": seal_of(html)})
    tie.refresh_from_db()
    assert tie.valid_to == date(2025, 12, 31)
    desk.post(address, {"excluded": "1"})
    tie.refresh_from_db()
    assert tie.excluded
    assert desk.post(address, {"valid_from": "2025-02-01", "valid_to": "2025-01-01"}).status_code == 422


def test_a_membership_is_removed_after_asking(desk: Client, group: Body) -> None:
    address = reverse("registry:remove-member", args=[group.pk, Membership.objects.get().pk])
    html = desk.post(address).content.decode()
    assert Membership.objects.count() == 1
    assert desk.post(address, {"again": "1"})["Location"] == reverse("registry:members", args=[group.pk])
    desk.post(address, {"seal": seal_of(html)})
    assert not Membership.objects.exists()


def test_rules_come_and_go(desk: Client, group: Body) -> None:
    address = reverse("registry:add-rule", args=[group.pk])
    html = desk.post(address, {"kind": "town"}).content.decode()
    assert "石桥镇" in html
    desk.post(address, {"kind": "town", "seal": seal_of(html)})
    rule = GroupRule.objects.get()
    assert desk.post(address, {"kind": "town"}).status_code == 409
    assert desk.post(address, {}).status_code == 409
    remove = reverse("registry:remove-rule", args=[group.pk, rule.pk])
    desk.post(remove, {"seal": seal_of(desk.post(remove).content.decode())})
    assert not GroupRule.objects.exists()
