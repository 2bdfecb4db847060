"""The same duty in two plans of a region: looked for by text, linked by a person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from luoshi.apps.alignment.models import Link, Settlement
from luoshi.apps.alignment.operations import refusals
from luoshi.apps.alignment.operations.joining import join_requests
from luoshi.apps.alignment.operations.settling import Action, settle
from luoshi.apps.alignment.queries.duties import SETTLED, duties_of, reasons_of, turned
from luoshi.apps.audit.operations import record
from luoshi.apps.organization.models import Region
from luoshi.apps.plan.models import Plan, Task
from luoshi.core.alignment.duty import Duty
from luoshi.core.alignment.matching import Match, match

LEAST = 0.38
"""From which likeness on two tasks are suggested: below it unlike tasks of one field meet."""

BATCH = 500


@dataclass(frozen=True, slots=True)
class Suggested:
    """How many links were suggested anew, and how many wait for a person altogether."""

    new: int
    waiting: int


@transaction.atomic
def suggest_links(*, region: str, by: User, at: datetime) -> Suggested:
    """Look for the same duty in all confirmed plans of a region. What a person has settled stays."""
    place = Region.objects.select_for_update().get(pk=region)
    found = {key: (score, reasons) for key, score, reasons in _pairs(region)}
    kept = {(row.first_id, row.second_id): row for row in Link.objects.filter(region_id=region)}
    stale = [row.pk for key, row in kept.items() if key not in found and row.state == Settlement.SUGGESTED]
    Link.objects.filter(pk__in=stale).delete()
    new = [
        Link(region_id=region, first_id=key[0], second_id=key[1], score=found[key][0], reasons=found[key][1])
        for key in sorted(found)
        if key not in kept
    ]
    Link.objects.bulk_create(new, batch_size=BATCH)
    again = [row for key, row in kept.items() if key in found]
    for row in again:
        row.score, row.reasons = found[row.first_id, row.second_id]
    Link.objects.bulk_update(again, ["score", "reasons"], batch_size=BATCH)
    waiting = Link.objects.filter(region_id=region, state=Settlement.SUGGESTED).count()
    record(
        type="alignment.links.suggested",
        object=place,
        region=region,
        by=by,
        at=at,
        new=len(new),
        removed=len(stale),
        waiting=waiting,
    )
    return Suggested(len(new), waiting)


def _pairs(region: str) -> Iterator[tuple[tuple[int, int], Decimal, dict[str, Any]]]:
    """Every plan against all older ones: keys in order, likeness, reasons."""
    older: list[Duty] = []
    for plan in Plan.objects.filter(region_id=region, status__in=SETTLED).order_by("pk"):
        duties = duties_of(Task.objects.filter(plan=plan))
        for one in match(older, duties, least=LEAST):
            yield _in_order(one)
        older += duties


def _in_order(one: Match) -> tuple[tuple[int, int], Decimal, dict[str, Any]]:
    left, right, reasons = int(one.left), int(one.right), reasons_of(one.likeness)
    score = Decimal(str(round(one.likeness.score, 4)))
    return ((left, right), score, reasons) if left < right else ((right, left), score, turned(reasons))


@transaction.atomic
def link_tasks(*, first: Task, second: Task, by: User, at: datetime) -> Link:
    """Link two tasks that a person knows to be the same duty.

    Raises:
        SamePlan: both stand in one plan.
        OtherRegion: they belong to different regions.
        PlanNotSettled: the plan of one of them is a draft.
    """
    first, second = sorted((first, second), key=lambda task: task.pk)
    if first.plan_id == second.plan_id:
        raise refusals.SamePlan(plan=str(first.plan))
    if first.region_id != second.region_id:
        raise refusals.OtherRegion(plan=str(second.plan))
    for task in (first, second):
        if task.plan.status not in SETTLED:
            raise refusals.PlanNotSettled(plan=str(task.plan))
    _lock(first.region_id)
    both = duties_of(Task.objects.filter(pk__in=[first.pk, second.pk]))
    found = match(both[:1], both[1:], least=0)
    score = Decimal(str(round(found[0].likeness.score, 4))) if found else Decimal(0)
    link, _created = Link.objects.update_or_create(
        first=first,
        second=second,
        defaults={
            "region_id": first.region_id,
            "score": score,
            "reasons": reasons_of(found[0].likeness) if found else {},
            "state": Settlement.CONFIRMED,
            "by_hand": True,
            "settled_by": by,
            "settled_at": at,
        },
    )
    record(
        type="alignment.link.made",
        object=link,
        region=link.region_id,
        by=by,
        at=at,
        first=first.pk,
        second=second.pk,
    )
    join_requests(region=link.region_id, reason=link, by=by, at=at)
    return link


@transaction.atomic
def settle_link(*, link: Link, action: Action, seen: int, by: User, at: datetime) -> Link:
    """Confirm or refuse a link, or take either back; requests are joined or parted with it.

    Args:
        seen: the version of the link that the person looked at.

    Raises:
        SettledMeanwhile: somebody has settled it since.
    """
    _lock(link.region_id)
    kept = Link.objects.select_for_update(of=("self",)).select_related("first", "second").get(pk=link.pk)
    before = settle(kept, action, seen=seen, by=by, at=at)
    record(
        type="alignment.link.settled",
        object=kept,
        region=kept.region_id,
        by=by,
        at=at,
        before=before,
        after=str(kept.state),
    )
    join_requests(region=kept.region_id, reason=kept, by=by, at=at)
    return kept


def _lock(region: str) -> None:
    """One person at a time links in a region: which requests belong together depends on all links."""
    Region.objects.select_for_update().get(pk=region)
