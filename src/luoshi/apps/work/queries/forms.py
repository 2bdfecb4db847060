"""What is known for a report before anybody fills it in: the last accepted one, and files on hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.models import Case, F, QuerySet, When
from django.utils.timezone import localdate

from luoshi.apps.plan.models import Target
from luoshi.apps.work.models import Assignment, Evidence, Occurrence, Report, Revision
from luoshi.core.calendar.periods import Period
from luoshi.core.errors import Phrase
from luoshi.core.work.prefill import FIELDS, Field, Form, Known, prefill
from luoshi.core.work.values import unpack

# The version that counts: while an approved correction waits for the office, it is the one from before.
COUNTING = Case(When(state=Report.State.APPROVED, then=F("before")), default=F("pinned"))
COUNTING_OF_REPORT = Case(
    When(report__state=Report.State.APPROVED, then=F("report__before")), default=F("report__pinned")
)
BY_KEY = {field.key: field for field in FIELDS}


def counting(report: Report) -> int | None:
    """Number of the version that counts: the last one that the office accepted and did not return."""
    return report.before if report.state == Report.State.APPROVED else report.pinned


def form_of(occurrence: Occurrence, *, on: date) -> Form:
    """The form of one occurrence."""
    return forms_of([occurrence], on=on)[occurrence.pk]


def forms_of(occurrences: Sequence[Occurrence], *, on: date) -> dict[int, Form]:
    """The forms of occurrences by key, prefilled; in a fixed number of queries.

    Args:
        on: the day; evidence that has expired by then is left out.
    """
    shares = set(
        Target.objects.filter(task__in={one.task_id for one in occurrences}).values_list("task", flat=True)
    )
    said = _said_before({one.assignment_id for one in occurrences})
    files = _Files({row.report.body_id for rows in said.values() for row in rows}, on)
    return {
        one.pk: prefill(
            _fields(with_share=one.task_id in shares),
            last=_last([row for row in said.get(one.assignment_id, ()) if _earlier(row, one)], files),
        )
        for one in occurrences
    }


def _fields(*, with_share: bool) -> list[Field]:
    """What is asked: a share only of a task that has a number to reach."""
    return [field for field in FIELDS if with_share or field.key != "share_done"]


def _earlier(row: Revision, occurrence: Occurrence) -> bool:
    before = row.report.occurrence
    return before.pk != occurrence.pk and (before.scheduled, before.pk) < (
        occurrence.scheduled,
        occurrence.pk,
    )


def _said_before(assignments: Iterable[int]) -> dict[int, list[Revision]]:
    """The versions that count of every earlier report of these assignments, the newest first.

    What was reported before a hand-over belongs to whoever took over.
    """
    wanted = set(assignments)
    givers = dict(Assignment.objects.filter(receiver__in=wanted).values_list("pk", "receiver"))
    found: dict[int, list[Revision]] = defaultdict(list)
    for row in _counting_revisions({*wanted, *givers}):
        assignment = row.report.occurrence.assignment_id
        for one in wanted & {assignment, givers.get(assignment) or 0}:
            found[one].append(row)
    return found


def _counting_revisions(assignments: set[int]) -> QuerySet[Revision]:
    return (
        Revision.objects.filter(report__occurrence__assignment__in=assignments, number=COUNTING_OF_REPORT)
        .select_related("report__occurrence")
        .order_by("-report__occurrence__scheduled", "-report__occurrence__pk")
    )


def _last(rows: Sequence[Revision], files: _Files) -> dict[str, Known]:
    """The last report, field by field.

    A report of “no change” says no words about its own period: those of the report before it are shown.
    """
    found: dict[str, Known] = {}
    for index, row in enumerate(rows):
        for key, value in unpack(row.values).items():
            field = BY_KEY.get(key)
            if field is None or key in found or (index and field.carry != "show"):
                continue
            if isinstance(value, tuple):
                value = files.current(value)
            if value != ():
                found[key] = Known(value, origin_of(row.report.occurrence), localdate(row.at))
    return found


def origin_of(occurrence: Occurrence) -> Phrase:
    """Where a value of an earlier report comes from, in words."""
    period = Period.parse(occurrence.period)
    return Phrase(f"{period.label()}报送", f"report for {period.label('en')}")


class _Files:
    """Which files of some bodies have a newer version, and which have expired."""

    def __init__(self, bodies: Iterable[int], on: date) -> None:
        self._bodies = list(bodies)
        self._on = on
        self._known: tuple[Mapping[int, int], set[int]] | None = None

    def current(self, keys: Sequence[str]) -> tuple[str, ...]:
        """The newest versions of these files that still prove something."""
        newer, expired = self._load()
        found = []
        for key in map(int, keys):
            while key in newer:
                key = newer[key]
            if key not in expired:
                found.append(str(key))
        return tuple(dict.fromkeys(found))

    def _load(self) -> tuple[Mapping[int, int], set[int]]:
        if self._known is None:
            files = Evidence.objects.filter(body__in=self._bodies)
            newer = files.filter(replaces__isnull=False).values_list("replaces", "pk")
            expired = files.filter(expires_on__lt=self._on).values_list("pk", flat=True)
            self._known = {old or 0: new for old, new in newer}, set(expired)
        return self._known
