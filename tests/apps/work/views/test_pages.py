"""Every page that shows the work: it opens, it counts what it lists, and it asks no more for more rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from luoshi.apps.organization.models import Body
from luoshi.apps.plan.models import Plan, Task
from luoshi.apps.work.models import Assignment, Occurrence
from luoshi.apps.work.queries.standing import tally, with_lights
from luoshi.core.document import xlsx
from luoshi.core.document.limits import Limits
from luoshi.core.document.model import RawTable
from luoshi.core.work.lights import Light
from tests.apps.work import rows

MOST = 25
PLAN_PAGES = ("work:map", "work:matrix")
PAGES = ("work:desk", "work:calendar", "work:burden")
Queries = Callable[[int], Any]


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is 28 September 2026."""
    monkeypatch.setattr(timezone, "now", lambda: rows.at(rows.TODAY))


def at_work(office: User, tasks: int = 4, bodies: int = 3, chapters: int = 2) -> Plan:
    """An issued plan in which every body has a part in every task."""
    plan = rows.plan_of(tasks, office, chapters)
    rows.spread(rows.issued(plan, office), rows.bodies(bodies))
    return plan


def addresses(plan: Plan) -> list[str]:
    """Every page about a plan and about the work as a whole."""
    task, body = Task.objects.filter(plan=plan).earliest("position"), Body.objects.earliest("pk")
    parts = ("bodies", "reports", "changes", "evidence", "history")
    return [
        *(reverse(name) for name in PAGES),
        *(reverse(name, args=[plan.pk]) for name in PLAN_PAGES),
        *(f"{reverse('work:task', args=[plan.pk, task.pk])}?part={part}" for part in parts),
        reverse("work:body", args=[plan.pk, body.pk]),
        f"{reverse('work:calendar')}?period=2026Q3",
        *(
            reverse("work:desk-list", args=[kind])
            for kind in ("accept", "grant", "adjust", "unsigned", "overdue")
        ),
    ]


@pytest.mark.parametrize("size", [(2, 1, 1), (40, 30, 5)], ids=["small", "large"])
def test_no_page_asks_more_for_more(
    desk: Client, office: User, size: tuple[int, int, int], django_assert_max_num_queries: Queries
) -> None:
    plan = at_work(office, *size)
    for address in addresses(plan):
        with django_assert_max_num_queries(MOST):
            assert desk.get(address).status_code == 200, address


def test_a_body_sees_the_same_pages_in_as_few_queries(
    client: Client, office: User, django_assert_max_num_queries: Queries
) -> None:
    plan = at_work(office, 30, 4)
    client.force_login(rows.person("lin", Body.objects.earliest("pk"), "head"))
    kinds = ("returned", "sign", "report", "cosign", "approve", "endorse")
    own = [reverse("work:desk-list", args=[kind]) for kind in kinds]
    for address in [*addresses(plan)[:-5], *own]:
        with django_assert_max_num_queries(MOST):
            assert client.get(address).status_code == 200, address


def test_who_has_no_role_sees_nothing(client: Client, office: User) -> None:
    plan = at_work(office)
    client.force_login(rows.User.objects.create_user("nobody"))

    assert {client.get(address).status_code for address in addresses(plan)} == {403}


def test_a_plan_that_is_not_issued_says_so(desk: Client, office: User) -> None:
    plan = rows.plan_of(2, office)

    for name in PLAN_PAGES:
        assert "还没有交办" in desk.get(reverse(name, args=[plan.pk])).text


def test_the_map_lists_as_many_tasks_as_its_numbers_say(desk: Client, office: User) -> None:
    plan = at_work(office, 30, 6)
    address = reverse("work:map", args=[plan.pk])
    counted = tally(with_lights(Task.objects.filter(plan=plan), rows.TODAY))

    assert desk.get(address).context["tally"] == counted
    for light in Light:
        page = desk.get(address, {"light": light.value}).context["page"]
        assert page.paginator.count == counted.count(light)


def test_the_map_filters_by_body_chapter_and_words(desk: Client, office: User) -> None:
    plan = at_work(office, 6, 2)
    alone = Body.objects.create(region_id=plan.region_id, name="云溪区档案馆")
    task = Task.objects.filter(plan=plan).latest("position")
    rows.assignment(rows.issued(plan, office), task, alone, None)
    address = reverse("work:map", args=[plan.pk])

    for given in ({"body": alone.pk}, {"q": "档案"}, {"q": task.title}):
        found = desk.get(address, given).context["page"]
        assert [one.pk for one in found] == [task.pk]
    assert desk.get(address, {"chapter": task.section_id}).context["page"].paginator.count == 3


def test_the_matrix_pages_by_bodies_and_folds_chapters(desk: Client, office: User) -> None:
    plan = at_work(office, 8, 25, 2)
    address = reverse("work:matrix", args=[plan.pk])
    first = desk.get(address)
    second = desk.get(address, {"page": 2, "rows": 1})

    assert [len(first.context["rows"]), len(second.context["rows"])] == [20, 5]
    assert len(first.context["columns"]) == 8
    assert "<html" not in second.text
    assert len(desk.get(address, {"whole": 1}).context["rows"]) == 25
    chapter = first.context["blocks"][0][0].key
    folded = desk.get(address, {"fold": chapter})
    assert len(folded.context["columns"]) == 5
    for row, whole in zip(folded.context["rows"], first.context["rows"], strict=True):
        assert row.tally == whole.tally


def test_a_wide_matrix_begins_folded(desk: Client, office: User) -> None:
    plan = at_work(office, 200, 1, 4)
    shown = desk.get(reverse("work:matrix", args=[plan.pk])).context

    assert [block.folded for block, _ in shown["blocks"]] == [False, False, False, True]


def sheet(client: Client, address: str, **given: Any) -> list[list[str]]:
    """The rows of a workbook that a page offers."""
    content = client.get(address, {"format": "xlsx", **given}).content
    (table,) = xlsx.read(content, file="清单.xlsx", limits=Limits()).pieces
    assert isinstance(table, RawTable)
    found: dict[int, dict[int, str]] = {}
    for cell in table.cells:
        found.setdefault(cell.row, {})[cell.column] = "".join(piece.text for piece in cell.pieces)
    return [[row.get(n, "") for n in range(table.columns)] for _, row in sorted(found.items())]


def test_every_list_can_be_taken_away_whole(desk: Client, office: User) -> None:
    plan = at_work(office, 12, 4)
    lights = Assignment.objects.filter(issue__plan=plan).count()

    assert len(sheet(desk, reverse("work:map", args=[plan.pk]))) == 1 + 12
    matrix = sheet(desk, reverse("work:matrix", args=[plan.pk]))
    assert len(matrix) == 1 + 4
    assert sum(int(number) for row in matrix[1:] for number in row[1:6]) == lights
    body = Body.objects.earliest("pk")
    assert len(sheet(desk, reverse("work:body", args=[plan.pk, body.pk]))) == 1 + 12
    september = Occurrence.objects.filter(due__range=("2026-09-01", "2026-09-30")).count()
    assert len(sheet(desk, reverse("work:calendar"))) == 1 + september
    overdue = desk.get(reverse("work:desk-list", args=["overdue"])).context["page"].paginator.count
    assert len(sheet(desk, reverse("work:desk-list", args=["overdue"]))) == 1 + overdue
