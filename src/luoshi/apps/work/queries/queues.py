"""Reports that wait for somebody to decide, and the files of bodies, as lists."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from luoshi.apps.plan.models import Plan, Section
from luoshi.apps.work.models import Assignment, Evidence, Report

QUEUE_SORTS = {
    "waiting": ("submitted_at", "pk"),
    "due": ("occurrence__due", "task__plan", "task__position", "body", "pk"),
    "task": ("task__plan", "task__position", "occurrence__due", "body", "pk"),
    "body": ("body__name", "occurrence__due", "pk"),
}
FILE_SORTS = {
    "new": ("-at", "-pk"),
    "name": ("name", "pk"),
    "expiry": ("expires_on", "-at", "-pk"),
    "size": ("-size", "-pk"),
}
SOON = timedelta(days=30)
"""How long before it expires a file is said to expire soon."""


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Which reports of a queue to list; empty values ask for nothing.

    Attributes:
        text: words that all stand in the task or the name of the body, or are the task's number.
        plan: only of this plan.
        sections: only of tasks in these sections.
        body: only of this body.
        period: only of this period.
        kind: `unchanged`, `changed` or `joint`.
        sort: a key of `QUEUE_SORTS`.
    """

    text: str = ""
    plan: int | None = None
    sections: Collection[int] = ()
    body: int | None = None
    period: str = ""
    kind: str = ""
    sort: str = "waiting"


def to_accept(regions: Collection[str], *, along: bool = False) -> QuerySet[Report]:
    """What the office may accept: submitted, and approved where the head of the body approves.

    Args:
        regions: codes.
        along: also own reports of a task that a lead brings together; they are accepted with the joint one.
    """
    submitted = Q(state=Report.State.SUBMITTED)
    ready = submitted & Q(joint=True)
    ready |= submitted & ~Q(body__work_setting__head_approves=True) | Q(state=Report.State.APPROVED)
    found = Report.objects.filter(ready, region__in=regions)
    if along:
        return found
    others = (
        Assignment.objects.filter(task=OuterRef("task"))
        .exclude(body=OuterRef("body"))
        .exclude(state__in=Assignment.GONE)
    )
    return found.filter(Q(joint=True) | ~Exists(others))


def to_approve(bodies: Collection[int]) -> QuerySet[Report]:
    """What waits for the head of these bodies: own reports, and joint ones that only the head sends up."""
    own = Q(joint=False, state=Report.State.SUBMITTED)
    joint = Q(joint=True, state__in=[Report.State.COSIGNED, Report.State.OBJECTED])
    return Report.objects.filter(own | joint, body__in=bodies, body__work_setting__head_approves=True)


def narrowed(found: QuerySet[Report], wanted: QueueFilter) -> QuerySet[Report]:
    """The reports of a queue that the filter asks for, with what a row shows."""
    for word in wanted.text.split():
        found = found.filter(
            Q(task__title__icontains=word)
            | Q(task__text__icontains=word)
            | Q(task__number=word)
            | Q(body__name__icontains=word)
        )
    if wanted.plan is not None:
        found = found.filter(task__plan=wanted.plan)
    if wanted.sections:
        found = found.filter(task__section__in=wanted.sections)
    if wanted.body is not None:
        found = found.filter(body=wanted.body)
    if wanted.period:
        found = found.filter(occurrence__period=wanted.period)
    if wanted.kind == "joint":
        found = found.filter(joint=True)
    elif wanted.kind:
        found = found.filter(no_change=wanted.kind == "unchanged")
    return (
        found.select_related("task__plan", "body", "occurrence", "submitted_by")
        .defer("task__read", "task__plan__read")
        .order_by(*QUEUE_SORTS[wanted.sort])
    )


def plans_in(found: QuerySet[Report]) -> dict[int, str]:
    """The plans of a queue, by key."""
    rows = Plan.objects.filter(pk__in=found.order_by().values("task__plan")).defer("read")
    return {plan.pk: str(plan) for plan in rows.order_by("title", "pk")}


def bodies_in(found: QuerySet[Report]) -> list[tuple[int, str]]:
    """The bodies of a queue."""
    return list(found.order_by("body__name").values_list("body", "body__name").distinct())


def periods_in(found: QuerySet[Report]) -> list[str]:
    """The periods of a queue, the newest first."""
    rows = found.order_by("-occurrence__period").values_list("occurrence__period", flat=True)
    return list(rows.distinct())


def sections_in(plans: Iterable[int]) -> list[Section]:
    """The sections of these plans, in order."""
    return list(Section.objects.filter(plan__in=list(plans)).order_by("plan", "position"))


def files(
    bodies: Collection[int] | None,
    regions: Collection[str],
    *,
    today: date,
    text: str = "",
    state: str = "",
    body: int | None = None,
    sort: str = "new",
) -> QuerySet[Evidence]:
    """Files of bodies, each with `use_count`: how many reports rest on it.

    Args:
        bodies: of these only; None for every body of the regions.
        regions: codes.
        today: for what has expired.
        text: words that all stand in the name or the note.
        state: `current`, `soon`, `expired`, `replaced` or `unused`.
        body: only of this body.
        sort: a key of `FILE_SORTS`.
    """
    found = Evidence.objects.filter(region__in=regions)
    if bodies is not None:
        found = found.filter(body__in=bodies)
    if body is not None:
        found = found.filter(body=body)
    for word in text.split():
        found = found.filter(Q(name__icontains=word) | Q(note__icontains=word))
    found = found.annotate(use_count=Count("evidence_uses"))
    if state:
        found = found.filter(_file_state(today)[state])
    return found.select_related("body", "by", "replaces", "replaced_by").order_by(*FILE_SORTS[sort])


def _file_state(today: date) -> dict[str, Q]:
    lasting = Q(expires_on=None) | Q(expires_on__gte=today)
    return {
        "current": Q(replaced_by=None) & lasting,
        "soon": Q(replaced_by=None, expires_on__gte=today, expires_on__lte=today + SOON),
        "expired": Q(replaced_by=None, expires_on__lt=today),
        "replaced": Q(replaced_by__isnull=False),
        "unused": Q(use_count=0),
    }


def versions_of(file: Evidence) -> list[Evidence]:
    """Every version of a file, the newest first."""
    found, seen = [file], {file.pk}
    by_old = {
        one.replaces_id: one for one in Evidence.objects.filter(body=file.body_id, replaces__isnull=False)
    }
    while (newer := by_old.get(found[0].pk)) and newer.pk not in seen:
        found.insert(0, newer)
        seen.add(newer.pk)
    while (older := found[-1].replaces) is not None and older.pk not in seen:
        found.append(older)
        seen.add(older.pk)
    return found
