"""A task at work: who has it and how each stands, its reports, changes and evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from luoshi.apps.organization.models import Role
from luoshi.apps.organization.rules import Visitor, bodies_with, is_office, roles_of
from luoshi.apps.plan.models import Task
from luoshi.apps.work.models import (
    Adjustment,
    Assignment,
    EvidenceUse,
    Extension,
    Occurrence,
    Report,
    Revision,
)
from luoshi.apps.work.queries.endorsing import with_straight
from luoshi.apps.work.queries.forms import COUNTING
from luoshi.apps.work.queries.standing import with_lights
from luoshi.apps.work.rules import is_lead


@dataclass(frozen=True, slots=True)
class Reading:
    """Whose reports of a task somebody may read: all, or those of their bodies and the leads' conclusion."""

    everything: bool
    bodies: frozenset[int]
    takes_part: bool

    @classmethod
    def of(cls, user: Visitor, task: Task, parts: frozenset[int]) -> Reading:
        """What a user may read of a task; `parts` are the bodies that have it."""
        own = bodies_with(user, Role.Name.LIAISON, Role.Name.HEAD)
        views = any(
            role.name == Role.Name.VIEWER and role.region_id == task.region_id and role.body_id is None
            for role in roles_of(user)
        )
        everything = is_office(user, task) or views or is_lead(user, _Named(task.pk))
        seen = own | bodies_with(user, Role.Name.VIEWER)
        return cls(everything, frozenset(seen), bool(own & parts))

    def reports(self, found: QuerySet[Report]) -> QuerySet[Report]:
        """Those that may be read."""
        if self.everything:
            return found
        conclusion = Q(joint=True, pinned__isnull=False) if self.takes_part else Q(pk=None)
        return found.filter(Q(body__in=self.bodies) | conclusion)

    def allows(self, body: int | None) -> bool:
        """Whether words about the reports of a body may be read."""
        return self.everything or (body is not None and body in self.bodies)


@dataclass(frozen=True, slots=True)
class _Named:
    """A task as rules ask for it."""

    task_id: int


def parts_of_task(task: Task, today: date) -> QuerySet[Any]:
    """The assignments of a task, leads first, each with its light and what it is asked for next."""
    running = Occurrence.objects.filter(assignment=OuterRef("pk"), state=Occurrence.State.OPEN).order_by(
        "due", "pk"
    )
    found: QuerySet[Any] = (
        with_lights(Assignment.objects.filter(task=task), today)
        .annotate(
            asked=Subquery(running.values("pk")[:1]),
            asked_due=Subquery(running.values("due")[:1]),
            asked_period=Subquery(running.values("period")[:1]),
            report_state=Subquery(running.values("report__state")[:1]),
        )
        .select_related("body", "via", "signed_by", "receiver__body")
    )
    return found.order_by(F("rank").asc(nulls_last=True), "body__name", "pk")


def occurrences_of_task(task: Task, today: date) -> QuerySet[Any]:
    """Every period of a task that has begun, the newest first."""
    return (
        with_lights(Occurrence.objects.filter(task=task), today)
        .exclude(state=Occurrence.State.SCHEDULED)
        .select_related("body", "assignment", "goes_with__task__plan")
        .order_by("-due", F("assignment__rank").asc(nulls_last=True), "body__name", "pk")
    )


def counting_words(reports: QuerySet[Report]) -> dict[int, tuple[Report, Revision | None]]:
    """By occurrence: the report, and the version of it that counts; two queries."""
    found = list(reports.annotate(counts=COUNTING).select_related("accepted_by", "submitted_by"))
    wanted = {one.pk: one.counts for one in found if one.counts is not None}
    rows = Revision.objects.filter(report__in=list(wanted), number__in=set(wanted.values()))
    versions = {
        row.report_id: row for row in rows.select_related("by") if wanted[row.report_id] == row.number
    }
    return {one.occurrence_id: (one, versions.get(one.pk)) for one in found}


def extensions_of_task(task: Task) -> QuerySet[Extension]:
    """Every request for more time, the newest first."""
    found = Extension.objects.filter(occurrence__task=task)
    related = ("body", "occurrence", "asked_by", "endorsed_by", "decided_by")
    return with_straight(found.select_related(*related)).order_by("-asked_at", "-pk")


def adjustments_of_task(task: Task) -> QuerySet[Adjustment]:
    """Every other wording that was proposed, the newest first."""
    return Adjustment.objects.filter(task=task).select_related("body", "asked_by", "decided_by")


def wording_of(task: Task) -> Adjustment | None:
    """The approved wording that counts instead of the plan's, if there is one."""
    approved = Adjustment.objects.filter(task=task, state=Adjustment.State.APPROVED)
    return approved.select_related("decided_by").order_by("-decided_at", "-pk").first()


def evidence_of_task(task: Task, reading: Reading) -> QuerySet[EvidenceUse]:
    """The files that reports of a task rest on and that somebody may see, the newest first."""
    found = EvidenceUse.objects.filter(report__task=task)
    if not reading.everything:
        found = found.filter(evidence__body__in=reading.bodies)
    return found.select_related("evidence__body", "evidence__by", "report__occurrence").order_by(
        "-evidence__at", "-pk"
    )
