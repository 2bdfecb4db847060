"""Who is in a group on a day, and by what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from luoshi.apps.organization.models import Body, GroupRule, Membership
from luoshi.core.roster import Roster


@dataclass(frozen=True, slots=True)
class Resolved:
    """A body that a group stands for: `named` itself, `through` a group within it, or by `rule`."""

    body: Body
    how: str
    through: str = ""


def memberships(group: Body) -> list[Membership]:
    """All memberships of a group: members by name, then what is left out."""
    rows = Membership.objects.filter(group=group).select_related("member")
    return list(rows.order_by("excluded", "member__name", "valid_from", "pk"))


def rules(group: Body) -> list[GroupRule]:
    """The rules of a group."""
    return list(GroupRule.objects.filter(group=group))


def resolved(
    group: Body, day: date, roster: Roster, ties: list[Membership], text: str = ""
) -> list[Resolved]:
    """The bodies that a group stands for on a day, by name, in one query."""
    keys = roster.members(group.pk, day)
    named = {tie.member_id for tie in ties if not tie.excluded and day in tie.valid}
    inner = [tie.member for tie in ties if not tie.excluded and day in tie.valid and tie.member.is_collective]
    through = {key: one.name for one in reversed(inner) for key in roster.members(one.pk, day)}
    found = Body.objects.filter(pk__in=keys).order_by("name", "pk")
    for word in text.split():
        found = found.filter(name__icontains=word)
    return [_say(body, named, through) for body in found]


def _say(body: Body, named: set[int], through: dict[int, str]) -> Resolved:
    if body.pk in named:
        return Resolved(body, "named")
    if body.pk in through:
        return Resolved(body, "through", through[body.pk])
    return Resolved(body, "rule")
