"""Which bodies keep the entries of a mechanism."""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from luoshi.apps.organization.models import Body
from luoshi.core.mechanism.declaration import Mechanism
from luoshi.core.register.declaration import WhichBodies


def matching(which: WhichBodies, region: str) -> QuerySet[Body]:
    """The bodies of a region that are meant, by name; those that still exist."""
    return _meant(which).filter(region=region)


def _meant(which: WhichBodies) -> QuerySet[Body]:
    rows = Body.objects.filter(active_to=None).exclude(kind=Body.Kind.GROUP)
    if which.kinds:
        rows = rows.filter(kind__in=which.kinds)
    if which.lines:
        rows = rows.filter(line__in=which.lines)
    if which.words:
        rows = rows.filter(reduce(or_, (Q(name__contains=word) for word in which.words)))
    return rows.order_by("name", "pk")


def keepers(mechanism: Mechanism, region: str) -> QuerySet[Body]:
    """The bodies of a region that keep entries of a mechanism."""
    return matching(mechanism.register.keeper, region)


def keepers_anywhere(mechanism: Mechanism) -> QuerySet[Body]:
    """The bodies of all regions of the installation that keep entries of a mechanism."""
    return _meant(mechanism.register.keeper)
