"""Whose a piece of bulk work is: who asked for it sees it, as long as they may still take steps at all."""

from __future__ import annotations

from rules.permissions import add_perm
from rules.predicates import Predicate

from luoshi.apps.bulk.models import Job
from luoshi.apps.organization.rules import Visitor, is_member, is_office


def _asked(user: Visitor, thing: object = None) -> bool:
    """Whether the person asked for it themselves."""
    return not isinstance(thing, Job) or thing.by_id == user.pk


asked = Predicate(_asked, "asked_for_bulk_work")

add_perm("bulk.own", (is_office | is_member) & asked)
