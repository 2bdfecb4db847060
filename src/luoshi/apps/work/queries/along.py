"""Requests that the report of another one answers as well."""

from __future__ import annotations

from django.db.models import F, Q

from luoshi.apps.work.models import Assignment, Occurrence

# Nobody has written a report of its own; looking at the form makes an empty one.
UNTOUCHED = Q(report=None) | Q(report__latest=0)
# A request that needs nothing of its own: the one that it goes with is asked for, and not later than it.
ALONG = UNTOUCHED & Q(
    goes_with__isnull=False,
    goes_with__state__in=[Occurrence.State.SCHEDULED, Occurrence.State.OPEN],
    goes_with__due__lte=F("due"),
    goes_with__assignment__state__in=[
        Assignment.State.ISSUED,
        Assignment.State.SIGNED,
        Assignment.State.IN_PROGRESS,
    ],
)


def answered_with(occurrence: Occurrence) -> list[Occurrence]:
    """The requests that the report of `occurrence` answers as well, with their plans."""
    rows = Occurrence.objects.filter(goes_with=occurrence).exclude(state=Occurrence.State.CANCELLED)
    found = rows.filter(UNTOUCHED).select_related("task__plan").defer("task__read", "task__plan__read")
    return list(found.order_by("due", "pk"))
