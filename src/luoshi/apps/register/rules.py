"""Who may do what with entries. The declaration says who takes which step; this, who comes near an entry."""

from __future__ import annotations

from rules.permissions import add_perm
from rules.predicates import Predicate

from luoshi.apps.organization.models import Role
from luoshi.apps.organization.rules import Visitor, bodies_with, is_office, regions_with
from luoshi.apps.register.models import Entry

_WORKERS = (Role.Name.LIAISON, Role.Name.HEAD)


def _handles(user: Visitor, thing: object = None) -> bool:
    """Whether a body of the person owns the entry, holds it, or is to sign for it."""
    own = bodies_with(user, *_WORKERS)
    if not isinstance(thing, Entry):
        return bool(own)
    return any(body in own for body in (thing.body_id, thing.holder_id, thing.pending_id))


def _looks(user: Visitor, thing: object = None) -> bool:
    """Whether the person looks at the whole region, or at what concerns the body."""
    regions, bodies = regions_with(user, Role.Name.VIEWER), bodies_with(user, Role.Name.VIEWER)
    if not isinstance(thing, Entry):
        return bool(regions or bodies)
    return thing.region_id in regions or bool(bodies & {thing.body_id, thing.holder_id})


handles = Predicate(_handles, "handles_entry")
looks = Predicate(_looks, "looks_at_entry")

add_perm("register.view", is_office | handles | looks)
add_perm("register.take", is_office | handles)
# What is personal is read by who works on the entry, never by who only looks.
add_perm("register.reveal", is_office | handles)
add_perm("register.administer", is_office)
