"""Which part of the numbers a person sees."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser, User

from luoshi.apps.organization.models import Region, Role
from luoshi.apps.organization.rules import bodies_with, regions_of, regions_with


@dataclass(frozen=True, slots=True)
class Scope:
    """A region, and the bodies of it whose numbers are shown; None for all."""

    region: Region
    bodies: frozenset[int] | None


def scopes(user: User | AnonymousUser) -> list[Scope]:
    """The regions of a person, by name; each whole for office and viewers."""
    whole = regions_with(user, Role.Name.OFFICE, Role.Name.VIEWER)
    own = bodies_with(user, Role.Name.LIAISON, Role.Name.HEAD, Role.Name.VIEWER)
    regions = Region.objects.filter(pk__in=regions_of(user)).order_by("name", "pk")
    return [Scope(one, None if one.pk in whole else own) for one in regions]
