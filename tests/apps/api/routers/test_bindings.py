"""What a plan is bound to by tokens: found, listed, settled by the office, and the numbers that follow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import override_settings
from django.utils import timezone

from luoshi.apps.binding.models import Binding
from luoshi.apps.binding.queries.listing import certain_of
from tests.apps import factories
from tests.apps.api.calling import Caller, problem, program
from tests.apps.binding.factories import NOW, World, confirmed_plan, suggested

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """It is the day of the factories, and tokens live on."""
    with override_settings(LUOSHI_API_CALLS=10_000):
        monkeypatch.setattr(timezone, "now", lambda: NOW)
        yield


@pytest.fixture
def world() -> World:
    """The plan with its suggestions."""
    return suggested()


@pytest.fixture
def office(world: World) -> Caller:
    """The program of the office."""
    return program(world.office, "office")


def _list(world: World, part: str = "") -> str:
    return f"/plans/{world.plan.pk}/bindings{part}"


def test_what_is_found_is_listed_with_its_words(world: World, office: Caller) -> None:
    Binding.objects.all().delete()
    found = office.do(_list(world, "/find"))
    assert found["new"] == found["waiting"] == Binding.objects.count() > 0
    told = office.get(_list(world, "?size=200"))
    assert told["count"] == found["new"]
    one = next(one for one in told["items"] if one["mechanism"] == "culture-venues" and not one["part"])
    assert (one["kind"], one["state"], one["certain"]) == ("mechanism", "suggested", True)
    text = world.task("1").text
    assert all(text[word["start"] : word["end"]] == word["word"] for word in one["words"])
    assert one["label"]["en"] != one["label"]["zh"]


def test_a_list_is_narrowed_as_on_its_page(world: World, office: Caller) -> None:
    world.confirm("mechanism", "culture-venues")

    def found(asked: str) -> set[tuple[str, str]]:
        return {(one["mechanism"], one["kind"]) for one in office.get(_list(world, f"?{asked}"))["items"]}

    assert found("state=confirmed") == {("culture-venues", "mechanism")}
    assert {key for key, _kind in found("mechanism=data-centre-reports")} == {"data-centre-reports"}
    assert {kind for _key, kind in found("kind=target")} == {"target"}
    assert {key for key, _kind in found("q=讲堂")} == {"culture-venues"}
    assert found(f"task={world.task('4').pk}") == set()
    certain = office.get(_list(world, "?only=certain&size=200"))["items"]
    assert all(one["certain"] for one in certain)
    problem(office("GET", _list(world, "?kind=no-such")), 422, "api-body-wrong")


def test_the_office_confirms_declines_and_takes_back(world: World, office: Caller) -> None:
    row = world.binding("mechanism", "culture-venues")
    path = f"/bindings/{row.pk}"
    read = office("GET", path)
    assert (read["ETag"], read.json()["state"]) == ('"1"', "suggested")
    problem(office("POST", f"{path}/confirm", {}), 428, "api-version-missing")
    confirmed = office("POST", f"{path}/confirm", {}, If_Match=read["ETag"])
    assert (confirmed.json()["state"], confirmed["ETag"]) == ("confirmed", '"2"')
    told = problem(
        office("POST", f"{path}/decline", {}, If_Match=read["ETag"]), 412, "binding-settled-meanwhile"
    )
    assert (told["present"]["state"], told["present"]["version"]) == ("confirmed", 2)
    assert office.do(f"{path}/reopen", If_Match='"2"')["state"] == "suggested"
    assert office.do(f"{path}/decline", If_Match='"3"')["state"] == "declined"
    # What was declined leaves nothing to ask about its parts.
    assert {one["kind"] for one in office.get(_list(world, "?mechanism=culture-venues"))["items"]} == {
        "mechanism"
    }
    problem(office("POST", "/bindings/999999/confirm", {}, If_Match='"1"'), 404, "api-not-there")


def test_a_duty_is_the_plans_own_or_another(world: World, office: Caller) -> None:
    row = world.binding("duty", "decision-catalogue", "yearly-catalogue")
    path = f"/bindings/{row.pk}"
    assert office.get(path)["rhythms"] == ["yearly:Q1"]
    wrong = office("POST", f"{path}/confirm", {"same_as": "monthly"}, If_Match='"1"')
    problem(wrong, 422, "binding-no-such-rhythm")
    assert office.do(f"{path}/confirm", {"same_as": "yearly:Q1"}, If_Match='"1"')["same_as"] == "yearly:Q1"


def test_what_is_certain_goes_in_one_call(world: World, office: Caller) -> None:
    told = office.get(_list(world, "/counts"))
    assert told["certain"] == certain_of(world.plan.pk).count() > 0
    assert "culture-venues" in told["mechanisms"]
    problem(
        office("POST", _list(world, "/certain"), {"seen": told["certain"] + 1}), 409, "binding-list-changed"
    )
    assert office.do(_list(world, "/certain"), {"seen": told["certain"]}) == {"confirmed": told["certain"]}
    assert office.get(_list(world, "/counts"))["confirmed"] == told["certain"]


def test_a_bound_target_has_its_number(world: World, office: Caller) -> None:
    assert office.get(_list(world, "/targets"))["count"] == 0
    office.do(_list(world, "/certain"), {"seen": certain_of(world.plan.pk).count()})
    before = {one["indicator"]: one for one in office.get(_list(world, "/targets"))["items"]}
    assert before["halls-covered"]["met"] is False
    assert {"青山镇", "绿水街道"} <= set(before["halls-covered"]["lacking"])
    world.venue("hall", "青山镇")
    after = {one["indicator"]: one for one in office.get(_list(world, "/targets"))["items"]}
    assert "青山镇" not in after["halls-covered"]["lacking"]
    assert after["halls-covered"]["whole"]
    # A body sees its own number.
    own = program(world.liaison("区文旅局"), "read").get(_list(world, "/targets"))["items"]
    assert not any(one["whole"] for one in own)


def test_what_no_words_suggest_is_bound_by_hand(world: World, office: Caller) -> None:
    task = world.task("4")
    path = f"/tasks/{task.pk}"
    found = office.get(f"{path}/mechanisms?q=法律援助")["items"]
    assert [one["key"] for one in found] == ["legal-aid", "legal-service-requests"]
    assert found[0]["binding"] is None
    assert "received" in {one["key"] for one in found[0]["indicators"]}
    made = office("POST", f"{path}/bindings", {"mechanism": "legal-aid"})
    assert made.status_code == 201, made.content.decode()
    assert (made.json()["state"], made.json()["words"]) == ("confirmed", [])
    problem(office("POST", f"{path}/bindings", {"mechanism": "legal-aid"}), 409, "binding-already")
    assert office.get(f"{path}/mechanisms?q=法律援助")["items"][0]["binding"] == made.json()["id"]
    problem(office("POST", f"{path}/bindings", {"mechanism": "no-such"}), 422, "binding-no-longer-declared")
    assert office.do(f"/bindings/{made.json()['id']}/reopen", If_Match=made["ETag"])["state"] == "suggested"


def test_a_target_is_measured_by_one_indicator(world: World, office: Caller) -> None:
    target = world.task("1").targets.order_by("position")[0]
    path, given = f"/targets/{target.pk}/bindings", {"mechanism": "culture-venues", "indicator": "in-use"}
    made = office.do(path, given)
    assert (made["target_id"], made["part"], made["state"]) == (target.pk, "in-use", "confirmed")
    mine = office.get(f"/tasks/{target.task_id}/mechanisms?q=culture-venues")["items"][0]
    assert mine["measured"] == [{"binding": made["id"], "target_id": target.pk, "indicator": "in-use"}]
    other = {"mechanism": "legal-aid", "indicator": "received"}
    problem(office("POST", path, other), 409, "binding-target-measured")
    far = program(factories.user_with("far", "office", code="990111"), "office")
    problem(far("POST", path, other), 403, "api-not-allowed")
    problem(far("GET", f"/tasks/{target.task_id}/mechanisms"), 403, "api-not-allowed")


def test_others_look_and_change_nothing(world: World) -> None:
    row = world.binding("mechanism", "culture-venues")
    viewer, liaison = factories.user_with("viewer", "viewer"), world.liaison("区司法局")
    neighbour = factories.user_with("far", "office", code="990111")
    for user in (viewer, liaison):
        caller = program(user, "read")
        assert caller.get(_list(world))["count"] > 0
        assert caller.get(f"/bindings/{row.pk}")["state"] == "suggested"
        problem(caller("POST", f"/bindings/{row.pk}/confirm", {}), 403, "api-token-too-narrow")
    far = program(neighbour, "office")
    for part in ("", "/counts", "/targets"):
        problem(far("GET", _list(world, part)), 403, "api-not-allowed")
    problem(far("GET", f"/bindings/{row.pk}"), 403, "api-not-allowed")
    for path, sent in ((f"/bindings/{row.pk}/confirm", {}), (_list(world, "/find"), {})):
        problem(far("POST", path, sent, If_Match='"1"'), 403, "api-not-allowed")
    row.refresh_from_db()
    assert row.state == "suggested"


def test_a_draft_is_bound_to_nothing() -> None:
    world = confirmed_plan()
    world.plan.status = "draft"
    world.plan.confirmed_at = None
    world.plan.save(update_fields=["status", "confirmed_at"])
    problem(
        program(world.office, "office")("POST", _list(world, "/find"), {}), 409, "binding-plan-not-settled"
    )


@pytest.mark.parametrize("part", ["?size=200", "/counts", "/targets"])
def test_reading_costs_the_same_however_much_is_bound(
    world: World, office: Caller, part: str, django_assert_max_num_queries: Any
) -> None:
    # A number of each mechanism: some are of the day, some of a year.
    kept = {one.mechanism: one for one in certain_of(world.plan.pk).filter(target__isnull=False)}
    for one in kept.values():
        world.settle(one, "confirm")
    office.get(_list(world, part))
    with django_assert_max_num_queries(25) as asked:
        office.get(_list(world, part))
    cost = len(asked)
    office.do(_list(world, "/certain"), {"seen": certain_of(world.plan.pk).count()})
    with django_assert_max_num_queries(cost):
        office.get(_list(world, part))
