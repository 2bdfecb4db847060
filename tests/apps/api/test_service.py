"""The whole description against the service: schemathesis calls what it says, alone and in chains."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.contrib.auth.models import User
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, transaction
from django.test import Client, override_settings
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import run_state_machine_as_test
from ninja import Schema
from pytest_django import DjangoDbBlocker
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from luoshi.apps.api.describing import LINKS
from luoshi.apps.api.queries.tokens import REACHES
from luoshi.apps.api.service import schema
from luoshi.apps.organization.models import Administrator
from luoshi.apps.organization.operations import appoint
from luoshi.apps.plan.models import Target
from tests.apps.accounts.bindings import suggested
from tests.apps.accounts.bulking import bulk_work
from tests.apps.accounts.drawing import drawn_entry
from tests.apps.accounts.registering import registered_entry
from tests.apps.api.calling import token_for
from tests.apps.work.factories import NOW, World, issued_plan, morning

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
# A few tries a call in the suite; `make fuzz` asks for more.
TRIES = int(os.environ.get("LUOSHI_API_TRIES", "2"))
QUICK = settings(
    max_examples=TRIES,
    deadline=None,
    database=None,
    derandomize=TRIES < 10,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
AREAS = sorted({call["tags"][0] for calls in schema()["paths"].values() for call in calls.values()})


@pytest.fixture(scope="module")
def district(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """A district at work, on SQLite: elsewhere the handler of WSGI would close the connection."""
    if connection.vendor != "sqlite":
        pytest.skip("the description is tried on SQLite")
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(LUOSHI_API_CALLS=1_000_000):
        yield issued_plan(until=morning(2026, 3, 17))
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def tokens(district: World) -> dict[str, str]:
    """A token of the office, of a body, and of each administrator."""
    people = {"office": district.office, "report": district.liaison("区教育局")}
    for kind in Administrator.Kind.values:
        people[kind] = User.objects.create_user(f"the-{kind}")
        appoint(user=people[kind], kind=kind, by=None, at=NOW)
    return {scope: f"Bearer {token_for(user, scope)}" for scope, user in people.items()}


def reaching(tokens: dict[str, str], call: Any) -> list[str]:
    """The tokens that reach a call; that the others do not is tried in `test_access.py`."""
    wanted = set(call.definition.raw["x-luoshi-scopes"])
    return [text for scope, text in tokens.items() if REACHES[scope] & wanted]


@pytest.fixture(scope="module")
def described(district: World) -> Any:
    """The service as schemathesis sees it: by its description, over WSGI."""
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler())


@pytest.fixture(scope="module")
def there(district: World) -> dict[str, Any]:
    """What stands in paths, so that calls meet something."""
    body, task = district.bodies["区教育局"], district.tasks[0]
    entry = registered_entry(body, district.office)
    targets = Target.objects.filter(task__plan=district.plan).order_by("pk")
    drawn = drawn_entry(body, district.office)
    many = bulk_work(body, district.office, entry["entry"])
    return {
        "binding": suggested(district.plan)["binding"],
        "target": targets.values_list("pk", flat=True)[0],
        "draw": drawn["draw"],
        "drawing": drawn["drawing"],
        "upload": str(many["bulk upload"]),
        "job": str(many["bulk action"]),
        "key": entry["mechanism"],
        "entry": entry["entry"],
        "file": entry["entry file"],
        "transition": "inspect",
        "indicator": "in-use",
        "plan": district.plan.pk,
        "task": task.pk,
        "body": body.pk,
        "occurrence": district.occurrence(1, "区教育局").pk,
        "assignment": district.assignment(1, "区教育局").pk,
        "group": task.bodies.get(name="各镇").body_id,
        "finding": district.plan.findings.order_by("pk").values_list("pk", flat=True)[0],
    }


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.django_db
def test_every_call_keeps_to_its_description(
    described: Any, tokens: dict[str, str], there: dict[str, Any], area: str
) -> None:
    for found in described.get_all_operations():
        operation = found.ok()
        if operation.tags[0] != area:
            continue

        mine = reaching(tokens, operation)

        @QUICK
        @given(case=operation.as_strategy(), token=st.sampled_from(mine), meets=st.booleans())
        def keeps(case: Any, token: str, meets: bool) -> None:
            if meets:
                known = {name: there[name] for name in case.path_parameters or {} if name in there}
                case.path_parameters = {**(case.path_parameters or {}), **known}
            with transaction.atomic():
                case.call_and_validate(headers={"Authorization": token}, checks=CHECKS)
                transaction.set_rollback(True)

        keeps()


@pytest.mark.django_db
def test_chains_of_calls_keep_to_it(described: Any, tokens: dict[str, str]) -> None:
    class Chain(described.as_state_machine()):  # type: ignore[misc]
        def setup(self) -> None:
            self.whole = transaction.atomic()
            self.whole.__enter__()

        def teardown(self) -> None:
            transaction.set_rollback(True)
            self.whole.__exit__(None, None, None)

        def get_call_kwargs(self, case: Any) -> dict[str, Any]:
            return {"headers": {"Authorization": reaching(tokens, case.operation)[0]}}

        def validate_response(self, response: Any, case: Any, **more: Any) -> None:
            case.validate_response(response, checks=CHECKS)

    run_state_machine_as_test(Chain, settings=settings(QUICK, max_examples=TRIES, stateful_step_count=6))


def test_the_description_is_for_everybody(client: Client) -> None:
    response = client.get("/api/v1/openapi.json")
    assert response.status_code == 200
    assert response.json()["openapi"].startswith("3.1")
    assert "落实".encode() in response.content


def test_every_call_says_what_it_may_be_refused_with() -> None:
    for path, calls in schema()["paths"].items():
        for method, call in calls.items():
            assert {422, 401, 403, 429} <= {int(one) for one in call["responses"]}, f"{method} {path}"
            assert call["summary"].strip(), f"{method} {path} says nothing of itself"


def test_every_shape_has_a_name_of_its_own() -> None:
    # Of two shapes of one name the description would hold only the last.
    known, shapes, found = schema()["components"]["schemas"], [Schema], set[type]()
    while shapes:
        fresh = [one for one in shapes.pop().__subclasses__() if one not in found]
        found |= set(fresh)
        shapes += fresh
    names = Counter(one.__name__ for one in found if one.__module__.startswith("luoshi."))
    assert not [name for name, count in names.items() if count > 1 and name in known]


def test_links_lead_to_calls_that_are_there() -> None:
    known = {call["operationId"] for calls in schema()["paths"].values() for call in calls.values()}
    assert {*LINKS, *(target for links in LINKS.values() for target, _, _ in links)} <= known
