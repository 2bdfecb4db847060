"""Requests follow the links: joined when a link is confirmed, parted when it is taken back."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import models

from luoshi.apps.alignment.models import Link, Settlement
from luoshi.apps.alignment.queries.groups import RUNNING, joined_requests
from luoshi.apps.organization.models import Region
from luoshi.apps.work.models import Occurrence
from luoshi.apps.work.operations.along import go_alone, go_along


def join_requests(*, region: str, reason: models.Model, by: User | None, at: datetime) -> tuple[int, int]:
    """Let every request of a region go with the one that answers it; belongs inside a transaction.

    Returns:
        How many were joined, and how many go by themselves again.
    """
    pairs = joined_requests(region)
    apart = Occurrence.objects.filter(region_id=region, goes_with__isnull=False, state__in=RUNNING)
    parted = go_alone(rows=apart.exclude(pk__in=list(pairs)), reason=reason, region=region, by=by, at=at)
    return go_along(pairs=pairs, reason=reason, region=region, by=by, at=at), parted


def join_made(region: str, at: datetime) -> None:
    """Requests were made: those of linked tasks are joined at once."""
    if Link.objects.filter(region_id=region, state=Settlement.CONFIRMED).exists():
        join_requests(region=region, reason=Region.objects.get(pk=region), by=None, at=at)
