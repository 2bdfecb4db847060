"""Reorganizing bodies on the page: always asked first."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from luoshi.apps.organization.models import Body, Succession
from luoshi.apps.organization.operations import create_body
from tests.apps.factories import NOW, REGION
from tests.apps.registry.asking import seal_of


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
