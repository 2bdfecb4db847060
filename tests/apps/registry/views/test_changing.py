"""Changing a body: nothing typed is lost, and what happens to tasks is shown first."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from luoshi.apps.audit.models import Event
from luoshi.apps.organization.models import Body, BodyAlias, Membership
from luoshi.apps.organization.operations import add_members, change_body, create_body
from luoshi.core.credit_code import compose
from tests.apps.factories import NOW, REGION
from tests.apps.registry.asking import seal_of

CODE = compose(authority="11", region=REGION, number="MB000001")


def form(version: int | str = "", aliases: tuple[dict[str, str], ...] = (), **fields: str) -> dict[str, Any]:
    """What the form of a body sends."""
    data = {"name": "区教育局", "kind": "organ", "line": "government", "version": version, **fields}
    data |= {"alias-TOTAL_FORMS": len(aliases), "alias-INITIAL_FORMS": 0}
    for number, alias in enumerate(aliases):
        data |= {f"alias-{number}-{key}": value for key, value in alias.items()}
    return data


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
