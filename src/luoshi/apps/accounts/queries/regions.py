"""Regions as a list, and those that can lie above one."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet

from luoshi.apps.organization.models import Region

OFFERED = 500
SORTS = {"code": ("code",), "name": ("name", "code")}


def regions(*, text: str = "", level: str = "", sort: str = "code") -> QuerySet[Any]:
    """Regions, each with `people`: how many persons hold a role there.

    Args:
        text: words that all stand in the code or the name, or are the code of the region above.
        level: a value of `Region.Level`, or empty.
        sort: a key of `SORTS`.
    """
    found: QuerySet[Any] = Region.objects.annotate(people=Count("roles__user", distinct=True))
    for word in text.split():
        found = found.filter(Q(code__startswith=word) | Q(name__icontains=word) | Q(parent=word))
    if level:
        found = found.filter(level=level)
    return found.select_related("parent").order_by(*SORTS[sort])


def offered_above(region: Region | None = None) -> QuerySet[Region]:
    """Regions that a form offers as the one above: of a higher level, the highest first, never too many."""
    lowest = Region.Level.VILLAGE if region is None else region.level
    return Region.objects.filter(level__lt=lowest).order_by("level", "code")[:OFFERED]
