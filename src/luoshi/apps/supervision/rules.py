"""Who may do what with orders. A body sees its own ones, once they are out."""

from __future__ import annotations

from rules.permissions import add_perm
from rules.predicates import Predicate

from luoshi.apps.organization.models import Role
from luoshi.apps.organization.rules import (
    Visitor,
    bodies_with,
    is_member,
    is_office,
    is_viewer,
    regions_with,
)
from luoshi.apps.supervision.models import Order

UNSEEN = (Order.State.DRAFT, Order.State.PROPOSED)


def _concerned(user: Visitor, thing: object = None) -> bool:
    """Whether `thing` is an order for a body of the person, and is out."""
    if not isinstance(thing, Order):
        return thing is None
    own = bodies_with(user, Role.Name.LIAISON, Role.Name.HEAD, Role.Name.VIEWER)
    out = thing.state not in UNSEEN and thing.issued_at is not None
    return bool(own) and out and thing.bodies.filter(body__in=own).exists()


def _looks_at_all(user: Visitor, thing: object = None) -> bool:
    regions = regions_with(user, Role.Name.VIEWER)
    return bool(regions) if thing is None else getattr(thing, "region_id", None) in regions


concerned = Predicate(_concerned, "concerned_by_order")
looks_at_all = Predicate(_looks_at_all, "looks_at_all_orders")

add_perm("supervision.view", is_office | looks_at_all | ((is_member | is_viewer) & concerned))
add_perm("supervision.answer", is_member & concerned)
add_perm("supervision.order", is_office)
