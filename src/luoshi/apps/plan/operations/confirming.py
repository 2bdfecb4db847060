"""Confirming a plan, opening it again, and closing it to changes once bodies work on it."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F

from luoshi.apps.audit.operations import record
from luoshi.apps.plan.models import Finding, Plan
from luoshi.apps.plan.operations.changes import lock_draft
from luoshi.apps.plan.operations.refusals import ErrorsOpen, PlanIsIssued
from luoshi.core.errors import Phrase

# Errors named in a refusal; the rest are counted.
NAMED = 5


@transaction.atomic
def confirm_plan(*, plan: Plan, by: User, at: datetime) -> Plan:
    """Confirm that the plan as stored is what the document asks for.

    Raises:
        ErrorsOpen: findings that are errors are not settled yet; it says which.
        PlanIsConfirmed: it is confirmed already.
    """
    plan = lock_draft(plan)
    errors = list(
        Finding.objects.filter(plan=plan, state=Finding.State.OPEN, severity=Finding.Severity.ERROR)
        .select_related("task")
        .order_by("start", "position")
    )
    if errors:
        raise ErrorsOpen(count=len(errors), which=_which(errors))
    plan.status, plan.confirmed_by, plan.confirmed_at = Plan.Status.CONFIRMED, by, at
    plan.version = F("version") + 1
    plan.save(update_fields=["status", "confirmed_by", "confirmed_at", "version"])
    plan.refresh_from_db(fields=["version"])
    record(type="plan.plan.confirmed", object=plan, region=plan.region_id, by=by, at=at, version=plan.version)
    return plan


def _which(errors: list[Finding]) -> Phrase:
    """The tasks that the first few errors belong to, in words."""
    named = [error.task.number or error.task.key if error.task else "?" for error in errors[:NAMED]]
    numbers = "、".join(named), ", ".join(named)
    more = len(errors) > NAMED
    return Phrase(f"任务{numbers[0]}{'等' if more else ''}", f"tasks {numbers[1]}{' …' if more else ''}")


@transaction.atomic
def reopen_plan(*, plan: Plan, by: User, at: datetime) -> Plan:
    """Make a confirmed plan a draft again; opening a draft changes nothing.

    Raises:
        PlanIsIssued: bodies work on it already.
    """
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    if plan.status == Plan.Status.ISSUED:
        raise PlanIsIssued(title=plan.title)
    if plan.status == Plan.Status.DRAFT:
        return plan
    plan.status, plan.confirmed_by, plan.confirmed_at = Plan.Status.DRAFT, None, None
    plan.version = F("version") + 1
    plan.save(update_fields=["status", "confirmed_by", "confirmed_at", "version"])
    plan.refresh_from_db(fields=["version"])
    record(type="plan.plan.reopened", object=plan, region=plan.region_id, by=by, at=at, version=plan.version)
    return plan


def mark_issued(*, plan: Plan) -> None:
    """Close a confirmed plan to changes: it was issued. The plan must be locked, and the issue recorded.

    Raises:
        ValueError: it is not confirmed.
    """
    if plan.status != Plan.Status.CONFIRMED:
        raise ValueError("only a confirmed plan can be issued")
    plan.status = Plan.Status.ISSUED
    plan.version = F("version") + 1
    plan.save(update_fields=["status", "version"])
    plan.refresh_from_db(fields=["version"])
