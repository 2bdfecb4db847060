"""Groups and their members, from the database into `luoshi.core.roster`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import Model

from luoshi.apps.organization.models import Body, GroupRule, Membership
from luoshi.core.roster import Entry, Period, Roster, Rule, Tie

ENTRY = ("pk", "kind", "line", "level", "active_from", "active_to")
TIE = ("group", "member", "valid_from", "valid_to", "excluded")
RULE = ("group", "kind", "line", "level")


def load_roster(region: str) -> Roster:
    """Everything that decides who is in which group of a region, in three queries."""
    return load_rosters([region])[region]


def load_rosters(regions: Collection[str]) -> dict[str, Roster]:
    """The same of several regions, by code; in three queries, however many they are."""
    entries: dict[str, dict[int, Entry]] = defaultdict(dict)
    ties: dict[str, list[Tie]] = defaultdict(list)
    rules: dict[str, list[Rule]] = defaultdict(list)
    for region, key, kind, line, level, start, end in _rows(Body, regions, *ENTRY):
        entries[region][key] = Entry(key, kind, line, level, Period(start, end))
    for region, group, member, start, end, out in _rows(Membership, regions, *TIE):
        ties[region].append(Tie(group, member, Period(start, end), out))
    for region, *rule in _rows(GroupRule, regions, *RULE):
        rules[region].append(Rule(*rule))
    return {
        region: Roster(
            entries[region],
            frozenset(key for key, entry in entries[region].items() if entry.kind == Body.Kind.GROUP),
            tuple(ties[region]),
            tuple(rules[region]),
        )
        for region in regions
    }


def _rows(model: type[Model], regions: Collection[str], *columns: str) -> Iterable[tuple[Any, ...]]:
    found = model._default_manager.filter(region_id__in=regions).order_by("pk")
    return found.values_list("region", *columns)


def members_of(collective: Body, *, at: date, named: Iterable[Body] = ()) -> list[Body]:
    """The bodies that a collective stands for on a day, by name.

    Args:
        at: for a task, the date of its plan.
        named: bodies to leave out, for “其他各成员单位” (see `luoshi.core.roster.means_others`).
    """
    keys = load_roster(collective.region_id).members(collective.pk, at, [body.pk for body in named])
    return list(Body.objects.filter(pk__in=keys).order_by("name", "pk"))
