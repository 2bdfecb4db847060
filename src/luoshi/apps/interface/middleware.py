"""What no page can use is refused before it gets there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

NUL = "\x00"


class KeepableMiddleware:
    """Refuses an address or a form that holds NUL, which no text of PostgreSQL can.

    Other characters that cannot be kept (halves of characters) do not survive the decoding of a request.
    What programs send, whose calls need no key of a form, is left to them: the API says what is wrong with a
    call in its own way.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        """Look before a view is called.

        Raises:
            BadRequest: it holds NUL.
        """
        if not getattr(view, "csrf_exempt", False) and any(NUL in one for one in _said(request, kwargs)):
            raise BadRequest("NUL")


def _said(request: HttpRequest, parts: dict[str, Any]) -> Iterator[str]:
    yield from (part for part in parts.values() if isinstance(part, str))
    for form in (request.GET, request.POST):
        for name, values in form.lists():
            yield name
            yield from (value for value in values if isinstance(value, str))
