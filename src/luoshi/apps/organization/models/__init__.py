"""Regions, the bodies that plans name with all their names and groups, and what users may do."""

from luoshi.apps.organization.models.body import Body, BodyAlias, Succession
from luoshi.apps.organization.models.calendar import RegionDay, RegionYear
from luoshi.apps.organization.models.group import GroupRule, Membership
from luoshi.apps.organization.models.region import Region
from luoshi.apps.organization.models.role import Administrator, Role

__all__ = [
    "Administrator",
    "Body",
    "BodyAlias",
    "GroupRule",
    "Membership",
    "Region",
    "RegionDay",
    "RegionYear",
    "Role",
    "Succession",
]
