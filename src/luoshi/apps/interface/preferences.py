"""How a person likes to read: kept in a cookie of their own browser, not in the database."""

from __future__ import annotations

from django.http import HttpRequest

TEXT_COOKIE = "luoshi_text"
TEXT_SIZES = ("normal", "large")
YEAR_SECONDS = 365 * 24 * 3600


def text_size(request: HttpRequest) -> str:
    """`normal` or `large`, whatever the cookie says."""
    chosen = request.COOKIES.get(TEXT_COOKIE, "")
    return chosen if chosen in TEXT_SIZES else TEXT_SIZES[0]
