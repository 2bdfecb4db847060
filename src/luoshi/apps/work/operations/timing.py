"""Time passes: occurrences are made ahead, opened when their day has come, and reckoned anew.

Everything here may be killed at any moment and run again: each plan is one transaction, and what is there
already is left alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.timezone import localdate

from luoshi.apps.audit.operations import record
from luoshi.apps.organization.queries.calendar import calendar_of
from luoshi.apps.work.models import Assignment, Issue, Occurrence
from luoshi.apps.work.operations.along import answer_opened, tell_made, tell_opened
from luoshi.core.calendar.working_days import WorkCalendar
from luoshi.core.work.burden import earliest_due
from luoshi.core.work.schedule import Clock, Planned, Rule, Slot, Terms, clock_of, schedule

AHEAD = timedelta(days=366)
"""How far ahead occurrences are made."""

BATCH = 500
AT_WORK = (Assignment.State.ISSUED, Assignment.State.SIGNED, Assignment.State.IN_PROGRESS)
MOVABLE = (Occurrence.State.SCHEDULED, Occurrence.State.OPEN)


@dataclass(frozen=True, slots=True)
class Advanced:
    """How many occurrences were made, and how many were opened."""

    made: int = 0
    opened: int = 0

    def __add__(self, other: Advanced) -> Advanced:
        return Advanced(self.made + other.made, self.opened + other.opened)


@dataclass(frozen=True, slots=True)
class Further:
    """A request that something else than the rules of the plan asks for, and why."""

    assignment: Assignment
    slot: Slot
    reason: str
    basis: str


Asker = Callable[[Issue, Sequence[Assignment], date], Iterable[Further]]
_ASKERS: list[Asker] = []


def also_ask(asker: Asker) -> Asker:
    """Have `asker(issue, assignments, end)` say what else is asked for; for apps that get ready."""
    if asker not in _ASKERS:
        _ASKERS.append(asker)
    return asker


def terms_of(issue: Issue) -> Terms:
    """The terms of an issue as core knows them."""
    return Terms(issue.opening_days, issue.notice_days, issue.thresholds)


def advance(*, region: str, at: datetime) -> Advanced:
    """Make and open whatever is due in a region by now; doing it twice changes nothing."""
    total = Advanced()
    for issue in Issue.objects.filter(region_id=region).order_by("pk"):
        total += advance_issue(issue=issue, at=at)
    return total


def advance_everywhere(*, at: datetime) -> Advanced:
    """Make and open whatever is due anywhere by now."""
    total = Advanced()
    for region in Issue.objects.order_by("region").values_list("region", flat=True).distinct():
        total += advance(region=region, at=at)
    return total


@transaction.atomic
def advance_issue(*, issue: Issue, at: datetime) -> Advanced:
    """Make and open whatever is due in one issued plan by now."""
    issue = Issue.objects.select_for_update().get(pk=issue.pk)
    calendar, today = calendar_of(issue.region_id), localdate(at)
    made = _make(issue, calendar, today)
    opened = _open(issue, calendar, today, at)
    if made:
        tell_made(issue.region_id, at)
    if opened:
        answer_opened(issue, at=at)
        tell_opened(issue, at)
    if made or opened:
        record(
            type="work.occurrences.advanced",
            object=issue,
            region=issue.region_id,
            by=None,
            at=at,
            made=made,
            opened=opened,
        )
    return Advanced(made, opened)


def _make(issue: Issue, calendar: WorkCalendar, today: date) -> int:
    """Make what is missing. What is due before today is never asked for afterwards."""
    planned = _planned(issue, calendar, today)
    keys = {one.slot.key for ones in planned.values() for one in ones}
    there = _there(issue, keys)
    assignments = list(
        Assignment.objects.filter(issue=issue, state__in=AT_WORK).select_related("body").order_by("pk")
    )
    rows = [
        _new(issue, assignment, one)
        for assignment in assignments
        for one in planned.get(assignment.task_id, ())
        if (assignment.pk, one.slot.key) not in there
    ]
    rows += _further(issue, assignments, calendar, today)
    Occurrence.objects.bulk_create(rows, batch_size=BATCH)
    return len(rows)


def _further(
    issue: Issue, assignments: Sequence[Assignment], calendar: WorkCalendar, today: date
) -> list[Occurrence]:
    """What is asked for beside the rules and not there yet."""
    end = min(today + AHEAD, issue.last_day or date.max)
    wanted = [one for asker in _ASKERS for one in asker(issue, assignments, end)]
    there = _there(issue, {one.slot.key for one in wanted}) if wanted else set()
    rows = []
    for one in wanted:
        clock = clock_of(one.slot.scheduled, terms_of(issue), calendar)
        if clock.due >= today and (one.assignment.pk, one.slot.key) not in there:
            row = _new(issue, one.assignment, Planned(one.slot, clock))
            row.reason, row.basis = one.reason, one.basis
            rows.append(row)
    return rows


def _planned(issue: Issue, calendar: WorkCalendar, today: date) -> dict[int, list[Planned]]:
    """What the rules of each task ask for from today on, reckoned once for tasks with the same rules."""
    end = min(today + AHEAD, issue.last_day or date.max)
    by_task: dict[int, list[Rule]] = defaultdict(list)
    for task, recurrence, day, origin in issue.rules.values_list("task", "recurrence", "day", "origin"):
        by_task[task].append(Rule(recurrence, day, default=origin == "default"))
    known: dict[tuple[Rule, ...], list[Planned]] = {}
    for rules in by_task.values():
        if tuple(rules) not in known:
            found = schedule(rules, issue.first_day, end, terms=terms_of(issue), calendar=calendar)
            known[tuple(rules)] = [one for one in found if one.clock.due >= today]
    return {task: known[tuple(rules)] for task, rules in by_task.items()}


def _there(issue: Issue, keys: set[str]) -> set[tuple[int, str]]:
    """Which occurrences there are; what a body did before it handed its task over counts for the receiver."""
    receivers = dict(
        Assignment.objects.filter(issue=issue, receiver__isnull=False).values_list("pk", "receiver")
    )
    there = Occurrence.objects.filter(assignment__issue=issue, key__in=keys)
    found: set[tuple[int, str]] = set()
    for key, assignment in there.values_list("key", "assignment"):
        here: int | None = assignment
        while here is not None and (here, key) not in found:
            found.add((here, key))
            here = receivers.get(here)
    return found


def _new(issue: Issue, assignment: Assignment, planned: Planned) -> Occurrence:
    slot, clock = planned.slot, planned.clock
    return Occurrence(
        region_id=issue.region_id,
        assignment=assignment,
        task_id=assignment.task_id,
        body_id=assignment.body_id,
        key=slot.key,
        period=slot.period.key,
        scheduled=slot.scheduled,
        **days_of(clock),
    )


def days_of(clock: Clock) -> dict[str, object]:
    """The fields of an `Occurrence` that a clock sets."""
    return {
        "due": clock.due,
        "opens_on": clock.opens_on,
        "warn_from": clock.warn_from,
        "certain": clock.certain,
    }


def _open(issue: Issue, calendar: WorkCalendar, today: date, at: datetime) -> int:
    """Open what has to be open by today; what is opened late is due later, so that the notice is kept."""
    at_work = Assignment.objects.filter(issue=issue, state__in=AT_WORK)
    waiting = _of(at_work).filter(state=Occurrence.State.SCHEDULED, opens_on__lte=today)
    opened = 0
    groups = waiting.order_by().values_list("scheduled", "moved", "due", "opens_on").distinct()
    for scheduled, moved, due, opens_on in list(groups):
        earliest = earliest_due(today, calendar, minimum=issue.notice_days).day
        counts = moved if due >= earliest else earliest
        clock = clock_of(scheduled, terms_of(issue), calendar, due=counts, opened=today)
        opened += waiting.filter(scheduled=scheduled, moved=moved, due=due, opens_on=opens_on).update(
            state=Occurrence.State.OPEN,
            opened_at=at,
            moved=counts,
            version=F("version") + 1,
            **days_of(clock),
        )
    return opened


def _of(assignments: QuerySet[Assignment]) -> QuerySet[Occurrence]:
    """What is scheduled under `assignments`, without a join: an update of a join reads the table twice,
    and a database that has not counted its rows yet compares each row with each.
    """
    return Occurrence.objects.filter(assignment__in=assignments)


def move_due(*, occurrence: Occurrence, issue: Issue, due: date | None, calendar: WorkCalendar) -> None:
    """Let a period be due on another day than the rules say, or on theirs again; its scheduled day stays.

    Belongs inside the transaction of the operation that has the reason for it.
    """
    opened = occurrence.opens_on if occurrence.state == Occurrence.State.OPEN else None
    clock = clock_of(occurrence.scheduled, terms_of(issue), calendar, due=due, opened=opened)
    occurrence.moved = due
    for name, day in days_of(clock).items():
        setattr(occurrence, name, day)
    occurrence.version = F("version") + 1
    occurrence.save(update_fields=["moved", *days_of(clock), "version"])


def recalculate(*, region: str, at: datetime) -> int:
    """Reckon the days of everything that is not done anew, after working days or terms have changed.

    Belongs inside the transaction of the change itself; nothing that is closed moves.

    Returns:
        How many occurrences have other days now.
    """
    return sum(
        recalculate_issue(issue=issue, at=at)
        for issue in Issue.objects.select_for_update().filter(region_id=region).order_by("pk")
    )


def recalculate_issue(*, issue: Issue, at: datetime) -> int:
    """Reckon the days of one issued plan anew; see `recalculate`."""
    calendar, changed = calendar_of(issue.region_id), 0
    rows = _of(Assignment.objects.filter(issue=issue)).filter(state__in=MOVABLE)
    columns = ("state", "scheduled", "moved", "due", "opens_on", "warn_from", "certain")
    for values in list(rows.order_by().values(*columns).distinct()):
        opened = values["opens_on"] if values["state"] == Occurrence.State.OPEN else None
        clock = clock_of(values["scheduled"], terms_of(issue), calendar, due=values["moved"], opened=opened)
        if any(values[name] != day for name, day in days_of(clock).items()):
            changed += rows.filter(**_matching(values)).update(version=F("version") + 1, **days_of(clock))
    _recalculate_signing(issue, calendar)
    return changed


def _matching(values: dict[str, object]) -> dict[str, object]:
    return {
        (f"{name}__isnull" if value is None else name): (True if value is None else value)
        for name, value in values.items()
    }


def _recalculate_signing(issue: Issue, calendar: WorkCalendar) -> None:
    unsigned = Assignment.objects.filter(issue=issue, state=Assignment.State.ISSUED)
    for issued_at in list(unsigned.order_by().values_list("issued_at", flat=True).distinct()):
        since = localdate(issued_at or issue.issued_at)
        sign_by = calendar.add_working_days(since, issue.signing_days).day
        same = unsigned.filter(**_matching({"issued_at": issued_at}))
        same.exclude(sign_by=sign_by).update(sign_by=sign_by)
