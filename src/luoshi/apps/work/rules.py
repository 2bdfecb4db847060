"""Who may do what in the work. Rows tell their region by `region_id` and whose they are by `body_id`."""

from __future__ import annotations

from rules.permissions import add_perm
from rules.predicates import Predicate

from luoshi.apps.organization.models import Role
from luoshi.apps.organization.rules import (
    Visitor,
    bodies_with,
    is_head,
    is_liaison,
    is_member,
    is_office,
    is_viewer,
    regions_with,
)
from luoshi.apps.work.models import Assignment

OWN = (Role.Name.LIAISON, Role.Name.HEAD)


def _leads(user: Visitor, thing: object = None) -> bool:
    """Whether a body of the person is a lead of the task of `thing` (in any task when there is no thing)."""
    return _takes_part(user, thing, Assignment.Role.LEAD)


def _takes_part(user: Visitor, thing: object, *roles: str) -> bool:
    bodies = bodies_with(user, *OWN)
    task = getattr(thing, "task_id", None)
    if not bodies or (thing is not None and task is None):
        return False
    found = Assignment.objects.filter(body__in=bodies).exclude(state__in=Assignment.GONE)
    if roles:
        found = found.filter(role__in=roles)
    return found.exists() if task is None else found.filter(task_id=task).exists()


def _may_read_the_conclusion(user: Visitor, thing: object = None) -> bool:
    """Whether `thing` is an accepted joint report of a task that a body of the person takes part in."""
    if thing is not None and not (getattr(thing, "joint", False) and getattr(thing, "pinned", None)):
        return False
    return _takes_part(user, thing)


def _looks_at_all(user: Visitor, thing: object = None) -> bool:
    """Whether the person looks at the whole region of `thing`, not only at a body of it."""
    regions = regions_with(user, Role.Name.VIEWER)
    return bool(regions) if thing is None else getattr(thing, "region_id", None) in regions


is_lead = Predicate(_leads, "is_lead")
looks_at_all = Predicate(_looks_at_all, "looks_at_all")
reads_conclusion = Predicate(_may_read_the_conclusion, "reads_conclusion")

# Tasks, states and lights of a region; what reports say is `work.read`.
add_perm("work.view", is_office | is_viewer | is_member)
add_perm("work.read", is_office | is_viewer | is_member | is_lead | reads_conclusion)
# What every body of a task says of a period: for those who bring it together.
add_perm("work.collect", is_office | looks_at_all | is_lead)
add_perm("work.issue", is_office)
add_perm("work.steer", is_office)
add_perm("work.sign", is_member)
add_perm("work.report", is_member)
add_perm("work.approve", is_head)
add_perm("work.endorse", is_head | is_lead)
add_perm("work.accept", is_office)
add_perm("work.return", is_office | is_head | is_lead)
add_perm("work.cosign", is_member)
add_perm("work.set", is_head | is_liaison)
