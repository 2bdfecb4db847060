"""Taking a step with a report: in which role, by which table, and what that does to the period."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from luoshi.apps.organization.models import Role as Held
from luoshi.apps.organization.rules import bodies_with, is_head, is_liaison, is_office
from luoshi.apps.work.models import Assignment, BodySetting, Editor, Occurrence, Report
from luoshi.apps.work.operations.report_refusals import StepOfOtherReports
from luoshi.apps.work.queries.forms import counting
from luoshi.core.work.machines import ASSIGNMENT, JOINT_REPORT, OCCURRENCE, REPORT
from luoshi.core.work.states import Machine, Role, Standing, possible, step

REPORT_FIELDS = (
    "state",
    "kept",
    "latest",
    "sent",
    "pinned",
    "before",
    "no_change",
    "submitted_at",
    "submitted_by",
    "approved_at",
    "approved_by",
    "proposed_at",
    "accepted_at",
    "accepted_by",
    "answer",
)
Sent = Callable[[list[Report], datetime], None]
_LISTENERS: list[Sent] = []
OCCURRENCE_FIELDS = ("state", "answered_at", "closed_at", "asked", "prefilled", "minutes")


def when_sent(listener: Sent) -> Sent:
    """Have `listener(reports, at)` called in the transaction that sends reports; for apps that get ready."""
    if listener not in _LISTENERS:
        _LISTENERS.append(listener)
    return listener


@dataclass(frozen=True, slots=True)
class Circle:
    """Who is concerned with some reports.

    Attributes:
        leads: bodies that lead each task, the one that draws first.
        approving: bodies whose head approves what goes out.
    """

    leads: Mapping[int, tuple[int, ...]]
    approving: frozenset[int]

    def others(self, report: Report) -> list[int]:
        """The leads of the task of a report other than its own body, in order."""
        return [body for body in self.leads.get(report.task_id, ()) if body != report.body_id]


def circle_of(reports: Iterable[Report | Occurrence]) -> Circle:
    """Who is concerned, in two queries."""
    rows = list(reports)
    leads: dict[int, tuple[int, ...]] = {}
    found = (
        Assignment.objects.filter(task__in={row.task_id for row in rows}, role=Assignment.Role.LEAD)
        .exclude(state__in=Assignment.GONE)
        .order_by("rank", "pk")
        .values_list("task", "body")
    )
    for task, body in found:
        leads[task] = (*leads.get(task, ()), body)
    approving = BodySetting.objects.filter(body__in={row.body_id for row in rows}, head_approves=True)
    return Circle(leads, frozenset(approving.values_list("body", flat=True)))


def lock(reports: Iterable[int]) -> list[Report]:
    """The reports with their occurrences, locked in one order so that nobody waits in a ring."""
    keys = list(reports)
    rows: QuerySet[Occurrence] = Occurrence.objects.filter(report__in=keys).order_by("pk")
    rows = rows.select_related("assignment__issue", "task", "body").select_for_update(of=("self",))
    occurrences = {one.pk: one for one in rows}
    found = list(Report.objects.filter(pk__in=keys).order_by("pk").select_for_update())
    for report in found:
        report.occurrence = occurrences[report.occurrence_id]
        report.task, report.body = report.occurrence.task, report.occurrence.body
    return found


def lock_one(report: Report) -> Report:
    """One report, locked."""
    return lock([report.pk])[0]


def machine_of(report: Report) -> Machine:
    """The table that rules the states of a report."""
    return JOINT_REPORT if report.joint else REPORT


def standing_of(report: Report) -> Standing:
    """How a report stands, as the tables take it."""
    return Standing(report.state, report.kept or None, report.pinned, report.before)


def editable(report: Report) -> bool:
    """Whether its words may be changed now."""
    return machine_of(report).state(report.state).editable


def roles_in(user: User, report: Report, circle: Circle) -> list[Role]:
    """The roles in which a person may act on a report."""
    own = is_head(user, report) or is_liaison(user, report)
    mine = bodies_with(user, Held.Name.LIAISON, Held.Name.HEAD)
    found: list[tuple[Role, bool]] = [
        ("lead", own if report.joint else bool(mine & set(circle.others(report)))),
        ("co-lead", report.joint and bool(mine & set(circle.others(report)))),
        ("head", not report.joint and is_head(user, report)),
        ("liaison", not report.joint and is_liaison(user, report)),
        ("office", is_office(user, report)),
    ]
    return [role for role, held in found if held]


def acting(user: User, report: Report, name: str, circle: Circle) -> Role:
    """The role in which a person takes this step: one that may, else one that the table will refuse.

    Raises:
        PermissionDenied: the person has no part in the report at all.
        StepOfOtherReports: reports of this kind have no such step.
    """
    if all(row.name != name for row in machine_of(report).transitions):
        raise StepOfOtherReports(step=name)
    roles = roles_in(user, report, circle)
    for role in roles:
        if any(row.name == name for row in possible(machine_of(report), standing_of(report), role)):
            return role
    if not roles:
        raise PermissionDenied
    return roles[0]


def take(
    report: Report,
    name: str,
    *,
    role: Role,
    given: Mapping[str, object] | None = None,
    seen: int | None = None,
) -> None:
    """Put a report where a step leads; `keep_rows` stores it.

    Raises:
        LuoshiError: the table does not allow it; nothing is changed then.
    """
    after = step(
        machine_of(report),
        standing_of(report),
        name,
        role=role,
        given=given,
        seen=seen,
        latest=report.latest,
    )
    report.state, report.kept = after.state, after.kept or ""
    report.pinned, report.before = after.pinned, after.before


def answered(report: Report, *, by: User, at: datetime) -> None:
    """A report was submitted: the request is answered, and work on the task has begun."""
    report.sent, report.submitted_at, report.submitted_by = report.latest, at, by
    report.answer, report.going_out = "", at
    # A correction answers nothing anew: the request was answered when the version that counts was sent.
    report.occurrence.answered_at = report.occurrence.answered_at or at


def taken_back(report: Report) -> None:
    """A report was returned or withdrawn: the request waits again, unless an earlier version counts."""
    report.approved_at = report.approved_by = None
    if counting(report) is None:
        report.accepted_at = report.accepted_by = None
        report.occurrence.answered_at = None
        _move(report.occurrence, "reopen", "closed", given={"reason": "returned"})


def counted(report: Report, *, by: User, at: datetime) -> None:
    """A report was accepted: its period is done."""
    report.accepted_at, report.accepted_by = at, by
    _move(report.occurrence, "close", "open", given={"acceptance": True})
    report.occurrence.closed_at = report.occurrence.closed_at or at


def _move(occurrence: Occurrence, name: str, source: str, given: Mapping[str, object]) -> None:
    """Take a step with the period, if it is where the step starts."""
    if occurrence.state != source:
        return
    after = step(OCCURRENCE, Standing(occurrence.state), name, role="office", given=given)
    occurrence.state = after.state
    if after.state == Occurrence.State.OPEN:
        occurrence.closed_at = None


def keep_rows(reports: Iterable[Report]) -> None:
    """Store reports and their occurrences, in two queries, and tell of those that go out."""
    rows = list(reports)
    if len(rows) == 1:
        # The common case: one row needs none of the expressions that many have to be told apart by.
        rows[0].save(update_fields=REPORT_FIELDS)
        rows[0].occurrence.save(update_fields=OCCURRENCE_FIELDS)
    else:
        Report.objects.bulk_update(rows, REPORT_FIELDS)
        Occurrence.objects.bulk_update([row.occurrence for row in rows], OCCURRENCE_FIELDS)
    _tell_sent(rows)


def _tell_sent(rows: list[Report]) -> None:
    """Those among them that go out now are told to whoever wants to know."""
    out = [row for row in rows if row.going_out is not None]
    for listener in _LISTENERS if out else ():
        listener(out, max(row.going_out for row in out if row.going_out is not None))
    for row in out:
        row.going_out = None


def begin_work(reports: Iterable[Report]) -> None:
    """Assignments that were signed for are in progress once something was reported."""
    signed = [row.occurrence.assignment for row in reports]
    moved = [one for one in signed if one.state == Assignment.State.SIGNED]
    for one in moved:
        one.state = step(ASSIGNMENT, Standing(one.state), "begin", role="system").state
    Assignment.objects.bulk_update(moved, ["state"])


def nobody_edits(reports: Iterable[Report]) -> None:
    """Forget who had reports open for editing."""
    Editor.objects.filter(report__in=[row.pk for row in reports]).delete()
