"""The tree of regions: what lies above one, and what beneath."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q, QuerySet

from luoshi.apps.organization.models import Region

DEPTH = len(Region.Level.values) - 1
"""Steps from a country down to a village."""


def regions_above(code: str) -> list[str]:
    """Codes of the regions above one, the nearest first; one query."""
    steps = ["parent_id"]
    while len(steps) < DEPTH:
        steps.append(f"parent__{steps[-1]}")
    found = Region.objects.filter(pk=code).values_list(*steps).first() or ()
    return [one for one in found if one is not None]


def regions_below(codes: Collection[str]) -> QuerySet[Region]:
    """Every region beneath some, however deep, without those themselves."""
    beneath, path = Q(), "parent"
    for _step in range(DEPTH):
        beneath |= Q(**{f"{path}__in": list(codes)})
        path = f"parent__{path}"
    return Region.objects.filter(beneath)
