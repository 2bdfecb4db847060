"""Who may link tasks and compare plans, and who looks from above."""

from __future__ import annotations

from rules.permissions import add_perm
from rules.predicates import Predicate

from luoshi.apps.organization.models import Role
from luoshi.apps.organization.rules import Visitor, is_above, is_office, regions_with


def _looks_at_all(user: Visitor, thing: object = None) -> bool:
    """Whether the person looks at the whole region of `thing`, not only at a body of it."""
    regions = regions_with(user, Role.Name.VIEWER)
    return bool(regions) if thing is None else getattr(thing, "region_id", None) in regions


looks_at_all = Predicate(_looks_at_all, "looks_at_all_alignments")

add_perm("alignment.view", is_office | looks_at_all)
add_perm("alignment.settle", is_office)
# Only for the pages of the level above: what is issued in the regions beneath, and what was accepted there.
add_perm("above.view", is_above)
