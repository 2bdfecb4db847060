"""Who may do what, as predicates. A permission that is not listed here is refused."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from rules.permissions import add_perm
from rules.predicates import Predicate

from luoshi.apps.organization.models import Role

Visitor = AbstractBaseUser | AnonymousUser


def roles_of(user: Visitor) -> list[Role]:
    """The roles of `user`, read once a request and kept on the user object."""
    if not user.is_authenticated:
        return []
    kept: list[Role] | None = getattr(user, "_roles", None)
    if kept is None:
        kept = list(Role.objects.filter(user_id=user.pk).select_related("region"))
        setattr(user, "_roles", kept)  # noqa: B010 (no such field: it lives as long as the request)
    return kept


def regions_of(user: Visitor) -> list[str]:
    """Codes of the regions in which `user` has any role, in order."""
    return sorted({role.region_id for role in roles_of(user)})


def _holds(user: Visitor, name: str, thing: object) -> bool:
    """Whether `user` has the role `name` in the region of `thing` (in any region when there is no thing)."""
    region = getattr(thing, "region_id", None)
    return any(role.name == name and (region is None or role.region_id == region) for role in roles_of(user))


is_office = Predicate(lambda user, thing=None: _holds(user, Role.Name.OFFICE, thing), "is_office")
is_reader = Predicate(lambda user, thing=None: _holds(user, Role.Name.READER, thing), "is_reader")

add_perm("plan.view", is_office | is_reader)
add_perm("plan.import", is_office)
add_perm("plan.edit", is_office)
add_perm("plan.confirm", is_office)
add_perm("document.download", is_office | is_reader)
add_perm("organization.view", is_office | is_reader)
add_perm("organization.edit", is_office)
