"""What changes regions, roles, bodies, their names, groups and history."""

from luoshi.apps.organization.operations.bodies import AliasValues, add_alias, change_body, create_body
from luoshi.apps.organization.operations.groups import (
    add_members,
    add_rule,
    change_membership,
    remove_membership,
    remove_rule,
)
from luoshi.apps.organization.operations.refusals import BodyNameTaken, BodyNameUnusable
from luoshi.apps.organization.operations.regions import (
    LOCAL_OFFICE,
    change_region,
    create_region,
    ensure_region,
    local_office_user,
    place_region,
    rename_region,
)
from luoshi.apps.organization.operations.reorganizing import Change, reorganize
from luoshi.apps.organization.operations.roles import appoint, dismiss, grant, revoke

__all__ = [
    "LOCAL_OFFICE",
    "AliasValues",
    "BodyNameTaken",
    "BodyNameUnusable",
    "Change",
    "add_alias",
    "add_members",
    "add_rule",
    "appoint",
    "change_body",
    "change_membership",
    "change_region",
    "create_body",
    "create_region",
    "dismiss",
    "ensure_region",
    "grant",
    "local_office_user",
    "place_region",
    "remove_membership",
    "remove_rule",
    "rename_region",
    "reorganize",
    "revoke",
]
