"""What changes who belongs to a group."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from luoshi.apps.audit.operations import record
from luoshi.apps.organization.models import Body, GroupRule, Membership
from luoshi.apps.organization.operations import refusals
from luoshi.apps.organization.operations.bodies import lock_registry
from luoshi.apps.organization.queries.members import load_roster
from luoshi.core.roster import Period


@transaction.atomic
def add_members(
    *,
    group: Body,
    members: Sequence[Body],
    valid_from: date | None = None,
    valid_to: date | None = None,
    excluded: bool = False,
    by: User,
    at: datetime,
) -> list[Membership]:
    """Put bodies, or all that other groups stand for, into a group for a time; or leave them out of it.

    Raises:
        DaysOutOfOrder, GroupInItself, MemberTwice.
        NoGroup: `group` is of a kind without members.
    """
    lock_registry(group.region_id)
    if not group.has_members:
        raise refusals.NoGroup(body=group.name)
    period = _period(group, valid_from, valid_to)
    roster = load_roster(group.region_id)
    there = list(Membership.objects.filter(group=group, member__in=members))
    for member in members:
        if member.region_id != group.region_id:
            raise ValueError("a group and its members are of one region")
        circular = member.kind == Body.Kind.GROUP and roster.reaches(member.pk, group.pk)
        if circular or member.pk == group.pk:
            raise refusals.GroupInItself(group=group.name, member=member.name)
        if any(tie.member_id == member.pk and tie.valid.meets(period) for tie in there):
            raise refusals.MemberTwice(group=group.name, member=member.name)
    made = [
        Membership.objects.create(
            region_id=group.region_id,
            group=group,
            member=member,
            valid_from=valid_from,
            valid_to=valid_to,
            excluded=excluded,
        )
        for member in dict.fromkeys(members)
    ]
    verb = "excluded" if excluded else "added"
    _tell(group, by, at, **{verb: [member.name for member in members]}, period=_said(period))
    return made


@transaction.atomic
def change_membership(
    *,
    membership: Membership,
    valid_from: date | None,
    valid_to: date | None,
    excluded: bool | None = None,
    by: User,
    at: datetime,
) -> Membership:
    """Correct the days of a membership; a member that leaves gets a last day.

    Raises:
        DaysOutOfOrder, MemberTwice.
    """
    lock_registry(membership.region_id)
    row = Membership.objects.select_related("group", "member").get(pk=membership.pk)
    period = _period(row.group, valid_from, valid_to)
    for other in Membership.objects.filter(group=row.group, member=row.member).exclude(pk=row.pk):
        if other.valid.meets(period):
            raise refusals.MemberTwice(group=row.group.name, member=row.member.name)
    before = _said(row.valid)
    row.valid_from, row.valid_to = valid_from, valid_to
    row.excluded = row.excluded if excluded is None else excluded
    row.save()
    _tell(row.group, by, at, changed=[row.member.name], before=before, period=_said(period))
    return row


@transaction.atomic
def remove_membership(*, membership: Membership, by: User, at: datetime) -> None:
    """Take a membership back that never was; one that ends gets a last day by `change_membership`."""
    lock_registry(membership.region_id)
    row = Membership.objects.select_related("group", "member").get(pk=membership.pk)
    row.delete()
    _tell(row.group, by, at, removed=[row.member.name], period=_said(row.valid))


@transaction.atomic
def add_rule(
    *, group: Body, kind: str = "", line: str = "", level: int | None = None, by: User, at: datetime
) -> GroupRule:
    """Take every body of this kind, line and level into a group.

    Raises:
        NoGroup, RuleEmpty, RuleTwice.
    """
    lock_registry(group.region_id)
    if not group.has_members:
        raise refusals.NoGroup(body=group.name)
    if not kind and not line and level is None:
        raise refusals.RuleEmpty(group=group.name)
    if GroupRule.objects.filter(group=group, kind=kind, line=line, level=level).exists():
        raise refusals.RuleTwice(group=group.name)
    rule = GroupRule.objects.create(region_id=group.region_id, group=group, kind=kind, line=line, level=level)
    _tell(group, by, at, rule_added=[kind, line, level])
    return rule


@transaction.atomic
def remove_rule(*, rule: GroupRule, by: User, at: datetime) -> None:
    """Take a rule back."""
    lock_registry(rule.region_id)
    group = Body.objects.get(pk=rule.group_id)
    said = [rule.kind, rule.line, rule.level]
    rule.delete()
    _tell(group, by, at, rule_removed=said)


def _period(group: Body, start: date | None, end: date | None) -> Period:
    if start is not None and end is not None and end < start:
        raise refusals.DaysOutOfOrder(name=group.name, start=start, end=end)
    return Period(start, end)


def _tell(group: Body, by: User, at: datetime, **detail: Any) -> None:
    record(
        type="organization.group.changed",
        object=group,
        region=group.region_id,
        by=by,
        at=at,
        group=group.name,
        **detail,
    )


def _said(period: Period) -> list[str]:
    return [day.isoformat() if day else "" for day in (period.start, period.end)]
