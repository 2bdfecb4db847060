"""Tokens, keys of calls, limits, languages: what every call has around it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.utils import timezone
from ninja import NinjaAPI
from ninja.testing import TestClient
from pytest_django import Settings

from luoshi.apps.accounts.models import Account
from luoshi.apps.api import problems
from luoshi.apps.api.access import REFUSED, token_of
from luoshi.apps.api.models import Answer, Token
from luoshi.apps.api.operations.tokens import make_token, revoke_token
from luoshi.apps.organization.models import Body
from luoshi.apps.plan.models import Plan
from tests.apps.api.calling import Caller, problem, program


def test_a_call_that_does_not_say_for_whom_is_refused(office: User) -> None:
    api = NinjaAPI(auth=REFUSED, urls_namespace="unmarked", docs_url=None, openapi_url=None)
    problems.handle_all(api)

    @api.get("/open")
    def unmarked(request: HttpRequest) -> str:
        return "told"

    assert TestClient(api).get("/open").status_code == 403


def test_tokens_stop_when_they_should(office: User) -> None:
    now = timezone.now()
    made, text = make_token(user=office, name="程序", scope="read", days=1, by=office, at=now)
    caller = Caller(text)
    assert caller("GET", "/plans").status_code == 200
    assert Token.objects.get().used_at is not None
    Token.objects.filter(pk=made.pk).update(expires_at=now)
    problem(caller("GET", "/plans"), 401, "api-token-missing")
    Token.objects.filter(pk=made.pk).update(expires_at=now + timedelta(days=1))
    User.objects.filter(pk=office.pk).update(is_active=False)
    problem(caller("GET", "/plans"), 401, "api-token-missing")
    User.objects.filter(pk=office.pk).update(is_active=True)
    Account.objects.update_or_create(user=office, defaults={"password_due": True, "created_at": now})
    problem(caller("GET", "/plans"), 401, "api-token-missing")
    Account.objects.filter(user=office).update(password_due=False)
    assert caller("GET", "/plans").status_code == 200
    revoke_token(token=made, by=office, at=now)
    problem(caller("GET", "/plans"), 401, "api-token-missing")


def test_roles_that_are_taken_back_take_effect_at_once(office: User) -> None:
    caller = program(office, "office")
    assert caller("GET", "/plans").status_code == 200
    office.plan_roles.all().delete()  # type: ignore[attr-defined]
    problem(caller("GET", "/plans"), 403, "api-not-allowed")


def test_the_local_person_has_no_way_in_without_a_token(
    client: Client, settings: Settings, office: User
) -> None:
    settings.LUOSHI_LOCAL = True
    assert client.get("/api/v1/plans").status_code == 401


def test_no_request_has_a_token_of_itself(rf: RequestFactory) -> None:
    assert token_of(rf.get("/")) is None


def test_the_same_key_does_the_same_thing_once(office: User) -> None:
    caller = program(office, "office")
    first = caller("POST", "/bodies", {"name": "区档案馆"}, Idempotency_Key="k-1")
    again = caller("POST", "/bodies", {"name": "区档案馆"}, Idempotency_Key="k-1")
    assert (first.status_code, first.content, first["ETag"]) == (201, again.content, again["ETag"])
    assert again["Idempotency-Replayed"] == "true"
    assert Body.objects.filter(name="区档案馆").count() == 1
    problem(caller("POST", "/bodies", {"name": "区图书馆"}, Idempotency_Key="k-1"), 422, "api-key-reused")
    problem(caller("POST", "/bodies", {"name": "区图书馆"}, Idempotency_Key="两"), 400, "api-key-unusable")
    # Another program has keys of its own.
    other = program(office, "office")
    problem(other("POST", "/bodies", {"name": "区档案馆"}, Idempotency_Key="k-1"), 409, "body-name-taken")


def test_what_was_refused_may_be_tried_again_with_the_same_key(office: User) -> None:
    caller = program(office, "office")
    caller.do("/bodies", {"name": "区档案馆"})
    problem(caller("POST", "/bodies", {"name": "区档案馆"}, Idempotency_Key="k"), 409, "body-name-taken")
    assert not Answer.objects.exists()
    assert caller("POST", "/bodies", {"name": "区方志馆"}, Idempotency_Key="k").status_code == 201


def test_a_token_has_so_many_calls_a_minute(office: User, settings: Settings) -> None:
    settings.LUOSHI_API_CALLS = 3
    caller = program(office, "read")
    left = [caller("GET", "/plans")["RateLimit-Remaining"] for _ in range(3)]
    assert left == ["2", "1", "0"]
    response = caller("GET", "/plans")
    problem(response, 429, "api-too-many-calls")
    assert 1 <= int(response["Retry-After"]) <= 60
    Token.objects.update(window=0)
    assert caller("GET", "/plans").status_code == 200


def test_problems_speak_the_language_that_is_asked_for(office: User) -> None:
    caller = program(office, "read")
    english = problem(caller("GET", "/plans/9", Accept_Language="en"), 404, "api-not-there")
    chinese = problem(caller("GET", "/plans/9", Accept_Language="zh-CN"), 404, "api-not-there")
    assert english["detail"] == chinese["messages"]["en"] != chinese["detail"]
    assert english["request_id"]


def test_wrong_content_is_told_place_by_place(office: User) -> None:
    caller = program(office, "office")
    told = problem(caller("POST", "/bodies", {"name": "", "line": "x", "more": 1}), 422, "api-body-wrong")
    assert {one["where"].split(".")[-1] for one in told["errors"]} == {"name", "line", "more"}
    problem(caller("POST", "/bodies", {"name": "a\x00"}), 422, "api-body-wrong")
    response = caller.client.post(
        "/api/v1/bodies", b"{", content_type="application/json", headers=caller.headers
    )
    problem(response, 400, "api-body-unreadable")


def test_addresses_and_methods_that_are_none(office: User, plan: Plan) -> None:
    caller = program(office, "office")
    problem(caller("GET", "/nothing/here"), 404, "api-not-there")
    response = caller("DELETE", f"/plans/{plan.pk}")
    problem(response, 405, "api-method-wrong")
    assert "GET" in response["Allow"]


def test_a_fault_of_ours_is_a_problem_and_saves_nothing(
    office: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**given: object) -> None:
        Body.objects.create(region_id="990102", name="半成品")
        raise RuntimeError("broken")

    monkeypatch.setattr("luoshi.apps.organization.operations.create_body", broken)
    told = program(office, "office")("POST", "/bodies", {"name": "区档案馆"}, Idempotency_Key="k")
    problem(told, 500, "api-server-fault")
    assert not Body.objects.filter(name="半成品").exists()
