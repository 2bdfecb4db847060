"""Linked tasks, texts from above and the level above, through the API."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User

from luoshi.apps.alignment.models import Link
from luoshi.apps.organization.models import Region
from luoshi.apps.organization.operations import ensure_region, place_region
from luoshi.apps.plan.models import Plan
from tests.apps import factories
from tests.apps.alignment.factories import OPENS, WORDS, Twins, twins
from tests.apps.alignment.views.test_comparisons import UPSTREAM
from tests.apps.api.calling import Caller, problem, program
from tests.apps.work.factories import NOW, REGION, morning

pytestmark = pytest.mark.django_db
CITY = "990100"


@pytest.fixture
def made(office: User, plan: Plan) -> tuple[Caller, dict[str, Any]]:
    """A comparison, and the program of the office."""
    caller = program(office, "office")
    sent = caller.send(f"/plans/{plan.pk}/comparisons", "市实施意见.txt", UPSTREAM.encode(), "document")
    return caller, sent


def test_a_text_from_above_is_compared(made: tuple[Caller, dict[str, Any]], plan: Plan) -> None:
    caller, sent = made
    path = f"/comparisons/{sent['id']}"
    assert caller.get(f"/plans/{plan.pk}/comparisons")["items"][0]["clause_count"] == 2
    whole = caller.get(path)
    for side in ("clauses", "tasks"):
        for standing, number in whole[side].items():
            assert caller.get(f"{path}/{side}?standing={standing}")["count"] == number
    assert whole["clauses"]["missing"] == 1
    assert caller.get(f"{path}/pairs")["count"] > 0
    caller.do(path, method="DELETE")
    problem(caller("GET", path), 404, "api-not-there")


def test_pairs_are_settled_by_who_saw_them_last(made: tuple[Caller, dict[str, Any]]) -> None:
    caller, sent = made
    pair = caller.get(f"/comparisons/{sent['id']}/pairs?size=1")["items"][0]
    path = f"/pairs/{pair['id']}"
    problem(caller("POST", f"{path}/confirm", {}), 428, "api-version-missing")
    assert caller.do(f"{path}/confirm", If_Match='"1"')["state"] == "confirmed"
    told = problem(caller("POST", f"{path}/refuse", {}, If_Match='"1"'), 412, "alignment-settled-meanwhile")
    assert told["present"]["state"] == "confirmed"
    assert caller.do(f"{path}/reopen", If_Match='"2"')["state"] == "suggested"


def test_a_clause_gets_a_task_by_hand_or_needs_none(made: tuple[Caller, dict[str, Any]], plan: Plan) -> None:
    caller, sent = made
    clause = caller.get(f"/comparisons/{sent['id']}/clauses?standing=missing")["items"][0]
    path = f"/clauses/{clause['id']}"
    etag = caller("GET", path)["ETag"]
    marked = caller.do(f"{path}/needless", {"reason": "由市级办理"}, "PUT", If_Match=etag)
    assert (marked["needless"], marked["standing"]) == ("由市级办理", "needless")
    told = problem(
        caller("PUT", f"{path}/needless", {"reason": "别的"}, If_Match=etag),
        412,
        "alignment-settled-meanwhile",
    )
    assert told["present"]["needless"] == "由市级办理"
    assert caller.do(f"{path}/needless", method="DELETE", If_Match='"2"')["needless"] == ""
    task = plan.tasks.order_by("-position")[0]
    made_pair = caller.do(f"{path}/pairs", {"task": task.pk})
    assert (made_pair["by_hand"], made_pair["state"]) == (True, "confirmed")
    assert caller.get(f"{path}/pairs")["items"][0]["task_id"] == task.pk
    assert caller.do(f"/pairs/{made_pair['id']}/reopen", If_Match=f'"{made_pair["version"]}"') is None


def test_duties_in_two_plans_are_found_and_linked() -> None:
    both = twins()
    caller = program(both.world.office, "office")
    found = caller.do("/links/find")
    assert found["new"] == found["waiting"] == caller.get("/links?state=suggested")["count"] > 0
    link = caller.get("/links")["items"][0]
    assert caller.do(f"/links/{link['id']}/confirm", If_Match='"1"')["state"] == "confirmed"
    problem(
        caller("POST", f"/links/{link['id']}/refuse", {}, If_Match='"1"'), 412, "alignment-settled-meanwhile"
    )
    first, other = both.world.tasks[2], both.tasks[1]
    assert other.pk in {one["id"] for one in caller.get(f"/tasks/{first.pk}/linkable")["items"]}
    made = caller.do(f"/tasks/{first.pk}/links", {"other": other.pk})
    assert made["by_hand"] is True
    problem(
        caller("POST", f"/tasks/{first.pk}/links", {"other": both.world.tasks[0].pk}),
        409,
        "alignment-same-plan",
    )
    assert Link.objects.get(pk=made["id"]).state == "confirmed"


@pytest.fixture
def below() -> Twins:
    """A district at work beneath a city."""
    both = twins()
    city = ensure_region(code=CITY, name="澄江市", level=2, by=None, at=NOW)
    place_region(region=Region.objects.get(pk=REGION), parent=city, by=both.world.office, at=NOW)
    return both


def test_the_level_above_sees_what_is_out_and_accepted(
    below: Twins, django_assert_max_num_queries: Any
) -> None:
    city = program(factories.office("city", CITY), "read")
    assert city.get("/above")["items"][0]["plans"] == 2
    row = city.get(f"/above/regions/{CITY}")["items"][0]
    assert (row["code"], row["plans"]) == (REGION, 2)
    plans = city.get(f"/above/regions/{REGION}/plans")["items"]
    plan = next(one for one in plans if one["id"] == below.world.plan.pk)
    tasks = city.get(f"/above/plans/{plan['id']}/tasks")
    assert tasks["count"] == sum(plan["tally"].values())
    below.world.advance(OPENS)
    below.accepted(below.world.occurrence(1, "青山镇"), morning(2026, 3, 20))
    below.report(below.world.occurrence(1, "区教育局"), OPENS)
    path = f"/above/tasks/{below.world.tasks[0].pk}"
    assert {one["light"] for one in city.get(path)["items"]}
    with django_assert_max_num_queries(16):
        words = city.get(f"{path}/accepted")["items"]
    assert [one["values"]["progress"] for one in words] == [WORDS["progress"]]
    # Being above is no role beneath.
    problem(city("GET", f"/plans/{plan['id']}"), 403, "api-not-allowed")
    neighbour = program(factories.office("neighbour", "990103"), "read")
    problem(neighbour("GET", f"/above/plans/{plan['id']}/tasks"), 403, "api-not-allowed")
    problem(neighbour("GET", f"/above/regions/{REGION}"), 403, "api-not-allowed")


@pytest.mark.parametrize("path", ["/links", "/links?state=suggested&q=服务"])
def test_lists_cost_the_same_however_long(path: str, django_assert_max_num_queries: Any) -> None:
    both = twins()
    caller = program(both.world.office, "office")
    caller.do("/links/find")
    with django_assert_max_num_queries(9):
        caller.get(f"{path}{'&' if '?' in path else '?'}size=200")
