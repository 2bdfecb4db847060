"""Back to where somebody came from."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme


def number(value: str | None) -> int | None:
    """A key from an address or a form; None when it is none."""
    found = value or ""
    return int(found) if found.isascii() and found.isdigit() and len(found) < 18 else None


def go_back(request: HttpRequest, otherwise: str) -> HttpResponse:
    """To the page that the form stood on, if it is one of ours."""
    wanted = request.POST.get("next", "")
    if wanted and url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
        return redirect(wanted)
    return redirect(otherwise)
