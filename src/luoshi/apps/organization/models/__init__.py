"""Regions, the bodies that plans name with all their names and groups, and what users may do."""

from luoshi.apps.organization.models.body import Body, BodyAlias, Succession
from luoshi.apps.organization.models.group import GroupRule, Membership
from luoshi.apps.organization.models.region import Region
from luoshi.apps.organization.models.role import Role

__all__ = ["Body", "BodyAlias", "GroupRule", "Membership", "Region", "Role", "Succession"]
