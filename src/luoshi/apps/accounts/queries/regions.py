"""Regions as a list."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet

from luoshi.apps.organization.models import Region

SORTS = {"code": ("code",), "name": ("name", "code")}


def regions(*, text: str = "", level: str = "", sort: str = "code") -> QuerySet[Any]:
    """Regions, each with `people`: how many persons hold a role there.

    Args:
        text: words that all stand in the code or the name.
        level: a value of `Region.Level`, or empty.
        sort: a key of `SORTS`.
    """
    found: QuerySet[Any] = Region.objects.annotate(people=Count("roles__user", distinct=True))
    for word in text.split():
        found = found.filter(Q(code__startswith=word) | Q(name__icontains=word))
    if level:
        found = found.filter(level=level)
    return found.order_by(*SORTS[sort])
