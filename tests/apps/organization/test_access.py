"""Deny by default: every address is closed unless its view says for whom it is open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from luoshi.apps.organization.access import EVERYBODY, DenyByDefaultMiddleware
from luoshi.apps.organization.models import Role
from luoshi.apps.organization.operations import LOCAL_OFFICE
from luoshi.apps.plan.models import Plan
from tests.apps.factories import user_with

OPEN = {
    *("account_login", "account_logout", "mfa_authenticate", "accounts:demo"),
    # Told by a secret in the address; told to this machine or by a token; told to whoever watches the server.
    *("reminders:feed", "running:metrics", "running:ready", "organization:health"),
    # For people without an account; what they filed is shown by its receipt and code only.
    *(f"draws:{name}" for name in ("commitment", "index", "names", "notice", "program", "proof")),
    *("register:filing", "register:form", "register:receipt"),
    *(f"register:receipt-{name}" for name in ("act", "again", "copy", "leave", "mine", "paper")),
}


def patterns(resolver: URLResolver | None = None, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address of the product by its name."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        else:
            yield f"{space}{pattern.name}", pattern


def address(name: str, pattern: URLPattern) -> str:
    """An address of that pattern with made-up values."""
    made_up = {
        "int": 1,
        "uuid": "0" * 8 + "-0000-4000-8000-" + "0" * 12,
        "slug": "json",
        "path": "区司法局",
        "str": "x",
    }
    kinds = {"IntConverter": "int", "UUIDConverter": "uuid", "SlugConverter": "slug", "PathConverter": "path"}
    values = {
        key: made_up[kinds.get(type(converter).__name__, "str")]
        for key, converter in pattern.pattern.converters.items()
    }
    return reverse(name, kwargs=values)


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name, _ in patterns()])
@pytest.mark.parametrize("method", ["get", "post"])
def test_strangers_get_nowhere(client: Client, name: str, method: str) -> None:
    pattern = dict(patterns())[name]
    if getattr(pattern.callback, "luoshi_permission", "") == EVERYBODY:
        # `v1:` takes no session but asks for a token; see tests/apps/api/test_access.py.
        assert name in OPEN or name.startswith(("interface:", "v1:")), f"{name} is open to everybody"
        return
    response = getattr(client, method)(address(name, pattern))
    assert response.status_code in {302, 403}
    if response.status_code == 302:
        assert response["Location"].startswith(reverse("account_login"))


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name, _ in patterns() if name.startswith(("plan:", "document:"))])
def test_users_without_a_role_get_nowhere(client: Client, name: str) -> None:
    client.force_login(user_with("nobody", None))
    assert client.get(address(name, dict(patterns())[name])).status_code == 403


def test_a_view_without_a_mark_is_refused(rf: RequestFactory, office: User) -> None:
    def unmarked(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    request = rf.get("/")
    request.user = office
    with pytest.raises(PermissionDenied):
        DenyByDefaultMiddleware(unmarked).process_view(request, unmarked, (), {})


def test_plans_of_another_region_are_closed(client: Client, plan: Plan) -> None:
    client.force_login(user_with("neighbour", Role.Name.OFFICE, "990103"))
    assert client.get(reverse("plan:review", args=[plan.pk])).status_code == 403
    assert client.post(reverse("plan:confirm", args=[plan.pk])).status_code == 403


def test_readers_see_and_do_not_touch(client: Client, plan: Plan) -> None:
    client.force_login(user_with("viewer", Role.Name.VIEWER))
    page = client.get(reverse("plan:review", args=[plan.pk]))
    assert page.status_code == 200
    assert "确认方案" not in page.content.decode()
    assert client.post(reverse("plan:confirm", args=[plan.pk])).status_code == 403
    assert client.get(reverse("plan:review-edit", args=[plan.pk, 0])).status_code == 403


def test_a_superuser_flag_opens_nothing(client: Client, plan: Plan) -> None:
    client.force_login(User.objects.create_superuser("root"))
    assert client.get(reverse("plan:review", args=[plan.pk])).status_code == 403


@pytest.fixture
def local_mode(settings: Any) -> None:
    settings.LUOSHI_LOCAL = True


@pytest.mark.django_db
@pytest.mark.usefixtures("local_mode")
class TestLocalMode:
    """`luoshi open`: the person at this machine need not sign in, and nobody else may pass for them."""

    @pytest.mark.parametrize(
        ("remote", "host"),
        [("127.0.0.1", "127.0.0.1:8000"), ("127.0.0.1", "localhost"), ("::1", "127.0.0.1")],
    )
    def test_the_person_here_is_the_office(self, client: Client, remote: str, host: str) -> None:
        response = client.get(reverse("plan:upload"), REMOTE_ADDR=remote, HTTP_HOST=host)
        assert response.status_code == 200
        assert response.wsgi_request.user.username == LOCAL_OFFICE

    @pytest.mark.parametrize(
        "changes",
        [
            {"REMOTE_ADDR": "10.0.0.7"},
            {"REMOTE_ADDR": ""},
            {"HTTP_HOST": "testserver"},
            {"HTTP_X_FORWARDED_FOR": "10.0.0.7"},
            {"HTTP_FORWARDED": "for=10.0.0.7"},
        ],
    )
    def test_nobody_else_is(self, client: Client, changes: dict[str, str]) -> None:
        here = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1"}
        response = client.get(reverse("plan:upload"), **{**here, **changes})
        assert response.status_code == 302
        assert not User.objects.filter(username=LOCAL_OFFICE).exists()

    def test_other_sites_cannot_write(self) -> None:
        client = Client(enforce_csrf_checks=True)
        response = client.post(reverse("plan:upload"), REMOTE_ADDR="127.0.0.1", HTTP_HOST="127.0.0.1")
        assert response.status_code == 403


@pytest.mark.django_db
def test_without_local_mode_this_machine_is_nobody(client: Client) -> None:
    response = client.get(reverse("plan:upload"), REMOTE_ADDR="127.0.0.1", HTTP_HOST="127.0.0.1")
    assert response.status_code == 302


def test_pages_of_persons_are_not_kept_by_caches(desk: Client, plan: Plan) -> None:
    response = desk.get(reverse("plan:review", args=[plan.pk]))
    assert "no-store" in response["Cache-Control"]


def test_no_inline_code_is_allowed(desk: Client, plan: Plan) -> None:
    policy = desk.get(reverse("plan:review", args=[plan.pk]))["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
