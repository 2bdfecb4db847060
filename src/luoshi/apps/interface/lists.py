"""A page of a list, whole or only its results."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

ROWS = 25


def page_of(request: HttpRequest, rows: QuerySet[Any] | list[Any], size: int = ROWS) -> Page[Any]:
    """The page that the address asks for; the nearest one when there is no such page."""
    return Paginator(rows, size).get_page(request.GET.get("page"))


def wants_results(request: HttpRequest) -> bool:
    """Whether a filter on the page asks for the results only."""
    headers = request.headers
    return bool(headers.get("HX-Request")) and not headers.get("HX-History-Restore-Request")


def list_response(request: HttpRequest, page: str, results: str, context: dict[str, Any]) -> HttpResponse:
    """The whole page, or only its results when a filter on the page asked for them."""
    response = render(request, results if wants_results(request) else page, context)
    patch_vary_headers(response, ["HX-Request"])
    return response
