"""What the pages of bodies and groups say, and how they are searched and narrowed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from luoshi.apps.organization.models import Body, GroupRule, Membership
from luoshi.apps.organization.operations import reorganize
from luoshi.apps.plan.models import Plan, TaskBody
from luoshi.core.credit_code import compose
from luoshi.core.document import xlsx
from luoshi.core.document.limits import Limits
from luoshi.core.document.model import RawTable
from tests.apps.factories import NOW, REGION
from tests.apps.registry.pages import addresses

CODE = compose(authority="11", region=REGION, number="MB000001")


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
