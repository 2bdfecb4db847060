"""Every view says who may use it; a view that says nothing is refused to everybody."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.request import split_domain_port
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from rules.permissions import has_perm

from luoshi.apps.organization.operations import local_office_user

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
EVERYBODY = "everybody"


def requires(permission: str) -> Callable[[View], View]:
    """Mark a view as open to users with `permission` (see `luoshi.apps.organization.rules`)."""

    def mark(view: View) -> View:
        view.luoshi_permission = permission  # type: ignore[attr-defined]
        return view

    return mark


def open_to_everybody(view: View) -> View:
    """Mark a view as open without signing in: login, health, language, static files."""
    view.luoshi_permission = EVERYBODY  # type: ignore[attr-defined]
    return view


def check(request: HttpRequest, permission: str, thing: object) -> None:
    """Refuse unless the user of `request` has `permission` for this very `thing`.

    Raises:
        PermissionDenied: the user has it elsewhere at most.
    """
    if not has_perm(permission, request.user, thing):
        raise PermissionDenied


def person(request: HttpRequest) -> User:
    """The signed-in user of `request`; every view with a permission has one."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


class DenyByDefaultMiddleware:
    """Lets a request through to its view only if the view's mark allows it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            # Pages differ from person to person; a shared cache must not keep them.
            add_never_cache_headers(response)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        permission = getattr(view, "luoshi_permission", None)
        if permission == EVERYBODY:
            return None
        if permission is not None and has_perm(permission, request.user):
            return None
        if (
            permission is not None
            and not request.user.is_authenticated
            and not request.headers.get("HX-Request")
        ):
            return redirect_to_login(request.get_full_path())
        raise PermissionDenied


class LocalOfficeMiddleware:
    """In local mode the person at this machine is the local office user, without signing in.

    Only a request that comes from the loopback address, names a loopback host (so that a page elsewhere
    cannot reach in through a name of its own that points here) and went through no proxy is this person's.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.LUOSHI_LOCAL and not request.user.is_authenticated and from_this_machine(request):
            request.user = local_office_user(at=timezone.now())
        return self.get_response(request)


# Headers by which a proxy says that it speaks for somebody else.
_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via")


def from_this_machine(request: HttpRequest) -> bool:
    """Whether the person sits at this very machine: loopback at both ends, and no proxy between."""
    if any(header in request.headers for header in _FORWARDED):
        return False
    host, _ = split_domain_port(request.get_host())
    return _is_loopback(request.META.get("REMOTE_ADDR", "")) and _is_loopback(host.strip("[]"))


def _is_loopback(name: str) -> bool:
    """Whether `name` is this machine: `localhost`, `127.0.0.1`, `::1`."""
    if name == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
