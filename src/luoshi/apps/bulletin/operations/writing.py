"""Drafting a bulletin from the data, changing its text, and having a second person publish it."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from luoshi.apps.audit.operations import record
from luoshi.apps.bulletin.models import Bulletin, BulletinRevision, Counted, Practice
from luoshi.apps.bulletin.operations import refusals
from luoshi.apps.bulletin.queries.counting import counted
from luoshi.apps.bulletin.queries.reading import candidates
from luoshi.apps.plan.models import Plan
from luoshi.apps.work.models import Report
from luoshi.core.calendar.periods import Period
from luoshi.core.plan.titles import within_marks
from luoshi.core.supervision.bulletin import blocks, draft


@transaction.atomic
def draft_bulletin(*, plan: Plan, period: str, by: User, at: datetime) -> Bulletin:
    """Count a period of a plan and write what a bulletin begins with.

    Raises:
        UnknownPeriod: the key is no period.
        BulletinInWork, NothingToCount.
    """
    found = Period.parse(period)
    Plan.objects.select_for_update().get(pk=plan.pk)
    working = [Bulletin.State.DRAFT, Bulletin.State.SUBMITTED]
    if Bulletin.objects.filter(plan=plan, period=found.key, state__in=working).exists():
        raise refusals.BulletinInWork(plan=str(plan), period=found.label())
    made = Bulletin.objects.create(
        region_id=plan.region_id,
        plan=plan,
        period=found.key,
        since=found.start,
        until=found.end,
        title=f"关于{found.label()}《{within_marks(str(plan))}》落实情况的通报"[:200],
        text=draft(period=found.label(), plan=str(plan)),
        counted_at=at,
        drafted_by=by,
        drafted_at=at,
    )
    if not _count(made, at):
        raise refusals.NothingToCount(plan=str(plan), period=found.label())
    _keep_revision(made, by, at)
    record(
        type="bulletin.bulletin.drafted", object=made, region=made.region_id, by=by, at=at, period=found.key
    )
    return made


@transaction.atomic
def count_again(*, bulletin: Bulletin, by: User, at: datetime) -> Bulletin:
    """Take the numbers of a draft anew."""
    row = _editable(bulletin)
    row.counted.all().delete()
    row.counted_at = at
    row.save(update_fields=["counted_at"])
    rows = _count(row, at)
    record(type="bulletin.bulletin.counted", object=row, region=row.region_id, by=by, at=at, rows=rows)
    return row


@transaction.atomic
def edit(*, bulletin: Bulletin, title: str, text: str, base: int, by: User, at: datetime) -> Bulletin:
    """Change the text of a draft.

    Args:
        base: number of the version that was opened.

    Raises:
        BulletinMovedOn: somebody saved it meanwhile.
        MarkerUnknown: the text has a marker that stands for nothing.
        BulletinNotEditable.
    """
    row = _editable(bulletin)
    if row.version != base:
        raise refusals.BulletinMovedOn(seen=base, latest=row.version)
    blocks(text)
    row.title, row.text, row.version = title.strip(), text.strip(), row.version + 1
    row.save(update_fields=["title", "text", "version"])
    _keep_revision(row, by, at)
    record(
        type="bulletin.bulletin.edited", object=row, region=row.region_id, by=by, at=at, version=row.version
    )
    return row


@transaction.atomic
def choose_practice(*, bulletin: Bulletin, report: Report, words: str, by: User, at: datetime) -> Practice:
    """Put good practice of a body into a draft; choosing the same report again changes the words.

    Raises:
        NoPractice: the report is not an accepted one of the period, or nothing is said.
    """
    row = _editable(bulletin)
    if not words.strip() or not candidates(row).filter(pk=report.pk).exists():
        raise refusals.NoPractice
    made, _new = Practice.objects.update_or_create(
        bulletin=row,
        report=report,
        defaults={
            "region_id": row.region_id,
            "body_id": report.body_id,
            "words": words.strip(),
            "by": by,
            "at": at,
        },
    )
    record(type="bulletin.practice.chosen", object=row, region=row.region_id, by=by, at=at, report=report.pk)
    return made


@transaction.atomic
def drop_practice(*, bulletin: Bulletin, report: Report, by: User, at: datetime) -> None:
    """Take good practice out of a draft."""
    row = _editable(bulletin)
    row.practices.filter(report=report).delete()
    record(type="bulletin.practice.dropped", object=row, region=row.region_id, by=by, at=at, report=report.pk)


@transaction.atomic
def submit(*, bulletin: Bulletin, by: User, at: datetime) -> Bulletin:
    """Ask a second person to approve a draft."""
    row = _editable(bulletin)
    blocks(row.text)
    row.state, row.submitted_by, row.submitted_at, row.answer = Bulletin.State.SUBMITTED, by, at, ""
    row.save()
    record(
        type="bulletin.bulletin.submitted",
        object=row,
        region=row.region_id,
        by=by,
        at=at,
        version=row.version,
    )
    return row


@transaction.atomic
def send_back(*, bulletin: Bulletin, answer: str, by: User, at: datetime) -> Bulletin:
    """Give a submitted bulletin back to be changed."""
    row = _submitted(bulletin)
    if not answer.strip():
        raise refusals.AnswerMissing
    row.state, row.answer = Bulletin.State.DRAFT, answer.strip()
    row.save()
    record(
        type="bulletin.bulletin.returned",
        object=row,
        region=row.region_id,
        by=by,
        at=at,
        answer=row.answer,
    )
    return row


@transaction.atomic
def publish(*, bulletin: Bulletin, by: User, at: datetime) -> Bulletin:
    """Approve and publish a bulletin; from then on neither its text nor its numbers change.

    Raises:
        SecondPersonNeeded: the person submitted it or changed it last.
    """
    row = _submitted(bulletin)
    last = row.revisions.order_by("-number").values_list("by", flat=True).first()
    if by.pk in {row.submitted_by_id, last}:
        raise refusals.SecondPersonNeeded
    row.state, row.approved_by, row.published_at = Bulletin.State.PUBLISHED, by, at
    row.save()
    record(
        type="bulletin.bulletin.published",
        object=row,
        region=row.region_id,
        by=by,
        at=at,
        version=row.version,
    )
    return row


@transaction.atomic
def note_export(*, bulletin: Bulletin, by: User, at: datetime) -> None:
    """Write down that a bulletin was taken away as a file."""
    record(
        type="bulletin.bulletin.exported",
        object=bulletin,
        region=bulletin.region_id,
        by=by,
        at=at,
        version=bulletin.version,
    )


def _count(row: Bulletin, at: datetime) -> int:
    return len(Counted.objects.bulk_create(counted(row, at), batch_size=500))


def _keep_revision(row: Bulletin, by: User, at: datetime) -> None:
    BulletinRevision.objects.create(
        region_id=row.region_id,
        bulletin=row,
        number=row.version,
        title=row.title,
        text=row.text,
        by=by,
        at=at,
    )


def _editable(bulletin: Bulletin) -> Bulletin:
    row = Bulletin.objects.select_for_update().get(pk=bulletin.pk)
    if row.state != Bulletin.State.DRAFT:
        raise refusals.BulletinNotEditable(state=str(row.get_state_display()))
    return row


def _submitted(bulletin: Bulletin) -> Bulletin:
    row = Bulletin.objects.select_for_update().get(pk=bulletin.pk)
    if row.state != Bulletin.State.SUBMITTED:
        raise refusals.BulletinNotEditable(state=str(row.get_state_display()))
    return row
