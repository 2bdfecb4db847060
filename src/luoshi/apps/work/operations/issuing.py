"""Handing a confirmed plan out to the bodies that it names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.timezone import localdate

from luoshi.apps.audit.operations import record
from luoshi.apps.organization.queries.calendar import calendar_of
from luoshi.apps.plan.models import Plan
from luoshi.apps.plan.operations.confirming import mark_issued
from luoshi.apps.plan.queries.expansion import Part
from luoshi.apps.work.models import Assignment, Issue, ReportingRule
from luoshi.apps.work.operations import refusals
from luoshi.apps.work.operations.timing import advance_issue
from luoshi.apps.work.queries.drafting import Draft, RuleValues, draft_of, rules_of_plan
from luoshi.core.errors import Phrase

BATCH = 500
# Names in a refusal; the rest are counted.
NAMED = 5


@dataclass(frozen=True, slots=True)
class IssueTerms:
    """How a plan is issued; the limits are working days, as in `Issue`.

    Attributes:
        rules: of the tasks that differ from `rules_of_plan`, by the key of the task.
        without_empty: whether groups that nobody belongs to are left out.
    """

    line: str
    basis: str
    first_day: date
    last_day: date | None = None
    recurrence: str = Issue.Recurrence.QUARTERLY.value
    signing_days: int = 5
    opening_days: int = 10
    notice_days: int = 3
    cosigning_days: int = 3
    yellow_days: int = 3
    yellow_percent: int = 20
    most_extensions: int = 2
    rules: Mapping[int, Sequence[RuleValues]] = field(default_factory=dict)
    without_empty: bool = False

    def values(self) -> dict[str, object]:
        """The fields of an `Issue`."""
        own = ("rules", "without_empty")
        return {one.name: getattr(self, one.name) for one in fields(self) if one.name not in own}


@transaction.atomic
def issue_plan(*, plan: Plan, terms: IssueTerms, by: User, at: datetime) -> Issue:
    """Give every body its tasks, with the rules by which it reports; open what is due to be opened.

    Raises:
        PlanNotConfirmed, PlanIssuedAlready: the plan is in no state to be issued.
        NamesUnregistered, GroupsEmpty, NobodyToIssueTo: somebody would be left out.
    """
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    if plan.status == Plan.Status.ISSUED:
        raise refusals.PlanIssuedAlready(title=plan.title)
    if plan.status != Plan.Status.CONFIRMED:
        raise refusals.PlanNotConfirmed(title=plan.title)
    draft = draft_of(plan)
    _check(plan, terms, draft)
    issue = Issue.objects.create(
        region_id=plan.region_id, plan=plan, issued_by=by, issued_at=at, **terms.values()
    )
    assignments = _assign(issue, draft.parts, at)
    _write_rules(issue, terms, {row.task_id for row in assignments})
    mark_issued(plan=plan)
    record(
        type="work.plan.issued",
        object=issue,
        region=plan.region_id,
        by=by,
        at=at,
        plan=plan.title,
        assignments=len(assignments),
        bodies=len({row.body_id for row in assignments}),
        line=issue.line,
    )
    advance_issue(issue=issue, at=at)
    return issue


def _check(plan: Plan, terms: IssueTerms, draft: Draft) -> None:
    if draft.unmatched:
        names = list(dict.fromkeys(row.name for row in draft.unmatched))
        raise refusals.NamesUnregistered(count=len(names), which=listed(names))
    if draft.empty and not terms.without_empty:
        raise refusals.GroupsEmpty(which=listed([group.name for group in draft.empty]))
    if not draft.parts:
        raise refusals.NobodyToIssueTo(title=plan.title)


def listed(names: Sequence[str]) -> Phrase:
    """The first few names in words."""
    more = len(names) > NAMED
    zh, en = "、".join(names[:NAMED]), ", ".join(names[:NAMED])
    return Phrase(zh + ("等" if more else ""), en + (" …" if more else ""))


def _assign(issue: Issue, parts: Sequence[Part], at: datetime) -> list[Assignment]:
    """One assignment a part; the leads of a task are ranked as the plan lists them."""
    sign_by = calendar_of(issue.region_id).add_working_days(localdate(at), issue.signing_days).day
    ranks: dict[int, int] = defaultdict(int)
    rows = []
    for part in parts:
        rank = None
        if part.role == Assignment.Role.LEAD:
            rank = ranks[part.task]
            ranks[part.task] += 1
        rows.append(
            Assignment(
                region_id=issue.region_id,
                issue=issue,
                task_id=part.task,
                body_id=part.body,
                role=part.role,
                rank=rank,
                via_id=part.via,
                sign_by=sign_by,
            )
        )
    return Assignment.objects.bulk_create(rows, batch_size=BATCH)


def _write_rules(issue: Issue, terms: IssueTerms, tasks: set[int]) -> None:
    found = rules_of_plan(issue.plan, terms.recurrence, tasks)
    ReportingRule.objects.bulk_create(
        [
            ReportingRule(
                region_id=issue.region_id,
                issue=issue,
                task_id=task,
                recurrence=rule.recurrence,
                day=rule.day,
                origin=rule.origin,
                quote=rule.quote,
                ends=rule.ends,
            )
            for task in sorted(tasks)
            for rule in terms.rules.get(task, found[task])
        ],
        batch_size=BATCH,
    )
