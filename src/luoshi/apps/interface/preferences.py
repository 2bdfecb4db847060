"""How a person likes to read: kept in a cookie of their own browser.

What has to be known without the browser as well, say the language of a letter, is kept by whoever registers
for it with `also_keep`.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

TEXT_COOKIE = "luoshi_text"
TEXT_SIZES = ("normal", "large")
YEAR_SECONDS = 365 * 24 * 3600
Keeper = Callable[[HttpRequest, str], None]
_keepers: list[Keeper] = []


def also_keep(keeper: Keeper) -> None:
    """Let `keeper` know, with the request, which language a person has chosen."""
    if keeper not in _keepers:
        _keepers.append(keeper)


def tell_keepers(request: HttpRequest, language: str) -> None:
    """Tell everybody who keeps the language that a person has chosen this one."""
    for keeper in _keepers:
        keeper(request, language)


def keep_preferences(request: HttpRequest, response: HttpResponse) -> None:
    """Keep the language or the size of text that a form asks for; of anything else nothing."""
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        _keep(response, settings.LANGUAGE_COOKIE_NAME, language)
        tell_keepers(request, language)
    size = request.POST.get("text", "")
    if size in TEXT_SIZES:
        _keep(response, TEXT_COOKIE, size)


def _keep(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name,
        value,
        max_age=YEAR_SECONDS,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
    )


def chosen_language(request: HttpRequest) -> str:
    """The language that somebody has chosen in this browser; empty when nobody has."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else ""


def text_size(request: HttpRequest) -> str:
    """`normal` or `large`, whatever the cookie says."""
    chosen = request.COOKIES.get(TEXT_COOKIE, "")
    return chosen if chosen in TEXT_SIZES else TEXT_SIZES[0]
