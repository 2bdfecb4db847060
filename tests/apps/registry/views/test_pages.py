"""Every page of the registry: who may see it, what it says, and how much it asks of the database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luoshi.apps.organization.models import Body, BodyAlias, GroupRule, Membership, Role
from luoshi.apps.organization.operations import create_body, grant, reorganize
from luoshi.apps.plan.models import Plan, TaskBody
from luoshi.apps.registry.models import Upload
from luoshi.core.credit_code import compose
from tests.apps import factories
from tests.apps.factories import NOW, REGION

MOST_QUERIES = 30
CODE = compose(authority="11", region=REGION, number="MB000001")


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


def addresses(bodies: dict[str, Body], upload: Upload | None = None) -> dict[str, str]:
    """Every page that is read."""
    group = bodies["各镇"].pk
    tie = Membership.objects.filter(group=group).first()
    return {
        "list": reverse("registry:list"),
        "groups": reverse("registry:groups"),
        "body": reverse("registry:body", args=[bodies["区民政局"].pk]),
        "members": reverse("registry:members", args=[group]),
        "workbook": reverse("registry:workbook"),
        "create": reverse("registry:create"),
        "change": reverse("registry:change", args=[bodies["区民政局"].pk]),
        **{
            change: reverse("registry:reorganize", args=[bodies["区民政局"].pk, change])
            for change in ("rename", "merge", "split", "replace")
        },
        "add-members": reverse("registry:add-members", args=[group]),
        "membership": reverse("registry:membership", args=[group, tie.pk if tie else 0]),
        "add-rule": reverse("registry:add-rule", args=[group]),
        "import": reverse("registry:import"),
    }


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


def test_readers_are_offered_nothing_to_change(client: Client, bodies: dict[str, Body]) -> None:
    client.force_login(_grant("viewer", bodies))
    for page in READ[:4]:
        html = client.get(addresses(bodies)[page]).content.decode()
        for words in ("登记单位", "机构调整", "整表导入导出", "添加"):
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


# --- what they say -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("民政", {"区民政局"}),
        ("云溪区民政局", {"区民政局"}),
        ("老龄局", {"区民政局"}),
        (CODE[:12].lower(), {"区民政局"}),
        ("镇", {"各镇", "柳河镇", "石桥镇"}),
        ("柳河 镇", {"柳河镇"}),
        ("天文", set()),
    ],
)
def test_search_by_any_name_or_code(
    desk: Client, bodies: dict[str, Body], words: str, expected: set[str]
) -> None:
    page = desk.get(reverse("registry:list"), {"q": words}).context["page"]
    assert {body.name for body in page} == expected


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"kind": "town"}, {"柳河镇", "石桥镇"}),
        ({"line": "government"}, {"区民政局"}),
        ({"level": "3"}, {"区民政局"}),
        ({"state": "ended"}, {"区老龄办"}),
        ({"kind": "no-such-kind", "state": "ended"}, {"区老龄办"}),
    ],
)
def test_filters(desk: Client, bodies: dict[str, Body], wanted: dict[str, str], expected: set[str]) -> None:
    page = desk.get(reverse("registry:list"), wanted).context["page"]
    assert {body.name for body in page} == expected


@pytest.mark.parametrize("sort", ["name", "kind", "level", "tasks"])
def test_every_order_lists_all(desk: Client, bodies: dict[str, Body], sort: str) -> None:
    page = desk.get(reverse("registry:list"), {"sort": sort, "state": "all"}).context["page"]
    assert page.paginator.count == len(list(page)) == 6


def test_an_empty_registry_invites(desk: Client) -> None:
    assert "名录还是空的" in desk.get(reverse("registry:list")).content.decode()
    assert "还没有分组" in desk.get(reverse("registry:groups")).content.decode()


@pytest.mark.parametrize("page", ["list", "groups", "members"])
def test_lists_go_out_as_workbooks(
    desk: Client, bodies: dict[str, Body], page: str, sheet: Callable[[bytes], list[list[str]]]
) -> None:
    response = desk.get(addresses(bodies)[page], {"format": "xlsx"})
    rows = sheet(response.content)
    counted = desk.get(addresses(bodies)[page]).context["page"].paginator.count
    assert len(rows) == counted + 1


@pytest.fixture
def sheet() -> Callable[[bytes], list[list[str]]]:
    """The texts of the first sheet of a workbook, row by row."""
    from luoshi.core.document import xlsx
    from luoshi.core.document.limits import Limits
    from luoshi.core.document.model import RawTable

    def rows(content: bytes) -> list[list[str]]:
        table = xlsx.read(content, file="a.xlsx", limits=Limits()).pieces[0]
        assert isinstance(table, RawTable)
        found: dict[int, list[str]] = {}
        for cell in table.cells:
            found.setdefault(cell.row, []).append("".join(piece.text for piece in cell.pieces))
        return [found[row] for row in sorted(found)]

    return rows


def test_a_body_tells_its_plans_and_tasks(
    desk: Client, office: User, plan: Plan, bodies: dict[str, Body]
) -> None:
    TaskBody.objects.filter(task__plan=plan, name="区民政局").update(body=bodies["区民政局"])
    TaskBody.objects.filter(task__plan=plan, name="各镇").update(body=bodies["各镇"])
    context = desk.get(addresses(bodies)["body"]).context
    (row,) = context["plans"]
    assert (row.plan, row.leads, row.responsibles, dict(row.through)) == (plan, 3, 0, {})
    assert context["page"].paginator.count == 3
    (row,) = desk.get(reverse("registry:body", args=[bodies["柳河镇"].pk])).context["plans"]
    assert (row.leads, row.responsibles, dict(row.through)) == (0, 0, {"各镇": 3})


def test_history_is_told(desk: Client, office: User, bodies: dict[str, Body]) -> None:
    bureau = bodies["区民政局"]
    for change, new, day in (
        ("rename", ["区民政和老龄工作局"], date(2024, 7, 1)),
        ("split", ["区民政局", "区老龄局"], date(2025, 7, 1)),
    ):
        reorganize(change=change, predecessors=[bureau], successors=new, on=day, by=office, at=NOW)
    html = desk.get(reverse("registry:body", args=[bureau.pk])).content.decode()
    assert "“区民政局”用到这一天" in html
    assert "后继" in html
    assert "2024年6月30日" in html
    successor = Body.objects.get(name="区老龄局")
    assert [
        one.what for one in desk.get(reverse("registry:body", args=[successor.pk])).context["history"]
    ] == [
        "from",
        "begin",
    ]


def test_members_as_of_a_day(desk: Client, bodies: dict[str, Body]) -> None:
    GroupRule.objects.all().delete()
    address = addresses(bodies)["members"]
    names = {
        day: [one.body.name for one in desk.get(address, {"on": day}).context["page"]]
        for day in ("2019-12-31", "2020-01-01")
    }
    assert names == {"2019-12-31": [], "2020-01-01": ["柳河镇"]}
    assert desk.get(address, {"on": "不是日期"}).status_code == 200


def test_how_members_come_in_is_told(desk: Client, bodies: dict[str, Body]) -> None:
    outer = Body.objects.create(region_id=REGION, name="镇街", kind="group")
    Membership.objects.create(region_id=REGION, group=outer, member=bodies["各镇"])
    Membership.objects.create(region_id=REGION, group=outer, member=bodies["区民政局"])
    GroupRule.objects.create(region_id=REGION, group=outer, kind="institution")
    page = desk.get(reverse("registry:members", args=[outer.pk])).context["page"]
    assert {(one.body.name, one.how, one.through) for one in page} == {
        ("柳河镇", "through", "各镇"),
        ("区民政局", "named", ""),
        ("区殡葬所", "rule", ""),
    }


def test_a_body_without_members_has_no_such_page(desk: Client, bodies: dict[str, Body]) -> None:
    assert desk.get(reverse("registry:members", args=[bodies["区民政局"].pk])).status_code == 404
