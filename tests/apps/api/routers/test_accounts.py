"""Administration through the API: the three administrators kept apart, secrets shown once."""

from __future__ import annotations

import json
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.models import User
from django.utils import timezone

from luoshi.apps.api.models import Answer
from luoshi.apps.api.queries.tokens import scopes_for
from luoshi.apps.audit.models import Event
from luoshi.apps.organization.models import Administrator, Role
from luoshi.apps.organization.operations import appoint
from tests.apps import factories
from tests.apps.api.calling import Caller, problem, program

pytestmark = pytest.mark.django_db


def administrator(kind: str) -> User:
    user = User.objects.create_user(f"the-{kind}")
    appoint(user=user, kind=kind, by=None, at=factories.NOW)
    return user


@pytest.fixture
def system() -> Caller:
    return program(administrator("system"), "system")


@pytest.fixture
def security() -> Caller:
    return program(administrator("security"), "security")


@pytest.fixture
def viewer() -> User:
    return factories.user_with("viewer", Role.Name.VIEWER)


def test_each_administrator_gets_their_scope_only() -> None:
    found = {kind: scopes_for(administrator(kind)) for kind in Administrator.Kind.values}
    assert found == {"system": ["system"], "security": ["security"], "audit": ["audit"]}


def test_a_password_is_shown_once_and_kept_nowhere(system: Caller) -> None:
    sent = {"username": "wang.min", "name": "王敏"}
    first = system.do("/accounts", sent, Idempotency_Key="one")
    assert User.objects.get(pk=first["user_id"]).check_password(first["password"])
    again = system.do("/accounts", sent, Idempotency_Key="one")
    assert again == {**first, "password": None}
    assert first["password"] not in bytes(Answer.objects.get().content).decode()
    assert first["password"] not in json.dumps([one.detail for one in Event.objects.all()])
    problem(system("POST", "/accounts", sent), 409, "user-name-taken")


def test_the_system_administrator_keeps_accounts_and_gives_no_right(system: Caller, viewer: User) -> None:
    path = f"/accounts/{viewer.pk}"
    assert system.do(path, {"name": "李平"}, "PUT")["name"] == "李平"
    assert system.do(f"{path}/disable", {})["active"] is False
    assert system.get("/accounts?state=disabled")["items"][0]["id"] == viewer.pk
    assert system.do(f"{path}/enable", {})["active"] is True
    role = {"role": "office", "region": factories.REGION}
    problem(system("POST", f"{path}/roles", role), 403, "api-token-too-narrow")
    problem(system("POST", f"{path}/password", {}), 403, "api-token-too-narrow")
    problem(system("GET", "/plans"), 403, "api-token-too-narrow")


def test_the_security_administrator_gives_rights_and_makes_no_account(security: Caller, viewer: User) -> None:
    path = f"/accounts/{viewer.pk}"
    role = security.do(f"{path}/roles", {"role": "office", "region": factories.REGION})
    assert {one["name"] for one in security.get(path)["roles"]} == {"viewer", "office"}
    problem(security("PUT", f"{path}/administrator", {"kind": "audit"}), 409, "administrator-with-role")
    for one in security.get(path)["roles"]:
        security.do(f"{path}/roles/{one['id']}", method="DELETE")
    assert not Role.objects.filter(pk=role["id"]).exists()
    assert security.do(f"{path}/administrator", {"kind": "security"}, "PUT")["administrator"] == "security"
    problem(
        security("POST", f"{path}/roles", {"role": "office", "region": factories.REGION}),
        409,
        "administrator-with-role",
    )
    security.do(f"{path}/administrator", method="DELETE")
    problem(security("POST", "/accounts", {"username": "a.b", "name": "甲"}), 403, "api-token-too-narrow")


def test_nobody_does_it_for_themselves(security: Caller) -> None:
    own = security.get("/account")
    assert own["scope"] == "security"
    problem(security("DELETE", f"/accounts/{own['id']}/administrator", {}), 409, "not-for-oneself")
    problem(security("POST", f"/accounts/{own['id']}/password", {}), 409, "not-for-oneself")


def test_locks_passwords_and_sessions_are_undone(security: Caller, viewer: User) -> None:
    path = f"/accounts/{viewer.pk}"
    AccessAttempt.objects.create(
        username="viewer", failures_since_start=settings.AXES_FAILURE_LIMIT, attempt_time=timezone.now()
    )
    assert security.get(path)["locked"] is True
    assert security.do(f"{path}/unlock", {})["locked"] is False
    given = security.do(f"{path}/password", {})
    viewer.refresh_from_db()
    assert viewer.check_password(given["password"])
    assert security.get(path)["password_due"] is True
    security.do(f"{path}/second-factor", method="DELETE")
    assert security.get(f"{path}/sessions")["count"] == 0
    assert security.do(f"{path}/sessions", method="DELETE") == {"done": 0}


def test_regions_and_the_state_of_the_installation(system: Caller) -> None:
    factories.region()
    made = system.do("/regions", {"code": "990100", "name": "澄江市"})
    assert made["level"] == 2
    path = f"/regions/{factories.REGION}"
    assert system.do(path, {"name": "云溪区", "parent": "990100"}, "PUT")["parent_id"] == "990100"
    assert system.get(path)["name"] == "云溪区"
    assert system.get("/regions?q=990100")["count"] == 2
    problem(system("POST", "/regions", {"code": "12", "name": "某地"}), 409, "region-code-unusable")
    assert system.get("/state")["waiting_migrations"] == 0


def test_the_log_is_read_by_its_administrator(viewer: User) -> None:
    audit = program(administrator("audit"), "audit")
    granted = audit.get("/audit/events?type=organization.role.granted")["items"]
    assert [one["detail"]["用户"] for one in granted] == ["viewer"]
    assert audit.get("/audit/events")["count"] == Event.objects.count()
    problem(audit("GET", "/audit/events?type=nothing"), 422, "api-body-wrong")
    problem(program(viewer, "read")("GET", "/audit/events"), 403, "api-token-too-narrow")


def test_accounts_cost_the_same_however_many(system: Caller, django_assert_max_num_queries: Any) -> None:
    for number in range(8):
        factories.user_with(f"viewer-{number}", Role.Name.VIEWER)
    with django_assert_max_num_queries(11):
        assert system.get("/accounts?size=200")["count"] == 9
