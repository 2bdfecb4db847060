"""Reading preferences and the help page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from luoshi.apps.interface.preferences import keep_preferences
from luoshi.apps.organization.access import open_to_everybody


@open_to_everybody
@require_POST
def set_preferences(request: HttpRequest) -> HttpResponse:
    """Keep the language or text size that the form asks for, and go back to where the person was."""
    response = HttpResponseRedirect(_back(request))
    keep_preferences(request, response)
    return response


@open_to_everybody
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """What the product does, its signs and its keys."""
    return render(request, "interface/help.html", {"section": "help"})


def _back(request: HttpRequest) -> str:
    """The page named by the form, when it is one of ours."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours and wanted.startswith("/") else "/"
