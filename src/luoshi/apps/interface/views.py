"""Reading preferences and the help page."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from luoshi.apps.interface.preferences import TEXT_COOKIE, TEXT_SIZES, YEAR_SECONDS, tell_keepers
from luoshi.apps.organization.access import open_to_everybody


@open_to_everybody
@require_POST
def set_preferences(request: HttpRequest) -> HttpResponse:
    """Keep the language or text size that the form asks for, and go back to where the person was."""
    response = HttpResponseRedirect(_back(request))
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        _keep(response, settings.LANGUAGE_COOKIE_NAME, language)
        tell_keepers(request, language)
    size = request.POST.get("text", "")
    if size in TEXT_SIZES:
        _keep(response, TEXT_COOKIE, size)
    return response


@open_to_everybody
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """What the product does, its signs and its keys."""
    return render(request, "interface/help.html", {"section": "help"})


def _keep(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name,
        value,
        max_age=YEAR_SECONDS,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
    )


def _back(request: HttpRequest) -> str:
    """The page named by the form, when it is one of ours."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours and wanted.startswith("/") else "/"
