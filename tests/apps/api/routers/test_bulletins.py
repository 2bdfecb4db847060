"""A bulletin through the API: drafted from the data, edited by version, published by a second person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import override_settings
from django.utils import timezone

from tests.apps.api.calling import Caller, problem, program
from tests.apps.bulletin.factories import COUNTED, quarter
from tests.apps.work.factories import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def april(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """It is 8 April 2026, and tokens live on."""
    with override_settings(LUOSHI_API_CALLS=10_000):
        monkeypatch.setattr(timezone, "now", lambda: COUNTED)
        yield


@pytest.fixture
def world() -> World:
    return quarter()


@pytest.fixture
def office(world: World) -> Caller:
    return program(world.office, "office")


@pytest.fixture
def made(world: World, office: Caller) -> dict[str, Any]:
    """A draft."""
    found: dict[str, Any] = office.do("/bulletins", {"plan": world.plan.pk, "period": "2026Q1"})
    return found


def test_every_number_is_the_length_of_its_list(world: World, office: Caller, made: dict[str, Any]) -> None:
    assert made["numbers"]["asked"] > made["numbers"]["late"] == 1
    for figure, number in made["numbers"].items():
        assert office.get(f"/bulletins/{made['id']}/figures/{figure}")["count"] == number
    bodies = office.get(f"/bulletins/{made['id']}/numbers/bodies?size=200")["items"]
    assert sum(one["numbers"]["asked"] for one in bodies) == made["numbers"]["asked"]
    assert office.get(f"/bulletins/{made['id']}/numbers/chapters")["count"] > 0
    problem(
        office("POST", "/bulletins", {"plan": world.plan.pk, "period": "2026Q1"}), 409, "bulletin-in-work"
    )


def test_a_text_is_changed_only_by_who_saw_the_last_one(office: Caller, made: dict[str, Any]) -> None:
    path, sent = f"/bulletins/{made['id']}", {"title": "通报", "text": "共{应报送}项。"}
    problem(office("PUT", path, sent), 428, "api-version-missing")
    etag = office("GET", path)["ETag"]
    assert office.do(path, sent, "PUT", If_Match=etag)["text"] == "共{应报送}项。"
    told = problem(office("PUT", path, sent, If_Match=etag), 412, "bulletin-moved-on")
    assert told["present"]["text"] == "共{应报送}项。"
    wrong = {"title": "通报", "text": "共{随便}项。"}
    problem(office("PUT", path, wrong, If_Match='"2"'), 409, "bulletin-marker-unknown")


def test_a_second_person_publishes(world: World, office: Caller, made: dict[str, Any]) -> None:
    path = f"/bulletins/{made['id']}"
    reader = program(world.liaison("区教育局"), "read")
    problem(reader("GET", path), 403, "api-not-allowed")
    assert office.do(f"{path}/steps/count", {})["state"] == "draft"
    assert office.do(f"{path}/steps/submit", {})["state"] == "submitted"
    problem(office("POST", f"{path}/steps/publish", {}), 409, "bulletin-second-person-needed")
    second = program(world.colleague(), "office")
    problem(second("POST", f"{path}/steps/return", {}), 409, "bulletin-answer-missing")
    assert second.do(f"{path}/steps/return", {"answer": "请补充"})["answer"] == "请补充"
    office.do(f"{path}/steps/submit", {})
    assert second.do(f"{path}/steps/publish", {})["published_at"]
    assert reader.get("/bulletins")["count"] == 1
    assert reader.file(f"{path}/file")[:2] == b"PK"


def test_good_practice_is_chosen_and_dropped(office: Caller, made: dict[str, Any]) -> None:
    path = f"/bulletins/{made['id']}"
    report = office.get(f"{path}/candidates")["items"][0]
    chosen = office.do(f"{path}/practices/{report['id']}", {"words": "三场活动"}, "PUT")
    assert (chosen["report_id"], chosen["words"]) == (report["id"], "三场活动")
    office.do(f"{path}/practices/{report['id']}", {"words": "三场"}, "PUT")
    assert [one["words"] for one in office.get(f"{path}/practices")["items"]] == ["三场"]
    office.do(f"{path}/practices/{report['id']}", method="DELETE")
    assert office.get(f"{path}/practices")["count"] == 0


def test_a_list_costs_the_same_however_long(
    office: Caller, made: dict[str, Any], django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(14):
        office.get(f"/bulletins/{made['id']}/figures/asked?size=200")
    with django_assert_max_num_queries(12):
        office.get("/bulletins?size=200")
