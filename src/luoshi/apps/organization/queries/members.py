"""Groups and their members, from the database into `luoshi.core.roster`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from luoshi.apps.organization.models import Body, GroupRule, Membership
from luoshi.core.roster import Entry, Period, Roster, Rule, Tie


def load_roster(region: str) -> Roster:
    """Everything that decides who is in which group of a region, in three queries."""
    columns = ("pk", "kind", "line", "level", "active_from", "active_to")
    entries = {
        key: Entry(key, kind, line, level, Period(start, end))
        for key, kind, line, level, start, end in Body.objects.filter(region_id=region)
        .order_by("pk")
        .values_list(*columns)
    }
    ties = (
        Membership.objects.filter(region_id=region)
        .order_by("pk")
        .values_list("group", "member", "valid_from", "valid_to", "excluded")
    )
    rules = (
        GroupRule.objects.filter(region_id=region)
        .order_by("pk")
        .values_list("group", "kind", "line", "level")
    )
    return Roster(
        entries,
        frozenset(key for key, entry in entries.items() if entry.kind == Body.Kind.GROUP),
        tuple(Tie(group, member, Period(start, end), out) for group, member, start, end, out in ties),
        tuple(Rule(*row) for row in rules),
    )


def members_of(collective: Body, *, at: date, named: Iterable[Body] = ()) -> list[Body]:
    """The bodies that a collective stands for on a day, by name.

    Args:
        at: for a task, the date of its plan.
        named: bodies to leave out, for “其他各成员单位” (see `luoshi.core.roster.means_others`).
    """
    keys = load_roster(collective.region_id).members(collective.pk, at, [body.pk for body in named])
    return list(Body.objects.filter(pk__in=keys).order_by("name", "pk"))
