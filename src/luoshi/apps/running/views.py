"""Readiness and figures, for machines; and what people are told when the database is away."""

from __future__ import annotations

import sys

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from luoshi.apps.organization import views as organization
from luoshi.apps.organization.access import from_this_machine, open_to_everybody
from luoshi.apps.running.figures import exposition
from luoshi.apps.running.queries.gauges import Gauges
from luoshi.apps.running.queries.readiness import readiness

RETRY_SECONDS = "30"
AWAY = (OperationalError, InterfaceError)


@open_to_everybody
@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """Whether requests can be answered; 503 if not. Says what is amiss and no more."""
    found = readiness(at=timezone.now())
    checks = {
        "database": found.database,
        "migrations": found.migrated,
        "disk": found.room,
        "scheduler": found.on_time,
    }
    words = {name: "ok" if well else "failing" for name, well in checks.items()}
    status = "ready" if found.ready else "not-ready"
    return JsonResponse({"status": status, "checks": words}, status=200 if found.ready else 503)


@open_to_everybody
@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures for Prometheus: for this machine, and for whoever has the token of the installation."""
    if not (_has_token(request) or from_this_machine(request)):
        raise PermissionDenied
    return HttpResponse(exposition(Gauges(timezone.now())), content_type=CONTENT_TYPE_LATEST)


def _has_token(request: HttpRequest) -> bool:
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    wanted = settings.LUOSHI_METRICS_TOKEN
    return bool(wanted) and scheme.lower() == "bearer" and constant_time_compare(given.strip(), wanted)


def server_error(request: HttpRequest) -> HttpResponse:
    """The page for a fault of ours; 503 when the database is away, full or locked for too long."""
    if not isinstance(sys.exc_info()[1], AWAY):
        return organization.server_error(request)
    # No context: whatever asks the database would fail again.
    response = HttpResponse(render(None, "503.html").content, status=503)
    response.headers["Retry-After"] = RETRY_SECONDS
    return response
