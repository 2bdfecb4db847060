"""Taking a report back that was submitted, and correcting one that was accepted."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from luoshi.apps.audit.operations import record
from luoshi.apps.work.models import Report
from luoshi.apps.work.operations.acting import acting, circle_of, keep_rows, lock_one, take, taken_back
from luoshi.apps.work.operations.along import follow


@transaction.atomic
def withdraw(*, report: Report, by: User, at: datetime) -> Report:
    """Take a report back that was submitted; what counted before counts again.

    Raises:
        StepNotFromHere: it is not submitted, or the office has accepted it.
        StepNotForRole: the head has approved it, so the head has to take it back.
    """
    report = lock_one(report)
    take(report, "withdraw", role=acting(by, report, "withdraw", circle_of([report])))
    report.sent = report.pinned
    taken_back(report)
    keep_rows([report])
    follow([report], by=by, at=at)
    record(type="work.report.withdrawn", object=report, region=report.region_id, by=by, at=at)
    return report


@transaction.atomic
def correct(*, report: Report, reason: str, by: User, at: datetime) -> Report:
    """Open an accepted report again; what was accepted counts until the corrected one is accepted.

    Raises:
        StepNotFromHere: it is not accepted.
        StepNeedsMore: no reason is given.
    """
    report = lock_one(report)
    role = acting(by, report, "correct", circle_of([report]))
    take(report, "correct", role=role, given={"reason": reason})
    keep_rows([report])
    record(
        type="work.report.reopened",
        object=report,
        region=report.region_id,
        by=by,
        at=at,
        reason=reason.strip(),
    )
    return report
