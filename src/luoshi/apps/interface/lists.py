"""A page of a list, whole or only its results."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

ROWS = 25
# Of lists without end rows are counted up to here: to count a million takes longer than to find any page.
MOST_COUNTED = 100_000


class Endless(Paginator):  # type: ignore[type-arg]
    """Pages of a list that may hold a million rows; `more` says that it holds more than were counted."""

    def __init__(self, rows: QuerySet[Any], size: int, most: int = MOST_COUNTED) -> None:
        super().__init__(rows, size)
        self.most = most

    @cached_property
    def count(self) -> int:
        """How many rows there are, `most` at most."""
        return min(self._reached, self.most)

    @property
    def more(self) -> bool:
        """Whether there are more rows than `count`."""
        return self._reached > self.most

    @cached_property
    def _reached(self) -> int:
        return count_up_to(self.object_list, self.most + 1)


def count_up_to(rows: Any, most: int) -> int:
    """How many rows a query finds, where more than `most` do not matter."""
    return int(rows.order_by().values("pk")[:most].count())


def endless_page_of(request: HttpRequest, rows: QuerySet[Any], most: int = MOST_COUNTED) -> Page[Any]:
    """The page that the address asks for, of a list without end that is counted up to `most`."""
    return Endless(rows, ROWS, most).get_page(request.GET.get("page"))


def page_of(
    request: HttpRequest,
    rows: QuerySet[Any] | list[Any],
    size: int = ROWS,
    counted: QuerySet[Any] | None = None,
) -> Page[Any]:
    """The page that the address asks for; the nearest one when there is no such page.

    Args:
        rows: with all that a page shows.
        size: rows of a page.
        counted: the same rows before what is shown was added to them, which Django would copy to count them.
    """
    pages = Paginator(rows, size)
    if counted is not None:
        pages.count = counted.count()
    return pages.get_page(request.GET.get("page"))


def wants_results(request: HttpRequest) -> bool:
    """Whether a filter on the page asks for the results only."""
    headers = request.headers
    return bool(headers.get("HX-Request")) and not headers.get("HX-History-Restore-Request")


def list_response(
    request: HttpRequest, page: str, results: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """The whole page, or only its results when a filter on the page asked for them."""
    response = render(request, results if wants_results(request) else page, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response
