"""Other terms for a plan that is out already, and other rules for one of its tasks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, QuerySet

from luoshi.apps.audit.operations import record
from luoshi.apps.plan.models import Task
from luoshi.apps.work.models import Issue, Occurrence, ReportingRule
from luoshi.apps.work.operations import refusals
from luoshi.apps.work.operations.timing import advance_issue, recalculate_issue
from luoshi.apps.work.queries.drafting import RuleValues

CHANGEABLE = (
    "last_day",
    "signing_days",
    "opening_days",
    "notice_days",
    "cosigning_days",
    "yellow_days",
    "yellow_percent",
    "most_extensions",
)
"""What may change after the issue. Whose name it goes out in, its basis and its first day stay."""


@transaction.atomic
def change_terms(*, issue: Issue, version: int, by: User, at: datetime, **values: object) -> Issue:
    """Give an issued plan other limits; the days of everything that is not done are reckoned anew.

    Args:
        version: of the issue that the person saw.
        values: some of `CHANGEABLE`.

    Raises:
        TermsChangedMeanwhile: somebody else was faster.
    """
    row = Issue.objects.select_for_update().get(pk=issue.pk)
    if row.version != version:
        raise refusals.TermsChangedMeanwhile
    if unknown := set(values) - set(CHANGEABLE):
        raise ValueError(f"not changed after the issue: {sorted(unknown)}")
    before = {name: getattr(row, name) for name in values}
    changed = {name: value for name, value in values.items() if before[name] != value}
    if not changed:
        return row
    for name, value in changed.items():
        setattr(row, name, value)
    row.version = F("version") + 1
    row.save(update_fields=[*changed, "version"])
    row.refresh_from_db()
    if row.last_day is not None:
        _unopened(row).filter(scheduled__gt=row.last_day).delete()
    moved = recalculate_issue(issue=row, at=at)
    advance_issue(issue=row, at=at)
    record(
        type="work.terms.changed",
        object=row,
        region=row.region_id,
        by=by,
        at=at,
        before={name: str(before[name]) for name in changed},
        after={name: str(value) for name, value in changed.items()},
        moved=moved,
    )
    return row


@transaction.atomic
def change_rules(
    *, issue: Issue, task: Task, rules: Sequence[RuleValues], by: User, at: datetime
) -> list[ReportingRule]:
    """Give a task other rules of time; periods that are open or done stay as they are."""
    row = Issue.objects.select_for_update().get(pk=issue.pk)
    ReportingRule.objects.filter(issue=row, task=task).delete()
    made = ReportingRule.objects.bulk_create(
        ReportingRule(
            region_id=row.region_id,
            issue=row,
            task=task,
            recurrence=rule.recurrence,
            day=rule.day,
            origin=rule.origin,
            quote=rule.quote,
            ends=rule.ends,
        )
        for rule in rules
    )
    _unopened(row).filter(task=task).delete()
    advance_issue(issue=row, at=at)
    record(
        type="work.rules.changed",
        object=task,
        region=row.region_id,
        by=by,
        at=at,
        rules=[rule.recurrence or str(rule.day) for rule in rules],
    )
    return made


def _unopened(issue: Issue) -> QuerySet[Occurrence]:
    """Periods to which nothing has happened yet: they are made again from the rules."""
    return Occurrence.objects.filter(
        assignment__issue=issue, state=Occurrence.State.SCHEDULED, moved=None, opened_at=None
    )
