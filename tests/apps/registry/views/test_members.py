"""Members and rules on the page of a group."""

from __future__ import annotations

from datetime import date

from django.test import Client
from django.urls import reverse

from luoshi.apps.organization.models import Body, GroupRule, Membership
from tests.apps.registry.asking import seal_of


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
