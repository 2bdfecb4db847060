"""What others ask about bodies: names, groups, lists."""

from luoshi.apps.organization.queries.calendar import calendar_of
from luoshi.apps.organization.queries.members import load_roster, members_of
from luoshi.apps.organization.queries.names import bodies_by_name

__all__ = ["bodies_by_name", "calendar_of", "load_roster", "members_of"]
