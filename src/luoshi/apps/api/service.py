"""The service: every area under one address, described by OpenAPI 3.1."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from ninja import NinjaAPI
from ninja.renderers import JSONRenderer

from luoshi import __version__
from luoshi.apps.api import problems, refusals
from luoshi.apps.api.access import REFUSED
from luoshi.apps.api.describing import described
from luoshi.apps.api.routers import AREAS
from luoshi.apps.api.transport import by_token

PREFIX = "/api/v1/"
SPACE = "v1"


class Plain(JSONRenderer):
    """JSON in UTF-8, Chinese as it is written."""

    json_dumps_params: dict[str, Any] = {"ensure_ascii": False}  # noqa: RUF012 (as the base declares it)


def build() -> NinjaAPI:
    """The service with all its areas."""
    made = NinjaAPI(
        title="Luoshi 落实",
        version=__version__,
        description="Every operation of the pages, for programs. See docs/concepts/api.md.",
        openapi_url=None,
        docs_url=None,
        urls_namespace=SPACE,
        auth=REFUSED,
        renderer=Plain(),
    )
    problems.handle_all(made)
    for area in AREAS:
        made.add_router("", area)
    return made


SERVICE = build()


def schema() -> dict[str, Any]:
    """The description of the whole service."""
    return described(dict(SERVICE.get_openapi_schema(path_prefix=PREFIX)))


def description(request: HttpRequest) -> HttpResponse:
    """The description, for everybody: it says nothing of anybody's data."""
    if request.method not in {"GET", "HEAD"}:
        response = HttpResponse(status=405)
        response["Allow"] = "GET, HEAD"
        return response
    return HttpResponse(
        Plain().render(request, schema(), response_status=200), content_type="application/json; charset=utf-8"
    )


def nowhere(request: HttpRequest, rest: str) -> HttpResponse:
    """An address that is none."""
    return problems.problem(request, refusals.NotThere())


def addresses() -> tuple[list[URLPattern], str, str]:
    """What `path()` takes: every call opened by tokens, the description, and nothing else."""
    calls = [one for one in SERVICE.urls[0] if isinstance(one, URLPattern) and one.name != "api-root"]
    for one in calls:
        one.callback = by_token(one.callback)
    own = [path("openapi.json", by_token(description), name="openapi")]
    return [*own, *calls, path("<path:rest>", by_token(nowhere), name="nowhere")], SPACE, SPACE
