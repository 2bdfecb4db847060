"""Around every request: its number, one line in the log, its figures."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse

from luoshi.apps.running import figures, request_id

log = logging.getLogger("luoshi.requests")
# What has no address of its own: static files, and addresses that are not there.
NO_ROUTE = "-"


class _Statements:
    """Counts what is sent to the database."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        self.number += 1
        return execute(*arguments)


class RequestMiddleware:
    """Numbers a request, counts it, and writes its line: the route instead of the address, and nobody's name.

    The line is written only where `LUOSHI_LOG_REQUESTS` asks for it, as `luoshi serve` does.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get(request_id.HEADER, "") if settings.LUOSHI_PROXIES else ""
        number = request_id.begin(given)
        begun, statements = time.perf_counter(), _Statements()
        try:
            with connection.execute_wrapper(statements):
                response = self.get_response(request)
            response.headers[request_id.HEADER] = number
            self._note(request, response, time.perf_counter() - begun, statements.number)
        finally:
            request_id.end()
        return response

    def _note(self, request: HttpRequest, response: HttpResponse, seconds: float, queries: int) -> None:
        route = request.resolver_match.view_name if request.resolver_match else NO_ROUTE
        method, status = request.method or "", response.status_code
        figures.count(route=route, method=method, status=status, seconds=seconds, queries=queries)
        if settings.LUOSHI_LOG_REQUESTS:
            told = {"route": route, "method": method, "status": status, "queries": queries}
            log.info("answered", extra={**told, "ms": round(seconds * 1000, 1)})
