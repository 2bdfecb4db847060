"""Every page of the registry: who may see it, what it says, and how much it asks of the database."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luoshi.apps.organization.models import Body, BodyAlias, GroupRule, Membership, Role
from luoshi.apps.organization.operations import grant
from luoshi.apps.plan.models import Plan, TaskBody
from luoshi.core.credit_code import compose
from tests.apps import factories
from tests.apps.factories import NOW, REGION
from tests.apps.registry.pages import addresses

MOST_QUERIES = 30
CODE = compose(authority="11", region=REGION, number="MB000001")


READ = ("list", "groups", "body", "members", "workbook")
WRITE = (
    "create",
    "change",
    "rename",
    "merge",
    "split",
    "replace",
    "add-members",
    "membership",
    "add-rule",
    "import",
)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("page", [*READ, *WRITE])
def test_page_stands(desk: Client, bodies: dict[str, Body], page: str, language: str) -> None:
    desk.cookies["django_language"] = language
    response = desk.get(addresses(bodies)[page])
    assert response.status_code == 200
    if page != "workbook":
        assert ('<html lang="en"' in response.content.decode()) == (language == "en")


# --- who may -----------------------------------------------------------------------------------------------


def _grant(role: str, bodies: dict[str, Body]) -> User:
    user = User.objects.create_user(f"the-{role}")
    of_body = role in (Role.Name.LIAISON, Role.Name.HEAD)
    body = bodies["区民政局"] if of_body else None
    grant(user=user, region=factories.region(), role=role, body=body, by=None, at=NOW)
    return user


@pytest.mark.parametrize("page", [*READ, *WRITE])
@pytest.mark.parametrize(
    ("role", "reads", "writes"),
    [
        ("office", True, True),
        ("viewer", True, False),
        ("liaison", True, False),
        ("head", True, False),
        ("reviewer", False, False),
    ],
)
def test_each_role_has_its_pages(
    client: Client, bodies: dict[str, Body], role: str, page: str, *, reads: bool, writes: bool
) -> None:
    client.force_login(_grant(role, bodies))
    allowed = reads if page in READ else writes
    assert client.get(addresses(bodies)[page]).status_code == (200 if allowed else 403)


@pytest.mark.parametrize("page", ["body", "members", "change", "rename", "add-members", "add-rule"])
def test_other_districts_see_nothing(client: Client, bodies: dict[str, Body], page: str) -> None:
    client.force_login(factories.user_with("stranger", "office", code="990103"))
    assert client.get(addresses(bodies)[page]).status_code == 403


def test_lists_show_own_district_only(client: Client, bodies: dict[str, Body]) -> None:
    client.force_login(factories.user_with("stranger", "office", code="990103"))
    assert "区民政局" not in client.get(reverse("registry:list")).content.decode()
    assert client.get(reverse("registry:workbook"), {"region": REGION}).status_code == 403


def test_an_office_of_two_districts_chooses(client: Client, bodies: dict[str, Body]) -> None:
    user = factories.user_with("both", "office")
    grant(user=user, region=factories.region("990103", "青石区"), role="office", by=None, at=NOW)
    client.force_login(user)
    for page in ("create", "import"):
        assert "青石区" in client.get(addresses(bodies)[page]).content.decode()
    sent = {"name": "区教育局", "kind": "organ", "line": "government", "region": "990103"}
    client.post(addresses(bodies)["create"], {**sent, "alias-TOTAL_FORMS": 0, "alias-INITIAL_FORMS": 0})
    assert Body.objects.get(name="区教育局").region_id == "990103"
    assert client.get(reverse("registry:workbook"), {"region": "990103"}).status_code == 200


def test_readers_are_offered_nothing_to_change(client: Client, bodies: dict[str, Body]) -> None:
    client.force_login(_grant("viewer", bodies))
    for page in READ[:4]:
        html = client.get(addresses(bodies)[page]).content.decode()
        for words in ("登记新单位", "机构调整", "整表导入导出", "添加"):
            assert words not in html, (page, words)


def test_the_navigation_leads_here(client: Client, bodies: dict[str, Body]) -> None:
    client.force_login(_grant("viewer", bodies))
    assert f'href="{reverse("registry:list")}"' in client.get(reverse("interface:help")).content.decode()
    client.force_login(_grant("reviewer", bodies))
    assert f'href="{reverse("registry:list")}"' not in client.get(reverse("interface:help")).content.decode()


# --- how much they ask -------------------------------------------------------------------------------------


def _grow(bodies: dict[str, Body], plan: Plan, office: User, number: int) -> None:
    """Many of everything."""
    bureau, group = bodies["区民政局"], bodies["各镇"]
    for n in range(number):
        town = Body.objects.create(region_id=REGION, name=f"{number}第{n}镇", kind="town", parent=bureau)
        Membership.objects.create(region_id=REGION, group=group, member=town)
        own = Body.objects.create(region_id=REGION, name=f"{number}统称{n}", kind="group")
        Membership.objects.create(region_id=REGION, group=own, member=bureau)
        GroupRule.objects.create(region_id=REGION, group=own, kind="town")
        BodyAlias.objects.create(region_id=REGION, body=bureau, name=f"{number}别名{n}")
    TaskBody.objects.filter(task__plan=plan, name="区民政局").update(body=bureau)
    TaskBody.objects.filter(task__plan=plan, name="各镇").update(body=group)


@pytest.mark.parametrize("page", [*READ, "change", "add-members", "merge"])
def test_queries_do_not_grow(desk: Client, office: User, bodies: dict[str, Body], page: str) -> None:
    counts = []
    for number in (2, 30):
        plan = factories.stored_plan(tasks=number, by=office, name=f"{number}.txt")
        _grow(bodies, plan, office, number)
        desk.get(addresses(bodies)[page])
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(addresses(bodies)[page]).status_code == 200
        counts.append(len(captured))
    assert counts[1] <= MOST_QUERIES
    assert counts[1] <= counts[0] + 1, "more bodies must not ask more often"
