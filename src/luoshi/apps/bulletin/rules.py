"""Who may do what with bulletins: the office writes; what is published is for everybody of the region."""

from __future__ import annotations

from rules.permissions import add_perm
from rules.predicates import Predicate

from luoshi.apps.bulletin.models import Bulletin
from luoshi.apps.organization.rules import Visitor, is_member, is_office, is_viewer, regions_of

is_published = Predicate(
    lambda user, thing=None: thing is None or getattr(thing, "state", "") == Bulletin.State.PUBLISHED,
    "is_published",
)


def _of_region(user: Visitor, thing: object = None) -> bool:
    return thing is None or getattr(thing, "region_id", None) in regions_of(user)


of_region = Predicate(_of_region, "of_region")

add_perm("bulletin.view", is_office | ((is_viewer | is_member) & of_region & is_published))
add_perm("bulletin.write", is_office)
