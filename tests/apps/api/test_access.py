"""Deny by default: every call asks for a token of a scope that it names and for the rules of the person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoDbBlocker
from rules.permissions import has_perm, perm_exists

from luoshi.apps.api.access import Bearer
from luoshi.apps.api.models import Token
from luoshi.apps.api.operations.tokens import hash_of
from luoshi.apps.api.queries.tokens import REACHES
from luoshi.apps.api.service import SERVICE, schema
from tests.apps.accounts.registering import MECHANISM
from tests.apps.accounts.world import OTHER_REGION, OWN_BODY, World, build
from tests.apps.api.calling import Caller, problem

pytestmark = pytest.mark.django_db
CALLS = [
    (method.upper(), path.removeprefix("/api/v1"), call)
    for path, calls in schema()["paths"].items()
    for method, call in calls.items()
]
TRIED = ("nobody", "office", "viewer", "liaison_a", "head_a", "system", "security", "audit")
# What stands in a path that is no key: one of the words that the call declares.
WORDS = {"shape": "json", "action": "confirm", "by": "bodies", "figure": "asked", "kind": "report"}
WORDS |= {"day": "2026-06-30", "year": "2026", "upload": UUID(int=0), "code": "990102", "step": "withdraw"}
WORDS |= {"key": MECHANISM, "transition": "inspect", "indicator": "in-use"}
NAMES = [call["operationId"] for _, _, call in CALLS]


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def programs(world: World) -> dict[tuple[str, str], Caller]:
    """A program with each scope for some of each kind, whether the page would give it to them or not."""
    now, found = timezone.now(), {}
    for name in TRIED:
        for scope in Token.Scope.values:
            text = f"luoshi_{name}-{scope}"
            Token.objects.create(
                user=world.users[name],
                name=scope,
                scope=scope,
                hash=hash_of(text),
                made_at=now,
                expires_at=now + timedelta(days=1),
            )
            found[name, scope] = Caller(text)
    return found


def address(path: str, values: dict[str, object]) -> str:
    """The path with what stands in it; a key that nothing has where the world knows none."""
    for part in [piece[1:-1] for piece in path.split("/") if piece.startswith("{")]:
        path = path.replace(f"{{{part}}}", str(WORDS.get(part, values.get(part, 999_999))))
    return path


@pytest.mark.parametrize(("method", "path", "call"), CALLS, ids=NAMES)
def test_scope_and_rules_both_have_to_allow_it(
    world: World, programs: dict[tuple[str, str], Caller], method: str, path: str, call: dict[str, object]
) -> None:
    wanted, permission = set(call["x-luoshi-scopes"]), call["x-luoshi-permission"]  # type: ignore[arg-type]
    where = address(path, world.values[OWN_BODY])
    asked = set()
    for (name, scope), caller in programs.items():
        reaches = bool(REACHES[scope] & wanted)
        # Every scope in the name of somebody who may nearly all; for others one of those that reach it.
        if name != "office" and (not reaches or name in asked):
            continue
        asked.add(name)
        with transaction.atomic():
            response = caller(method, where, {} if method != "GET" else None)
            transaction.set_rollback(True)
        if not reaches:
            problem(response, 403, "api-token-too-narrow")
        elif not has_perm(permission, User.objects.get(username=name)):
            problem(response, 403, "api-not-allowed")
        else:
            assert response.status_code not in {401, 405, 500}, (name, scope, response.content.decode())


@pytest.mark.parametrize(("method", "path", "call"), CALLS, ids=NAMES)
def test_without_a_token_nothing_is_told(
    world: World, method: str, path: str, call: dict[str, object]
) -> None:
    where = address(path, world.values[OWN_BODY])
    assert "x-luoshi-permission" in call
    assert perm_exists(call["x-luoshi-permission"])
    response = Caller()(method, where, {})
    problem(response, 401, "api-token-missing")
    assert response["WWW-Authenticate"].startswith("Bearer")
    # Who is signed in in a browser gets no further: another page could send their cookies.
    signed_in = world.clients["office"].generic(
        method, f"/api/v1{where}", b"{}", content_type="application/json"
    )
    assert signed_in.status_code == 401


@pytest.mark.parametrize("path", [path for method, path, _ in CALLS if "{plan}" in path and method == "GET"])
def test_other_regions_stay_closed(world: World, programs: dict[tuple[str, str], Caller], path: str) -> None:
    where = address(path, world.values[OTHER_REGION])
    problem(programs["office", "office"]("GET", where), 403, "api-not-allowed")


def test_every_call_has_its_own_guard() -> None:
    calls = [
        one
        for area in SERVICE._routers
        for view in area[1].path_operations.values()
        for one in view.operations
    ]
    assert len(calls) == len(CALLS)
    assert all(isinstance(guard, Bearer) for one in calls for guard in one.auth_callbacks)
