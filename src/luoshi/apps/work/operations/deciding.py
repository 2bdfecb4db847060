"""Approving, accepting and returning reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from luoshi.apps.audit.operations import record
from luoshi.apps.work.models import Report
from luoshi.apps.work.operations.acting import (
    Circle,
    acting,
    circle_of,
    counted,
    keep_rows,
    lock,
    lock_one,
    take,
    taken_back,
)
from luoshi.apps.work.operations.along import follow
from luoshi.apps.work.operations.report_refusals import NotOneClick
from luoshi.core.errors import LuoshiError
from luoshi.core.work.states import Role

ON_THE_WAY = (Report.State.SUBMITTED, Report.State.APPROVED)


@transaction.atomic
def approve(*, report: Report, seen: int, by: User, at: datetime) -> Report:
    """Approve an own report for the body: the version that was read is pinned.

    Raises:
        VersionMovedOn: the person has not seen the newest version.
        StepNotForRole: the person is not the head of the body.
    """
    report = lock_one(report)
    take(report, "approve", role=acting(by, report, "approve", circle_of([report])), seen=seen)
    report.approved_at, report.approved_by = at, by
    keep_rows([report])
    record(type="work.report.approved", object=report, region=report.region_id, by=by, at=at, revision=seen)
    return report


@transaction.atomic
def accept(*, report: Report, seen: int, by: User, at: datetime) -> list[Report]:
    """Accept a report for the office. A joint report takes the own reports that it brings together along.

    Returns:
        Everything that was accepted, the report itself first.

    Raises:
        VersionMovedOn: the person has not seen the newest version.
        StepNeedsMore: the head of the body has not approved it yet.
    """
    rows = lock([report.pk, *_brought_together(report)])
    circle = circle_of(rows)
    report = next(row for row in rows if row.pk == report.pk)
    role = acting(by, report, "accept", circle)
    _accept(report, circle, role=role, seen=seen, by=by, at=at)
    along = [row for row in rows if row.pk != report.pk and _may_come_along(row, circle)]
    for row in along:
        _accept(row, circle, role=role, seen=row.latest, by=by, at=at)
    keep_rows([report, *along])
    follow([report, *along], by=by, at=at)
    record(
        type="work.report.accepted",
        object=report,
        region=report.region_id,
        by=by,
        at=at,
        revision=seen,
        along=[row.pk for row in along],
    )
    return [report, *along]


def _brought_together(report: Report) -> list[int]:
    """Own reports of the same task and period that are on their way."""
    if not report.joint:
        return []
    same = Report.objects.filter(
        task=report.task_id, occurrence__key=report.occurrence.key, joint=False, state__in=ON_THE_WAY
    )
    return list(same.values_list("pk", flat=True))


def _may_come_along(report: Report, circle: Circle) -> bool:
    """Whether nothing is left to do but to accept it; a head who approves is waited for."""
    return report.state == Report.State.APPROVED or (
        report.state == Report.State.SUBMITTED and report.body_id not in circle.approving
    )


def _accept(report: Report, circle: Circle, *, role: Role, seen: int, by: User, at: datetime) -> None:
    given = {"head-approval": report.body_id not in circle.approving}
    take(report, "accept", role=role, given=given, seen=seen)
    counted(report, by=by, at=at)


@dataclass(slots=True)
class AcceptedAtOnce:
    """What became of several reports that say that nothing has changed."""

    done: list[Report] = field(default_factory=list)
    refused: list[tuple[Report, LuoshiError]] = field(default_factory=list)


@transaction.atomic
def accept_unchanged(*, seen: Mapping[int, int], by: User, at: datetime) -> AcceptedAtOnce:
    """Accept several reports that say “no change”; one that says more has to be read by itself.

    Args:
        seen: number of the version that the person saw, by key of the report.
    """
    result = AcceptedAtOnce()
    rows = lock(seen)
    circle = circle_of(rows)
    for report in rows:
        try:
            if not report.no_change:
                raise NotOneClick(task=str(report.task))
            role = acting(by, report, "accept", circle)
            _accept(report, circle, role=role, seen=seen[report.pk], by=by, at=at)
        except LuoshiError as error:
            result.refused.append((report, error))
        else:
            result.done.append(report)
    keep_rows(result.done)
    follow(result.done, by=by, at=at)
    for report in result.done[:1]:
        record(
            type="work.report.accepted",
            object=report,
            region=report.region_id,
            by=by,
            at=at,
            revision=seen[report.pk],
            along=[row.pk for row in result.done[1:]],
        )
    return result


@transaction.atomic
def send_back(*, report: Report, reason: str, by: User, at: datetime) -> Report:
    """Return a report to its body with a reason; what counted before counts again.

    Raises:
        StepNeedsMore: no reason is given.
        StepNotForRole: somebody else has to return it.
        StepNotFromHere: it is not on its way.
    """
    report = lock_one(report)
    role = acting(by, report, "return", circle_of([report]))
    take(report, "return", role=role, given={"reason": reason})
    report.answer = reason.strip()
    taken_back(report)
    keep_rows([report])
    follow([report], by=by, at=at)
    record(
        type="work.report.returned",
        object=report,
        region=report.region_id,
        by=by,
        at=at,
        reason=report.answer,
    )
    return report
