"""Lists as workbooks: as many rows as the list counts, filtered as it is, for whom it is."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker
from python_calamine import CalamineWorkbook

from luoshi.apps.api.models import Token
from luoshi.apps.api.service import schema
from luoshi.apps.audit.models import Event
from tests.apps.accounts.world import OWN_BODY, World, build
from tests.apps.api.calling import Caller, problem, token_for

pytestmark = pytest.mark.django_db
SHEETS = {
    call["operationId"]: (path.removeprefix("/api/v1"), call)
    for path, calls in schema()["paths"].items()
    for call in calls.values()
    if call["operationId"].startswith("sheets-")
}
# Whose list it is; where nobody is named, the office's.
WHOSE = {
    "sheets-unsigned": ("liaison_a", "report"),
    "sheets-approving": ("head_a", "report"),
    "sheets-accounts": ("security", "security"),
    "sheets-regions": ("system", "system"),
    "sheets-log": ("audit", "audit"),
}
# What nobody of this world sees, where nobody is above anybody.
CLOSED = {"sheets-above-plans": 403, "sheets-above-tasks": 403}


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


def call(world: World, name: str, query: str = "", **changes: str) -> Any:
    """The answer to the one whose list it is."""
    person, scope = WHOSE.get(name, ("office", "office"))
    path, values = SHEETS[name][0], world.values[OWN_BODY]
    issued = "/plans/{plan}/" in path and name not in {
        "sheets-plan-bodies",
        "sheets-findings",
        "sheets-names",
    }
    plan = values["issued plan"] if issued else values["plan"]
    stands = {
        **values,
        "plan": plan,
        "issued": values["issued plan"],
        "body": values["body"],
        "kind": "accept",
        "key": values["mechanism"],
    }
    stands |= {"code": "990102", **changes}
    if "/groups/" in path:
        stands["body"] = values["group"]
    for part, value in stands.items():
        path = path.replace(f"{{{part}}}", str(value))
    return Caller(token_for(world.users[person], scope))("GET", path + query)


@pytest.mark.parametrize("name", sorted(SHEETS))
def test_every_list_comes_as_a_workbook(world: World, name: str) -> None:
    response = call(world, name)
    if name in CLOSED:
        assert response.status_code == CLOSED[name], response.content.decode()
        return
    assert response.status_code == 200, response.reason_phrase
    assert response["Content-Disposition"].startswith("attachment")
    rows = CalamineWorkbook.from_filelike(BytesIO(response.getvalue())).get_sheet_by_index(0).to_python()
    assert rows


@pytest.mark.parametrize("name", sorted({*SHEETS} - {*CLOSED}))
def test_a_filter_is_that_of_the_page_and_wrong_values_are_refused(world: World, name: str) -> None:
    declared = {one["name"]: one["schema"] for one in SHEETS[name][1]["parameters"] if one["in"] == "query"}
    assert "q" in declared or name in {"sheets-burden", "sheets-due", "sheets-indicators"}
    if "sort" in declared:
        problem(call(world, name, "?sort=nothing"), 422, "api-body-wrong")
    if "q" in declared:
        response = call(world, name, "?q=没有这样的词")
        rows = CalamineWorkbook.from_filelike(BytesIO(response.getvalue())).get_sheet_by_index(0).to_python()
        assert len(rows) == 1


def test_a_plan_that_is_not_out_has_no_such_list(world: World) -> None:
    plan = str(world.values[OWN_BODY]["plan"])
    for name in ("sheets-map", "sheets-matrix", "sheets-body", "sheets-signed"):
        problem(call(world, name, plan=plan), 404, "api-not-there")


def test_taking_the_log_away_is_an_event(world: World) -> None:
    before = Event.objects.filter(type="accounts.log.exported").count()
    call(world, "sheets-log")
    assert Event.objects.filter(type="accounts.log.exported").count() == before + 1
    assert Token.objects.count()
