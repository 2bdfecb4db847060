"""Signing in and out, the page of a locked account, and the people of the demo."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm
from allauth.account.views import LoginView
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from luoshi.apps.accounts.operations.sessions import note_sign_in
from luoshi.apps.accounts.queries.homes import home_of
from luoshi.apps.accounts.queries.people import demo_people
from luoshi.apps.accounts.visitors import address_of
from luoshi.apps.organization.access import from_this_machine, open_to_everybody

DEMO = "demo-"
BACKEND = "django.contrib.auth.backends.ModelBackend"


class SignIn(LoginView):  # type: ignore[misc]
    """The page where one signs in."""

    template_name = "account/login.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), **sign_in_context(self.request)}


def sign_in_context(request: HttpRequest) -> dict[str, object]:
    """What the page shows beside its form."""
    return {
        "provider": settings.LUOSHI_OIDC_NAME if settings.LUOSHI_OIDC else "",
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "demo": demo_people(DEMO) if is_demo(request) else [],
    }


def locked(request: HttpRequest, response: HttpResponse, credentials: Any = None) -> HttpResponse:
    """The answer to a password for a locked account, right or wrong."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    context = {
        "form": LoginForm(request=request),
        "locked_minutes": minutes,
        "tries": settings.AXES_FAILURE_LIMIT,
        **sign_in_context(request),
    }
    return render(request, "account/login.html", context, status=429)


def is_demo(request: HttpRequest) -> bool:
    """Whether people may be tried out: in the demo, by the person at this machine."""
    return bool(settings.LUOSHI_DEMO and from_this_machine(request))


@open_to_everybody
@require_POST
def demo(request: HttpRequest) -> HttpResponse:
    """Be one of the people of the demo."""
    if not is_demo(request):
        raise Http404
    people = User.objects.filter(username__startswith=DEMO, is_active=True)
    user = get_object_or_404(people, username=request.POST.get("person", ""))
    login(request, user, backend=BACKEND)
    note_sign_in(user=user, way="demo", address=address_of(request), at=timezone.now())
    return redirect(home_of(user))
