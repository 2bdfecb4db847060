"""More time for one period: asked before the due date, granted in two steps by two persons."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.timezone import localdate

from luoshi.apps.audit.operations import record
from luoshi.apps.organization.models import Role as Held
from luoshi.apps.organization.queries.calendar import calendar_of
from luoshi.apps.organization.rules import bodies_with, is_head, is_liaison, is_office
from luoshi.apps.work.models import Assignment, Extension, Occurrence
from luoshi.apps.work.operations import refusals
from luoshi.apps.work.operations.stepping import role_for
from luoshi.apps.work.operations.timing import move_due
from luoshi.apps.work.queries.endorsing import goes_straight
from luoshi.core.work import extension as core
from luoshi.core.work.machines import EXTENSION
from luoshi.core.work.states import Role, Standing, step


@transaction.atomic
def ask_extension(
    *, occurrence: Occurrence, new_due: date, reason: str, progress: str = "", by: User, at: datetime
) -> Extension:
    """Ask for more time for an open period.

    Raises:
        NothingToExtend: it is not open, or was answered.
        ExtensionTooLate, ExtensionNotLonger, ExtensionOnDayOff, ExtensionPending, ExtensionsUsedUp,
        ExtensionWithoutReason.
    """
    row = _lock(occurrence)
    issue, before = row.assignment.issue, list(row.extensions.order_by("number"))
    asked = core.Extension(len(before) + 1, localdate(at), new_due, reason=reason)
    against = core.against_asking(
        asked,
        original=before[0].old_due if before else row.due,
        before=[_told(one) for one in before],
        calendar=calendar_of(row.region_id),
        most=issue.most_extensions,
    )
    if against:
        raise against[0]
    made = Extension.objects.create(
        region_id=row.region_id,
        occurrence=row,
        body_id=row.body_id,
        number=asked.number,
        old_due=row.due,
        new_due=new_due,
        reason=reason.strip(),
        progress=progress.strip(),
        asked_by=by,
        asked_at=at,
    )
    record(
        type="work.extension.asked",
        object=made,
        region=row.region_id,
        by=by,
        at=at,
        old=row.due.isoformat(),
        new=new_due.isoformat(),
    )
    return made


@transaction.atomic
def endorse(*, extension: Extension, by: User, at: datetime) -> Extension:
    """Support a request for more time: the head of the body, or another lead of the task."""
    row = _lock_extension(extension)
    _step(row, "endorse", by, given={"second-person": by.pk != row.asked_by_id})
    row.endorsed_by, row.endorsed_at = by, at
    row.save()
    record(type="work.extension.endorsed", object=row, region=row.region_id, by=by, at=at)
    return row


@transaction.atomic
def grant(*, extension: Extension, answer: str = "", by: User, at: datetime) -> Extension:
    """Give more time: the due day and the first yellow day move, the scheduled day does not.

    What nobody can endorse is decided on directly.

    Raises:
        NothingToExtend: it was answered or cancelled meanwhile.
        StepNeedsMore: the same person asked for it or endorsed it, or somebody has to endorse it first.
    """
    row = _lock_extension(extension)
    occurrence = _lock(row.occurrence)
    second = by.pk not in {row.asked_by_id, row.endorsed_by_id}
    _step(row, "grant", by, given={"second-person": second, "nobody-endorses": goes_straight(row)})
    row.decided_by, row.decided_at, row.answer = by, at, answer.strip()
    row.save()
    move_due(
        occurrence=occurrence,
        issue=occurrence.assignment.issue,
        due=row.new_due,
        calendar=calendar_of(occurrence.region_id),
    )
    record(
        type="work.extension.granted",
        object=row,
        region=row.region_id,
        by=by,
        at=at,
        old=row.old_due.isoformat(),
        new=row.new_due.isoformat(),
    )
    return row


@transaction.atomic
def refuse(*, extension: Extension, reason: str, by: User, at: datetime) -> Extension:
    """Give no more time; the original date counts."""
    row = _lock_extension(extension)
    _step(row, "refuse", by, given={"reason": reason, "nobody-endorses": goes_straight(row)})
    row.decided_by, row.decided_at, row.answer = by, at, reason.strip()
    row.save()
    record(
        type="work.extension.refused", object=row, region=row.region_id, by=by, at=at, reason=reason.strip()
    )
    return row


@transaction.atomic
def withdraw(*, extension: Extension, by: User, at: datetime) -> Extension:
    """Take a request for more time back."""
    row = _lock_extension(extension)
    _step(row, "withdraw", by)
    row.save()
    record(type="work.extension.withdrawn", object=row, region=row.region_id, by=by, at=at)
    return row


def roles_in(user: User, extension: Extension) -> list[Role]:
    """The roles in which a person may act on a request for more time."""
    mine = bodies_with(user, Held.Name.LIAISON, Held.Name.HEAD) - {extension.body_id}
    leads = (
        Assignment.objects.filter(task=extension.occurrence.task_id, role=Assignment.Role.LEAD, body__in=mine)
        .exclude(state__in=Assignment.GONE)
        .exists()
        if mine
        else False
    )
    found: list[tuple[Role, bool]] = [
        ("head", is_head(user, extension)),
        ("lead", leads),
        ("liaison", is_liaison(user, extension)),
        ("office", is_office(user, extension)),
    ]
    return [role for role, held in found if held]


def _step(row: Extension, name: str, by: User, given: dict[str, object] | None = None) -> None:
    standing = Standing(row.state)
    role = role_for(EXTENSION, standing, name, roles_in(by, row))
    row.state = Extension.State(step(EXTENSION, standing, name, role=role, given=given).state)


def _told(row: Extension) -> core.Extension:
    state = next(one for one in core.EXTENSION_STATES if one == row.state)
    return core.Extension(row.number, localdate(row.asked_at), row.new_due, state, row.reason)


def _lock(occurrence: Occurrence) -> Occurrence:
    rows = Occurrence.objects.select_related("assignment__issue").select_for_update(of=("self",))
    row = rows.get(pk=occurrence.pk)
    if row.state != Occurrence.State.OPEN or row.answered_at is not None:
        raise refusals.NothingToExtend(key=row.key, state=_state(row))
    return row


def _state(row: Occurrence) -> object:
    return refusals.ANSWERED if row.answered_at else refusals.OCCURRENCE_WORDS[row.state]


def _lock_extension(extension: Extension) -> Extension:
    rows = Extension.objects.select_related("occurrence").select_for_update(of=("self",))
    return rows.get(pk=extension.pk)
