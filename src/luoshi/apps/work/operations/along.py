"""One report that answers several requests: the same duty in two plans, asked of one body for one time.

Which requests belong together is said from above (`luoshi.apps.alignment`); here only what follows from it.
A request that goes with another is closed when the report of that one is accepted, and opened again when that
report is returned. Nothing is copied: the request names the other one. Who answers it by a report of its own
is left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from django.contrib.auth.models import User
from django.db import models
from django.db.models import F, QuerySet

from luoshi.apps.audit.operations import record
from luoshi.apps.work.models import Assignment, Issue, Occurrence, Report
from luoshi.apps.work.queries.along import UNTOUCHED
from luoshi.core.work.machines import OCCURRENCE
from luoshi.core.work.states import Standing, step

Listener = Callable[[str, datetime], None]
UNDECIDED = (Occurrence.State.SCHEDULED, Occurrence.State.OPEN)
_LISTENERS: list[Listener] = []
OpenedListener = Callable[[Issue, datetime], None]
_OPENED: list[OpenedListener] = []


def when_made(listener: Listener) -> Listener:
    """Have `listener(region, at)` called in the transaction that makes requests; for apps that get ready."""
    if listener not in _LISTENERS:
        _LISTENERS.append(listener)
    return listener


def tell_made(region: str, at: datetime) -> None:
    """Requests were made in a region."""
    for listener in _LISTENERS:
        listener(region, at)


def when_opened(listener: OpenedListener) -> OpenedListener:
    """Have `listener(issue, at)` called in the transaction that opens requests; for apps that get ready."""
    if listener not in _OPENED:
        _OPENED.append(listener)
    return listener


def tell_opened(issue: Issue, at: datetime) -> None:
    """Requests of a plan were opened."""
    for listener in _OPENED:
        listener(issue, at)


def go_along(
    *, pairs: Mapping[int, int], reason: models.Model, region: str, by: User | None, at: datetime
) -> int:
    """Let requests be answered by the reports of others; belongs inside the transaction of its reason.

    Args:
        pairs: key of the request → key of the request whose report answers it.
        reason: what they belong together for.

    Returns:
        How many have another companion than before.
    """
    rows = list(_waiting(Occurrence.objects.filter(pk__in=list(pairs))))
    changed = [row for row in rows if row.goes_with_id != pairs[row.pk]]
    for row in changed:
        row.goes_with_id = pairs[row.pk]
    if not changed:
        return 0
    Occurrence.objects.bulk_update(changed, ["goes_with"])
    record(
        type="work.occurrences.joined",
        object=reason,
        region=region,
        by=by,
        at=at,
        occurrences={str(row.pk): row.goes_with_id for row in changed},
    )
    _answer(Occurrence.objects.filter(pk__in=[row.pk for row in changed]), region=region, by=by, at=at)
    return len(changed)


def go_alone(
    *, rows: QuerySet[Occurrence], reason: models.Model, region: str, by: User | None, at: datetime
) -> int:
    """Let requests be answered by themselves again; what was answered already stays answered."""
    found = list(_waiting(rows.filter(goes_with__isnull=False)))
    if not found:
        return 0
    Occurrence.objects.filter(pk__in=[row.pk for row in found]).update(goes_with=None)
    keys = [row.pk for row in found]
    record(type="work.occurrences.parted", object=reason, region=region, by=by, at=at, occurrences=keys)
    return len(found)


def follow(reports: Iterable[Report], *, by: User | None, at: datetime) -> None:
    """After reports were accepted or returned: what goes with them is answered, or asked again."""
    closed = {row.occurrence_id: row.region_id for row in reports if _is_closed(row)}
    opened = {row.occurrence_id: row.region_id for row in reports if not _is_closed(row)}
    for region in sorted({*closed.values(), *opened.values()}):
        done = [key for key, held in closed.items() if held == region]
        again = [key for key, held in opened.items() if held == region]
        _answer(Occurrence.objects.filter(goes_with__in=done), region=region, by=by, at=at)
        _ask_again(Occurrence.objects.filter(goes_with__in=again), region=region, by=by, at=at)


def answer_opened(issue: Issue, *, at: datetime) -> None:
    """Answer what was opened after the report that answers it had been accepted."""
    rows = Occurrence.objects.filter(assignment__issue=issue)
    _answer(rows, region=issue.region_id, by=None, at=at)


def _is_closed(report: Report) -> bool:
    return report.occurrence.state == Occurrence.State.CLOSED


def _waiting(rows: QuerySet[Occurrence]) -> QuerySet[Occurrence]:
    waiting = rows.filter(state__in=UNDECIDED, answered_at=None)
    return waiting.select_for_update(of=("self",)).order_by("pk")


def _answer(rows: QuerySet[Occurrence], *, region: str, by: User | None, at: datetime) -> None:
    """Close what is open among these and has a companion that is closed with a report that counts."""
    ready = rows.filter(
        UNTOUCHED,
        state=Occurrence.State.OPEN,
        answered_at=None,
        goes_with__state=Occurrence.State.CLOSED,
        goes_with__report__pinned__isnull=False,
    ).exclude(assignment__state__in=[Assignment.State.SUSPENDED, *Assignment.GONE])
    found = list(
        ready.select_related("goes_with", "assignment").select_for_update(of=("self",)).order_by("pk")
    )
    if not found:
        return
    for row in found:
        after = step(OCCURRENCE, Standing(row.state), "close", role="system", given={"acceptance": True})
        assert row.goes_with is not None  # noqa: S101 - filtered above; for the type checker
        row.state, row.closed_at, row.answered_at = (
            Occurrence.State(after.state),
            at,
            row.goes_with.answered_at,
        )
    Occurrence.objects.bulk_update(found, ["state", "closed_at", "answered_at"])
    _begin({row.assignment_id for row in found})
    _write_down("work.occurrences.answered", found, region=region, by=by, at=at)


def _begin(assignments: set[int]) -> None:
    """Tasks that were signed for are in progress once something of them was answered."""
    signed = Assignment.objects.filter(pk__in=assignments, state=Assignment.State.SIGNED)
    signed.update(state=Assignment.State.IN_PROGRESS, version=F("version") + 1)


def _ask_again(rows: QuerySet[Occurrence], *, region: str, by: User | None, at: datetime) -> None:
    """Open again what was answered by a report that was taken back."""
    closed = rows.filter(UNTOUCHED, state=Occurrence.State.CLOSED)
    found = list(closed.select_for_update(of=("self",)).order_by("pk"))
    if not found:
        return
    for row in found:
        after = step(OCCURRENCE, Standing(row.state), "reopen", role="office", given={"reason": "returned"})
        row.state, row.closed_at, row.answered_at = Occurrence.State(after.state), None, None
    Occurrence.objects.bulk_update(found, ["state", "closed_at", "answered_at"])
    _write_down("work.occurrences.asked-again", found, region=region, by=by, at=at)


def _write_down(type: str, rows: list[Occurrence], *, region: str, by: User | None, at: datetime) -> None:
    """One record for all of them, about the first companion."""
    first = rows[0].goes_with
    assert first is not None  # noqa: S101 - whoever calls has companions; for the type checker
    answers = {str(row.pk): row.goes_with_id for row in rows}
    if type == "work.occurrences.answered":
        record(
            type="work.occurrences.answered", object=first, region=region, by=by, at=at, occurrences=answers
        )
    else:
        record(
            type="work.occurrences.asked-again",
            object=first,
            region=region,
            by=by,
            at=at,
            occurrences=answers,
        )
