"""The page of one's own tokens: shown once, offered by role, nobody else's."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from luoshi.apps.api.models import Token
from luoshi.apps.api.operations.tokens import MOST
from luoshi.apps.audit.models import Event
from tests.apps.api.calling import Caller
from tests.apps.factories import user_with

pytestmark = pytest.mark.django_db
ADDRESS = reverse("api:tokens")


def test_a_token_is_shown_once_and_kept_as_a_hash(desk: Client) -> None:
    response = desk.post(ADDRESS, {"name": "数据平台", "scope": "read", "days": 30})
    text = response.context["given"]
    assert text in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert text not in desk.get(ADDRESS).content.decode()
    made = Token.objects.get()
    assert text not in str(vars(made))
    assert Caller(text)("GET", "/plans").status_code == 200
    assert Event.objects.filter(type="api.token.made", detail__name="数据平台").exists()
    assert text not in str(list(Event.objects.values()))


def test_only_scopes_of_any_use_are_offered(desk: Client, client: Client) -> None:
    assert desk.get(ADDRESS).context["scopes"] == ["read", "office"]
    refused = desk.post(ADDRESS, {"name": "x", "scope": "audit", "days": 30})
    assert refused.status_code == 422
    other = Client()
    other.force_login(user_with("nobody", None))
    assert other.get(ADDRESS).context["scopes"] == []


@pytest.mark.parametrize("days", ["0", "367", "x"])
def test_a_token_ends(desk: Client, days: str) -> None:
    assert desk.post(ADDRESS, {"name": "x", "scope": "read", "days": days}).status_code == 422
    assert not Token.objects.exists()


def test_there_are_not_too_many(desk: Client) -> None:
    for _ in range(MOST):
        assert desk.post(ADDRESS, {"name": "x", "scope": "read", "days": 3}).status_code == 200
    assert desk.post(ADDRESS, {"name": "x", "scope": "read", "days": 3}).status_code == 422


def test_nobody_revokes_what_is_somebody_elses(desk: Client, office: User) -> None:
    desk.post(ADDRESS, {"name": "x", "scope": "read", "days": 3})
    made = Token.objects.get()
    other = Client()
    other.force_login(user_with("other", "office"))
    assert other.post(reverse("api:revoke", args=[made.pk])).status_code == 404
    assert desk.post(reverse("api:revoke", args=[made.pk])).status_code == 302
    made.refresh_from_db()
    assert made.revoked_at is not None
    assert Event.objects.filter(type="api.token.revoked").count() == 1
