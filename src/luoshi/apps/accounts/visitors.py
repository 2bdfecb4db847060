"""Where a request comes from, and with what: the address, the browser, the name that was typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from luoshi.apps.audit.origin import coming_from

# What stands for an address that is not known, as over a socket of the machine itself.
NOWHERE = "::"
LONGEST_NAME = 150
# Words of a browser's own description, and what people call it; the first that is found is it.
BROWSERS = {
    "MicroMessenger": "微信",
    "DingTalk": "钉钉",
    "360SE": "360",
    "QQBrowser": "QQ",
    "Edg": "Edge",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "HarmonyOS": "HarmonyOS",
    "OpenHarmony": "HarmonyOS",
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "macOS",
    "UOS": "UOS",
    "Kylin": "Kylin",
    "Linux": "Linux",
}


def address_of(request: HttpRequest) -> str:
    """The address that a request comes from.

    What stands in `X-Forwarded-For` counts only as far as our own proxies wrote it: the last one wrote the
    last entry. Anything before that is what a visitor claims.
    """
    given = request.META.get("REMOTE_ADDR", "")
    if settings.LUOSHI_PROXIES:
        chain = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
        if len(chain) >= settings.LUOSHI_PROXIES:
            given = chain[-settings.LUOSHI_PROXIES]
    try:
        return str(ip_address(given))
    except ValueError:
        return NOWHERE


def name_given(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> str:
    """The user name that somebody tries to sign in with."""
    given = (credentials or {}).get("username") or request.POST.get("login") or ""
    return str(given).strip()[:LONGEST_NAME]


def device(agent: str) -> str:
    """A browser's description of itself in two words.

    Example:
        >>> device("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/131.0 Safari/537.36")
        'Chrome · Windows'
        >>> device("curl/8.0")
        ''
    """
    found = [
        next((name for word, name in words.items() if word in agent), "") for words in (BROWSERS, SYSTEMS)
    ]
    return " · ".join(part for part in found if part)


class AddressMiddleware:
    """Whatever a request does is recorded with its address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        address = address_of(request)
        with coming_from("" if address == NOWHERE else address):
            return self.get_response(request)
