"""Who has a report open, and how long its filling in takes.

Presence is for the people who write, not about them: it is forgotten after two minutes and when the report is
submitted, and no log holds it. Minutes are added up for the request, whoever spends them.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from django.contrib.auth.models import User
from django.db import transaction

from luoshi.apps.work.models import Editor, Occurrence, Report, Revision

STALE = timedelta(minutes=2)
"""After this long without a sign somebody is gone, and a pause is no work."""


@transaction.atomic
def look_in(*, report: Report, by: User, at: datetime) -> list[User]:
    """Say that a person has a report open; the others who have it open now."""
    Occurrence.objects.select_for_update().get(pk=report.occurrence_id)
    touch(report, by=by, at=at)
    others = Editor.objects.filter(report=report).exclude(user=by).select_related("user")
    return [editor.user for editor in others]


@transaction.atomic
def leave(*, report: Report, by: User, at: datetime) -> None:
    """A person has closed a report."""
    Editor.objects.filter(report=report, user=by).delete()


def touch(report: Report, *, by: User, at: datetime, edits: bool = False) -> None:
    """Note that a person is here, and forget who is not; belongs inside an operation.

    Args:
        edits: whether the person changed something: that time counts as work on the request.
    """
    if edits:
        measure(report, by=by, at=at)
    Editor.objects.filter(report=report, seen__lt=at - STALE).exclude(user=by).delete()
    found = Editor.objects.filter(report=report, user=by).first()
    if found is None:
        Editor.objects.create(region_id=report.region_id, report=report, user=by, since=at, seen=at)
        return
    if at - found.seen > STALE:
        found.since = at
    found.seen = max(found.seen, at)
    found.save(update_fields=["since", "seen"])


def measure(report: Report, *, by: User, at: datetime) -> None:
    """Add the time since the last sign of work, if it was no pause; the caller stores the occurrence."""
    signs = [
        *Revision.objects.filter(report=report).order_by("-number").values_list("at", flat=True)[:1],
        *Editor.objects.filter(report=report, user=by).values_list("since", flat=True),
    ]
    gap = at - max(signs) if signs else timedelta()
    if timedelta() < gap <= STALE:
        minutes = Decimal(str(round(gap.total_seconds() / 60, 2)))
        report.occurrence.minutes = (report.occurrence.minutes or Decimal(0)) + minutes
