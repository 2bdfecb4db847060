"""What the bodies of a task say of one period: who has reported, who is missing, and in which words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.db.models import Count, Q

from luoshi.apps.work.models import Assignment, Occurrence, Report, Revision
from luoshi.apps.work.queries.forms import counting
from luoshi.core.work.prefill import Value
from luoshi.core.work.values import unpack

Heard = Literal["missing", "draft", "returned", "reported", "accepted", "suspended"]
_HEARD: dict[str, Heard] = {
    Report.State.DRAFT: "draft",
    Report.State.WITHDRAWN: "draft",
    Report.State.RETURNED: "returned",
    Report.State.SUBMITTED: "reported",
    Report.State.APPROVED: "reported",
    Report.State.ACCEPTED: "accepted",
}


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one body has to say of a task and a period.

    Attributes:
        assignment: its part in the task, with its body.
        occurrence: the request; None when the task asks this body for nothing in this period.
        report: its own report, once there is one.
        heard: how far it is, in a word for pages.
        revision: number of the version that others may read, or None.
        values: of that version.
    """

    assignment: Assignment
    occurrence: Occurrence | None
    report: Report | None
    heard: Heard
    revision: int | None
    values: dict[str, Value]

    @property
    def is_missing(self) -> bool:
        """Whether the lead still waits for it."""
        return self.occurrence is not None and self.heard in {"missing", "draft", "returned"}


def shown_number(report: Report) -> int | None:
    """Number of the version that people outside its body may read; drafts are their own affair."""
    return report.sent if report.sent is not None else counting(report)


def contributions(occurrence: Occurrence) -> list[Contribution]:
    """What every other body of the task says of the same period, leads first, in three queries."""
    parts = (
        Assignment.objects.filter(task=occurrence.task_id)
        .exclude(body=occurrence.body_id)
        .exclude(state__in=Assignment.GONE)
        .select_related("body", "via")
    )
    asked = {
        one.assignment_id: one
        for one in Occurrence.objects.filter(task=occurrence.task_id, key=occurrence.key)
        .exclude(state=Occurrence.State.CANCELLED)
        .select_related("report", "goes_with__report")
    }
    words = _words([report for one in asked.values() if (report := _report_of(one)) is not None])
    return [_contribution(part, asked.get(part.pk), words) for part in parts]


def _report_of(occurrence: Occurrence | None) -> Report | None:
    """The report that answers a request: its own, or the one that answers it along with another."""
    own: Report | None = getattr(occurrence, "report", None)
    if occurrence is None or (own is not None and own.latest):
        return own
    return getattr(occurrence.goes_with, "report", None) or own


def _contribution(
    part: Assignment, asked: Occurrence | None, words: dict[int, tuple[int, dict[str, Value]]]
) -> Contribution:
    report = _report_of(asked)
    heard: Heard = _HEARD[report.state] if report is not None and report.state in _HEARD else "missing"
    if part.state == Assignment.State.SUSPENDED:
        heard = "suspended"
    number, values = words.get(report.pk, (None, {})) if report is not None else (None, {})
    return Contribution(part, asked, report, heard, number, values)


def _words(reports: Sequence[Report]) -> dict[int, tuple[int, dict[str, Value]]]:
    """The version that others may read, of each report."""
    wanted = {(report.pk, number) for report in reports if (number := shown_number(report)) is not None}
    rows = Revision.objects.filter(
        report__in=[pk for pk, _ in wanted], number__in={number for _, number in wanted}
    )
    return {
        row.report_id: (row.number, unpack(row.values))
        for row in rows
        if (row.report_id, row.number) in wanted
    }


def joint_of(occurrences: Sequence[Occurrence]) -> dict[int, bool]:
    """Whether each of these asks for a joint report: of the first lead, where the task has several bodies."""
    bodies = Counter(
        dict(
            Assignment.objects.filter(task__in={one.task_id for one in occurrences})
            .exclude(state__in=Assignment.GONE)
            .order_by()
            .values("task")
            .annotate(n=Count("pk"))
            .values_list("task", "n")
        )
    )
    return {one.pk: one.assignment.rank == 0 and bodies[one.task_id] > 1 for one in occurrences}


def changed_contributions(occurrences: Sequence[Occurrence]) -> dict[int, list[str]]:
    """Names of the bodies that reported something new, by key of the first lead's occurrence."""
    if not occurrences:
        return {}
    rows = (
        Report.objects.filter(
            task__in={one.task_id for one in occurrences},
            occurrence__key__in={one.key for one in occurrences},
            no_change=False,
            joint=False,
        )
        .filter(Q(state__in=[Report.State.SUBMITTED, Report.State.APPROVED, Report.State.ACCEPTED]))
        .order_by("body__name")
        .values_list("task", "occurrence__key", "body__name")
    )
    names: dict[tuple[int, str], list[str]] = defaultdict(list)
    for task, key, name in rows:
        names[task, key].append(name)
    return {one.pk: names[one.task_id, one.key] for one in occurrences}
